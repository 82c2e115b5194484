"""A call that led nowhere: said at the desk, shown to stewards and the keeper, and the listing stays as it is."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.assure_listings import assure_listings
from directory.actions.mark_phone import MOST_A_DAY, clear_phone, mark_phone
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.models.membership import Role
from directory.models.phone import Phone
from directory.models.phone_mark import PhoneMark
from directory.models.service import Service
from directory.models.website_check import WebsiteCheck
from directory.rules.dead_phones import Heard
from directory.views import dead
from directory.views.queues import lines
from safety.audit import AuditEntry
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, let_in, moment, page_of, second
from tests.directory.read_model import read_model
from tests.directory.test_invitations import prove_again
from tests.roles import RoleClient, role

__all__ = ["house", "second"]
NUMBER = "613-555-0142"


def says(house: House, viewer: Viewer, heard: Heard = Heard.NOT_IN_SERVICE, days: int = 0) -> bool:
    """Somebody called the clinic's number, some days ago."""
    named = {"service": house.service.pk, "number": NUMBER, "heard": heard}
    return mark_phone(**named, viewer=viewer, now=moment() - timedelta(days=days))


@pytest.fixture
def worker(make_service: MakeService, navigator: User, steward: User, second: User) -> Viewer:
    """Nadia, of a vetted drop-in."""
    owner = make_service("Drop-in", "Thunder Bay, ON", phone="807-555-0101").organization
    assert owner is not None
    let_in(owner, steward, second)
    employ(navigator, owner, Role.WORKER)
    return Viewer(user=navigator.pk, organization=owner.pk, tier=Tier.VETTED)


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def test_it_reaches_stewards_and_the_keeper_and_changes_nothing_public(
    house: House, worker: Viewer, desk: RoleClient, keeper: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    before, page = read_model(), page_of(visitor, house)
    assert says(house, worker)
    assert read_model() == before
    assert page_of(visitor, house) == page
    told = f"{NUMBER}: not in service, last called on"
    assert told in desk.get(reverse("review_dead")).text
    for address in (reverse("profile"), reverse("profile_listing", args=[house.service.pk])):
        mine = sign_in(keeper).get(address).text
        assert told in mine
        assert "navigator@" not in mine
    line = next(one for one in lines(moment()) if one.queue.address == "review_dead")
    assert line.count == 1
    row = AuditEntry.objects.get(action="mark_phone")
    assert (row.actor, row.subject_id, row.details) == (worker.user, house.service.pk, '{"heard":"out"}')


def test_said_twice_it_is_kept_once_a_day(house: House, worker: Viewer) -> None:
    assert says(house, worker)
    assert not says(house, worker)
    assert PhoneMark.objects.count() == AuditEntry.objects.filter(action="mark_phone").count() == 1
    assert says(house, worker, days=1)


def test_no_answer_is_told_on_the_second_day(house: House, worker: Viewer, desk: RoleClient) -> None:
    says(house, worker, Heard.NO_ANSWER)
    assert NUMBER not in desk.get(reverse("review_dead")).text


def test_no_answer_on_two_days(house: House, worker: Viewer, desk: RoleClient) -> None:
    for days in (1, 0):
        says(house, worker, Heard.NO_ANSWER, days)
    assert "nobody answered on 2 days" in desk.get(reverse("review_dead")).text


def test_a_check_afterwards_ends_it(house: House, worker: Viewer, desk: RoleClient) -> None:
    says(house, worker, days=1)
    named = {"organization": house.organization.pk, "services": None, "viewer": house.keeper}
    assure_listings(**named, now=moment())
    assert "Nothing waits." in desk.get(reverse("review_dead")).text


def test_a_steward_who_got_through_ends_it(house: House, worker: Viewer, desk: RoleClient) -> None:
    says(house, worker)
    address = reverse("review_dead_clear", args=[house.service.pk])
    done = desk.post(address, {"number": NUMBER}, follow=True)
    assert "Nothing waits." in done.text
    assert AuditEntry.objects.get(action="clear_phone").details == '{"marks":1}'


def test_it_stands_on_the_call_list(house: House, worker: Viewer, desk: RoleClient) -> None:
    Service.objects.filter(pk=house.service.pk).update(
        assured_date=timezone.localdate() - timedelta(days=300)
    )
    project_services([house.service.pk])
    says(house, worker)
    assert f"{NUMBER}: not in service" in desk.get(reverse("review_calls")).text


def test_who_may_say_it(house: House, worker: Viewer, outsider: User, keeper: User) -> None:
    strangers = (Viewer(user=outsider.pk), Viewer(user=None), Viewer(user=worker.user))
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            says(house, stranger)
    assert says(house, house.steward)
    for viewer in (house.keeper, worker):
        with pytest.raises(PermissionDenied):
            clear_phone(service=house.service.pk, number=NUMBER, viewer=viewer, now=moment())


def test_who_is_not_let_in_says_nothing(house: House, outsider: User, make_service: MakeService) -> None:
    owner = make_service("Stranger").organization
    assert owner is not None
    employ(outsider, owner, Role.WORKER)
    with pytest.raises(PermissionDenied):
        says(house, Viewer(user=outsider.pk, organization=owner.pk))


def test_another_number_is_refused(house: House, worker: Viewer) -> None:
    Phone.objects.filter(number=NUMBER, service=house.service).update(number="613-555-0199")
    with pytest.raises(Refused):
        says(house, worker)


def test_nobody_marks_the_whole_list(house: House, worker: Viewer) -> None:
    for number in range(MOST_A_DAY):
        PhoneMark.objects.create(
            service_id=house.service.pk,
            number=str(number),
            heard="out",
            on=timezone.localdate(),
            marked_at=moment(),
            marked_by_id=worker.user,
        )
    with pytest.raises(Refused):
        says(house, worker)


def test_the_form_at_the_desk(
    house: House, worker: Viewer, navigator: User, outsider: User, sign_in: SignIn
) -> None:
    browser = sign_in(navigator)
    listing = reverse("desk_listing", args=[house.service.sites.get().pk])
    assert f"<option>{NUMBER}</option>" in browser.get(listing).text
    address = reverse("desk_mark_phone", args=[house.service.pk])
    sent = {"number": NUMBER, "heard": "out", "listing": str(house.service.sites.get().pk)}
    done = browser.post(address, sent, follow=True)
    assert "The listing stays as it is." in done.text
    assert browser.post(address, sent | {"heard": "her name"}).status_code == 302
    assert PhoneMark.objects.count() == 1
    stranger = sign_in(outsider)
    assert "dead-number" not in stranger.get(listing).text
    assert stranger.post(address, sent).status_code == 403


@pytest.mark.promise(3)
def test_nobody_else_reads_it_and_nobody_rewrites_it(house: House, worker: Viewer) -> None:
    says(house, worker)
    for name, statement in (
        ("relais_public", "SELECT FROM phone_mark"),
        ("relais_portal", "UPDATE phone_mark SET heard = 'no_answer'"),
        ("relais_portal", "DELETE FROM phone_mark"),
    ):
        with role(name), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_door_is_for_stewards_with_fresh_proof(
    house: House, worker: Viewer, steward: User, keeper: User, sign_in: SignIn
) -> None:
    says(house, worker)
    page, clear = reverse("review_dead"), reverse("review_dead_clear", args=[house.service.pk])
    assert sign_in(keeper).get(page).status_code == 403
    assert sign_in(keeper).post(clear, {"number": NUMBER}).status_code == 403
    assert "/reauthenticate/" in sign_in(steward).get(page)["Location"]
    sign_in(steward).post(clear, {"number": NUMBER})
    sign_in(steward, second_factor=False).post(clear, {"number": NUMBER})
    assert PhoneMark.objects.filter(cleared_at=None).exists()


def test_a_number_that_leads_nowhere_leads_to_what_can_be_done(
    house: House, make_service: MakeService, desk: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dead, "A_PAGE", 1)
    other, day = (
        make_service("Kitchen", phone="613-555-0107", url="https://kitchen.example"),
        timezone.localdate(),
    )
    says(house, house.steward)
    named = {"service": other.pk, "number": "613-555-0107", "heard": Heard.NOT_IN_SERVICE}
    mark_phone(**named, viewer=house.steward, now=moment())
    for url, service in (("https://clinic.example", house.service), ("https://kitchen.example", other)):
        Service.objects.filter(pk=service.pk).update(url=url)
        facts = {"failures": 3, "since": day - timedelta(days=9), "failed_on": day, "checked_on": day}
        WebsiteCheck.objects.create(url=url, **facts)
    address, pages = reverse("review_dead"), []
    for number in (1, 2):
        pages.append(desk.get(address, {"page": number, "sites": number}).text)
        assert f"Page {number} of 2" in pages[-1]
        assert f"sites={3 - number}" in pages[-1]
    for service, number in ((house.service, "6135550142"), (other, "6135550107")):
        (page,) = [page for page in pages if f'href="tel:{number}"' in page]
        for told in (
            reverse("desk_listing", args=[service.sites.get().pk]),
            reverse("review_correct", args=[service.pk]),
            reverse("review_correct_task", args=[service.pk, "closing"]),
        ):
            assert told in page
    (site,) = [page for page in pages if 'href="https://kitchen.example"' in page]
    assert reverse("review_correct", args=[other.pk]) in site
    back = {"number": NUMBER, "page": "2"}
    done = desk.post(reverse("review_dead_clear", args=[house.service.pk]), back)
    assert done["Location"].endswith("?page=2")
