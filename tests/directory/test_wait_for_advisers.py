"""No approval outruns survivors' advisers: they hear of it, have their days, and may say that nothing is against it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import User
from config.settings import base
from directory.actions.apply_for_vetting import withdraw_application
from directory.actions.decide_on_application import agree_by_the_book, decide_by_the_book
from directory.actions.hold_approval import hold_approval
from directory.actions.name_adviser import name_adviser
from directory.actions.refused import Refused
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.actions.wait_for_advisers import say_no_objection
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.rules.advisers_wait import counts_from
from directory.rules.standing import Kind, Standing
from safety.audit import AuditEntry
from safety.notices import deliver
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.vetting import LET_IN, NOW, all_checked, by, door, employ, proved_anew, sent, standing
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import role

SOON = NOW + timedelta(minutes=5)
CONDITIONAL = replace(LET_IN, outcome=Standing.CONDITIONAL)


@pytest.fixture(autouse=True)
def days(settings: Any) -> int:
    """As an installation has them that says nothing else."""
    settings.ADVISERS_HAVE_DAYS = base.ADVISERS_HAVE_DAYS
    return base.ADVISERS_HAVE_DAYS


@pytest.fixture
def adviser(analyst: User, steward: User) -> User:
    """Anh, who advises here."""
    name_adviser(user=analyst.pk, viewer=by(steward), now=NOW - timedelta(days=1))
    return analyst


@pytest.fixture
def checked(application: VettingApplication, steward: User) -> VettingApplication:
    """What Otto sent, with its checklist done."""
    all_checked(application, steward, NOW)
    return application


def propose(road: Organization, steward: User, proposal: Proposal = LET_IN) -> VettingDecision:
    return decide_by_the_book(organization=road.pk, proposal=proposal, viewer=by(steward), now=NOW)


def no_objection(road: Organization, adviser: User, **more: Any) -> None:
    say_no_objection(**{"organization": road.pk, "viewer": by(adviser), "now": NOW} | more)


def test_advisers_hear_of_an_application(adviser: User, otto: Viewer) -> None:
    mail.outbox.clear()
    sent(otto, timezone.now())
    deliver(timezone.now())
    assert adviser.email in {letter.to[0] for letter in mail.outbox}


@pytest.mark.parametrize("proposal", [LET_IN, CONDITIONAL], ids=lambda one: one.outcome)
def test_a_second_yes_counts_after_some_working_days(
    proposal: Proposal,
    road: Organization,
    checked: VettingApplication,
    steward: User,
    second: User,
    days: int,
) -> None:
    """Whether anybody advises here or not."""
    one = propose(road, steward, proposal)
    counts = counts_from(NOW, days)
    for early in (SOON, counts - timedelta(seconds=1)):
        with pytest.raises(Refused, match="advisers have until"):
            agree_by_the_book(decision=one.pk, viewer=by(second), now=early)
    assert standing(road) is Standing.UNVETTED
    agree_by_the_book(decision=one.pk, viewer=by(second), now=counts)
    one.refresh_from_db()
    assert one.agreed_at == counts


@pytest.mark.parametrize("is_before", [True, False])
def test_an_adviser_without_objection_shortens_it(
    is_before: bool,
    road: Organization,
    checked: VettingApplication,
    adviser: User,
    steward: User,
    second: User,
) -> None:
    if is_before:
        no_objection(road, adviser)
    one = propose(road, steward)
    if not is_before:
        no_objection(road, adviser, now=SOON)
    agree_by_the_book(decision=one.pk, viewer=by(second), now=SOON)
    assert standing(road) is Standing.APPROVED
    row = AuditEntry.objects.get(action="say_no_objection")
    assert (row.actor, row.subject_id) == (adviser.pk, road.pk)


def test_it_holds_for_no_other_application_and_not_beyond_a_suspension(
    road: Organization,
    checked: VettingApplication,
    otto: Viewer,
    adviser: User,
    steward: User,
    second: User,
) -> None:
    no_objection(road, adviser)
    shut = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
    decide_vetting(organization=road.pk, proposal=shut, viewer=by(steward), now=NOW + timedelta(minutes=1))
    one = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=SOON)
    with pytest.raises(Refused, match="advisers have until"):
        agree_by_the_book(decision=one.pk, viewer=by(second), now=SOON + timedelta(minutes=1))
    withdraw_application(application=checked.pk, viewer=otto, now=SOON)
    anew = sent(otto, SOON)
    all_checked(anew, steward, SOON)
    with pytest.raises(Refused, match="advisers have until"):
        agree_by_the_book(decision=one.pk, viewer=by(second), now=SOON + timedelta(minutes=1))


def test_it_is_said_once_of_what_waits_and_not_beside_an_own_question(
    road: Organization, application: VettingApplication, adviser: User, otto: Viewer
) -> None:
    hold_approval(organization=road.pk, question="Who?", viewer=by(adviser), now=NOW)
    with pytest.raises(Refused, match="question"):
        no_objection(road, adviser)
    withdraw_application(application=application.pk, viewer=otto, now=NOW)
    with pytest.raises(Refused, match="Nothing waits"):
        no_objection(road, adviser)


def test_nobody_else_says_it(
    road: Organization, application: VettingApplication, steward: User, otto: Viewer, keeper: User
) -> None:
    for viewer in (by(steward), otto, employ(keeper, road)):
        with pytest.raises(PermissionDenied):
            no_objection(road, keeper, viewer=viewer)


def test_at_the_desk(
    road: Organization,
    checked: VettingApplication,
    adviser: User,
    steward: User,
    second: User,
    sign_in: SignIn,
) -> None:
    one = decide_by_the_book(
        organization=road.pk, proposal=LET_IN, viewer=by(steward), now=timezone.now() - timedelta(minutes=1)
    )
    other, anh, agree = proved_anew(sign_in(second)), sign_in(adviser), door("agree", road, one.pk)
    page = other.get(door("organization", road)).text
    assert "advisers have until" in page
    assert agree not in page
    assert "advisers have until" in other.post(agree, follow=True).text
    back = anh.post(door("holds", road), {"do": "no_objection"})["Location"]
    assert back.startswith("/en/accounts/reauthenticate/?next="), (
        "a session that was left open waives no wait"
    )
    assert agree not in other.get(door("organization", road)).text
    proved_anew(anh)
    for _twice in range(2):
        assert anh.post(door("holds", road), {"do": "no_objection"}).status_code == 302
    page = anh.get(door("holds", road)).text
    assert f"No objection: {adviser.email}" in page
    assert 'value="no_objection"' not in page
    page = other.get(door("organization", road)).text
    assert agree in page
    assert "An adviser has no objection" in page
    other.post(agree)
    assert standing(road) is Standing.APPROVED


@pytest.mark.parametrize(
    "statement", ["UPDATE vetting_no_objection SET said_at = now()", "DELETE FROM vetting_no_objection"]
)
def test_nobody_rewrites_what_an_adviser_said(statement: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
        connection.cursor().execute(statement)
