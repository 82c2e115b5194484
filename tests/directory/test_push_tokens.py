"""Tokens of programs: made by leads, shown once, kept as a hash; each ends with its day, its maker or its house."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.actions.keep_push_tokens import PREFIX, hashed, make_push_token, revoke_push_token
from directory.actions.refused import Refused
from directory.models.membership import Membership, Role
from directory.models.proposed_change import ProposedChange
from directory.models.push_token import PushToken, Scope
from directory.models.vetting import VettingDecision
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.profiles import House, house, moment, second
from tests.directory.pushing import DOOR, Program, key_of, lead, make, program
from tests.directory.test_invitations import grow_old, prove_again
from tests.roles import role

__all__ = ["house", "lead", "program", "second"]


def test_the_secret_is_kept_nowhere(
    house: House, lead: Viewer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    token, program = make(lead)
    secret = program.secret
    with caplog.at_level(logging.DEBUG):
        program.push({"id": key_of(house), "alert": "Closed."})
        program.send(b"{")
        Program(secret + "x").get()
        program.send({"id": secret})
    out, err = capfd.readouterr()
    with connection.cursor() as cursor:
        rows = []
        for table in ("push_token", "audit_entry", "proposed_change", "accounts_cache"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            rows += [row[0] for row in cursor.fetchall()]
    assert token.hashed == hashed(secret)
    assert rows
    for found in (*rows, out, err, *(record.getMessage() for record in caplog.records)):
        assert secret.removeprefix(PREFIX) not in found


@pytest.mark.promise(23)
def test_what_is_no_token_opens_nothing_and_all_is_answered_alike(house: House, lead: Viewer) -> None:
    token, program = make(lead)
    others = [
        Program(secret) for secret in ("relais_" + "A" * 43, "A", "relais_", "\u00e9", program.secret[:-1])
    ]
    revoke_push_token(token=token.pk, viewer=lead, now=moment())
    late = make(lead)[1]
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE push_token SET made_at = now() - interval '9 days'")
        cursor.execute("UPDATE push_token SET expires_at = now() - interval '1 day'")
    answers = [one.send({"id": key_of(house), "alert": "A"}) for one in (*others, program, late)]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer")
    assert "opens nothing: it is unknown, over, or was taken back" in answers[0].json()["errors"]["token"][0]
    bare = Client().post(DOOR, "{}", content_type="application/json")
    assert bare.status_code == 401
    assert "Authorization: Bearer" in bare.json()["errors"]["token"][0]
    assert bare.headers["Cache-Control"] == "no-store"
    assert "CDN-Cache-Control" not in Program(program.secret).get().headers
    assert not ProposedChange.objects.exists()


@pytest.mark.promise(17)
def test_no_session_opens_the_door_of_programs(
    house: House, intake: User, lead: Viewer, sign_in: SignIn
) -> None:
    for browser in (sign_in(intake), sign_in(intake, second_factor=False)):
        assert Client.get(browser, DOOR).status_code == 401
    assert sign_in(intake, second_factor=False).get(reverse("push_tokens")).status_code == 302


def _give(lead: Viewer, other: Role) -> None:
    with role("relais_owner"):
        Membership.objects.filter(user_id=lead.user).update(role=other)


@pytest.mark.promise(21)
def test_a_token_ends_with_its_makers_lead_and_with_the_organizations_vetting(
    house: House, lead: Viewer, program: Program, steward: User
) -> None:
    assert program.get().status_code == 200
    _give(lead, Role.WORKER)
    assert program.send({"id": key_of(house), "alert": "A"}).status_code == 403
    _give(lead, Role.LEAD)
    assert program.get().status_code == 200
    VettingDecision.objects.create(
        organization=house.organization,
        outcome="suspended",
        kind="community",
        reason="A complaint.",
        decided_by=steward,
        decided_at=moment(),
    )
    answer = program.send({"id": key_of(house), "alert": "A"})
    assert answer.status_code == 403
    assert "not let in" in answer.json()["errors"]["token"][0]
    assert not ProposedChange.objects.exists()


def test_a_token_that_knocks_too_often_waits_and_no_other_does(lead: Viewer, program: Program) -> None:
    answers = [program.get() for _knock in range(100)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert refused[0].headers["Retry-After"] == "60"
    assert {answer.status_code for answer in answers[:30]} == {200}
    assert make(lead)[1].get().status_code == 200


def test_only_leads_of_who_is_let_in_make_tokens(house: House, lead: Viewer) -> None:
    assert lead.organization is not None
    asked = {"organization": lead.organization, "name": "Ours", "scope": Scope.CHANGE, "now": moment()}
    for who in (house.keeper, house.steward, Viewer(user=lead.user, organization=lead.organization)):
        with pytest.raises(PermissionDenied):
            make_push_token(**asked, days=30, viewer=who)
    for wrong in ({"days": 9999}, {"days": 30, "name": " "}, {"days": 30, "name": "a\x00b"}):
        with pytest.raises(Refused):
            make_push_token(**asked | wrong, viewer=lead)
    for _number in range(10):
        make(lead)
    with pytest.raises(Refused, match="too many tokens"):
        make(lead)


@pytest.mark.parametrize(
    "change", ["expires_at = now() + interval '9 years'", "scope = 'change'", "hashed = repeat('0', 64)"]
)
def test_the_database_gives_no_token_another_life(change: str, house: House, lead: Viewer) -> None:
    make(lead, Scope.TRY)
    with pytest.raises(DatabaseError), role("relais_portal"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE push_token SET {change}")
    assert PushToken.objects.get().scope == Scope.TRY


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_lead_makes_a_token_sees_it_once_and_takes_it_back(
    language: str, house: House, lead: Viewer, intake: User, sign_in: SignIn
) -> None:
    browser = sign_in(intake)
    address = {"en": "/en/desk/organization/tokens/", "fr": "/fr/bureau/organisme/jetons/"}[language]
    prove_again(browser)
    made = browser.post(address, {"name": "Our database", "scope": "change", "days": "90"})
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    secret = made.text.partition('translate="no">')[2].partition("<")[0]
    program = Program(secret)
    assert program.get().status_code == 200
    prove_again(browser)
    page = browser.get(address)
    assert secret not in page.text
    assert "Our database" in page.text
    token = PushToken.objects.get()
    assert token.last_used_on == moment().date()
    assert (token.expires_at - token.made_at) == timedelta(days=90)
    browser.post(reverse("push_token_revoke", args=[token.pk]), follow=True)
    assert program.get().status_code == 401
    assert list(
        AuditEntry.objects.filter(action__endswith="push_token")
        .order_by("at")
        .values_list("action", flat=True)
    ) == [
        "make_push_token",
        "revoke_push_token",
    ]


def test_the_page_asks_for_fresh_proof_and_for_a_lead(
    house: House, lead: Viewer, intake: User, keeper: User, sign_in: SignIn
) -> None:
    address = reverse("push_tokens")
    assert sign_in(keeper).get(address).status_code == 403
    old = sign_in(intake)
    grow_old(old)
    assert old.get(address).status_code == 302
    old.post(address, {"name": "Ours", "scope": "change", "days": "30"})
    assert not PushToken.objects.exists()
