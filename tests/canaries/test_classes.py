"""Class of organization, what was decided about it, and every route by which listings are met (promise 27)."""

from dataclasses import replace
from itertools import product

import pytest

from directory.models.membership import Role
from directory.models.organization import Organization
from directory.rules.standing import DECIDED, GOOD, Kind, Standing
from safety.viewer import Tier
from tests.canaries.asking import Sweep, every_path, swept, undone
from tests.canaries.people import Person
from tests.canaries.routes import Path
from tests.canaries.words import Canary
from tests.canaries.world import World

LISTINGS = ("desk_", "beds", "answer")
"""The beginnings of the names of routes by which listings are met at the desk; public ones know no session."""
ALL = list(product(Kind, DECIDED))


@pytest.fixture(scope="module")
def picked(world: World) -> list[Path]:
    """Every such route once in English, with all its listings."""
    found = every_path(world, picks=lambda path: path.route.name.startswith(LISTINGS))
    return [one for one in found if one.route.language in ("en", "")]


@pytest.fixture(scope="module")
def stranger(world: World, picked: list[Path]) -> set[Canary]:
    """All that somebody meets there who has an account and belongs nowhere."""
    return _met(swept(world, "outsider", picked, sends=False))


@pytest.fixture(scope="module")
def member(world: World) -> Person:
    """Somebody whose session is open since before anything was decided about their organization."""
    return world.cast.member("classes", world.cast.organization("Classes"), Role.LEAD)


def _met(found: Sweep) -> set[Canary]:
    assert found.faults == []
    assert found.leaks == []
    return {one for one in found.met if one.what != "user.email"}


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
    """Promise 27: whoever enforces the law meets, at every route, exactly what a stranger with an account meets.

    Promise 21: what was decided holds from the next request of an open session on.
    """
    with undone():
        person = _as(member, world, kind, outcome)
        met = _met(swept(world, person, picked, sends=False))
    more = {one for one in met - stranger if one.what != "vetting_decision.reason"}
    assert stranger <= met
    assert bool(more) is (person.reader.tier is Tier.VETTED)


@pytest.mark.promise(21)
@pytest.mark.promise(27)
def test_a_suspension_empties_every_route_of_an_open_session_at_once(
    world: World, picked: list[Path], member: Person
) -> None:
    """Promises 21 and 27: let in, then suspended, then let in as one that enforces the law; one browser all along."""
    with undone():
        met = []
        steps = ((Kind.COMMUNITY, Standing.APPROVED), (Kind.COMMUNITY, Standing.SUSPENDED))
        for kind, outcome in (*steps, (Kind.ENFORCEMENT, Standing.APPROVED)):
            found = _met(swept(world, _as(member, world, kind, outcome), picked, sends=False))
            met.append({one for one in found if one.needed is Tier.VETTED})
    assert met[0]
    assert met[1:] == [set(), set()]


@pytest.mark.promise(27)
def test_a_gate_that_forgets_the_class_is_found(
    world: World, picked: list[Path], member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("directory.viewers.sees_vetted", lambda day, decisions: True)
    with undone():
        found = swept(world, _as(member, world, Kind.ENFORCEMENT, Standing.APPROVED), picked, sends=False)
    assert any("contact.name" in leak for leak in found.leaks)
