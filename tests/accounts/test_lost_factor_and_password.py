"""Who reads the mailbox of somebody who lost the second factor gets no new password as well (docs/adr/0064)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import FactorRenewal, User
from directory.actions.refused import Refused
from directory.actions.renew_factor import agree_new_factor, take_back_new_factor
from directory.models.organization import Organization
from safety.viewer import Viewer
from tests.accounts.renewals import (
    PASSWORD,
    asked,
    equipped,
    factors,
    lead,
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
from tests.directory.vetting import by
from tests.roles import RoleClient

__all__ = ["lead", "nadia", "road", "second"]
pytestmark = pytest.mark.promise(17)
NEW = "a quite different phrase"
RESET = "/en/accounts/password/reset/"


def asks_for_password(user: User) -> str:
    """The path of the link in the letter that the mailbox gets; empty: none."""
    before = len(mail.outbox)
    RoleClient().post(RESET, {"email": user.email})
    sent()
    words = " ".join(letter.body for letter in mail.outbox[before:]).split()
    return next((word.removeprefix(settings.SITE_URL) for word in words if "/reset/key/" in word), "")


def takes(link: str, user: User) -> bool:
    """Whether whoever has the link gets another password by it."""
    client = RoleClient()
    answer = client.get(link)
    form = answer["Location"] if answer.status_code == 302 else link
    client.post(form, {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    return user.check_password(NEW)


def test_the_mailbox_alone_opens_no_account_whose_factor_is_renewed(nadia: User, lead: Viewer) -> None:
    """It has the door of the letter, and would have the password."""
    asked(nadia, lead)
    assert asks_for_password(nadia) == ""
    thief = through(RoleClient())
    with_password(thief, nadia)
    assert sets_one(thief), "the password that was there before is the one"


def test_a_link_from_before_gives_no_password_while_a_door_is_open(nadia: User, lead: Viewer) -> None:
    link = asks_for_password(nadia)
    asked(nadia, lead)
    assert not takes(link, nadia)
    told = RoleClient().get(link)
    unknown = RoleClient().get(link[:-4] + "zzz/")
    assert [told.status_code, told.text.count("too old")] == [unknown.status_code, 1]


def test_a_form_that_was_open_before_gives_none_either(nadia: User, lead: Viewer) -> None:
    client = RoleClient()
    form = client.get(asks_for_password(nadia))["Location"]
    assert "password1" in client.get(form).text
    asked(nadia, lead)
    client.post(form, {"password1": NEW, "password2": NEW})
    nadia.refresh_from_db()
    assert nadia.check_password(PASSWORD)


def test_a_password_of_the_mailbox_is_waited_for_before_anybody_vouches(nadia: User, lead: Viewer) -> None:
    assert takes(asks_for_password(nadia), nadia)
    with pytest.raises(Refused, match="new password by mail"):
        asked(nadia, lead)
    assert factors(nadia) == 2
    with pytest.raises(Refused):
        asked(nadia, lead, now=timezone.now() + timedelta(days=6, hours=23))
    asked(nadia, lead, now=timezone.now() + timedelta(days=7, hours=1))
    assert factors(nadia) == 0


def test_while_a_second_steward_is_waited_for_too(steward: User, second: User) -> None:
    equipped(steward)
    link = asks_for_password(steward)
    waits = asked(steward, by(second))
    assert not takes(link, steward)
    agree_new_factor(renewal=waits.pk, viewer=by(third_steward()), now=timezone.now())
    assert not takes(link, steward)


def test_afterwards_a_password_comes_by_mail_again_and_opens_no_door(nadia: User, lead: Viewer) -> None:
    """Who forgot it as well is not shut out for ever; whoever reads the mailbox has won nothing by it."""
    waits = asked(nadia, lead)
    take_back_new_factor(renewal=waits.pk, viewer=lead, now=timezone.now())
    assert takes(asks_for_password(nadia), nadia)
    assert not sets_one(with_password(RoleClient(), nadia))
    with pytest.raises(Refused):
        asked(nadia, lead)


def test_what_was_over_a_week_ago_keeps_nobody_from_a_new_password(steward: User, second: User) -> None:
    equipped(steward)
    asked(steward, by(second), now=timezone.now() - timedelta(days=8))
    assert takes(asks_for_password(steward), steward)


def test_the_letter_says_why_there_is_no_link(nadia: User, lead: Viewer) -> None:
    asked(nadia, lead)
    RoleClient().post(RESET, {"email": nadia.email})
    sent()
    (letter,) = [one for one in mail.outbox if one.subject == "A new password"]
    assert letter.to == [nadia.email]
    assert "No new password comes by mail" in letter.body
    assert "://" not in letter.body


def test_pages_say_it_to_everybody_alike(nadia: User, lead: Viewer) -> None:
    """No stranger learns whose second factor is renewed, or who has an account."""
    asked(nadia, lead)
    pages = []
    for email in (nadia.email, "nobody@relais.example"):
        client = RoleClient()
        answer = client.post(RESET, {"email": email})
        pages.append((answer.status_code, answer["Location"], client.get(answer["Location"]).content))
    assert pages[0] == pages[1]
    assert "a new second factor" in pages[0][2].decode()


def test_the_lead_reads_why_it_has_to_wait(
    nadia: User, lead: Viewer, intake: User, road: Organization, sign_in: SignIn
) -> None:
    User.objects.filter(pk=nadia.pk).update(password_reset_at=timezone.now())
    desk = sign_in(intake)
    prove_again(desk)
    (member,) = nadia.memberships.all()
    page = desk.post(reverse("member_factor", args=[member.pk]), {"reason": "I called."}, follow=True).text
    assert "new password by mail" in page
    assert FactorRenewal.objects.count() == 0
