""" "I was not safe there": told by anybody, kept for stewards alone, judged within a day."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from directory.actions.refused import Refused
from directory.actions.report_safety import (
    Judged,
    Told,
    judge_report,
    read_report,
    receive_report,
    remind_of_reports,
    write_report_down,
)
from directory.jobs import remind_of_safety_reports
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.safety_report import SafetyReport
from directory.models.vetting import VettingDecision
from directory.rules.safety_reports import Channel, Judgement
from directory.rules.standing import Kind, Standing
from directory.views.queues import lines
from directory.views.safety_desk import hours_left
from safety.audit import AuditEntry
from safety.notices import Notice, deliver
from safety.owner_keys import shred
from safety.throttle import DEFAULT_LIMITS, ThrottleMiddleware
from safety.viewer import VISITOR
from tests.cast import SignIn
from tests.directory.vetting import CANARY, NOW, by, door, employ, let_in, proved_anew, standing
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import RoleClient, role

DOOR, QUEUE = "/en/tell-us/", "/en/desk/review/reports/"
TOLD = Told("Open Road, Toronto", f"They took my phone. {CANARY}")
CREDIBLE = {"judgement": "credible", "organization": "open road", "why": f"Two others say so. {CANARY}"}


def form(client: Any) -> dict[str, str]:
    page = client.get(DOOR).text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    return {"token": token[1], "place": TOLD.place, "words": TOLD.words}


@pytest.fixture
def report(steward: User, second: User) -> SafetyReport:
    """What somebody told an hour ago."""
    return receive_report(told=TOLD, now=NOW - timedelta(hours=1))


def page_of(report: SafetyReport) -> str:
    return f"{QUEUE}{report.pk}/"


# Telling. Writing is the desk's role's: the door's own connection for it is not that of the public pages.


def test_anybody_tells_and_is_thanked(client: Client, steward: User) -> None:
    answer = client.post(DOOR, form(client))
    assert (answer.status_code, answer["Location"]) == (303, "/en/tell-us/thanks/")
    assert not answer.cookies
    assert "18339001010" in client.get(answer["Location"]).text
    kept = SafetyReport.objects.get()
    assert (kept.channel, kept.recorded_by, kept.organization) == (Channel.FORM, None, None)
    read = read_report(report=kept.pk, viewer=by(steward))
    assert read == (TOLD, "")


@pytest.mark.promise(14)
@pytest.mark.promise(20)
def test_the_words_stand_nowhere_else(client: Client, steward: User) -> None:
    client.post(DOOR, form(client))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM safety_report")
        row = cursor.fetchone()
    jobs, notices = ProcrastinateJob.objects.order_by("pk"), Notice.objects.values()
    entries = AuditEntry.objects.filter(subject_type="safety_report")
    assert [(entry.action, entry.actor) for entry in entries] == [("receive_safety_report", None)]
    deliver(timezone.now())
    told = (
        f"{row}{[job.args for job in jobs]}{list(notices)}{[e.details for e in entries]}{mail.outbox[0].body}"
    )
    assert CANARY not in told
    assert "Open Road" not in told
    assert [letter.to for letter in mail.outbox] == [[steward.email]]


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client: Client, db: None) -> None:
    answer = client.post(DOOR, form(client) | {"place": " "})
    assert answer.status_code == 400
    assert 'id="id_place_error"' in answer.text
    assert CANARY in answer.text
    assert not SafetyReport.objects.exists()


def test_a_page_that_was_open_for_long_loses_nothing(client: Client, db: None) -> None:
    answer = client.post(DOOR, form(client) | {"token": "x"})
    assert answer.status_code == 403
    assert CANARY in answer.text
    assert "send it once more" in answer.text
    assert not SafetyReport.objects.exists()


def test_another_site_sends_nothing(client: Client, db: None) -> None:
    answer = client.post(DOOR, form(client), headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not SafetyReport.objects.exists()


@pytest.mark.promise(23)
@pytest.mark.parametrize("path", ["/en/tell-us/", "/fr/nous-dire/"])
def test_the_door_is_throttled(path: str, settings: Any) -> None:
    settings.THROTTLE_LIMITS = DEFAULT_LIMITS

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    door = ThrottleMiddleware(answer)
    statuses = [door(RequestFactory().post(path)).status_code for _ in range(20)]
    assert statuses.count(200) == DEFAULT_LIMITS[path] < 20


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", ["/en/vetting/", "/fr/verification/", DOOR, "/en/tell-us/thanks/"])
def test_the_public_pages_are_the_same_for_everybody_whoever_is_signed_in(
    path: str, visitor: RoleClient, steward: User, sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    plain = visitor.get(path)
    assert plain.status_code == 200
    assert not plain.cookies
    assert browser.get(path).content == plain.content


@pytest.mark.parametrize("what", ["testimony", "photos", "unpaid", "faith", "phone"])
def test_the_code_of_conduct_says_what_nobody_has_to_do_for_a_bed(what: str, visitor: RoleClient) -> None:
    words = {
        "testimony": "You don&#x27;t have to tell your story",
        "photos": "They take no photos of you",
        "unpaid": "work for your bed without pay",
        "faith": "You don&#x27;t have to pray",
        "phone": "Your phone, your papers and your money stay with you.",
    }
    page = visitor.get("/en/vetting/").text.replace("don't", "don&#x27;t")
    assert words[what] in page


# At the stewards' desk


def test_a_credible_one_suspends_at_once_and_the_organization_reads_none_of_it(
    report: SafetyReport, road: Organization, steward: User, second: User, outsider: User, sign_in: SignIn
) -> None:
    employ(outsider, road, Role.LEAD)
    let_in(road, steward, second, kind=Kind.HEALTH)
    otto = sign_in(outsider)
    assert "Your organization is vetted." in otto.get("/en/desk/").text
    browser = proved_anew(sign_in(steward))
    assert CANARY in browser.get(page_of(report)).text
    assert browser.post(page_of(report), CREDIBLE).status_code == 302
    assert standing(road) is Standing.SUSPENDED
    report.refresh_from_db()
    decision = report.decision
    assert decision is not None
    assert decision.kind == Kind.HEALTH
    assert "phone" not in decision.reason
    for path in ("/en/desk/", "/en/desk/organization/vetting/"):
        page = otto.get(path).text
        assert "suspended" in page
        assert CANARY not in page
        assert "report" not in page
    page = browser.get(door("organization", road)).text
    assert "A report about safety was judged." in page
    assert CANARY not in page


@pytest.mark.parametrize("judgement", ["facts_only", "not_credible"])
def test_wrong_facts_however_often_shut_nobody_out(
    judgement: str, road: Organization, steward: User, second: User, sign_in: SignIn
) -> None:
    let_in(road, steward, second)
    browser = proved_anew(sign_in(steward))
    for _ in range(5):
        one = receive_report(told=TOLD, now=NOW)
        assert browser.post(page_of(one), CREDIBLE | {"judgement": judgement}).status_code == 302
    assert standing(road) is Standing.APPROVED
    assert not SafetyReport.objects.open().exists()


def test_a_second_credible_one_is_judged_too_without_a_second_suspension(
    report: SafetyReport, road: Organization, steward: User, second: User
) -> None:
    let_in(road, steward, second)
    judged = Judged(Judgement.CREDIBLE, "Yes.", road.pk)
    judge_report(report=report.pk, judged=judged, viewer=by(steward), now=NOW)
    other = receive_report(told=TOLD, now=NOW)
    done = judge_report(report=other.pk, judged=judged, viewer=by(second), now=NOW + timedelta(minutes=1))
    assert done.decision is None
    assert VettingDecision.objects.filter(outcome="suspended").count() == 1
    with pytest.raises(Refused):
        judge_report(report=other.pk, judged=judged, viewer=by(second), now=NOW)


@pytest.mark.parametrize("name", ["", "Nobody Here", "Twice"])
def test_to_suspend_one_says_which_organization(
    name: str, report: SafetyReport, road: Organization, steward: User, sign_in: SignIn
) -> None:
    for _ in range(2):
        Organization.objects.create(publisher=road.publisher, name="Twice")
    answer = proved_anew(sign_in(steward)).post(page_of(report), CREDIBLE | {"organization": name})
    assert answer.status_code == 400
    assert "Two others say so." in answer.text
    report.refresh_from_db()
    assert report.judged_at is None
    assert not VettingDecision.objects.exists()


def test_a_steward_writes_down_what_was_told_by_phone(steward: User, second: User, sign_in: SignIn) -> None:
    browser, page = proved_anew(sign_in(steward)), f"{QUEUE}new/"
    told = {"place": TOLD.place, "words": TOLD.words, "channel": "phone"}
    assert browser.post(page, told | {"channel": "form"}).status_code == 400
    assert browser.post(page, told | {"words": ""}).status_code == 400
    assert browser.post(page, told).status_code == 302
    kept = SafetyReport.objects.get()
    assert (kept.channel, kept.recorded_by) == ("phone", steward)
    assert "by phone" in browser.get(QUEUE).text


def test_the_queue_shows_the_time_that_is_left_and_no_words(
    report: SafetyReport, steward: User, sign_in: SignIn
) -> None:
    late = receive_report(told=TOLD, now=NOW - timedelta(hours=25, minutes=30))
    page = sign_in(steward).get(QUEUE).text
    assert "22 hours left" in page
    assert "Late by 2 hours" in page
    assert page.index(str(late.pk)) < page.index(str(report.pk))
    assert CANARY not in page
    assert str(lines(timezone.now())[0].queue.title).startswith("Reports")


@pytest.mark.parametrize(
    ("passed", "told"), [(0, "24 hours left"), (23.5, "0 hours left"), (24.5, "Late by 1 hour")]
)
def test_the_time_left_in_words(passed: float, told: str) -> None:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert hours_left(moment, moment + timedelta(hours=passed)) == told


@pytest.mark.parametrize("who", ["outsider", "navigator", "analyst"])
def test_nobody_but_stewards_reads_or_judges(
    who: str, report: SafetyReport, road: Organization, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    person: User = request.getfixturevalue(who)
    viewer = employ(person, road, Role.LEAD)
    browser = proved_anew(sign_in(person))
    for path in (QUEUE, f"{QUEUE}new/", page_of(report)):
        assert browser.get(path).status_code == 403
    assert browser.post(page_of(report), CREDIBLE).status_code == 403
    for one in (viewer, VISITOR):
        with pytest.raises(PermissionDenied):
            read_report(report=report.pk, viewer=one)
        with pytest.raises(PermissionDenied):
            judge_report(report=report.pk, judged=Judged(Judgement.FACTS_ONLY, "x"), viewer=one, now=NOW)
        with pytest.raises(PermissionDenied):
            write_report_down(told=TOLD, channel=Channel.PHONE, viewer=one, now=NOW)


def test_reading_asks_for_fresh_proof_and_leaves_a_row(
    report: SafetyReport, steward: User, sign_in: SignIn
) -> None:
    assert "/reauthenticate/" in sign_in(steward).get(page_of(report))["Location"]
    browser = proved_anew(sign_in(steward))
    browser.get(page_of(report))
    rows = AuditEntry.objects.filter(subject_id=report.pk, action="read_safety_report")
    assert [row.actor for row in rows] == [steward.pk]
    assert browser.get(f"{QUEUE}{UUID(int=0)}/").status_code == 404


def test_stewards_hear_again_of_one_that_waits_for_half_a_day(report: SafetyReport, steward: User) -> None:
    assert not remind_of_reports(now=NOW + timedelta(hours=10))
    assert remind_of_reports(now=NOW + timedelta(hours=11, minutes=1))
    judged = Judged(Judgement.NOT_CREDIBLE, "No.")
    judge_report(report=report.pk, judged=judged, viewer=by(steward), now=NOW)
    assert not remind_of_reports(now=NOW + timedelta(hours=20))
    remind_of_safety_reports(timestamp=0)


def test_an_organization_that_destroys_its_key_destroys_no_report(
    report: SafetyReport, road: Organization, steward: User
) -> None:
    judged = Judged(Judgement.NOT_CREDIBLE, "No.", road.pk)
    judge_report(report=report.pk, judged=judged, viewer=by(steward), now=NOW)
    shred(road.pk, viewer=by(steward))
    assert read_report(report=report.pk, viewer=by(steward)) == (TOLD, "No.")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE safety_report SET sealed = ''",
        "UPDATE safety_report SET received_at = now()",
        "DELETE FROM safety_report",
    ],
)
def test_those_who_serve_rewrite_nothing(statement: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
        connection.cursor().execute(statement)


def test_the_public_reads_none_of_it_and_a_credible_one_names_somebody(report: SafetyReport) -> None:
    with pytest.raises(DatabaseError, match="safety_report_credible"), transaction.atomic():
        SafetyReport.objects.update(judgement="credible", judged_by=User.objects.first(), judged_at=NOW)
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute("SELECT 1 FROM safety_report")
