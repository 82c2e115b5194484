"""A listing that nobody confirms goes after a warning; what is the only help stays; one "still true" brings it back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import directory.actions.unlist_silent
from accounts.models import User
from directory.actions.ask_still_true import ask_still_true
from directory.actions.assure_listings import assure_listings
from directory.actions.assure_service import assure_service
from directory.actions.failed_letters import letters_came_back, send_letter_again
from directory.actions.project_listings import project_services
from directory.actions.unlist_silent import unlist_silent
from directory.finding.bound import fetched
from directory.models.listing import Listing
from directory.models.membership import Membership
from directory.models.service import Service
from directory.models.service_fact import ServiceFact
from safety.audit import AuditEntry
from safety.notices import Notice, deliver
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.roles import RoleClient

__all__ = ["house", "second"]


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def is_listed(service: Service) -> bool:
    """As a searcher sees it: public page and open data."""
    listed = Listing.objects.filter(service_id=service.pk).exists()
    documents = fetched("SELECT 1 FROM hsds_document WHERE id = %(id)s::uuid", {"id": str(service.pk)})
    assert bool(documents) <= listed
    return listed


def silent_for(house: House, days: int = 400) -> datetime:
    """Nobody has confirmed the clinic for so long, its people were written to; some days later than the warning."""
    day = timezone.localdate() - timedelta(days=days)
    Service.objects.filter(pk=house.service.pk).update(assured_date=day)
    project_services([house.service.pk])
    assert ask_still_true(moment()) == 1
    assert deliver(moment()) == 1
    return moment() + timedelta(days=15)


def test_it_goes_where_another_helps_everybody_and_comes_back_with_a_word(
    house: House, make_service: MakeService, visitor: RoleClient
) -> None:
    make_service("Law school clinic", "Belleville, ON")
    later = silent_for(house)
    page = reverse("listing", args=[house.service.sites.get().pk])
    assert visitor.get(page).status_code == 200
    assert unlist_silent(later) == 1
    assert unlist_silent(later) == 0
    assert not is_listed(house.service)
    assert visitor.get(page).status_code == 404
    row = AuditEntry.objects.get(action="unlist_silent")
    assert row.subject_id == house.service.pk
    assure_listings(organization=house.organization.pk, services=None, viewer=house.keeper, now=moment())
    assert is_listed(house.service)
    assert visitor.get(page).status_code == 200


def test_a_steward_who_spoke_to_them_brings_it_back(house: House, make_service: MakeService) -> None:
    make_service("Law school clinic", "Belleville, ON")
    assert unlist_silent(silent_for(house)) == 1
    assure_service(service_id=house.service.pk, on=timezone.localdate(), viewer=house.steward)
    assert is_listed(house.service)


@pytest.mark.parametrize(
    "other",
    [
        {"town": "Thunder Bay, ON"},
        {"needs": ["food"]},
        {"is_demo": True},
        {"status": "temporarily closed"},
        {"town": "", "reach": "country"},
    ],
    ids=str,
)
def test_the_only_help_of_its_kind_within_200_km_stays(
    other: dict[str, Any], house: House, make_service: MakeService
) -> None:
    make_service("Elsewhere", **{"town": "Belleville, ON"} | other)
    assert unlist_silent(silent_for(house)) == 0
    assert is_listed(house.service)


def test_who_alone_takes_somebody_stays(house: House, make_service: MakeService) -> None:
    other = make_service("Women's clinic", "Belleville, ON")
    ServiceFact.objects.create(service=other, dimension="gender", term="man", stated=False)
    assert unlist_silent(silent_for(house)) == 0
    ServiceFact.objects.create(service=house.service, dimension="gender", term="man", stated=False)
    assert unlist_silent(moment() + timedelta(days=15)) == 1


def test_of_two_that_are_silent_one_stays(house: House, make_service: MakeService) -> None:
    clinic = make_service("Second clinic", "Kingston, ON")
    Service.objects.filter(pk=clinic.pk).update(
        organization=house.organization, assured_date=timezone.localdate() - timedelta(days=390)
    )
    project_services([clinic.pk])
    assert unlist_silent(silent_for(house)) == 1
    assert not is_listed(house.service)
    assert is_listed(clinic)


def test_of_a_line_only_what_reaches_as_far_stands_in(make_service: MakeService, house: House) -> None:
    line = make_service("Legal line", "", reach="province", province="ON")
    Service.objects.filter(pk=line.pk).update(organization=house.organization)
    make_service("Line of another province", "", reach="province", province="QC")
    Service.objects.filter(pk=line.pk).update(assured_date=timezone.localdate() - timedelta(days=500))
    project_services([line.pk])
    later = silent_for(house)
    assert unlist_silent(later) == 0
    make_service("National line", "", reach="country")
    assert unlist_silent(later) == 1
    assert not is_listed(line)


def test_nobody_goes_without_a_warning_nor_who_has_nobody_to_write_to(
    house: House, make_service: MakeService
) -> None:
    lonely = make_service("Law school clinic", "Belleville, ON")
    day = timezone.localdate() - timedelta(days=900)
    Service.objects.filter(pk__in=[house.service.pk, lonely.pk]).update(assured_date=day)
    project_services([house.service.pk, lonely.pk])
    assert unlist_silent(moment()) == 0
    assert ask_still_true(moment()) == 1
    assert unlist_silent(moment() + timedelta(days=15)) == 0, "the letter still waits"
    assert deliver(moment()) == 1
    assert unlist_silent(moment() + timedelta(days=13)) == 0
    assert unlist_silent(moment() + timedelta(days=15)) == 1
    assert is_listed(lonely)


def test_a_letter_that_failed_warned_nobody(
    house: House, make_service: MakeService, desk: RoleClient
) -> None:
    make_service("Law school clinic", "Belleville, ON")
    later = silent_for(house)
    Notice.objects.update(sent_at=None, failed_at=moment())
    assert unlist_silent(later) == 0
    assert is_listed(house.service)
    page = desk.get(reverse("review_calls")).text
    assert "The letter that asked them did not arrive." in page
    assert "“Is it still true?”" in desk.get(reverse("review_letters")).text
    send_letter_again(notice=Notice.objects.get().pk, viewer=house.steward, now=moment())
    assert deliver(moment() + timedelta(days=10)) == 1
    assert unlist_silent(later) == 0, "a fortnight after it arrived"
    assert unlist_silent(later + timedelta(days=10)) == 1


def test_a_letter_that_came_back_warned_nobody(
    house: House, make_service: MakeService, desk: RoleClient
) -> None:
    make_service("Law school clinic", "Belleville, ON")
    later = silent_for(house)
    address = reverse("review_call", args=[house.service.pk])
    page = desk.post(address, {"decision": "came_back"}, follow=True).text
    assert "nobody was warned by it" in page
    assert "The letter that asked them did not arrive." in page
    assert "“Is it still true?”" in desk.get(reverse("review_letters")).text
    assert unlist_silent(later) == 0
    row = AuditEntry.objects.get(action="letters_came_back")
    assert (row.subject_id, row.facts()) == (house.organization.pk, {"letters": 1})
    assert "No letter of this kind" in desk.post(address, {"decision": "came_back"}, follow=True).text
    with pytest.raises(PermissionDenied):
        letters_came_back(organization=house.organization.pk, viewer=house.keeper, now=moment())


def test_a_letter_to_nobody_warned_nobody(house: House, make_service: MakeService, keeper: User) -> None:
    """Its keeper left before its turn came: it was written to nobody."""
    make_service("Law school clinic", "Belleville, ON")
    day = timezone.localdate() - timedelta(days=400)
    Service.objects.filter(pk=house.service.pk).update(assured_date=day)
    project_services([house.service.pk])
    assert ask_still_true(moment()) == 1
    Membership.objects.filter(user=keeper).update(ended_at=moment())
    assert deliver(moment()) == 0
    assert unlist_silent(moment() + timedelta(days=15)) == 0


def test_the_last_letter_warns_and_the_first_does_not(house: House) -> None:
    Service.objects.filter(pk=house.service.pk).update(
        assured_date=timezone.localdate() - timedelta(days=200)
    )
    ask_still_true(moment())
    deliver(moment())
    assert "will soon not be shown" not in mail.outbox[-1].body
    Service.objects.filter(pk=house.service.pk).update(
        assured_date=timezone.localdate() - timedelta(days=400)
    )
    deliver(moment())
    ask_still_true(moment() + timedelta(days=15))
    deliver(moment() + timedelta(days=15))
    assert "will soon not be shown" in mail.outbox[-1].body


def test_its_keeper_sees_why_it_is_not_shown(
    house: House, make_service: MakeService, keeper: User, sign_in: SignIn
) -> None:
    make_service("Law school clinic", "Belleville, ON")
    unlist_silent(silent_for(house))
    assert "nobody has said for long" in sign_in(keeper).get(reverse("profile")).text


def test_who_is_shown_only_because_nobody_else_helps_is_called_first(
    house: House, make_service: MakeService, steward: User, sign_in: SignIn
) -> None:
    other = make_service("Soup kitchen", "Kingston, ON", needs=["food"])
    Service.objects.filter(pk=other.pk).update(assured_date=timezone.localdate() - timedelta(days=300))
    Service.objects.filter(pk=house.service.pk).update(
        assured_date=timezone.localdate() - timedelta(days=380)
    )
    project_services([other.pk, house.service.pk])
    gone = make_service("Gone clinic", "Kingston, ON")
    Service.objects.filter(pk=gone.pk).update(
        unlisted_on=timezone.localdate(), assured_date=timezone.localdate() - timedelta(days=500)
    )
    project_services([gone.pk])
    desk = sign_in(steward)
    prove_again(desk)
    page = desk.get(reverse("review_calls")).text
    rows = [page.index(name) for name in ("Clinic House", "Soup kitchen House", "Gone clinic House")]
    assert rows == sorted(rows)
    assert "not shown any more" in page


def test_many_are_looked_at_some_at_a_time(
    house: House, make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred thousand would not fit into memory; none is left out, and none is looked at twice."""
    monkeypatch.setattr(directory.actions.unlist_silent, "AT_A_TIME", 2)
    others = [make_service(f"Other {number}") for number in range(5)]
    for number, other in enumerate(others):
        day = timezone.localdate() - timedelta(days=400 + number % 2)
        Service.objects.filter(pk=other.pk).update(organization=house.organization, assured_date=day)
    make_service("Beside")
    later = silent_for(house)
    with CaptureQueriesContext(connection) as asked:
        assert unlist_silent(later) == 6
    pages = [one["sql"] for one in asked if "ORDER BY" in one["sql"] and "LIMIT 2" in one["sql"]]
    assert len(pages) == 4
