"""A survivors' adviser holds an approval by a question; nobody agrees until it is answered."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import User
from directory.actions.decide_on_application import agree_by_the_book, decide_by_the_book
from directory.actions.hold_approval import answer_hold, answer_of, hold_approval, question_of
from directory.actions.look_at_application import read_as_adviser
from directory.actions.name_adviser import name_adviser, thank_adviser
from directory.actions.refused import Refused
from directory.actions.vet_organization import agree_to_vetting
from directory.models.adviser import Adviser
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_hold import VettingHold
from directory.models.vetting_labels import TOLD
from directory.rules.standing import Standing
from directory.rules.vetting import WITHHELD
from directory.views.queues import lines
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Viewer
from tests.cast import SignIn
from tests.directory.vetting import (
    CANARY,
    LET_IN,
    NOW,
    WHOLE,
    all_checked,
    by,
    door,
    employ,
    made,
    proved_anew,
    standing,
)
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import role

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def adviser(analyst: User, steward: User) -> User:
    """Anh, who advises here."""
    name_adviser(user=analyst.pk, viewer=by(steward), now=NOW - timedelta(days=1))
    return analyst


@pytest.fixture
def proposed(road: Organization, application: VettingApplication, steward: User) -> VettingDecision:
    """What waits for a second steward."""
    all_checked(application, steward, NOW)
    return decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(steward), now=NOW)


def ask(road: Organization, adviser: User, question: str = CANARY) -> VettingHold:
    return hold_approval(organization=road.pk, question=question, viewer=by(adviser), now=NOW)


# Holding


@pytest.mark.parametrize("agree", [agree_to_vetting, agree_by_the_book])
def test_nobody_agrees_while_a_question_is_open(
    agree: object, road: Organization, proposed: VettingDecision, adviser: User, steward: User, second: User
) -> None:
    hold = ask(road, adviser)
    told = {"decision": proposed.pk, "viewer": by(second), "now": LATER}
    with pytest.raises(Refused, match="adviser"):
        agree(**told)  # type: ignore[operator]  # an action
    assert standing(road) is Standing.UNVETTED
    answer_hold(hold=hold.pk, answer="We asked them.", viewer=by(steward), now=LATER)
    agree(**told)  # type: ignore[operator]  # an action
    assert standing(road) is Standing.APPROVED


def test_a_hold_outlasts_the_proposal_that_it_was_about(
    road: Organization, proposed: VettingDecision, adviser: User, steward: User, second: User
) -> None:
    ask(road, adviser)
    anew = decide_by_the_book(organization=road.pk, proposal=LET_IN, viewer=by(second), now=LATER)
    with pytest.raises(Refused, match="adviser"):
        agree_by_the_book(decision=anew.pk, viewer=by(steward), now=LATER)


def test_of_two_advisers_each_is_answered(
    road: Organization,
    proposed: VettingDecision,
    adviser: User,
    navigator: User,
    steward: User,
    second: User,
) -> None:
    name_adviser(user=navigator.pk, viewer=by(steward), now=NOW)
    first, other = ask(road, adviser), ask(road, navigator)
    answer_hold(hold=first.pk, answer="Yes.", viewer=by(steward), now=LATER)
    with pytest.raises(Refused, match="adviser"):
        agree_by_the_book(decision=proposed.pk, viewer=by(second), now=LATER)
    with pytest.raises(PermissionDenied):
        answer_hold(hold=other.pk, answer="", viewer=by(adviser), now=LATER)
    answer_hold(hold=other.pk, answer="", viewer=by(navigator), now=LATER)
    agree_by_the_book(decision=proposed.pk, viewer=by(second), now=LATER)


def test_shutting_out_waits_for_nobody(
    road: Organization, proposed: VettingDecision, adviser: User, steward: User, sign_in: SignIn
) -> None:
    ask(road, adviser)
    told = {"outcome": "suspended", "reason": "A report."}
    proved_anew(sign_in(steward)).post(door("shut_out", road), told)
    assert standing(road) is Standing.SUSPENDED


def test_who_is_no_adviser_holds_nothing_and_no_adviser_answers(
    road: Organization, proposed: VettingDecision, adviser: User, steward: User, keeper: User, otto: Viewer
) -> None:
    lead = employ(keeper, road, Role.LEAD)
    for viewer in (by(steward), lead, otto, VISITOR):
        with pytest.raises(PermissionDenied):
            hold_approval(organization=road.pk, question="Why?", viewer=viewer, now=NOW)
    hold = ask(road, adviser)
    for viewer in (lead, otto, VISITOR):
        with pytest.raises(PermissionDenied):
            answer_hold(hold=hold.pk, answer="Because.", viewer=viewer, now=LATER)


def test_what_can_not_be_held_or_answered_is_refused(
    road: Organization, proposed: VettingDecision, adviser: User, steward: User
) -> None:
    with pytest.raises(Refused):
        ask(made("Elsewhere"), adviser)
    with pytest.raises(Refused):
        ask(road, adviser, "  ")
    hold = ask(road, adviser)
    with pytest.raises(Refused):
        ask(road, adviser, "Once more")
    with pytest.raises(Refused):
        answer_hold(hold=hold.pk, answer=" ", viewer=by(steward), now=LATER)
    answer_hold(hold=hold.pk, answer="Yes.", viewer=by(steward), now=LATER)
    with pytest.raises(Refused):
        answer_hold(hold=hold.pk, answer="No.", viewer=by(steward), now=LATER)
    ask(road, adviser, "And now?")


@pytest.mark.promise(14)
@pytest.mark.promise(16)
def test_question_and_answer_are_rows_with_audit_and_without_words(
    road: Organization, proposed: VettingDecision, adviser: User, steward: User
) -> None:
    hold = ask(road, adviser)
    answer_hold(hold=hold.pk, answer=f"Told by {CANARY}", viewer=by(steward), now=LATER)
    hold.refresh_from_db()
    assert (question_of(hold), answer_of(hold)) == (CANARY, f"Told by {CANARY}")
    assert CANARY.encode() not in bytes(hold.sealed) + bytes(hold.sealed_answer)
    rows = AuditEntry.objects.filter(subject_id=road.pk, action__in=["hold_approval", "answer_hold"])
    assert {(row.action, row.actor) for row in rows} == {
        ("hold_approval", adviser.pk),
        ("answer_hold", steward.pk),
    }
    assert not any(CANARY in row.details for row in rows)


# At the doors


def test_an_adviser_asks_at_the_door_and_a_steward_answers_there(
    road: Organization,
    proposed: VettingDecision,
    adviser: User,
    steward: User,
    second: User,
    sign_in: SignIn,
) -> None:
    anh, other = sign_in(adviser), proved_anew(sign_in(second))
    assert "Open Road" in anh.get("/en/desk/review/vetting/").text
    assert anh.get("/en/desk/review/").status_code == 200
    page = anh.get(door("holds", road)).text
    assert "References answered." in page
    assert CANARY not in page, "notes and answers are for stewards"
    assert anh.post(door("holds", road), {"question": " "}).status_code == 400
    anh.post(door("holds", road), {"question": "Who runs it?"})
    refused = other.post(door("agree", road, proposed.pk), follow=True).text
    assert "survivors&#x27; adviser holds this" in refused
    assert "Who runs it?" in refused
    hold = VettingHold.objects.get()
    assert other.post(door("answer", road, hold.pk), {"answer": ""}).status_code == 400
    assert other.post(door("answer", road, hold.pk), {"answer": "A board of six."}).status_code == 302
    assert "A board of six." in anh.get(door("holds", road)).text
    other.post(door("agree", road, proposed.pk))
    assert standing(road) is Standing.APPROVED
    page = other.get(door("organization", road)).text
    assert "An adviser asks, and holds the approval" in page
    assert "question is answered" in page


def test_an_adviser_reads_what_the_organization_answered(
    road: Organization, application: VettingApplication, adviser: User, sign_in: SignIn
) -> None:
    anh, address = sign_in(adviser), door("answered", road)
    assert address in anh.get(door("holds", road)).text
    assert "/reauthenticate/" in anh.get(address)["Location"]
    proved_anew(anh)
    page = anh.get(address).text
    for told in (WHOLE.who, WHOLE.services, str(TOLD["with_consent"])):
        assert told in page
    answers = read_as_adviser(organization=road.pk, viewer=by(adviser))
    assert answers == replace(WHOLE, **dict.fromkeys(WITHHELD, ""))
    row = AuditEntry.objects.filter(action="read_vetting_application")[0]
    assert (row.actor, row.subject_id) == (adviser.pk, road.pk)
    VettingApplication.objects.update(withdrawn_at=timezone.now(), withdrawn_by=adviser)
    assert anh.get(address).status_code == 404


def test_an_adviser_takes_an_own_question_back(
    road: Organization, proposed: VettingDecision, adviser: User, sign_in: SignIn
) -> None:
    hold = ask(road, adviser)
    anh = sign_in(adviser)
    assert "/reauthenticate/" in anh.post(door("take_back", road, hold.pk))["Location"]
    assert VettingHold.objects.open().exists(), "a session that was left open lets nobody in"
    proved_anew(anh)
    assert anh.post(door("take_back", road, hold.pk)).status_code == 302
    assert not VettingHold.objects.open().exists()
    assert "Taken back." in anh.get(door("holds", road)).text


def test_an_adviser_decides_reads_and_answers_nothing(
    road: Organization,
    application: VettingApplication,
    proposed: VettingDecision,
    adviser: User,
    sign_in: SignIn,
) -> None:
    hold, anh = ask(road, adviser), proved_anew(sign_in(adviser))
    for path in (door("organization", road), door("application", road, application.pk)):
        assert anh.get(path).status_code == 403
    withheld = [WHOLE.legal_identity, WHOLE.references, WHOLE.privacy_lead]
    page = anh.get(door("answered", road)).text
    assert [words for words in withheld if words in page] == []
    for path in (
        door("agree", road, proposed.pk),
        door("shut_out", road),
        door("check", road, "identity"),
        door("answer", road, hold.pk),
    ):
        assert anh.post(path, {"answer": "x"}).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("outsider", 403), ("steward", 403), ("navigator", 403)])
def test_the_advisers_page_is_for_advisers(
    who: str,
    status: int,
    road: Organization,
    proposed: VettingDecision,
    adviser: User,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    hold = ask(road, adviser)
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(door("holds", road)).status_code == status
    assert browser.get(door("answered", road)).status_code == status
    assert browser.post(door("holds", road), {"question": "x"}).status_code == status
    assert browser.post(door("take_back", road, hold.pk)).status_code == status


def test_what_is_not_there_is_a_404(
    road: Organization,
    proposed: VettingDecision,
    adviser: User,
    navigator: User,
    steward: User,
    sign_in: SignIn,
) -> None:
    hold, other = ask(road, adviser), made("Elsewhere")
    assert sign_in(adviser).get(f"/en/desk/review/vetting/{hold.pk}/questions/").status_code == 404
    assert proved_anew(sign_in(steward)).post(door("answer", other, hold.pk)).status_code == 404
    name_adviser(user=navigator.pk, viewer=by(steward), now=NOW)
    assert sign_in(navigator).post(door("take_back", road, hold.pk)).status_code == 404


def test_open_questions_stand_in_the_queue(
    road: Organization, proposed: VettingDecision, adviser: User
) -> None:
    ask(road, adviser)
    counts = {str(line.queue.title): line.count for line in lines(NOW, for_stewards=False)}
    assert counts["Questions of survivors' advisers"] == 1


# Who advises


def test_stewards_name_advisers_and_thank_them(
    analyst: User, steward: User, road: Organization, application: VettingApplication, sign_in: SignIn
) -> None:
    assert sign_in(analyst).get("/en/desk/review/").status_code == 403
    name_adviser(user=analyst.pk, viewer=by(steward), now=NOW)
    anh = sign_in(analyst)
    assert 'href="/en/desk/review/"' in anh.get("/en/desk/").text
    assert anh.get(door("holds", road)).status_code == 200
    with pytest.raises(Refused):
        name_adviser(user=analyst.pk, viewer=by(steward), now=NOW)
    thank_adviser(user=analyst.pk, viewer=by(steward), now=LATER)
    assert anh.get(door("holds", road)).status_code == 403
    with pytest.raises(Refused):
        thank_adviser(user=analyst.pk, viewer=by(steward), now=LATER)


def test_nobody_else_names_one_and_no_steward_becomes_one(
    analyst: User, navigator: User, steward: User, second: User
) -> None:
    for viewer in (by(navigator), by(analyst), VISITOR):
        with pytest.raises(PermissionDenied):
            name_adviser(user=analyst.pk, viewer=viewer, now=NOW)
        with pytest.raises(PermissionDenied):
            thank_adviser(user=analyst.pk, viewer=viewer, now=NOW)
    with pytest.raises(Refused):
        name_adviser(user=second.pk, viewer=by(steward), now=NOW)


def test_an_adviser_who_becomes_a_steward_holds_nothing_any_more(
    road: Organization, proposed: VettingDecision, adviser: User
) -> None:
    User.objects.filter(pk=adviser.pk).update(is_staff=True)
    with pytest.raises(PermissionDenied):
        ask(road, adviser)


def test_the_command_names_and_thanks(analyst: User) -> None:
    out = StringIO()
    call_command("name_adviser", analyst.email, stdout=out)
    assert Adviser.objects.live().get().user == analyst
    with pytest.raises(CommandError, match="already"):
        call_command("name_adviser", analyst.email)
    call_command("name_adviser", analyst.email, "--end", stdout=out)
    assert not Adviser.objects.live().exists()
    with pytest.raises(CommandError, match="no account"):
        call_command("name_adviser", "nobody@relais.example")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vetting_hold SET sealed = ''",
        "DELETE FROM vetting_hold",
        "UPDATE adviser SET user_id = user_id",
        "DELETE FROM adviser",
    ],
)
def test_those_who_serve_rewrite_nothing(statement: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
        connection.cursor().execute(statement)


@pytest.mark.parametrize("table", ["vetting_hold", "adviser"])
def test_the_public_reads_none_of_it(table: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute(f"SELECT 1 FROM {table}")


def test_the_demonstration_has_an_adviser(db: None) -> None:
    call_command("load_demo", small=True, verbosity=0)
    assert Adviser.objects.live().get().user.email == "reviewer@demo.invalid"
    assert timezone.now() >= Adviser.objects.get().began_at
