"""A keeper sees her listing as vetted workers do, and the page as it would be before she publishes it."""

import pytest
from django.urls import reverse

from accounts.models import User
from directory.actions.project_listings import project_services
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, let_in, moment, second
from tests.directory.test_more_places import own
from tests.directory.test_profile_new_pages import PANTRY
from tests.directory.test_profile_pages import browser, door, fields_of
from tests.directory.test_read_model import tables
from tests.directory.vetted_cast import CANARIES, for_vetted, with_contact
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
THERE = {"where": "new", "community": "Belleville, ON", "address_1": "12 Larch Street"}
NAME, NUMBER, MAILBOX, _LISTING = CANARIES


def seen(house: House) -> str:
    return reverse("profile_vetted", args=[house.service.pk])


def test_it_is_what_a_vetted_worker_of_others_reads(
    house: House,
    browser: RoleClient,
    make_service: MakeService,
    navigator: User,
    steward: User,
    second: User,
    sign_in: SignIn,
) -> None:
    with_contact(house.service)
    road = make_service("Road").organization
    assert road is not None
    let_in(road, steward, second)
    employ(navigator, road)
    listing = house.service.sites.get().pk
    worker = sign_in(navigator).get(reverse("desk_listing", args=[listing])).text
    mine = browser.get(seen(house)).text
    for canary in (NAME, NUMBER, MAILBOX):
        assert canary in worker
        assert canary in mine
    assert seen(house) in browser.get(reverse("profile_listing", args=[house.service.pk])).text
    assert "This is how workers of vetted organizations see it." in mine


def test_it_is_the_keepers_alone_and_whatever_the_organizations_tier(
    house: House, browser: RoleClient, outsider: User, make_service: MakeService, sign_in: SignIn
) -> None:
    with_contact(house.service)
    other = make_service("Other").organization
    assert other is not None
    employ(outsider, other)
    assert sign_in(outsider).get(seen(house)).status_code == 404
    VettingDecision.objects.create(
        organization=house.organization,
        kind="community",
        outcome="expired",
        reason="x",
        decided_by_id=house.steward.user,
        decided_at=moment(),
    )
    assert NAME in browser.get(seen(house)).text


def test_a_listing_for_vetted_workers_alone_has_a_page_there(house: House, browser: RoleClient) -> None:
    for_vetted(house.service)
    page = browser.get(seen(house)).text
    assert "This whole listing is for workers only" in page


def test_what_vetted_workers_do_not_find_is_said(house: House, browser: RoleClient) -> None:
    for answer in ([], ["named"]):
        Service.objects.filter(pk=house.service.pk).update(publish_to=answer)
        project_services([house.service.pk])
        page = browser.get(seen(house)).text
        assert "Workers of vetted organizations do not find this listing now." in page


@pytest.mark.parametrize("at", ["2", "0", "x", "999999", "²"])
def test_each_of_its_places_has_a_page(at: str, house: House, browser: RoleClient) -> None:
    assert browser.get(seen(house), {"at": at}).status_code == 200


def test_the_page_is_seen_before_it_is_published(house: House, browser: RoleClient) -> None:
    before, trail = tables(), AuditEntry.objects.count()
    sent = fields_of(browser.get(door(house, "name")).text) | {"name": "Larch clinic", "name_fr": "Clinique"}
    looked = browser.post(door(house, "name"), sent | {"preview": "1"}).text
    assert 'name="page"' in looked
    page = browser.post(door(house, "name"), sent | {"page": "1"})
    assert page.status_code == 200
    assert "This is how everybody would see it once it is on the site." in page.text
    assert "<span>Larch clinic</span>" in page.text
    assert (tables(), AuditEntry.objects.count()) == (before, trail)
    assert not ProposedChange.objects.exists()
    back = browser.post(door(house, "name"), fields_of(page.text) | {"change": "1"})
    assert fields_of(back.text)["name"] == "Larch clinic"
    assert not ProposedChange.objects.exists()
    saved = fields_of(page.text)
    saved.pop("change", None)
    assert browser.post(door(house, "name"), saved).status_code == 302
    assert ProposedChange.objects.get().after["service.name"] == "Larch clinic"


def test_the_page_of_a_new_listing_is_seen_before_it_is_asked_for(house: House, browser: RoleClient) -> None:
    before = tables()
    new = reverse("profile_new")
    page = browser.post(new, fields_of(browser.get(new).text) | PANTRY | {"page": "1"}).text
    assert "Larch pantry" in page
    assert "12 Larch Street" in page
    assert "Nothing is saved yet." in page
    assert tables() == before
    assert not Service.objects.filter(name="Larch pantry").exists()


def test_what_would_be_refused_is_said_there_too(house: House, browser: RoleClient) -> None:
    sent = fields_of(browser.get(door(house, "name")).text) | {"description": "We are there.", "page": "1"}
    VettingDecision.objects.create(
        organization=house.organization,
        kind="community",
        outcome="suspended",
        reason="x",
        decided_by_id=house.steward.user,
        decided_at=moment(),
    )
    answer = browser.post(door(house, "name"), sent)
    assert answer.status_code == 400
    assert "We are there." in answer.text


def test_what_would_be_on_no_page_is_said(house: House, browser: RoleClient) -> None:
    sent = fields_of(browser.get(door(house, "closing")).text) | {"status": "defunct", "page": "1"}
    assert "Nobody would see it" in browser.post(door(house, "closing"), sent).text


def test_both_pages_of_it_are_seen_before_it_is_published(house: House, browser: RoleClient) -> None:
    """A public listing tells workers more: whoever changes it sees that too."""
    with_contact(house.service)
    site = house.service.sites.get().pk
    sent = fields_of(browser.get(door(house, "name")).text) | {"name": "Larch clinic"}
    everybodys = browser.post(door(house, "name"), sent | {"page": "1"}).text
    assert NAME not in everybodys
    assert f'value="vetted-{site}"' in everybodys
    workers = browser.post(door(house, "name"), fields_of(everybodys) | {"page": f"vetted-{site}"}).text
    assert "This is how workers of vetted organizations would see it once it is on the site." in workers
    assert NAME in workers
    assert "<span>Larch clinic</span>" in workers
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("vetted", "This is how workers of vetted organizations would see it; nobody else would."),
        ("named", "This is how the organizations that it names would see it; nobody else would."),
    ],
)
def test_what_is_not_for_everybody_is_seen_as_those_see_it_who_may(
    answer: str, said: str, house: House, browser: RoleClient
) -> None:
    Service.objects.filter(pk=house.service.pk).update(publish_to=[answer])
    project_services([house.service.pk])
    sent = fields_of(browser.get(door(house, "name")).text) | {"name": "Larch clinic", "page": "1"}
    page = browser.post(door(house, "name"), sent).text
    assert said in page
    assert "<span>Larch clinic</span>" in page
    assert 'value="public-' not in page


def test_what_an_organization_tells_is_seen_on_the_pages_of_its_listings(
    house: House, browser: RoleClient, make_service: MakeService
) -> None:
    other = make_service("Second clinic")
    Service.objects.filter(pk=other.pk).update(organization=house.organization)
    project_services([other.pk])
    before, task = tables(), reverse("organization_name")
    sent = fields_of(browser.get(task).text) | {"name": "Larch house"}
    looked = browser.post(task, sent | {"preview": "1"}).text
    assert 'name="page"' in looked
    page = browser.post(task, sent | {"page": "1"}).text
    assert "Larch house" in page
    assert f'value="public-{other.sites.get().pk}"' in page
    assert "Second clinic" in page
    assert tables() == before


def test_another_place_is_seen_before_it_is_asked_for(house: House, browser: RoleClient) -> None:
    own(house)
    before, task = tables(), reverse("profile_another_place", args=[house.service.pk])
    sent = fields_of(browser.get(task).text) | THERE | {"page": "1"}
    page = browser.post(task, sent).text
    assert "This is how everybody would see it once it is on the site." in page
    assert "12 Larch Street" in page
    assert f'value="public-{house.service.sites.get().pk}"' in page, "the first place is a press away"
    assert tables() == before
    assert not ProposedChange.objects.exists()
    browser.post(task, {name: value for name, value in fields_of(page).items() if name != "page"})
    assert ProposedChange.objects.get().hold
