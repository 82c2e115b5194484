"""Class of organization and what was decided about it, at the routes by which listings are met (promise 27)."""

from dataclasses import replace
from itertools import product

import pytest

from directory.models.membership import Role
from directory.models.organization import Organization
from directory.rules.standing import DECIDED, GOOD, Kind, Standing
from safety.viewer import Tier
from tests.canaries.asking import every_path, swept, undone
from tests.canaries.manners import ASKS
from tests.canaries.people import Person
from tests.canaries.routes import Path
from tests.canaries.words import Canary
from tests.canaries.world import World

LISTINGS = ("desk_listing", "desk_find_sealed")
"""A page of each listing and a search. What enforcement meets at all the others: test_sweep.py."""
ALL = list(product(Kind, DECIDED))


@pytest.fixture(scope="module")
def picked(world: World) -> list[Path]:
    """A protected listing, one for vetted organizations, and a search."""
    found = every_path(world, picks=lambda route: route.name in LISTINGS and route.language == "en")
    vetted = str(world.houses["vetted"].site.pk)
    return [one for one in found if one.is_first or vetted in one.path]


@pytest.fixture(scope="module")
def stranger(world: World, picked: list[Path]) -> set[Canary]:
    """All that somebody meets there who has an account and belongs nowhere."""
    return _met(world, world.people["outsider"], picked)


@pytest.fixture(scope="module")
def member(world: World) -> Person:
    """Somebody whose session is open since before anything was decided about their organization."""
    return world.cast.member("classes", world.cast.organization("Classes"), Role.LEAD)


def _met(world: World, person: Person, picked: list[Path]) -> set[Canary]:
    found = swept(world, person, picked, ASKS)
    assert found.faults == []
    assert found.leaks == []
    return {one for one in found.met if one.what not in ("user.email", "vetting_decision.reason")}


def _as(person: Person, world: World, kind: Kind, outcome: Standing) -> Person:
    """The same open session, after what stewards decide now."""
    organization = Organization.objects.get(pk=person.reader.organization)
    world.cast.decide(organization, outcome, kind, hours_ago=0)
    sees = outcome in GOOD and kind is not Kind.ENFORCEMENT
    return Person(replace(person.reader, tier=Tier.VETTED if sees else Tier.PUBLIC), person.browser)


@pytest.mark.promise(27)
@pytest.mark.promise(21)
@pytest.mark.parametrize(("kind", "outcome"), ALL, ids=[f"{kind}-{outcome}" for kind, outcome in ALL])
def test_each_class_at_each_standing_meets_what_its_tier_may(
    world: World, picked: list[Path], stranger: set[Canary], member: Person, kind: Kind, outcome: Standing
) -> None:
    """Promise 27: whoever enforces the law meets exactly what a stranger with an account meets.

    Promise 21: what was decided holds from the next request of an open session on.
    """
    with undone():
        person = _as(member, world, kind, outcome)
        met = _met(world, person, picked)
    assert stranger <= met
    assert bool(met - stranger) is (person.reader.tier is Tier.VETTED)


@pytest.mark.promise(21)
@pytest.mark.promise(27)
def test_a_suspension_empties_an_open_session_at_once(
    world: World, picked: list[Path], member: Person
) -> None:
    """Promises 21 and 27: let in, then suspended, then let in as one that enforces the law; one browser all along."""
    steps = ((Kind.COMMUNITY, Standing.APPROVED), (Kind.COMMUNITY, Standing.SUSPENDED))
    met = []
    with undone():
        for kind, outcome in (*steps, (Kind.ENFORCEMENT, Standing.APPROVED)):
            found = _met(world, _as(member, world, kind, outcome), picked)
            met.append({one for one in found if one.needed is Tier.VETTED})
    assert met[0]
    assert met[1:] == [set(), set()]


@pytest.mark.promise(27)
def test_a_gate_that_forgets_the_class_is_found(
    world: World, picked: list[Path], member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.viewers.sees_vetted", lambda day, decisions: True)
    with undone():
        found = swept(world, _as(member, world, Kind.ENFORCEMENT, Standing.APPROVED), picked, ASKS)
    assert any("contact.name" in leak for leak in found.leaks)
