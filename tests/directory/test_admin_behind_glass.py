"""The stewards' administration and what only an organization itself sees: shut, or read with a row for each page."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.break_glass import end_break_glass, open_break_glass
from directory.models.break_glass import BreakGlass
from directory.models.community_disclosure import CommunityDisclosure
from directory.models.location import Location
from directory.models.place import Place
from directory.models.service import Service
from safety.audit import AuditEntry
from safety.notices import Notice
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.closed_cast import leads
from tests.directory.conftest import MakeService, community
from tests.roles import RoleClient

SHUT = "Only the organization itself sees this."
REASON = "They ask by telephone why nobody finds their house on the site."
SERVICE = {"description": "", "status": "active"}


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, with a second factor."""
    return sign_in(steward)


@pytest.fixture
def house(make_service: MakeService, keeper: User) -> Service:
    """A safe house that vetted organizations find; Kim leads its organization."""
    made = make_service("Safe house", publish_to=["vetted"], place={"is_protected": True})
    assert made.organization is not None
    leads(keeper, made.organization)
    return made


def opened(house: Service, steward: User, *, minutes_ago: int = 0) -> BreakGlass:
    assert house.organization_id is not None
    at = timezone.now() - timedelta(minutes=minutes_ago)
    viewer = Viewer(user=steward.pk)
    return open_break_glass(organization=house.organization_id, reason=REASON, viewer=viewer, now=at)


def page(record: Any) -> str:
    return reverse(f"admin:directory_{record._meta.model_name}_change", args=[record.pk])


def readings() -> int:
    return AuditEntry.objects.filter(action="read_internal_notes").count()


@pytest.mark.promise(2)
@pytest.mark.parametrize("of", ["service", "organization"])
def test_without_a_glass_the_field_is_shut_and_nothing_is_written_to_it(
    of: str, desk: RoleClient, house: Service
) -> None:
    """Promise 2: a field of the custodian tier stands there without its value, and what is posted to it is dropped."""
    record: Any = house if of == "service" else house.organization
    kept = record.publish_to
    shown = desk.get(page(record)).text
    assert SHUT in shown
    assert reverse("review_glass", args=[house.organization_id]) in shown
    assert 'name="publish_to"' not in shown
    assert "vetted organizations only" not in shown
    told = desk.post(page(record), SERVICE | {"publish_to": "site"}, follow=True).text
    assert "was left as it is" in told
    record.refresh_from_db()
    assert record.publish_to == kept
    assert readings() == 0


@pytest.mark.promise(16)
def test_with_it_each_page_that_shows_the_field_is_one_row_and_the_organization_is_told(
    desk: RoleClient, house: Service, steward: User, keeper: User
) -> None:
    """Promise 16: a sensitive reading in the administration, too, leaves one row; what shows nothing leaves none."""
    opened(house, steward, minutes_ago=11)
    for number, record in enumerate((house, house.organization, house), 1):
        shown = desk.get(page(record)).text
        assert 'name="publish_to"' in shown
        assert "It reads that you looked at this page." in shown
        assert readings() == number
    entry = AuditEntry.objects.filter(action="read_internal_notes").latest("at")
    assert (entry.actor, entry.subject_id) == (steward.pk, house.organization_id)
    assert Notice.objects.filter(subject_id=keeper.pk).count() == 2
    desk.get(reverse("admin:directory_service_changelist"))
    assert SHUT not in desk.get(page(Location.objects.get(services__service=house))).text
    assert readings() == 3


def test_a_form_that_comes_back_was_read_once_more(desk: RoleClient, house: Service, steward: User) -> None:
    opened(house, steward)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = desk.post(page(house), SERVICE | {"publish_to": "vetted", "spoken_on": tomorrow})
    assert "still to come" in answer.text
    assert readings() == 1


@pytest.mark.parametrize("over", ["ended", "another's", "another organization"])
def test_only_an_open_glass_of_ones_own_for_this_organization_opens_it(
    over: str, desk: RoleClient, house: Service, steward: User, make_service: MakeService
) -> None:
    if over == "ended":
        glass = opened(house, steward)
        end_break_glass(glass=glass.pk, viewer=Viewer(user=steward.pk), now=timezone.now())
    elif over == "another's":
        opened(house, User.objects.create_user("tove@relais.example", "correct horse battery", is_staff=True))
    else:
        opened(make_service("Other house"), steward)
    assert SHUT in desk.get(page(house)).text
    assert readings() == 0


@pytest.mark.parametrize("column", ["publish_to__contains", "assurer_email__startswith", "name__startswith"])
def test_a_list_is_not_sifted_by_what_is_shut(column: str, desk: RoleClient, house: Service) -> None:
    """Letter by letter, a list would tell it."""
    listed = reverse("admin:directory_service_changelist")
    assert desk.get(listed, {"status__exact": "active"}).status_code == 200
    assert desk.get(listed, {column: "vetted"}).status_code == 400


@pytest.fixture
def wish(house: Service) -> CommunityDisclosure:
    """Its organization asked that the community be named; nobody approved yet."""
    place: Place = community("Kingston", "ON")
    now = timezone.now()
    location = Location.objects.get(services__service=house)
    facts = {"asked_by": house.pk, "warned_at": now, "asked_at": now}
    return CommunityDisclosure.objects.create(location=location, place=place, **facts)


@pytest.mark.promise(1)
def test_the_community_of_a_protected_place_is_shut_until_it_is_named(
    desk: RoleClient, house: Service, steward: User, wish: CommunityDisclosure
) -> None:
    """Promise 1: what an organization wishes to have named is no one's to read before two others approved."""
    listed = reverse("admin:directory_communitydisclosure_changelist")
    for address in (page(wish), listed):
        assert "Kingston" not in desk.get(address).text
    assert desk.get(listed, {"place": str(wish.place_id)}).status_code == 400
    opened(house, steward)
    assert "Kingston" in desk.get(page(wish)).text
    assert readings() == 1
    assert "Kingston" not in desk.get(listed).text
    now, people = timezone.now(), [User.objects.create_user(f"{one}@relais.example") for one in "ab"]
    for which, person in zip(("first", "second"), people, strict=True):
        setattr(wish, f"{which}_approved_by", person.pk)
        setattr(wish, f"{which}_approved_at", now)
    wish.save()
    assert "Kingston" in desk.get(listed).text
