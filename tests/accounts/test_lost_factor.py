"""A lost second factor: others ask for a new one, a letter opens a door for a day, the password is still asked for."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.lost_factor import ask_for_renewal, token_of
from accounts.models import FactorRenewal, User
from directory.actions.name_adviser import name_adviser
from directory.actions.refused import Refused
from directory.actions.renew_factor import agree_new_factor, take_back_new_factor
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.views.queues import lines
from safety.audit import AuditEntry
from safety.viewer import VISITOR, Viewer
from tests.accounts.renewals import (
    SECRET,
    WHY,
    asked,
    equipped,
    factors,
    lead,
    link,
    nadia,
    road,
    second,
    sent,
    sets_one,
    third_steward,
    through,
    with_password,
)
from tests.cast import SignIn
from tests.directory.test_invitations import prove_again
from tests.directory.vetting import by, employ, made
from tests.roles import RoleClient, role

__all__ = ["lead", "nadia", "road", "second"]
pytestmark = pytest.mark.promise(17)


# A lead asks


def test_what_was_lost_opens_nothing_from_the_next_request_on(
    nadia: User, lead: Viewer, sign_in: SignIn
) -> None:
    hers = sign_in(nadia)
    assert hers.get("/en/desk/").status_code == 200
    asked(nadia, lead)
    assert factors(nadia) == 0, "recovery codes too: who has the telephone may have them"
    assert "/accounts/login/" in hers.get("/en/desk/")["Location"]
    assert not Session.objects.filter(session_key=hers.session.session_key).exists()


def test_others_stay_signed_in(nadia: User, lead: Viewer, keeper: User, sign_in: SignIn) -> None:
    other = sign_in(keeper)
    asked(nadia, lead)
    assert other.get("/en/desk/").status_code == 200


def test_the_letter_opens_a_door_and_the_password_is_asked_for(nadia: User, lead: Viewer) -> None:
    asked(nadia, lead)
    sent()
    (letter,) = [one for one in mail.outbox if one.to == [nadia.email]]
    assert letter.subject == "A new second factor / Un nouveau second facteur"
    assert "Open Road" not in letter.body
    client = RoleClient()
    assert client.get(link()).status_code == 200
    through(client)
    assert "/accounts/login/" in client.get("/en/accounts/2fa/totp/activate/")["Location"]
    with_password(client, nadia)
    assert sets_one(client)
    session = client.session
    session[auth.SECRET_SESSION_KEY] = SECRET
    session.save()
    code = auth.format_hotp_value(auth.hotp_value(SECRET, next(iter(auth.yield_hotp_counters_from_time()))))
    assert client.post("/en/accounts/2fa/totp/activate/", {"code": code}).status_code == 302
    assert FactorRenewal.objects.get().used_at is not None
    assert AuditEntry.objects.get(action="set_new_factor").subject_id == nadia.pk
    assert RoleClient().get(link()).status_code == 410, "used"


@pytest.mark.parametrize("page", ["2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "password/change/"])
def test_a_password_alone_sets_no_new_one(nadia: User, lead: Viewer, page: str) -> None:
    """A thief of the password waits for this."""
    asked(nadia, lead)
    thief = with_password(RoleClient(), nadia)
    for path in (f"/en/accounts/{page}", "/en/desk/"):
        assert thief.get(path)["Location"] == "/en/accounts/lost-factor/"
    assert thief.post("/en/accounts/2fa/totp/activate/", {"code": "1"})["Location"].endswith("/lost-factor/")
    assert thief.get("/en/accounts/lost-factor/").status_code == 200
    assert factors(nadia) == 0


def test_the_door_of_somebody_else_opens_nothing(
    nadia: User, lead: Viewer, road: Organization, keeper: User
) -> None:
    employ(equipped(keeper), road, Role.KEEPER)
    asked(nadia, lead)
    asked(keeper, lead)
    mine = FactorRenewal.objects.get(user=keeper)
    client = RoleClient()
    client.post(reverse("account_new_factor", args=[token_of(mine)]))
    with_password(client, nadia)
    assert not sets_one(client)


def test_the_door_closes_after_a_day_for_good(nadia: User, lead: Viewer) -> None:
    asked(nadia, lead)
    sent()
    client = with_password(through(RoleClient()), nadia)
    assert sets_one(client)
    past = timezone.now() - timedelta(days=2)
    FactorRenewal.objects.update(opens_at=past, expires_at=past + timedelta(days=1))
    assert not sets_one(client), "who came in time and waited a day too"
    assert RoleClient().get(link()).status_code == 410
    assert RoleClient().post(link()).status_code == 410
    assert not sets_one(with_password(RoleClient(), nadia)), "the account stays shut"
    asked(nadia, lead)
    assert FactorRenewal.objects.to_come(timezone.now()).count() == 1, "until it is asked for anew"


def test_who_sets_one_may_change_it_later_by_herself(nadia: User, lead: Viewer, sign_in: SignIn) -> None:
    """What is done shuts nobody out a year later."""
    asked(nadia, lead)
    equipped(nadia)
    FactorRenewal.objects.update(used_at=timezone.now())
    Authenticator.objects.filter(user=nadia).delete()
    assert sets_one(with_password(RoleClient(), nadia))


def test_a_link_that_is_changed_opens_nothing(nadia: User, lead: Viewer) -> None:
    asked(nadia, lead)
    sent()
    assert RoleClient().get(link()[:-4] + "xyz/").status_code == 410


def test_taken_back_the_door_is_shut(nadia: User, lead: Viewer) -> None:
    made_one = asked(nadia, lead)
    sent()
    take_back_new_factor(renewal=made_one.pk, viewer=lead, now=timezone.now())
    assert RoleClient().post(link()).status_code == 410
    with pytest.raises(Refused):
        take_back_new_factor(renewal=made_one.pk, viewer=lead, now=timezone.now())


def test_leads_read_of_it_and_get_a_letter(
    nadia: User, lead: Viewer, intake: User, road: Organization
) -> None:
    asked(nadia, lead)
    row = AuditEntry.objects.get(action="ask_new_factor")
    assert (row.actor, row.subject_id, row.facts()) == (lead.user, road.pk, {"member": str(nadia.pk)})
    sent()
    assert [one.to for one in mail.outbox if "You have an item" in one.subject] == [[intake.email]]


# Who may ask


def test_a_lead_asks_for_plain_members_of_this_organization_alone(
    nadia: User, lead: Viewer, intake: User, road: Organization, keeper: User, analyst: User, steward: User
) -> None:
    employ(equipped(keeper), road, Role.LEAD)
    employ(equipped(analyst), road)
    name_adviser(user=analyst.pk, viewer=by(steward), now=timezone.now())
    for person in (intake, keeper, analyst, equipped(steward)):
        with pytest.raises(PermissionDenied):
            asked(person, lead)
    leads_elsewhere = equipped(User.objects.create_user("una@relais.example", "correct horse battery"))
    employ(leads_elsewhere, road)
    employ(leads_elsewhere, made("Elsewhere"), Role.LEAD)
    employ(nadia, made("Another"))
    for person in (leads_elsewhere, nadia):
        with pytest.raises(PermissionDenied):
            asked(person, lead)
    assert FactorRenewal.objects.count() == 0


def test_nobody_else_asks(
    nadia: User, lead: Viewer, keeper: User, outsider: User, road: Organization
) -> None:
    elsewhere = employ(outsider, made("Elsewhere"), Role.LEAD)
    for viewer in (by(nadia), employ(keeper, road, Role.KEEPER), elsewhere, VISITOR):
        with pytest.raises(PermissionDenied):
            asked(nadia, viewer)


def test_a_steward_asks_for_leads_and_for_who_works_nowhere(
    lead: Viewer, intake: User, outsider: User, steward: User
) -> None:
    for person in (intake, outsider):
        asked(equipped(person), by(steward))
        assert factors(person) == 0
    rows = AuditEntry.objects.filter(action="ask_new_factor").values_list("subject_type", flat=True)
    assert sorted(rows) == ["organization", "user"]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_reason_is_needed(reason: str, nadia: User, lead: Viewer) -> None:
    with pytest.raises(Refused):
        asked(nadia, lead, reason=reason)
    assert factors(nadia) == 2


def test_who_has_none_needs_none(outsider: User, steward: User) -> None:
    with pytest.raises(Refused, match="none yet"):
        asked(outsider, by(steward))


# A steward's own


def test_of_a_steward_two_stewards_and_a_day(steward: User, second: User, sign_in: SignIn) -> None:
    third = third_steward()
    equipped(steward)
    with pytest.raises(Refused):
        asked(steward, by(steward))
    waits = asked(steward, by(second))
    assert (factors(steward), FactorRenewal.objects.to_come(timezone.now()).count()) == (2, 0)
    for viewer in (by(second), by(steward)):
        with pytest.raises(Refused):
            agree_new_factor(renewal=waits.pk, viewer=viewer, now=timezone.now())
    line = next(one for one in lines(timezone.now()) if one.queue.address == "review_factors")
    assert line.count == 1
    hers = sign_in(steward)
    agree_new_factor(renewal=waits.pk, viewer=by(third), now=timezone.now())
    assert "/accounts/login/" in hers.get("/en/desk/")["Location"], "her sessions end at once"
    sent()
    client = RoleClient()
    assert "opens a day after" in client.get(link()).text
    assert client.post(link()).status_code == 200
    assert factors(steward) == 2, "what she may still have opens until then, so that she can stop it"
    FactorRenewal.objects.update(opens_at=timezone.now())
    with_password(through(client), steward)
    assert factors(steward) == 0
    assert sets_one(client)
    assert not sets_one(with_password(RoleClient(), steward))


def test_a_steward_who_lost_nothing_stops_it(steward: User, second: User, sign_in: SignIn) -> None:
    third = third_steward()
    equipped(steward)
    waits = asked(steward, by(second))
    agree_new_factor(renewal=waits.pk, viewer=by(third), now=timezone.now())
    desk = sign_in(steward)
    prove_again(desk)
    assert steward.email in desk.get(reverse("review_factors")).text
    desk.post(reverse("review_factor", args=[waits.pk]), {"decision": "stop"})
    sent()
    FactorRenewal.objects.update(opens_at=timezone.now())
    assert not [one for one in mail.outbox if one.to == [steward.email] and "new-factor" in one.body]
    address = reverse("account_new_factor", args=[token_of(waits)])
    assert RoleClient().post(address).status_code == 410
    assert factors(steward) == 2


def test_what_nobody_agreed_to_for_a_week_is_over(steward: User, second: User) -> None:
    third = third_steward()
    waits = asked(equipped(steward), by(second))
    with pytest.raises(Refused):
        agree_new_factor(renewal=waits.pk, viewer=by(third), now=timezone.now() + timedelta(days=8))


def test_the_database_refuses_one_person_twice_and_a_rewritten_row(
    steward: User, second: User, nadia: User, lead: Viewer
) -> None:
    equipped(steward)
    asked(nadia, lead)
    for person in (second.pk, steward.pk):
        waits = asked(steward, by(second))
        waits.agreed_by_id = person
        with pytest.raises(IntegrityError), transaction.atomic():
            waits.save(update_fields=["agreed_by"])
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorRenewal.objects.filter(user=steward).update(opens_at=now, expires_at=now + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ask_for_renewal(user=steward, reason=WHY, by=steward.pk, now=now)
    for statement in ("UPDATE factor_renewal SET reason = ''", "DELETE FROM factor_renewal"):
        with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
            connection.cursor().execute(statement)
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute("SELECT 1 FROM factor_renewal")
