"""A lost second factor at the desk: a lead's page of members, the stewards' own, and what everybody is told."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import FactorRenewal, User
from directory.models.membership import Role
from directory.models.organization import Organization
from safety.viewer import Viewer
from tests.accounts.renewals import WHY, equipped, factors, lead, nadia, road, second, third_steward
from tests.cast import SignIn
from tests.directory.test_invitations import prove_again
from tests.directory.vetting import employ, made
from tests.roles import RoleClient

__all__ = ["lead", "nadia", "road", "second"]
pytestmark = pytest.mark.promise(17)


def test_a_lead_does_it_on_the_page_of_members(
    nadia: User, lead: Viewer, intake: User, keeper: User, road: Organization, sign_in: SignIn
) -> None:
    employ(keeper, road, Role.LEAD)
    desk = sign_in(intake)
    prove_again(desk)
    page = desk.get(reverse("members")).text
    assert f"{nadia.email} lost the second factor" in page
    assert f"{keeper.email} lost the second factor" not in page
    (member,) = nadia.memberships.all()
    address = reverse("member_factor", args=[member.pk])
    assert "Say how you know" in desk.post(address, {"reason": " "}, follow=True).text
    done = desk.post(address, {"reason": WHY}, follow=True).text
    assert "The letter is on its way." in done
    assert "A letter is on its way to this person." in done
    assert factors(nadia) == 0
    assert "It is taken back." in desk.post(address, {"decision": "stop"}, follow=True).text
    (other,) = keeper.memberships.all()
    assert desk.post(reverse("member_factor", args=[other.pk]), {"reason": WHY}).status_code == 403


def test_a_member_of_another_organization_is_not_there(nadia: User, outsider: User, sign_in: SignIn) -> None:
    employ(outsider, made("Elsewhere"), Role.LEAD)
    desk = sign_in(outsider)
    prove_again(desk)
    (member,) = nadia.memberships.all()
    assert desk.post(reverse("member_factor", args=[member.pk]), {"reason": WHY}).status_code == 404
    assert factors(nadia) == 2


def test_stewards_do_it_by_address(lead: Viewer, intake: User, steward: User, sign_in: SignIn) -> None:
    equipped(intake)
    desk, page = sign_in(steward), reverse("review_factors")
    assert "/reauthenticate/" in desk.get(page)["Location"]
    assert desk.post(page, {"email": intake.email, "reason": WHY})["Location"] == page
    assert factors(intake) == 2
    prove_again(desk)
    wrong = desk.post(page, {"email": "nobody@relais.example", "reason": WHY})
    assert wrong.status_code == 400
    assert "no account" in wrong.text
    done = desk.post(page, {"email": intake.email.upper(), "reason": WHY}, follow=True).text
    assert intake.email in done
    assert factors(intake) == 0


def test_two_stewards_do_it_on_their_page(steward: User, second: User, keeper: User, sign_in: SignIn) -> None:
    third = third_steward()
    equipped(steward)
    page = reverse("review_factors")
    assert sign_in(keeper).get(page).status_code == 403
    desk, other = sign_in(second), sign_in(third)
    prove_again(desk)
    prove_again(other)
    desk.post(page, {"email": steward.email, "reason": WHY})
    assert "I called: agree" not in desk.get(page).text
    assert "I called: agree" in other.get(page).text
    decide = reverse("review_factor", args=[FactorRenewal.objects.get().pk])
    assert "Another steward has to agree." in desk.post(decide, {"decision": "agree"}, follow=True).text
    assert "Agreed." in other.post(decide, {"decision": "agree"}, follow=True).text
    assert sign_in(keeper).post(decide, {"decision": "stop"}).status_code == 403
    assert other.post(decide, {"decision": "burn"}).status_code == 302
    assert FactorRenewal.objects.to_come(timezone.now()).count() == 1


@pytest.mark.parametrize("page", ["login/", "2fa/reauthenticate/"])
def test_pages_that_ask_for_it_say_what_to_do(page: str, nadia: User, sign_in: SignIn) -> None:
    client = RoleClient() if page == "login/" else sign_in(nadia, second_factor=False)
    assert 'href="/en/accounts/lost-factor/"' in client.get(f"/en/accounts/{page}").text
    told = RoleClient().get("/en/accounts/lost-factor/")
    assert told.status_code == 200
    assert "recovery code" in told.text
