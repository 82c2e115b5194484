"""Stewards see who belongs to an organization, and can take out or demote where its leads can't or must not."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import Kind, Standing
from safety.audit import AuditEntry
from safety.notices import deliver
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.test_invitations import prove_again
from tests.directory.vetting import NOW, by, employ, let_in, made, second_steward, sent

SPONSOR_GONE = "Its sponsor was Wide Net"


@pytest.fixture
def road(keeper: User, navigator: User) -> Organization:
    """Kim leads it, Nadia works there."""
    found = made("Open Road")
    employ(keeper, found, Role.LEAD)
    employ(navigator, found)
    return found


def address(road: Organization, user: User) -> str:
    member = Membership.objects.live().get(organization=road, user=user)
    return reverse("review_member", args=[road.pk, member.pk])


def role_of(road: Organization, user: User) -> str:
    found = Membership.objects.live().filter(organization=road, user=user).first()
    return found.role if found else ""


def test_a_steward_sees_demotes_and_takes_out(
    road: Organization, keeper: User, navigator: User, steward: User, sign_in: SignIn
) -> None:
    browser, page = sign_in(steward), reverse("review_organization", args=[road.pk])
    assert browser.post(address(road, keeper), {"role": "worker"})["Location"] == page, (
        "asked for proof there"
    )
    assert role_of(road, keeper) == Role.LEAD
    prove_again(browser)
    assert keeper.email in browser.get(page).text
    assert "The role is changed." in browser.post(address(road, keeper), {"role": "worker"}, follow=True).text
    assert role_of(road, keeper) == Role.WORKER
    taken = browser.post(address(road, navigator), {"decision": "end"}, follow=True).text
    assert role_of(road, navigator) == ""
    assert navigator.email not in taken
    rows = AuditEntry.objects.filter(actor=steward.pk, subject_id=road.pk).values_list("action", flat=True)
    assert {"change_role", "end_membership"} <= set(rows)


def test_who_looks_after_it_gets_a_letter(
    road: Organization, keeper: User, navigator: User, steward: User, sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    prove_again(browser)
    browser.post(address(road, navigator), {"decision": "end"})
    deliver(timezone.now())
    assert [letter.to for letter in mail.outbox] == [[keeper.email]]


def test_nobody_else_does(
    road: Organization, keeper: User, navigator: User, outsider: User, sign_in: SignIn
) -> None:
    for person in (keeper, navigator, outsider):
        browser = sign_in(person)
        prove_again(browser)
        assert browser.post(address(road, keeper), {"decision": "end"}).status_code == 403
    assert role_of(road, keeper) == Role.LEAD


def test_a_member_of_another_organization_is_not_there(
    road: Organization, keeper: User, steward: User, sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    prove_again(browser)
    (member,) = Membership.objects.filter(user=keeper)
    wrong = reverse("review_member", args=[made("Elsewhere").pk, member.pk])
    assert browser.post(wrong, {"decision": "end"}).status_code == 404
    assert "Choose one" in browser.post(address(road, keeper), {"role": "king"}, follow=True).text
    assert role_of(road, keeper) == Role.LEAD


def test_a_sponsor_that_is_suspended_is_told_beside_those_that_it_sponsored(
    road: Organization, keeper: User, steward: User, sign_in: SignIn
) -> None:
    second, net = second_steward(), made("Wide Net")
    let_in(net, steward, second)
    application = sent(Viewer(user=keeper.pk, organization=road.pk), NOW)
    VettingApplication.objects.filter(pk=application.pk).update(sponsor=net)
    let_in(road, steward, second)
    browser = sign_in(steward)
    page = reverse("review_vetting")
    assert SPONSOR_GONE not in browser.get(page).text
    out = Proposal(Standing.SUSPENDED, Kind.COMMUNITY, "A report.")
    decide_vetting(organization=net.pk, proposal=out, viewer=by(steward), now=timezone.now())
    assert SPONSOR_GONE in browser.get(page).text
