"""Others take an organization over: whoever was vetted is not who is there now."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from directory.actions.change_of_control import say_control_changed
from directory.actions.decide_on_application import agree_by_the_book, decide_by_the_book
from directory.actions.refused import Refused
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import Kind, Standing
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Tier, Viewer
from tests.cast import SignIn
from tests.directory.vetting import (
    CANARY,
    LET_IN,
    NOW,
    all_checked,
    by,
    door,
    employ,
    let_in,
    made,
    proved_anew,
    sent,
    standing,
)
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name

DOOR, APPLY = "/en/desk/organization/vetting/control/", "/en/desk/organization/vetting/"


@pytest.fixture
def lead(keeper: User, road: Organization, steward: User, second: User) -> Viewer:
    """Kim leads an organization that is let in, as a clinic."""
    viewer = employ(keeper, road, Role.LEAD)
    let_in(road, steward, second, kind=Kind.HEALTH)
    return viewer


@pytest.mark.promise(21)
def test_a_lead_says_so_and_the_open_session_sees_no_more(
    lead: Viewer, keeper: User, road: Organization, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(keeper))
    assert browser.get("/en/desk/").wsgi_request.viewer.tier is Tier.VETTED  # type: ignore[attr-defined]  # ours
    assert f'href="{DOOR}"' in browser.get(APPLY).text
    assert "vetted anew" in browser.get(DOOR).text
    assert standing(road) is Standing.APPROVED
    assert browser.post(DOOR).status_code == 302
    assert standing(road) is Standing.EXPIRED
    assert browser.get("/en/desk/").wsgi_request.viewer.tier is Tier.PUBLIC  # type: ignore[attr-defined]  # ours
    decision = VettingDecision.objects.filter(outcome="expired").get()
    assert (decision.kind, decision.decided_by) == (Kind.HEALTH, keeper)
    rows = AuditEntry.objects.filter(action="say_control_changed")
    assert [(row.actor, row.subject_id) for row in rows] == [(keeper.pk, road.pk)]


def test_a_steward_says_so(lead: Viewer, road: Organization, steward: User, sign_in: SignIn) -> None:
    browser = proved_anew(sign_in(steward))
    assert browser.post(door("control", road)).status_code == 302
    assert standing(road) is Standing.EXPIRED
    assert "Others took control of the organization" in browser.get(door("organization", road)).text


def test_nobody_else_says_so(
    lead: Viewer, road: Organization, otto: Viewer, outsider: User, navigator: User, sign_in: SignIn
) -> None:
    elsewhere = employ(navigator, made("Elsewhere"), Role.LEAD)
    for viewer in (otto, elsewhere, VISITOR):
        with pytest.raises(PermissionDenied):
            say_control_changed(organization=road.pk, viewer=viewer, now=NOW)
    browser = proved_anew(sign_in(outsider))
    assert browser.get(DOOR).status_code == 403
    assert browser.post(DOOR).status_code == 403
    assert proved_anew(sign_in(navigator)).post(door("control", road)).status_code == 403
    assert standing(road) is Standing.APPROVED


def test_it_asks_for_fresh_proof(lead: Viewer, keeper: User, road: Organization, sign_in: SignIn) -> None:
    browser = sign_in(keeper)
    assert "/reauthenticate/" in browser.get(DOOR)["Location"]
    assert browser.post(DOOR)["Location"] == DOOR
    assert standing(road) is Standing.APPROVED


def test_what_was_asked_for_before_is_taken_back_and_no_old_proposal_lets_in(
    lead: Viewer, road: Organization, steward: User, second: User, keeper: User, sign_in: SignIn
) -> None:
    application = sent(lead, NOW - timedelta(hours=1))
    all_checked(application, steward, NOW)
    one = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)
    later = NOW + timedelta(minutes=1)
    say_control_changed(organization=road.pk, viewer=lead, now=later)
    assert not VettingApplication.objects.waiting().exists()
    for agree in (agree_by_the_book, agree_to_vetting):
        with pytest.raises(Refused):
            agree(decision=one.pk, viewer=by(second), now=later)
    page = sign_in(keeper).get(APPLY).text
    assert CANARY in page, "the words are there to be corrected"
    again = sent(lead, timezone.now())
    with pytest.raises(Refused, match="checklist"):
        decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=timezone.now())
    assert again.pk != application.pk


def test_a_suspension_stays_one(lead: Viewer, road: Organization, steward: User) -> None:
    shut = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
    decide_vetting(organization=road.pk, proposal=shut, viewer=by(steward), now=NOW)
    with pytest.raises(Refused):
        say_control_changed(organization=road.pk, viewer=lead, now=NOW)
    sent(lead, NOW)
    assert say_control_changed(organization=road.pk, viewer=lead, now=NOW + timedelta(minutes=1)) is None
    assert standing(road) is Standing.SUSPENDED
