"""Last days are announced, each time once; when one is over, or a suspension came, an open session sees no more."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from directory.actions.announce_renewals import announce_renewals
from directory.actions.keep_members import change_role, end_membership
from directory.actions.tell_people import tell_stewards
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.jobs import announce_ends_of_vetting
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import Kind, Standing, last_day
from safety.notices import Notice, deliver
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.vetting import NOW, UNTIL, by, employ, let_in
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name

LINK = {"en": "/en/desk/organization/vetting/", "fr": "/fr/bureau/organisme/verification/"}


def at(days_left: int) -> datetime:
    """Noon, so many days before the last one."""
    return datetime.combine(UNTIL - timedelta(days=days_left), time(20), tzinfo=UTC)


@pytest.fixture
def lead(keeper: User, road: Organization, steward: User, second: User) -> Viewer:
    """Kim leads an organization that is let in for a year; Otto works there."""
    viewer = employ(keeper, road, Role.LEAD)
    let_in(road, steward, second)
    Notice.objects.update(sent_at=NOW)
    mail.outbox.clear()
    return viewer


def announced() -> list[str]:
    found = Notice.objects.filter(kind="renewal").order_by("once", "subject_id")
    return sorted(one.once for one in found)


def on(days: int) -> str:
    return f"{UNTIL} {days}"


# Announcing


def test_leads_are_told_three_times_each_once(lead: Viewer, otto: Viewer) -> None:
    told = {left: announce_renewals(now=at(left)) for left in range(70, -3, -1)}
    assert {left: count for left, count in told.items() if count} == {60: 1, 30: 1, 7: 1}
    member = Membership.objects.get(user=lead.user)
    assert {one.subject_id for one in Notice.objects.filter(kind="renewal")} == {member.pk}


def test_many_times_a_day_is_once(lead: Viewer) -> None:
    for hour in range(3):
        announce_renewals(now=at(30) + timedelta(hours=hour))
    assert announced() == [on(30)]


@pytest.mark.parametrize(
    ("looked", "told"), [([55, 40], [60]), ([29, 6], [30, 7]), ([3, 0], [7]), ([25], [30])]
)
def test_when_nobody_looked_for_some_days_it_is_told_late_and_nothing_is_told_twice(
    looked: list[int], told: list[int], lead: Viewer
) -> None:
    for left in looked:
        announce_renewals(now=at(left))
    assert announced() == sorted(on(days) for days in told)


def test_of_a_new_last_day_it_is_told_anew(
    lead: Viewer, road: Organization, steward: User, second: User
) -> None:
    announce_renewals(now=at(30))
    later = UNTIL + timedelta(days=20)
    renewed = Proposal(Standing.APPROVED, Kind.COMMUNITY, "Again.", until=later)
    one = decide_vetting(organization=road.pk, proposal=renewed, viewer=by(steward), now=NOW)
    agree_to_vetting(decision=one.pk, viewer=by(second), now=NOW)
    announce_renewals(now=at(30))
    assert announced() == [on(30), f"{later} 60"]


def test_where_nobody_leads_all_members_are_told(
    road: Organization, otto: Viewer, steward: User, second: User
) -> None:
    let_in(road, steward, second)
    assert announce_renewals(now=at(60)) == 1
    assert Notice.objects.get(kind="renewal").subject_id == Membership.objects.get(user=otto.user).pk


def test_who_is_not_let_in_is_told_nothing(lead: Viewer, road: Organization, steward: User) -> None:
    shut = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
    decide_vetting(organization=road.pk, proposal=shut, viewer=by(steward), now=NOW)
    assert announce_renewals(now=at(30)) == 0


def test_a_new_lead_is_told_what_others_were_told_before(lead: Viewer, otto: Viewer, steward: User) -> None:
    announce_renewals(now=at(30))
    member = Membership.objects.get(user=otto.user)
    change_role(membership=member.pk, role=Role.LEAD, viewer=by(steward), now=timezone.now())
    assert announce_renewals(now=at(29)) == 1


def test_the_worker_looks_by_the_clock(lead: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.actions.announce_renewals.last_day", lambda now: at(30).date())
    announce_ends_of_vetting(timestamp=0)
    assert announced() == [on(30)]


# Letters


def test_the_letter_names_no_organization_and_no_day(
    lead: Viewer, road: Organization, steward: User, second: User
) -> None:
    soon = Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes.", until=last_day(NOW) + timedelta(days=20))
    one = decide_vetting(organization=road.pk, proposal=soon, viewer=by(steward), now=NOW)
    agree_to_vetting(decision=one.pk, viewer=by(second), now=NOW)
    Notice.objects.update(sent_at=NOW)
    announce_renewals(now=NOW)
    assert deliver(timezone.now()) == 1
    (letter,) = mail.outbox
    text = f"{letter.subject}{letter.body}"
    assert letter.to == ["keeper@relais.example"]
    assert "Open Road" not in text
    assert str(UNTIL.year) not in text
    for link in LINK.values():
        assert link in text
    assert "ends soon" in text


def test_who_left_gets_no_letter(lead: Viewer, road: Organization, steward: User, second: User) -> None:
    soon = Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes.", until=last_day(NOW) + timedelta(days=20))
    one = decide_vetting(organization=road.pk, proposal=soon, viewer=by(steward), now=NOW)
    agree_to_vetting(decision=one.pk, viewer=by(second), now=NOW)
    Notice.objects.update(sent_at=NOW)
    announce_renewals(now=NOW)
    member = Membership.objects.get(user=lead.user)
    end_membership(membership=member.pk, viewer=by(steward), now=timezone.now())
    assert deliver(timezone.now()) == 0


@pytest.mark.promise(13)
def test_stewards_hear_of_an_application_and_of_a_proposal_and_of_nothing_in_it(
    steward: User, second: User, road: Organization, application: VettingApplication, otto: Viewer
) -> None:
    assert deliver(timezone.now()) == 2
    assert {letter.to[0] for letter in mail.outbox} == {steward.email, second.email}
    assert all(letter.subject == "You have an item / Quelque chose vous attend" for letter in mail.outbox)
    assert not any("Road" in letter.body for letter in mail.outbox)
    mail.outbox.clear()
    one = decide_vetting(
        organization=road.pk,
        proposal=Proposal(Standing.APPROVED, Kind.COMMUNITY, "Yes.", until=UNTIL),
        viewer=by(steward),
        now=NOW,
    )
    deliver(timezone.now())
    assert [letter.to for letter in mail.outbox] == [[second.email]]
    mail.outbox.clear()
    agree_to_vetting(decision=one.pk, viewer=by(second), now=NOW)
    deliver(timezone.now())
    assert [letter.to for letter in mail.outbox] == [["outsider@relais.example"]]


def test_however_much_happens_a_person_gets_one_letter_in_ten_minutes(steward: User, db: None) -> None:
    moment = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
    for minutes in (0, 3, 9):
        tell_stewards(moment + timedelta(minutes=minutes))
    assert Notice.objects.filter(kind="item").count() == 1
    tell_stewards(moment + timedelta(minutes=10))
    assert Notice.objects.filter(kind="item").count() == 2


# It bites


def tier_at_the_desk(browser: Any) -> Tier:
    viewer: Viewer = browser.get("/en/desk/").wsgi_request.viewer
    return viewer.tier


@pytest.mark.promise(21)
@pytest.mark.parametrize("outcome", ["suspended", "expired", "declined"])
def test_shutting_out_bites_in_an_open_session_at_the_next_request(
    outcome: str, lead: Viewer, road: Organization, keeper: User, steward: User, sign_in: SignIn
) -> None:
    """Promise 21: no new sign-in is needed for it."""
    browser = sign_in(keeper)
    assert tier_at_the_desk(browser) is Tier.VETTED
    shut = Proposal(Standing(outcome), Kind.COMMUNITY, "A report.")
    decide_vetting(organization=road.pk, proposal=shut, viewer=by(steward), now=timezone.now())
    assert tier_at_the_desk(browser) is Tier.PUBLIC


@pytest.mark.promise(21)
def test_the_last_day_bites_in_an_open_session_when_it_is_over(
    lead: Viewer, keeper: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign_in(keeper)
    day = UNTIL
    for module in ("directory.viewers.last_day", "directory.views.desk.last_day"):
        monkeypatch.setattr(module, lambda now: day)
    assert tier_at_the_desk(browser) is Tier.VETTED
    assert "Your organization is vetted." in browser.get("/en/desk/").text
    day = UNTIL + timedelta(days=1)
    assert tier_at_the_desk(browser) is Tier.PUBLIC
    assert "is over" in browser.get("/en/desk/").text
