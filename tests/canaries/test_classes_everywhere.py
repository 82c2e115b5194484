"""Class of organization, what was decided about it, block and name, at every route of signed-in work (promise 27)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone

from directory.models.blocked_organization import BlockedOrganization
from directory.models.membership import Role
from directory.models.named_organization import NamedOrganization
from directory.models.organization import Organization
from directory.rules.standing import GOOD, Kind, Standing
from safety.viewer import Tier
from tests.canaries.asking import Sweep, every_path, swept, undone
from tests.canaries.listings import House
from tests.canaries.manners import Manner
from tests.canaries.people import Person
from tests.canaries.words import Canary
from tests.canaries.world import World

pytestmark = [pytest.mark.promise(21), pytest.mark.promise(27)]
READS = Manner(sends=False, private="first")
"""Each route but the administration's and the editors', which know nobody's organization, once and in English."""
SENDS = replace(READS, sends=True)
"""The same, and each form of their pages is sent, with each of its buttons."""
LISTINGS = {"desk_listing", "desk_listing_sealed", "desk_find_sealed"}
"""Of these every address: a house is one of the readers' own, the others are told apart."""
SHUT_OUT = (
    *((Kind.COMMUNITY, one) for one in Standing if one not in GOOD),
    *((Kind.ENFORCEMENT, one) for one in Standing if one is not Standing.UNVETTED),
)
"""All who see what everybody sees; nobody has a class who was never decided about."""


def _read(world: World, person: Person, manner: Manner = READS) -> Sweep:
    """What somebody meets everywhere; nothing of it may be a leak or a fault."""
    every = every_path(world, picks=lambda route: route.language == "en")
    picked = [one for one in every if manner.takes(one) or one.route.name in LISTINGS]
    found = swept(world, person, picked, manner)
    assert found.told() == {}
    return found


def _of_others(found: Sweep) -> set[Canary]:
    """What was met of other organizations."""
    return {one for one in found.met if one.whose not in (None, found.person.reader.organization)}


@pytest.fixture(scope="module")
def stranger(world: World) -> set[Canary]:
    """All that somebody meets who has an account and belongs nowhere."""
    found = _read(world, world.people["outsider"])
    assert len(found.answers) > 120
    return _of_others(found)


@pytest.fixture(scope="module")
def worker(world: World) -> set[Canary]:
    """All that a lead of a vetted organization meets."""
    return _of_others(_read(world, world.people["other_lead"]))


@pytest.fixture(scope="module")
def member(world: World) -> Person:
    """Somebody whose session is open since before anything was decided about their organization."""
    return world.cast.member("everywhere", world.cast.organization("Everywhere"), Role.LEAD)


def _decided(world: World, person: Person, kind: Kind, outcome: Standing) -> None:
    if outcome is not Standing.UNVETTED:
        organization = Organization.objects.get(pk=person.reader.organization)
        world.cast.decide(organization, outcome, kind, hours_ago=0)


@contextmanager
def as_of(
    world: World,
    person: Person,
    kind: Kind,
    outcome: Standing,
    blocked_by: tuple[House, ...] = (),
    named_by: tuple[House, ...] = (),
) -> Iterator[Person]:
    """The same open session, after what stewards decide now, and what organizations write on their lists."""
    facts = {"organization_id": person.reader.organization}
    by, now = world.cast.first, timezone.now()
    with undone():
        _decided(world, person, kind, outcome)
        for house in blocked_by:
            BlockedOrganization.objects.create(
                organization=house.organization,
                blocked_id=person.reader.organization,
                blocked_by=by,
                blocked_at=now,
            )
        for house in named_by:
            NamedOrganization.objects.create(
                service_id=house.service.pk, owner=house.organization, named_by=by, named_at=now, **facts
            )
        is_let_in = outcome in GOOD
        is_worker = is_let_in and kind is not Kind.ENFORCEMENT
        reader = replace(
            person.reader,
            tier=Tier.VETTED if is_worker else Tier.PUBLIC,
            blocked_by=_owners(blocked_by),
            named_by=_owners(named_by) if is_let_in else frozenset(),
        )
        yield Person(reader, person.browser)


def _owners(houses: tuple[House, ...]) -> frozenset[UUID]:
    return frozenset(house.organization.pk for house in houses)


def _sent(world: World, person: Person) -> set[Canary]:
    """What somebody meets of others who presses every button as well."""
    return _of_others(_read(world, person, SENDS))


def _of(found: set[Canary], *houses: House) -> set[Canary]:
    return {one for one in found if one.whose in _owners(houses)}


@pytest.mark.parametrize(
    ("kind", "outcome"), SHUT_OUT, ids=[f"{kind}-{outcome}" for kind, outcome in SHUT_OUT]
)
def test_who_is_not_let_in_or_enforces_meets_what_a_stranger_meets(
    world: World, stranger: set[Canary], member: Person, kind: Kind, outcome: Standing
) -> None:
    """Promises 21 and 27: at every route, whatever was decided, in a session that was open before."""
    with as_of(world, member, kind, outcome) as person:
        assert _of_others(_read(world, person)) == stranger


def test_who_is_let_in_on_conditions_meets_what_workers_meet(
    world: World, worker: set[Canary], member: Person
) -> None:
    """Promise 21: the other side of it, so that meeting nothing means something."""
    with as_of(world, member, Kind.COMMUNITY, Standing.CONDITIONAL) as person:
        assert _of_others(_read(world, person)) == worker


def test_who_is_blocked_meets_of_that_house_what_a_stranger_meets_and_of_others_all(
    world: World, worker: set[Canary], stranger: set[Canary], member: Person
) -> None:
    """Promise 27: at every route no trace of what it shows to workers."""
    houses = world.houses["protected"], world.houses["vetted"]
    assert _of(worker, *houses) > _of(stranger, *houses)
    with as_of(world, member, Kind.COMMUNITY, Standing.APPROVED, blocked_by=houses) as person:
        found = _of_others(_read(world, person))
    assert _of(found, *houses) == _of(stranger, *houses)
    assert found - _of(found, *houses) == worker - _of(worker, *houses)


@pytest.mark.parametrize("outcome", [Standing.APPROVED, Standing.SUSPENDED])
def test_who_enforces_meets_more_of_a_listing_that_names_it_and_of_no_other(
    world: World, stranger: set[Canary], member: Person, outcome: Standing
) -> None:
    """Promise 27: at every route; and nothing of it once it is shut out."""
    house = world.houses["named"]
    with as_of(world, member, Kind.ENFORCEMENT, outcome, named_by=(house,)) as person:
        found = _of_others(_read(world, person))
    assert bool(_of(found, house)) is (outcome in GOOD)
    assert found - _of(found, house) == stranger


@pytest.mark.parametrize(
    ("kind", "outcome"), [(Kind.ENFORCEMENT, Standing.APPROVED), (Kind.COMMUNITY, Standing.SUSPENDED)]
)
def test_no_button_gives_who_is_shut_out_what_a_stranger_does_not_meet(
    world: World, stranger: set[Canary], member: Person, kind: Kind, outcome: Standing
) -> None:
    """Promises 21 and 27: what answers a form is a page too."""
    with as_of(world, member, kind, outcome) as person:
        assert _sent(world, person) == stranger


def test_no_button_gives_who_is_blocked_anything_of_that_house(
    world: World, stranger: set[Canary], member: Person
) -> None:
    """Promise 27: nor once it is found, marked as silent, asked or answered."""
    houses = world.houses["protected"], world.houses["vetted"]
    with as_of(world, member, Kind.COMMUNITY, Standing.APPROVED, blocked_by=houses) as person:
        assert _of(_sent(world, person), *houses) == _of(stranger, *houses)
