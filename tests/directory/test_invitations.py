"""People are asked to join by a letter, and join by its link, once."""

import re
import threading
import time
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.invite_members import (
    GOOD_FOR,
    MOST_OPEN,
    accept_invitation,
    invite_member,
    open_invitation,
    revoke_invitation,
    token_of,
)
from directory.actions.refused import Refused
from directory.models.invitation import Invitation
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from safety.audit import AuditEntry
from safety.notices import deliver
from safety.viewer import VISITOR, Viewer
from tests.cast import SignIn
from tests.roles import RoleClient
from tests.safety.together import run_together

NOW = timezone.now()
PASSWORD = "a long walk by the river"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


@pytest.fixture
def house(db: None) -> Organization:
    """An organization."""
    publisher, _ = Publisher.objects.get_or_create(slug="test", defaults={"name": "Test"})
    return Organization.objects.create(publisher=publisher, name="Alder House")


@pytest.fixture
def lead(keeper: User, house: Organization) -> Viewer:
    """Kim, who leads it."""
    Membership.objects.create(
        user=keeper, organization=house, role=Role.LEAD, began_at=NOW - timedelta(days=1)
    )
    return Viewer(user=keeper.pk, organization=house.pk)


def ask(lead: Viewer, email: str = "Nora@relais.example", **more: Any) -> Invitation:
    assert lead.organization
    asked = {"role": Role.WORKER, "language": "en", "now": NOW} | more
    return invite_member(email=email, organization=lead.organization, viewer=lead, **asked)


def door(invitation: Invitation) -> str:
    return reverse("invitation", args=[token_of(invitation)])


# Asking


def test_a_letter_goes_to_whom_was_asked_and_its_link_opens(lead: Viewer, client: RoleClient) -> None:
    ask(lead, language="fr")
    deliver(timezone.now())
    (letter,) = mail.outbox
    assert letter.to == ["nora@relais.example"]
    assert "Alder" not in f"{letter.subject}{letter.body}"
    (path,) = LINK.findall(letter.body)
    assert path.startswith("/fr/accounts/")
    page = client.get(path)
    assert page.status_code == 200
    assert "Alder House" in page.text


def test_nothing_is_sent_for_what_was_taken_back_meanwhile(lead: Viewer) -> None:
    made = ask(lead)
    revoke_invitation(invitation=made.pk, viewer=lead, now=NOW)
    deliver(timezone.now())
    assert mail.outbox == []


def test_only_a_lead_or_a_steward_asks_and_takes_back(
    lead: Viewer, navigator: User, steward: User, house: Organization
) -> None:
    Membership.objects.create(user=navigator, organization=house, role=Role.WORKER, began_at=NOW)
    made = ask(lead)
    for viewer in (Viewer(user=navigator.pk, organization=house.pk), Viewer(user=lead.user), VISITOR):
        with pytest.raises(PermissionDenied):
            invite_member(
                email="x@relais.example",
                organization=house.pk,
                role=Role.LEAD,
                language="en",
                viewer=viewer,
                now=NOW,
            )
        with pytest.raises(PermissionDenied):
            revoke_invitation(invitation=made.pk, viewer=viewer, now=NOW)
    revoke_invitation(invitation=made.pk, viewer=Viewer(user=steward.pk), now=NOW)


@pytest.mark.parametrize(
    "email", ["", " ", "nora", "nora@", "a@b\x00.example", "x" * 300 + "@relais.example"]
)
def test_what_is_no_address_is_refused(email: str, lead: Viewer) -> None:
    with pytest.raises(Refused):
        ask(lead, email)
    assert not Invitation.objects.exists()


def test_an_address_is_asked_once_until_it_is_over(lead: Viewer) -> None:
    ask(lead)
    with pytest.raises(Refused):
        ask(lead, "NORA@relais.example")
    ask(lead, now=NOW + GOOD_FOR)
    assert Invitation.objects.exclude(email="").count() == 1


def test_who_belongs_already_is_not_asked(lead: Viewer, keeper: User) -> None:
    with pytest.raises(Refused):
        ask(lead, keeper.email)


def test_a_stolen_account_does_not_write_to_everybody(lead: Viewer) -> None:
    for number in range(MOST_OPEN):
        ask(lead, f"n{number}@relais.example")
    with pytest.raises(Refused):
        ask(lead, "one-more@relais.example")


# Joining


def test_a_new_person_makes_an_account_and_belongs(
    lead: Viewer, client: RoleClient, house: Organization
) -> None:
    made = ask(lead, role=Role.KEEPER)
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(door(made), passwords)
    assert answer.status_code == 302
    person = User.objects.get(email="nora@relais.example")
    assert person.check_password(PASSWORD)
    assert not person.is_staff
    mine = Membership.objects.get(user=person)
    assert (mine.organization_id, mine.role, mine.ended_at) == (house.pk, Role.KEEPER, None)
    made.refresh_from_db()
    assert made.email == ""
    assert client.get(door(made)).status_code == 410
    assert client.post(door(made), passwords).status_code == 410
    told = AuditEntry.objects.filter(subject_id=house.pk).values_list("action", flat=True)
    assert sorted(told) == ["accept_invitation", "invite_member"]


def test_two_organizations_letters_answered_in_the_same_moment_make_one_account(cloned_database: str) -> None:
    publisher = Publisher.objects.create(slug="test", name="Test")
    asker = User.objects.create_user("asker@relais.example", PASSWORD)
    asked = []
    for name in ("Alder House", "Birch House"):
        house = Organization.objects.create(publisher=publisher, name=name)
        Membership.objects.create(user=asker, organization=house, role=Role.LEAD, began_at=NOW)
        asked.append(ask(Viewer(user=asker.pk, organization=house.pk)))
    start = threading.Barrier(2)

    def join(invitation: Invitation) -> None:
        start.wait(timeout=30)
        accept_invitation(invitation=invitation.pk, user=None, password=PASSWORD, now=NOW)

    (fault,) = run_together(*[partial(join, invitation) for invitation in asked])
    assert isinstance(fault, Refused)
    assert User.objects.count() == 2
    assert Invitation.objects.filter(accepted_at=None).count() == 1


@pytest.mark.parametrize(
    "passwords",
    [
        {},
        {"password1": PASSWORD, "password2": "another long one"},
        {"password1": "password", "password2": "password"},
        {"password1": "nora@relais.example", "password2": "nora@relais.example"},
    ],
)
def test_a_bad_password_makes_nothing(passwords: dict[str, str], lead: Viewer, client: RoleClient) -> None:
    made = ask(lead)
    assert client.post(door(made), passwords).status_code == 400
    assert not User.objects.filter(email="nora@relais.example").exists()


def test_who_has_an_account_signs_in_first(
    lead: Viewer, navigator: User, sign_in: SignIn, client: RoleClient
) -> None:
    made = ask(lead, navigator.email)
    page = client.get(door(made))
    assert "You have an account already" in page.text
    assert "password1" not in page.text
    client.post(door(made), {"password1": PASSWORD, "password2": PASSWORD})
    navigator.refresh_from_db()
    assert not navigator.check_password(PASSWORD)
    assert not navigator.memberships.exists()
    assert sign_in(navigator).post(door(made)).status_code == 302
    assert navigator.memberships.get().role == Role.WORKER


def test_nobody_joins_with_the_letter_of_another_person(
    lead: Viewer, navigator: User, outsider: User, sign_in: SignIn
) -> None:
    for email in (navigator.email, "nobody-yet@relais.example"):
        made = ask(lead, email)
        browser = sign_in(outsider)
        browser.post(door(made), {"password1": PASSWORD, "password2": PASSWORD})
        assert not outsider.memberships.exists()
        assert not User.objects.filter(email="nobody-yet@relais.example").exists()


def test_a_link_that_is_over_altered_or_taken_back_opens_nothing(lead: Viewer, client: RoleClient) -> None:
    made = ask(lead)
    token = token_of(made)
    assert open_invitation(token, NOW) == made
    assert open_invitation(token, NOW + GOOD_FOR) is None
    for altered in (
        token[:-1],
        f"x{token}",
        token.replace(token[0], "f" if token[0] != "f" else "0", 1),
        "x",
        "x:y",
    ):
        assert open_invitation(altered, NOW) is None
        assert client.get(reverse("invitation", args=[altered])).status_code == 410
    revoke_invitation(invitation=made.pk, viewer=lead, now=NOW)
    assert client.get(door(made)).status_code == 410
    with pytest.raises(Refused):
        accept_invitation(invitation=made.pk, user=None, password=PASSWORD, now=NOW)


# The page of members


def prove_again(browser: RoleClient) -> None:
    """As if the person had just written a password once more."""
    session = browser.session
    session["account_authentication_methods"] = [
        *session["account_authentication_methods"],
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session.save()


def grow_old(browser: RoleClient, seconds: int = 7200) -> None:
    """As if everything had been proved two hours ago, or so many seconds."""
    session = browser.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [one | {"at": one["at"] - seconds} for one in records]
    session.save()


def test_a_lead_asks_changes_and_takes_out_at_the_page(
    lead: Viewer, keeper: User, navigator: User, house: Organization, sign_in: SignIn
) -> None:
    other = Membership.objects.create(user=navigator, organization=house, role=Role.WORKER, began_at=NOW)
    browser, page = sign_in(keeper), reverse("members")
    assert "reauthenticate" in browser.get(page)["Location"]
    prove_again(browser)
    assert "navigator@relais.example" in browser.get(page).text
    asked = {"email": "nora@relais.example", "role": "worker", "language": "fr"}
    assert "nora@relais.example" in browser.post(reverse("member_invite"), asked, follow=True).text
    again = browser.post(reverse("member_invite"), asked)
    assert again.status_code == 400
    assert "was asked already" in again.text
    invitation = Invitation.objects.get()
    told = browser.post(reverse("invitation_revoke", args=[invitation.pk]), follow=True).text
    assert "nora@relais.example" not in told
    browser.post(reverse("member_role", args=[other.pk]), {"role": "lead"})
    assert house.memberships.live().filter(role=Role.LEAD).count() == 2
    mine = house.memberships.live().get(user=navigator)
    told = browser.post(reverse("member_end", args=[mine.pk]), follow=True).text
    assert "navigator@relais.example" not in told
    own = house.memberships.live().get(user=keeper)
    assert "The last lead" in browser.post(reverse("member_end", args=[own.pk]), follow=True).text
    assert house.memberships.live().get() == own


def test_what_was_proved_long_ago_changes_no_members(lead: Viewer, keeper: User, sign_in: SignIn) -> None:
    browser = sign_in(keeper)
    prove_again(browser)
    grow_old(browser)
    asked = {"email": "nora@relais.example", "role": "worker", "language": "fr"}
    assert browser.post(reverse("member_invite"), asked)["Location"] == reverse("members")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "member_invite",
        "member_end",
        "member_role",
        "member_factor",
        "invitation_revoke",
        "push_tokens",
        "push_token_revoke",
        "block_list",
    ],
)
def test_a_sign_in_changes_nothing_of_what_a_lead_may(
    name: str, lead: Viewer, keeper: User, sign_in: SignIn
) -> None:
    """Nor a proof of twenty minutes ago: a desk that was left open is not enough."""
    gaps = ("member_end", "member_role", "member_factor", "invitation_revoke", "push_token_revoke")
    address, browser = reverse(name, args=[uuid4()] if name in gaps else []), sign_in(keeper)

    def is_asked() -> bool:
        return "reauthenticate" in str(browser.post(address, follow=True).redirect_chain)

    assert is_asked()
    prove_again(browser)
    grow_old(browser, 1200)
    assert is_asked()
    prove_again(browser)
    assert not is_asked()


def test_nobody_else_opens_the_page(
    lead: Viewer, navigator: User, outsider: User, house: Organization, sign_in: SignIn
) -> None:
    Membership.objects.create(user=navigator, organization=house, role=Role.WORKER, began_at=NOW)
    for person in (navigator, outsider):
        browser = sign_in(person)
        assert browser.get(reverse("members")).status_code == 403
        assert browser.post(reverse("member_invite"), {"email": "x@relais.example"}).status_code == 403


def test_a_lead_reaches_no_other_organization(
    lead: Viewer, keeper: User, house: Organization, outsider: User, steward: User, sign_in: SignIn
) -> None:
    clinic = Organization.objects.create(publisher=house.publisher, name="Stone Clinic")
    theirs = Membership.objects.create(user=outsider, organization=clinic, role=Role.WORKER, began_at=NOW)
    theirs_open = ask(Viewer(user=steward.pk, organization=clinic.pk))
    browser = sign_in(keeper)
    prove_again(browser)
    doors = (("member_end", {}, theirs.pk), ("member_role", {"role": "lead"}, theirs.pk))
    for name, sent, foreign in (*doors, ("invitation_revoke", {}, theirs_open.pk)):
        told = [browser.post(reverse(name, args=[key]), sent, follow=True) for key in (foreign, uuid4())]
        assert told[0].redirect_chain == told[1].redirect_chain
        assert all("This is not there any more." in one.text for one in told)
    assert clinic.memberships.live().get().role == Role.WORKER
    assert Invitation.objects.unanswered().get() == theirs_open
