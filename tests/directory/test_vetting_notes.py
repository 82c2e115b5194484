"""What stewards decide at once, what they note, and what each act leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_paper import Paper, VettingPaper
from directory.rules.standing import GOOD, Kind, last_day
from directory.rules.vetting import SIGNED_FOR
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.vetting import CANARY, door, let_in, proved_anew, standing
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import RoleClient

NOW = timezone.now()


@pytest.mark.promise(21)
@pytest.mark.parametrize("outcome", ["declined", "suspended", "expired"])
def test_shutting_out_is_in_force_at_once_and_says_why(
    outcome: str, steward: User, second: User, road: Organization, sign_in: SignIn
) -> None:
    let_in(road, steward, second, kind=Kind.HEALTH)
    told = {"outcome": outcome, "reason": "A credible report.", "appeal": "Write to us."}
    browser = proved_anew(sign_in(steward))
    assert browser.post(door("shut_out", road), told).status_code == 302
    assert standing(road) not in GOOD
    assert VettingDecision.objects.last().kind == Kind.HEALTH  # type: ignore[union-attr]  # there is one
    page = browser.get(door("organization", road)).text
    assert "A credible report." in page
    assert "Write to us." in page


def test_a_decision_without_a_reason_is_told_at_the_field(
    steward: User, road: Organization, sign_in: SignIn
) -> None:
    answer = proved_anew(sign_in(steward)).post(
        door("shut_out", road), {"outcome": "suspended", "reason": " "}
    )
    assert answer.status_code == 400
    assert 'id="out-reason_error"' in answer.text


def test_a_point_is_done_by_evidence_alone(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(steward))
    answer = browser.post(door("check", road, "identity"), {"is_done": "yes", "note": ""})
    assert answer.status_code == 400
    assert 'id="identity-note_error"' in answer.text
    assert browser.post(door("check", road, "identity"), {"is_done": "no", "note": ""}).status_code == 302


def test_a_paper_is_noted_with_its_version_and_its_last_day(
    steward: User, road: Organization, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(steward))
    future = str(last_day(NOW) + timedelta(days=2))
    for wrong in ({"paper": "mou", "on": "2026-11-02"}, {"paper": "training", "on": future}):
        assert browser.post(door("paper", road), wrong).status_code == 400
    browser.post(door("paper", road), {"paper": "training", "on": "2026-11-02", "version": "7"})
    kept = VettingPaper.objects.latest(road.pk)[Paper.TRAINING]
    assert (kept.version, kept.until - kept.on) == ("", SIGNED_FOR)
    assert "Privacy training on" in browser.get(door("organization", road)).text


@pytest.mark.promise(16)
def test_each_opening_and_each_act_leaves_its_row_and_no_words(
    steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(steward))
    browser.get(door("organization", road))
    browser.get(door("application", road, application.pk))
    browser.post(door("check", road, "identity"), {"is_done": "yes", "note": CANARY})
    rows = AuditEntry.objects.filter(subject_id=road.pk).order_by("at", "pk")
    assert sorted(row.action for row in rows) == [
        "check_vetting_point",
        "open_vetting_file",
        "read_vetting_application",
        "send_vetting_application",
    ]
    assert not any(CANARY in row.details for row in rows)


def test_the_desk_leads_stewards_there_and_nobody_else(
    steward: User, outsider: User, otto: Viewer, sign_in: SignIn
) -> None:
    def shown(browser: RoleClient) -> tuple[bool, bool]:
        page = browser.get("/en/desk/").text
        return 'href="/en/desk/review/"' in page, 'href="/en/desk/organization/vetting/"' in page

    assert shown(sign_in(steward)) == (True, False)
    assert shown(sign_in(outsider)) == (False, True)
