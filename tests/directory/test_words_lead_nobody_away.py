"""Words of a stolen keeper's account lead nobody away, by any door; a promise of silence is signed (promise 26)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.protect_location import protect_location
from directory.finding.profile import service_profile
from directory.models.location import Location
from directory.models.organization_telling import OrganizationTelling
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.holding import Hold
from directory.rules.standing import last_day
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, page_of, second
from tests.directory.pushing import Program, key_of, lead, program
from tests.directory.sheets import confirm, download, send, with_cells
from tests.roles import RoleClient

__all__ = ["house", "lead", "program", "second"]
pytestmark = pytest.mark.promise(26)
AWAY = "For a bed tonight ask for Marc at the Burntwood Hotel bar, not at this number."
SILENT = ["tells_police", "with_consent", True, None, None]
NOTHING = ["accept", "no_enforcement_sharing", True, None, None]


@pytest.fixture
def browser(house: House, keeper: User, sign_in: SignIn) -> RoleClient:
    """Kim at the desk."""
    return sign_in(keeper)


@pytest.fixture
def shelter(house: House, make_service: MakeService) -> Service:
    """Another listing of the same organization, with beds, in a protected place."""
    made = make_service("Shelter", needs=["emergency_shelter"])
    Service.objects.filter(pk=made.pk).update(organization=house.organization)
    place = Location.objects.get(services__service=made)
    protect_location(location_id=place.pk, viewer=Viewer(user=house.steward.user, tier=Tier.CUSTODIAN))
    return Service.objects.get(pk=made.pk)


@pytest.mark.parametrize(
    "text",
    [
        AWAY,
        "Number changed: +1 (514) ... 555 ... 0134",
        "Instagram safe_sisters_to",
        "12 Cree Road",
        "R8N 1A1",
    ],
)
def test_no_words_lead_away_by_push_or_sheet(
    text: str, house: House, program: Program, browser: RoleClient, visitor: RoleClient
) -> None:
    told = program.push({"id": key_of(house), "application_process": text})
    assert (told["outcome"], told["waits_for_a_call_back"]) == ("waits", ["application_process"])
    confirm(browser, send(browser, with_cells(download(browser), [(2, "alert", text)])))
    assert {change.hold for change in ProposedChange.objects.held()} == {Hold.CALL}
    assert text not in page_of(visitor, house)


def test_every_text_of_beds_is_read_and_so_is_what_their_organization_says(
    house: House, shelter: Service
) -> None:
    (one,) = house.change({"service.description": "A warm bed."}, service=shelter.pk)
    (other,) = house.change({"organization.description": "We are kind."}, "name", service=None)
    assert [one.hold, other.hold] == [Hold.REVIEW, Hold.REVIEW]
    (plain,) = house.change({"service.description": "Walk in."})
    assert plain.state == State.PUBLISHED


def test_a_sheet_says_before_the_yes_that_words_of_beds_are_read(
    house: House, shelter: Service, browser: RoleClient
) -> None:
    data = with_cells(download(browser), [(3, "fees_description", "Free.")])
    page = send(browser, data)
    assert "Somebody reads some of this before it is shown." in page.text
    confirm(browser, page)
    assert ProposedChange.objects.get().hold == Hold.REVIEW


@pytest.mark.promise(1)
@pytest.mark.parametrize("text", ["12 Cree Road", "R8N 1A1", "Behind the Walmart, red door"])
def test_a_file_cannot_be_asked_about_words_that_may_tell_a_protected_place(
    text: str, house: House, shelter: Service, program: Program, browser: RoleClient
) -> None:
    told = program.push({"id": str(shelter.pk), "description": text})
    assert told["outcome"] == "refused"
    page = send(browser, with_cells(download(browser), [(3, "description", text)])).text
    assert "This may tell where a protected place is." in page
    assert not ProposedChange.objects.exists()


def sign(house: House, days: int = 30, **terms: str) -> None:
    """What its organization signed, good for so many days after the one that it still is somewhere in Canada."""
    until = last_day(timezone.now()) + timedelta(days=days)
    OrganizationTelling.objects.bulk_create(
        OrganizationTelling(
            organization=house.organization, dimension=name, term=term, signed_on=until, until=until
        )
        for name, term in terms.items()
    )


@pytest.mark.parametrize("facts", [[SILENT], [NOTHING]])
def test_a_promise_of_silence_that_nobody_signed_is_read(
    facts: list[Any], house: House, program: Program, visitor: RoleClient
) -> None:
    (change,) = house.change({"facts": facts}, "who")
    assert (change.state, change.hold) == (State.HELD, Hold.REVIEW)
    assert service_profile(house.service)["facts"] == []
    told = program.push({"id": key_of(house), "facts": {"tells_police": "Only if you agree"}})
    assert told["waits_to_be_read"] == ["facts"]


@pytest.mark.parametrize(
    ("days", "terms", "facts", "state"),
    [
        (30, {"tells_police": "with_consent"}, [SILENT], State.PUBLISHED),
        (30, {"tells_police": "only_if_law_requires"}, [SILENT], State.HELD),
        (-1, {"tells_police": "with_consent"}, [SILENT], State.HELD),
        (30, {"tells_police": "with_consent"}, [NOTHING], State.HELD),
        (
            30,
            {"tells_police": "with_consent", "tells_immigration": "with_consent"},
            [NOTHING],
            State.PUBLISHED,
        ),
    ],
)
def test_what_was_signed_and_is_good_is_published_at_once(
    days: int, terms: dict[str, str], facts: list[Any], state: State, house: House
) -> None:
    sign(house, days, **terms)
    (change,) = house.change({"facts": facts}, "who")
    assert change.state == state


@pytest.mark.parametrize(
    ("alert", "hold"),
    [
        ("Do not call the number below. Ask for Marc in the cafe at 12 King Street.", "call"),
        ("Come on Monday.", "review"),
    ],
)
def test_a_notice_that_says_more_waits(
    alert: str, hold: str, house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    address = f"/en/desk/organization/listing/{house.service.pk}/closing/"
    assert browser.post(address, {"status": "active", "alert": alert}).status_code == 302
    assert alert not in page_of(visitor, house)
    assert ProposedChange.objects.held().get().hold == hold
