"""A new organization comes in by its stewards, its first person by their letter; and whoever belongs may leave."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import User
from directory.actions.add_organization import add_organization
from directory.actions.refused import Refused
from directory.models.invitation import Invitation
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.service import Service
from safety.audit import AuditEntry
from safety.notices import deliver
from safety.viewer import Tier, Viewer
from tests.cast import SignIn
from tests.directory.test_invitations import grow_old, prove_again
from tests.directory.vetting import employ, made

pytestmark = pytest.mark.django_db
ADD = "/en/desk/review/organizations/add/"
LEAVE = {"en": "/en/desk/organization/leave/", "fr": "/fr/bureau/organisme/quitter/"}


def by(user: User) -> Viewer:
    return Viewer(user=user.pk, tier=Tier.PUBLIC)


def test_a_steward_adds_an_organization_and_asks_its_first_person(
    steward: User, sign_in: SignIn, mailoutbox: Any
) -> None:
    browser = sign_in(steward)
    prove_again(browser)
    answer = browser.post(ADD, {"name": "  Maison   de l’Érable "})
    made = Organization.objects.get(name="Maison de l’Érable")
    page = reverse("review_organization", args=[made.pk])
    assert answer["Location"] == page
    assert not Service.objects.filter(organization=made).exists()
    asked = {"email": "first@erable.example", "role": "lead", "language": "fr"}
    wrong = browser.post(reverse("review_ask_in", args=[made.pk]), asked | {"email": "nobody"})
    assert wrong.status_code == 400
    assert "nobody" in wrong.text
    assert browser.post(reverse("review_ask_in", args=[made.pk]), asked)["Location"] == page
    invitation = Invitation.objects.get(organization=made)
    assert (invitation.email, invitation.role) == ("first@erable.example", Role.LEAD)
    deliver(datetime.now(UTC) + timedelta(seconds=1))
    assert [letter.to for letter in mailoutbox] == [["first@erable.example"]]
    acts = AuditEntry.objects.filter(subject_id=made.pk).values_list("action", flat=True)
    assert {"add_organization", "invite_member"} <= set(acts)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "maison a", "\x00"])
def test_what_is_no_new_name_adds_nothing(name: str, steward: User) -> None:
    made("Maison À")
    with pytest.raises(Refused):
        add_organization(name=name, viewer=by(steward))
    assert Organization.objects.count() == 1


def test_nobody_else_adds_or_asks(keeper: User, sign_in: SignIn) -> None:
    organization = made("Elsewhere")
    with pytest.raises(PermissionDenied):
        add_organization(name="Mine", viewer=by(keeper))
    browser = sign_in(keeper)
    prove_again(browser)
    assert browser.post(ADD, {"name": "Mine"}).status_code == 403
    asked = {"email": "a@b.example", "role": "lead", "language": "en"}
    assert browser.post(reverse("review_ask_in", args=[organization.pk]), asked).status_code == 403
    assert not Invitation.objects.exists()


def test_without_fresh_proof_nothing_is_added_and_the_list_says_where_to_prove_it(
    steward: User, sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    grow_old(browser)
    assert browser.post(ADD, {"name": "New"})["Location"] == ADD
    assert not Organization.objects.exists()
    assert f'href="{ADD}"' in browser.get("/en/desk/review/organizations/").text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_belongs_may_leave_after_a_question(
    language: str, keeper: User, navigator: User, sign_in: SignIn
) -> None:
    organization = made("House")
    employ(navigator, organization, Role.LEAD)
    employ(keeper, organization, Role.KEEPER)
    browser = sign_in(keeper)
    assert LEAVE[language] in browser.get({"en": "/en/desk/", "fr": "/fr/bureau/"}[language]).text
    assert "House" in browser.get(LEAVE[language]).text
    assert Membership.objects.live().filter(user=keeper).exists()
    browser.post(LEAVE[language])
    assert not Membership.objects.live().filter(user=keeper).exists()
    assert browser.get(LEAVE[language]).status_code == 404


def test_the_last_who_leads_stays(keeper: User, sign_in: SignIn) -> None:
    employ(keeper, made("House"), Role.LEAD)
    browser = sign_in(keeper)
    page = browser.post(LEAVE["en"], follow=True).text
    assert Membership.objects.live().filter(user=keeper).exists()
    assert 'role="status"' in page or "said" in page
