"""Small things of the desk: where one is, what was changed, who is signed in, what opens where something is wrong."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.invite_members import invite_member, token_of
from directory.models.membership import Membership, Role
from tests.cast import SignIn
from tests.directory.profiles import House, employ, house, second
from tests.directory.test_profile_pages import browser, door, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]


def link(house: House, lead: User, email: str) -> str:
    """What stands in the letter."""
    made = invite_member(
        email=email,
        organization=house.organization.pk,
        role=Role.WORKER,
        language="en",
        viewer=employ(lead, house.organization, Role.LEAD),
        now=timezone.now(),
    )
    return reverse("invitation", args=[token_of(made)])


def test_what_was_changed_of_a_listing_stands_in_the_organizations_history(
    house: House, browser: RoleClient
) -> None:
    house.change({"service.fees_description": "Free on Fridays."})
    page = browser.get(reverse("profile_changes")).text
    assert "Free on Fridays." in page
    assert "<strong>Clinic.</strong>" in page
    assert "Nothing was changed here yet." not in page
    own = browser.get(reverse("profile_listing_changes", args=[house.service.pk])).text
    assert "Free on Fridays." in own
    assert "<strong>Clinic.</strong>" not in own


def test_signed_in_pages_lead_to_the_desk_and_say_who_is_signed_in(
    browser: RoleClient, client: Client
) -> None:
    for path in (reverse("profile"), reverse("desk_find"), reverse("mfa_index")):
        page = browser.get(path).text
        header = page[page.index('<header class="site">') : page.index("</header>")]
        assert f'href="{reverse("desk")}"' in header, path
        assert "Signed in as keeper@relais.example" in header, path
        assert "For organizations: sign in" not in page, path
    signing_in = client.get(reverse("account_login")).text
    assert "Signed in as" not in signing_in
    assert "For organizations: sign in" in signing_in


def test_public_pages_know_nobody(browser: RoleClient) -> None:
    page = browser.get(reverse("start")).text
    assert "keeper@" not in page
    assert reverse("desk") not in page


@pytest.mark.parametrize("invited", ["navigator@relais.example", "nobody@relais.example"])
def test_a_letter_that_is_opened_as_somebody_else_offers_to_sign_out_and_comes_again(
    invited: str, house: House, navigator: User, keeper: User, steward: User, sign_in: SignIn
) -> None:
    address = link(house, steward, invited)
    page = sign_in(keeper).get(address).text
    assert "You are signed in as keeper@relais.example" in page
    assert "You have an account already" not in page
    assert 'type="password"' not in page
    browser = sign_in(keeper)
    out = browser.post(reverse("account_logout"), {"next": address})
    assert out.headers["Location"] == address


def test_who_has_an_account_signs_in_and_comes_back_to_the_letter(
    house: House, navigator: User, steward: User
) -> None:
    address = link(house, steward, navigator.email)
    assert f"{reverse('account_login')}?next={quote(address)}" in RoleClient().get(address).text


def test_who_joins_signed_in_is_not_told_to_sign_in(
    house: House, navigator: User, steward: User, sign_in: SignIn
) -> None:
    page = sign_in(navigator).post(link(house, steward, navigator.email), follow=True).text
    assert "you belong to it now" in page
    assert "Sign in to go on" not in page
    assert Membership.objects.live().filter(user=navigator).exists()


def test_hours_are_named_once(house: House, browser: RoleClient) -> None:
    page = browser.get(door(house, "hours")).text
    assert page.count("<h1>Hours</h1>") == 1
    assert '<p class="lead">Hours</p>' not in page


def test_who_can_come_is_folded_and_opens_where_something_is_wrong(house: House, browser: RoleClient) -> None:
    page = browser.get(door(house, "who")).text
    assert len(re.findall(r'<details class="part">', page)) > 5
    assert '<details class="part" open>' not in page
    name = next(name for name in fields_of(page) if name.endswith("-low"))
    wrong = browser.post(door(house, "who"), fields_of(page) | {name: "many"})
    assert wrong.status_code == 400
    (opened,) = re.findall(r'<details class="part" open>.*?</details>', wrong.text, re.DOTALL)
    assert 'value="many"' in opened
    assert 'class="error"' in opened


def test_a_group_says_how_much_stands_there(house: House, browser: RoleClient) -> None:
    house.change({"facts": [["gender", "woman", True, None, None]]}, "who")
    summaries = re.findall(r"<summary>.*?</summary>", browser.get(door(house, "who")).text, re.DOTALL)
    assert sum("(1)" in one for one in summaries) == 1


def test_the_administration_counts_in_english(steward: User, sign_in: SignIn) -> None:
    page = sign_in(steward).get(reverse("admin:index")).text
    for wrong in ("Accessibilitys", "capacitys", "Taxonomys"):
        assert wrong not in page
    for right in ("Accessibility", "Service capacities", "Taxonomies"):
        assert right in page


def test_no_word_is_hidden_from_everybody(house: House, browser: RoleClient) -> None:
    house.change({"service.fees_description": "Free."})
    page = browser.get(reverse("profile_listing", args=[house.service.pk])).text
    assert re.search(r'Undo <span class="hidden-label">what was changed on', page)
