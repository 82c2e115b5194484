"""A small country of canaries: five houses, everything kept about one of them, and everybody who may come and look.

It is committed in a database of its own. The public alias is a second connection, signed in as relais_public, and
stands for a replica: whatever is asked there is asked in a transaction that only reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections
from django.test import override_settings

from accounts.models import FactorRenewal
from config.settings.environment import database
from directory.models.membership import Role
from directory.rules.standing import Kind, Standing
from tests.canaries.listings import House, Planter, houses
from tests.canaries.papers import Papers
from tests.canaries.people import Browser, Cast, Person
from tests.canaries.protocols import Protocols, plant_protocols
from tests.canaries.rights import Reader
from tests.canaries.words import Aviary, Canary
from tests.databases import address

REPLICA = "public"


@dataclass
class World:
    """What was planted, where, and who reads."""

    aviary: Aviary
    houses: dict[str, House]
    papers: Papers
    people: dict[str, Person]
    cast: Cast
    renewal: FactorRenewal
    protocols: Protocols

    @property
    def own(self) -> House:
        """The house whose keeper and lead are among the readers."""
        return self.houses["protected"]


@contextmanager
def replica(name: str) -> Iterator[None]:
    """The alias of public doors leads to database `name` as relais_public, where nothing can be written."""
    made = database(address("PUBLIC_DATABASE_URL", name), "PUBLIC_DATABASE_URL")
    made["OPTIONS"]["options"] = "-c default_transaction_read_only=on"
    connections.settings[REPLICA] = {**connections.settings["default"], **made}
    try:
        with override_settings(PUBLIC_DATABASE_ALIAS=REPLICA):
            yield
    finally:
        connections[REPLICA].close()
        del connections[REPLICA]
        del connections.settings[REPLICA]


def made() -> World:
    """All of it, in the database that is open."""
    aviary = Aviary()
    cast, planter = Cast(aviary), Planter(aviary)
    planted = {house.key: planter.house(house) for house in houses()}
    people = {"visitor": Person(Reader("visitor"), Browser())}
    people |= _members(cast, planted["protected"])
    people["outsider"] = cast.outsider("outsider")
    people["password_alone"] = cast.steward("password_alone", second_factor=False)
    people["adviser"], people["steward"] = cast.adviser("adviser"), cast.steward("steward")
    papers = Papers(aviary, planted["protected"])
    papers.plant(people["own_keeper"], people["own_lead"], cast.first, people["adviser"])
    people["editor"] = cast.editor("editor")
    protocols = plant_protocols(aviary, cast.editor("fellow").reader.user)
    aviary.word("typed")
    return World(aviary, planted, papers, people, cast, cast.renewal("lost"), protocols)


def _members(cast: Cast, own: House) -> dict[str, Person]:
    """Members of the house, and of other organizations."""
    cast.decide(own.organization, Standing.APPROVED)
    found = {
        "own_worker": cast.member("own_worker", own.organization, Role.WORKER),
        "own_keeper": cast.member("own_keeper", own.organization, Role.KEEPER),
        "own_lead": cast.member("own_lead", own.organization, Role.LEAD),
    }
    for name, kind in (("other_lead", Kind.COMMUNITY), ("enforcement", Kind.ENFORCEMENT)):
        works_for = cast.organization(f"{name} works here")
        cast.decide(works_for, Standing.APPROVED, kind)
        found[name] = cast.member(name, works_for, Role.LEAD)
    return found


def planted(world: World, what: str, house: str) -> set[Canary]:
    """The canaries of a field or paper, of one house."""
    owner = world.houses[house].organization.pk
    return {one for one in world.aviary.by_word.values() if one.what == what and one.whose == owner}


def not_met(world: World, met: set[Canary], expected: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of fields and houses those of which nothing was met."""
    return {(what, house) for what, house in expected if not met & planted(world, what, house)}
