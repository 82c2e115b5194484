"""An organization asks to be let in: draft, sent, withdrawn; what is missing is said at its field, nothing is lost."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from directory.actions.apply_for_vetting import (
    Incomplete,
    answers_of,
    save_application,
    send_application,
    withdraw_application,
)
from directory.actions.refused import Refused
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_paper import Paper, VettingPaper
from directory.rules.standing import last_day
from directory.rules.vetting import CONDUCT_VERSION, MOU_VERSION, SIGNED_FOR, Answers
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Viewer
from tests.cast import SignIn
from tests.directory.vetting import CANARY, WHOLE, as_sent, employ, made, proved_anew, sent
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import role

NOW = timezone.now()
DOOR = "/en/desk/organization/vetting/"


def the_one() -> VettingApplication:
    return VettingApplication.objects.get()


# Who may


def test_any_member_applies_while_nobody_leads_and_then_leads_do(
    otto: Viewer, keeper: User, road: Organization
) -> None:
    kept = save_application(organization=road.pk, answers=Answers(who="We"), version=0, viewer=otto, now=NOW)
    lead = employ(keeper, road, Role.LEAD)
    with pytest.raises(PermissionDenied):
        withdraw_application(application=kept.pk, viewer=otto, now=NOW)
    withdraw_application(application=kept.pk, viewer=lead, now=NOW)


def test_nobody_else_applies_reads_or_withdraws(
    otto: Viewer, keeper: User, steward: User, road: Organization
) -> None:
    lead_elsewhere = employ(keeper, made("Elsewhere"), Role.LEAD)
    kept = sent(otto, NOW)
    forged = Viewer(user=keeper.pk, organization=road.pk)
    for viewer in (lead_elsewhere, forged, Viewer(user=steward.pk), VISITOR, Viewer(user=otto.user)):
        for act in (save_application, send_application):
            with pytest.raises(PermissionDenied):
                act(organization=road.pk, answers=WHOLE, version=0, viewer=viewer, now=NOW)
        with pytest.raises(PermissionDenied):
            withdraw_application(application=kept.pk, viewer=viewer, now=NOW)


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 200), ("navigator", 403), ("keeper", 403), ("steward", 403)]
)
def test_the_door_opens_for_its_own_alone(
    who: str, status: int, otto: Viewer, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    person: User = request.getfixturevalue(who)
    if who == "navigator":
        employ(person, made("Led by somebody"))
        employ(request.getfixturevalue("intake"), Organization.objects.get(name="Led by somebody"), Role.LEAD)
    browser = proved_anew(sign_in(person))
    assert browser.get(DOOR).status_code == status
    assert browser.post(DOOR, as_sent()).status_code == (302 if status == 200 else 403)
    assert VettingApplication.objects.count() == (1 if status == 200 else 0)


def test_another_organizations_application_is_not_there(otto: Viewer, keeper: User, sign_in: SignIn) -> None:
    kept = sent(otto, NOW)
    employ(keeper, made("Elsewhere"), Role.LEAD)
    door = reverse("withdraw_application", args=[kept.pk])
    told = sign_in(keeper).post(door, follow=True).text
    assert "not there any more" in told
    kept.refresh_from_db()
    assert kept.withdrawn_at is None


# Draft and sending


def test_a_draft_takes_whatever_there_is_and_gives_it_back(
    otto: Viewer, outsider: User, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(outsider))
    assert browser.post(DOOR, {"who": CANARY, "version": "0", "do": "save"}).status_code == 302
    page = browser.get(DOOR).text
    assert CANARY in page
    assert 'name="version" value="1"' in page
    assert answers_of(the_one()) == Answers(who=CANARY)
    assert not VettingPaper.objects.exists()


def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    otto: Viewer, outsider: User, sign_in: SignIn
) -> None:
    browser = proved_anew(sign_in(outsider))
    answer = browser.post(DOOR, as_sent(services=" ", tells_police="", mou=""))
    assert answer.status_code == 400
    for name in ("services", "tells_police", "mou"):
        assert f'id="id_{name}_error">This is missing.' in answer.text
    assert answer.text.count("This is missing.") == 3
    assert CANARY in answer.text
    assert answers_of(the_one()).who == WHOLE.who
    again = browser.post(DOOR, as_sent(version="1"))
    assert again.status_code == 302
    assert the_one().sent_at is not None


@pytest.mark.parametrize("day", ["tomorrow", "2999-01-01", "2026-02-30"])
def test_a_training_lies_behind(day: str, otto: Viewer, outsider: User, sign_in: SignIn) -> None:
    answer = proved_anew(sign_in(outsider)).post(DOOR, as_sent(trained_on=day))
    assert answer.status_code == 400
    assert "Choose a day that is over." in answer.text
    assert the_one().sent_at is None


def test_sending_signs_for_a_year(otto: Viewer, road: Organization) -> None:
    sent(otto, NOW, trained_on="2026-01-15")
    papers = VettingPaper.objects.latest(road.pk)
    today = last_day(NOW)
    assert {name: one.version for name, one in papers.items()} == {
        Paper.MOU: MOU_VERSION,
        Paper.CONDUCT: CONDUCT_VERSION,
        Paper.TELLS: CONDUCT_VERSION,
        Paper.TRAINING: "",
    }
    assert (papers[Paper.MOU].on, papers[Paper.MOU].until) == (today, today + SIGNED_FOR)
    assert str(papers[Paper.TRAINING].on) == "2026-01-15"
    assert all(one.signed_by_id == otto.user for one in papers.values())


def test_of_two_who_write_at_once_the_second_is_told_and_keeps_the_words(
    otto: Viewer, outsider: User, keeper: User, road: Organization, sign_in: SignIn
) -> None:
    employ(keeper, road)
    sign_in(keeper).post(DOOR, {"who": "First", "version": "0", "do": "save"})
    browser = proved_anew(sign_in(outsider))
    answer = browser.post(DOOR, {"who": "Second", "version": "0", "do": "save"})
    assert answer.status_code == 400
    assert "Somebody else changed this application meanwhile." in answer.text
    assert "Second" in answer.text
    assert answers_of(the_one()).who == "First"
    assert browser.post(DOOR, {"who": "Second", "version": "1", "do": "save"}).status_code == 302
    assert answers_of(the_one()).who == "Second"


def test_one_waits_at_a_time_and_can_be_withdrawn_and_sent_again(
    otto: Viewer, outsider: User, sign_in: SignIn
) -> None:
    first = sent(otto, NOW)
    browser = proved_anew(sign_in(outsider))
    page = browser.get(DOOR).text
    assert "Your application was sent on" in page
    assert CANARY in page
    answer = browser.post(DOOR, as_sent())
    assert answer.status_code == 400
    assert "sent already" in answer.text
    browser.post(reverse("withdraw_application", args=[first.pk]))
    page = browser.get(DOOR).text
    assert CANARY in page, "what was answered is there to be corrected"
    assert not re.search(r"<input[^>]*\schecked", page), "what is agreed to is agreed to anew"
    assert browser.post(DOOR, as_sent()).status_code == 302
    with pytest.raises(Refused):
        withdraw_application(application=first.pk, viewer=otto, now=NOW)


def test_a_draft_that_is_thrown_away_leaves_no_words(otto: Viewer, road: Organization) -> None:
    kept = save_application(organization=road.pk, answers=WHOLE, version=0, viewer=otto, now=NOW)
    withdraw_application(application=kept.pk, viewer=otto, now=NOW + timedelta(minutes=1))
    kept.refresh_from_db()
    assert bytes(kept.sealed) == b""


def test_too_long_a_text_is_told_and_nothing_is_kept_of_it(
    otto: Viewer, outsider: User, sign_in: SignIn
) -> None:
    answer = proved_anew(sign_in(outsider)).post(DOOR, as_sent(who="x" * 5000))
    assert answer.status_code == 400
    assert 'id="id_who_error"' in answer.text
    assert not VettingApplication.objects.exists()


def test_long_answers_in_syllabics_arrive_whole(otto: Viewer, outsider: User, sign_in: SignIn) -> None:
    """A browser sends each of these letters as nine."""
    long = "ᐃᓄᒃᑎᑐᑦ ᐅᖃᖅᑐᖅ " * 250
    told = as_sent(who=long, services=long, references=long, legal_identity=long)
    form = "application/x-www-form-urlencoded"
    answer = proved_anew(sign_in(outsider)).post(DOOR, urlencode(told), content_type=form)
    assert answer.status_code == 302
    assert answers_of(the_one()).services == long.strip()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_form_that_was_tampered_with_is_no_500(
    version: str, otto: Viewer, outsider: User, sign_in: SignIn
) -> None:
    tampered = as_sent(version=version, way="x\x00", trained_on="\ud7ff")
    assert sign_in(outsider).post(DOOR, tampered).status_code == 400


def test_incomplete_names_what_is_missing(otto: Viewer, road: Organization) -> None:
    with pytest.raises(Incomplete) as told:
        send_application(organization=road.pk, answers=Answers(), version=0, viewer=otto, now=NOW)
    assert "who" in told.value.names
    assert not VettingApplication.objects.exists()


# Where the words are


@pytest.mark.promise(14)
@pytest.mark.promise(20)
def test_the_words_stand_in_no_column_audit_row_or_job(otto: Viewer) -> None:
    sent(otto, NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vetting_application")
        row = cursor.fetchone()
    assert not any(CANARY in str(bytes(v) if isinstance(v, memoryview) else v) for v in row)
    entries = AuditEntry.objects.filter(subject_type="organization")
    assert [entry.action for entry in entries] == ["send_vetting_application"]
    assert not any(CANARY in entry.details for entry in entries)
    assert not any(CANARY in str(job.args) for job in ProcrastinateJob.objects.order_by("pk"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vetting_application SET sealed = ''",
        "UPDATE vetting_application SET sent_at = NULL, sent_by_id = NULL",
        "UPDATE vetting_application SET sent_at = sent_at + interval '1 day'",
    ],
)
def test_what_was_sent_is_not_rewritten(statement: str, otto: Viewer) -> None:
    sent(otto, NOW)
    with pytest.raises(DatabaseError, match="not rewritten"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vetting_application SET organization_id = organization_id",
        "DELETE FROM vetting_application",
        "UPDATE vetting_check SET is_done = true",
        "DELETE FROM vetting_check",
        "UPDATE vetting_paper SET until = until",
        "DELETE FROM vetting_paper",
    ],
)
def test_those_who_serve_rewrite_nothing_else(statement: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
        connection.cursor().execute(statement)


@pytest.mark.parametrize("table", ["vetting_application", "vetting_check", "vetting_paper"])
def test_the_public_reads_none_of_it(table: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute(f"SELECT 1 FROM {table}")


def test_who_left_applies_no_more(otto: Viewer, outsider: User, sign_in: SignIn) -> None:
    browser = proved_anew(sign_in(outsider))
    assert browser.get(DOOR).status_code == 200
    Membership.objects.update(ended_at=timezone.now())
    assert browser.get(DOOR).status_code == 403


def test_who_finds_a_session_open_keeps_a_draft_and_binds_nobody(
    sign_in: SignIn, outsider: User, otto: Viewer
) -> None:
    for browser in (sign_in(outsider), proved_anew(sign_in(outsider), ago=1000)):
        answer = browser.post(DOOR, as_sent(version=str(VettingApplication.objects.count())))
        assert answer["Location"] == f"{reverse('account_reauthenticate')}?{urlencode({'next': DOOR})}"
        assert (the_one().sent_at, answers_of(the_one())) == (None, WHOLE)
    assert "It is kept. It binds your organization" in browser.get(DOOR).text
    proved_anew(browser).post(DOOR, as_sent(version=str(the_one().version)))
    assert the_one().sent_at
