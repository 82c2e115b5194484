"""Stewards find every organization, wherever it stands."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from directory.actions.change_of_control import say_control_changed
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.rules.standing import Kind, Standing
from directory.views import organizations
from tests.cast import SignIn
from tests.directory.vetting import by, door, employ, let_in, made
from tests.directory.vetting_cast import *  # noqa: F403  # pytest finds fixtures by name
from tests.roles import RoleClient

LIST = {"en": "/en/desk/review/organizations/", "fr": "/fr/bureau/examen/organismes/"}
NAMES = ("approved", "conditional", "declined", "suspended", "expired", "control", "unvetted")


@pytest.fixture
def standing_so(steward: User, second: User) -> dict[str, Organization]:
    """One for each standing, named after it."""
    found = {name: made(f"Maison {name}é") for name in NAMES}
    for name in ("approved", "conditional", "control"):
        outcome = Standing.CONDITIONAL if name == "conditional" else Standing.APPROVED
        let_in(found[name], steward, second, outcome=outcome)
    say_control_changed(organization=found["control"].pk, viewer=by(steward), now=timezone.now())
    for name in ("declined", "suspended", "expired"):
        proposal = Proposal(Standing(name), Kind.COMMUNITY, "Why.")
        decide_vetting(organization=found[name].pk, proposal=proposal, viewer=by(steward), now=timezone.now())
    return found


def listed(browser: RoleClient, **asked: str) -> list[str]:
    page = browser.get(LIST["en"], asked).text
    return re.findall(r'<a href="/en/desk/review/vetting/[0-9a-f-]{36}/">([^<]+)</a>', page)


def test_each_standing_lists_its_own_and_leads_to_their_pages(
    steward: User, standing_so: dict[str, Organization], sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    assert listed(browser) == sorted(one.name for one in standing_so.values())
    for name in NAMES:
        assert listed(browser, standing=name) == [f"Maison {name}é"]
    page = browser.get(LIST["en"], {"standing": "suspended"}).text
    assert f'href="{door("organization", standing_so["suspended"])}"' in page
    assert "Suspended" in page
    assert listed(browser, standing="nonsense") == listed(browser)


def test_they_are_found_by_a_part_of_the_name_without_its_accents(
    steward: User, standing_so: dict[str, Organization], sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    assert listed(browser, name=" suspendede ") == ["Maison suspendedé"]
    assert listed(browser, name="suspendede", standing="approved") == []
    assert listed(browser, name="x\x00y") == []
    assert 'value="&lt;b&gt;"' in browser.get(LIST["fr"], {"name": "<b>"}).text


def test_a_long_list_has_pages_that_keep_what_was_asked(
    steward: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organizations, "A_PAGE", 2)
    for letter in "ABCDE":
        made(f"House {letter}")
    browser = sign_in(steward)
    first = browser.get(LIST["en"], {"name": "house"}).text
    assert "Page 1 of 3" in first
    assert "?standing=&amp;name=house&amp;page=2" in first
    assert listed(browser, name="house", page="3") == ["House E"]
    assert listed(browser, name="house", page="99") == ["House E"]


def test_nobody_but_stewards_reads_the_list(
    outsider: User, keeper: User, road: Organization, sign_in: SignIn
) -> None:
    employ(keeper, road, Role.LEAD)
    for person in (outsider, keeper):
        assert sign_in(person).get(LIST["en"]).status_code == 403


def test_a_change_of_control_waits_among_the_vetting_until_it_is_decided(
    steward: User, standing_so: dict[str, Organization], sign_in: SignIn
) -> None:
    browser = sign_in(steward)
    page = browser.get("/en/desk/review/vetting/").text
    assert "Maison controlé" in page
    assert LIST["en"] in page
    proposal = Proposal(Standing.DECLINED, Kind.COMMUNITY, "Why.")
    decide_vetting(
        organization=standing_so["control"].pk, proposal=proposal, viewer=by(steward), now=timezone.now()
    )
    assert "Maison controlé" not in browser.get("/en/desk/review/vetting/").text
    assert listed(browser, standing="control") == []
