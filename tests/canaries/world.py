"""A small country of canaries: four houses, everything kept about one of them, and everybody who may come and look.

It is committed in a database of its own. The public alias is a second connection, signed in as relais_public, and
stands for a replica: whatever is asked there is asked in a transaction that only reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections
from django.test import Client, override_settings

from accounts.models import User
from config.settings.environment import database
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.rules.standing import Kind, Standing
from tests.canaries.listings import House, Planter, houses
from tests.canaries.papers import Papers
from tests.canaries.people import Cast, Person, reader_of
from tests.canaries.rights import Reader
from tests.canaries.words import Aviary
from tests.databases import address

REPLICA = "public"
READERS = (
    "visitor",
    "outsider",
    "password_alone",
    "suspended",
    "expired",
    "enforcement",
    "other_keeper",
    "worker",
    "own_keeper",
    "own_lead",
    "adviser",
    "steward",
)
"""Everybody, by name; `own`: of the protected house."""


@dataclass
class World:
    """What was planted, where, and who reads."""

    aviary: Aviary
    houses: dict[str, House]
    papers: Papers
    people: dict[str, Person]
    cast: Cast

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
    people = {"visitor": Person(Reader("visitor"), Client())}
    people |= _members(cast, planted["protected"])
    people["outsider"] = cast.outsider("outsider")
    people["password_alone"] = cast.steward("password_alone", second_factor=False)
    people["adviser"], people["steward"] = cast.adviser("adviser"), cast.steward("steward")
    papers = Papers(aviary, planted["protected"])
    papers.plant(people["own_keeper"], people["own_lead"], cast.first, people["adviser"])
    aviary.word("typed")
    return World(aviary, planted, papers, people, cast)


def _members(cast: Cast, own: House) -> dict[str, Person]:
    """Members of organizations of every standing. Who was shut out has a browser from before that."""
    cast.decide(own.organization, Standing.APPROVED)
    found = {
        "own_keeper": cast.member("own_keeper", own.organization, Role.KEEPER),
        "own_lead": cast.member("own_lead", own.organization, Role.LEAD),
    }
    for name, role in (("worker", Role.WORKER), ("other_keeper", Role.KEEPER), ("suspended", Role.LEAD)):
        works_for = cast.organization(f"{name} works here")
        cast.decide(works_for, Standing.APPROVED)
        found[name] = cast.member(name, works_for, role)
        if name == "suspended":
            cast.decide(works_for, Standing.SUSPENDED, hours_ago=1)
            found[name] = _seen_anew(found[name], Role.LEAD)
    for name, outcome, kind in (
        ("expired", Standing.EXPIRED, Kind.COMMUNITY),
        ("enforcement", Standing.APPROVED, Kind.ENFORCEMENT),
    ):
        works_for = cast.organization(f"{name} works here")
        cast.decide(works_for, outcome, kind)
        found[name] = cast.member(name, works_for, Role.LEAD)
    return found


def _seen_anew(person: Person, role: Role) -> Person:
    """The same browser; the reader at the tier that the organization has now."""
    user = User.objects.get(pk=person.reader.user)
    organization = Organization.objects.get(pk=person.reader.organization)
    return Person(reader_of(person.reader.name, user, organization, role), person.browser)
