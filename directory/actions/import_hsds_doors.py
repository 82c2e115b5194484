"""Which places of an import are protected: those that are, those of shelters, and those that tell a protected door.

A place that is new at a service of a protected place is protected too, until a steward opens it (docs/adr/0030).
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.cut_traces import NAMELESS, tells_beside
from directory.actions.import_hsds_alike import alike_in_package
from directory.actions.import_hsds_shelters import shelters
from directory.actions.import_hsds_tables import ask
from directory.actions.import_hsds_withholding import ids_of, tied_to
from directory.actions.keep_traces import KnownDoors, is_any_kept, kept_of
from directory.actions.look_alikes import Where
from directory.rules.door_traces import tells
from directory.rules.kept_traces import doors_of, point_door

OF_PUBLISHER = "SELECT id FROM location WHERE is_protected AND publisher_id = %s"
OF_SHELTERS = (
    "WITH wanted AS (SELECT unnest(%(ids)s::uuid[]) AS id"
    " UNION SELECT id FROM staged_service WHERE organization_id = ANY(%(held)s) OR program_id = ANY(%(held)s)"
    " UNION SELECT id FROM service WHERE organization_id = ANY(%(held)s) OR program_id = ANY(%(held)s)),"
    " tied AS (SELECT service_id, location_id FROM staged_service_at_location"
    " UNION ALL SELECT service_id, location_id FROM service_at_location WHERE service_id IN (SELECT id FROM wanted)"
    " UNION ALL SELECT * FROM unnest(%(lost_services)s::uuid[], %(lost_places)s::uuid[]))"
    " SELECT location_id FROM tied WHERE service_id IN (SELECT id FROM wanted)"
    " UNION SELECT id FROM staged_location WHERE id = ANY(%(held)s)"
    " UNION SELECT id FROM location WHERE id = ANY(%(held)s)"
)
CONFIRMED = (
    "SELECT record_id FROM field_source WHERE entity = 'location' AND confirmed_on IS NOT NULL"
    "  AND record_id = ANY(%(ids)s)"
    " UNION SELECT a.location_id FROM address a JOIN field_source f ON f.record_id = a.id AND f.entity = 'address'"
    "  WHERE f.confirmed_on IS NOT NULL AND a.location_id = ANY(%(ids)s)"
)
OPENED = "SELECT location_id FROM opened_place WHERE location_id = ANY(%(ids)s)"
# Nothing is met at a virtual place that has neither street nor point.
VIRTUAL = (
    "SELECT s.id FROM staged_location s WHERE s.location_type = 'virtual' AND s.id = ANY(%(ids)s)"
    "  AND s.latitude IS NULL AND s.longitude IS NULL"
    "  AND NOT EXISTS (SELECT FROM staged_address a WHERE a.location_id = s.id)"
)
LEFT_OPEN = " UNION ".join((CONFIRMED, OPENED, VIRTUAL))
# Open places of this publisher that tell the very point of one that is to be protected (to about 10 m), and no street.
AT_ONE_POINT = (
    "WITH told AS (SELECT id, latitude, longitude FROM staged_location WHERE latitude IS NOT NULL"
    "  UNION ALL SELECT id, latitude, longitude FROM location m WHERE publisher_id = %(publisher)s"
    "   AND latitude IS NOT NULL AND NOT EXISTS (SELECT FROM staged_location s WHERE s.id = m.id)),"
    " at AS MATERIALIZED (SELECT id, round(latitude::numeric, 4) AS north, round(longitude::numeric, 4) AS east"
    "  FROM told),"
    " shut AS MATERIALIZED (SELECT DISTINCT north, east FROM at WHERE id IN (SELECT unnest(%(shut)s::uuid[]))),"
    " beside AS MATERIALIZED (SELECT id FROM at JOIN shut USING (north, east)"
    "  EXCEPT SELECT unnest(%(known)s::uuid[]))"
    " SELECT o.id FROM beside o"
    " WHERE NOT EXISTS (SELECT FROM staged_address a WHERE a.location_id = o.id AND a.address_1 <> '')"
    " AND NOT EXISTS (SELECT FROM address a WHERE a.location_id = o.id AND a.address_1 <> '')"
)
# What a package tells of a place that isn't known of it already.
NEW_STREETS = (
    "SELECT a.location_id, a.id, a.address_1, a.city, a.postal_code FROM staged_address a LEFT JOIN address m"
    " ON m.id = a.id WHERE a.location_id IS NOT NULL AND (m.id IS NULL OR (m.location_id, m.address_1, m.city,"
    " m.postal_code) IS DISTINCT FROM (a.location_id, a.address_1, a.city, a.postal_code)){only}"
)
NEW_POINTS = (
    "SELECT s.id, s.latitude, s.longitude, s.external_identifier FROM staged_location s LEFT JOIN location m"
    " ON m.id = s.id WHERE (m.id IS NULL OR (m.latitude, m.longitude, m.external_identifier) IS DISTINCT FROM"
    " (s.latitude, s.longitude, s.external_identifier)){only}"
)
OPEN_IDS = (
    "SELECT s.id, s._given, s.id::text FROM staged_location s LEFT JOIN location m ON m.id = s.id"
    " WHERE m.id IS NULL OR NOT m.is_protected"
)
CUT_STREETS = "SELECT id FROM address WHERE id = ANY(%s) AND address_1 = %s"
STREET_OF, POINT_OF = " AND a.location_id = ANY(%s)", " AND s.id = ANY(%s)"
NEW_TIES = (
    "SELECT s.id, s.location_id FROM staged_service_at_location s WHERE s.service_id = ANY(%s)"
    " AND NOT EXISTS (SELECT FROM service_at_location m WHERE m.service_id = s.service_id"
    " AND m.location_id = s.location_id)"
)
PLACES_OF = (
    "SELECT location_id FROM staged_service_at_location WHERE service_id = ANY(%s)"
    " UNION SELECT location_id FROM service_at_location WHERE service_id = ANY(%s)"
)
PLACES_AROUND = (
    "SELECT s.id FROM staged_location s WHERE s.organization_id = ANY(%s) UNION"
    " SELECT l.location_id FROM staged_service_at_location l JOIN (SELECT id, organization_id FROM staged_service"
    " UNION SELECT id, organization_id FROM service WHERE organization_id = ANY(%s)) v ON v.id = l.service_id"
    " WHERE v.organization_id = ANY(%s)"
)


@dataclass(slots=True)
class Lost:
    """What refused rows told: streets as (place, street, city, postal code), ties as (service, place)."""

    streets: list[tuple[UUID | None, str, str, str]] = field(default_factory=list)
    ties: list[tuple[UUID, UUID]] = field(default_factory=list)


@dataclass(slots=True)
class Held:
    """New facts about open places that wait: ids of staged addresses, of ties, and of places whose point stays."""

    addresses: set[UUID] = field(default_factory=set)
    sites: set[UUID] = field(default_factory=set)
    points: set[UUID] = field(default_factory=set)


@dataclass(slots=True)
class Doors:
    """Ids of places by why they are protected; `held` is what waits of places that stay open.

    `pairs` are services at protected places with those that look like them, `at_point` places without a street that
    tell the point of one.
    """

    stored: set[UUID] = field(default_factory=set)
    sheltering: set[UUID] = field(default_factory=set)
    telling: set[UUID] = field(default_factory=set)
    alike: set[UUID] = field(default_factory=set)
    beside: set[UUID] = field(default_factory=set)
    at_point: set[UUID] = field(default_factory=set)
    pairs: set[tuple[UUID, UUID]] = field(default_factory=set)
    by_words: int = 0
    held: Held = field(default_factory=Held)

    @property
    def all(self) -> list[UUID]:
        """Every one."""
        return sorted(self.stored | self.sheltering | self.telling | self.alike | self.beside | self.at_point)

    @property
    def to_shut(self) -> list[UUID]:
        """Those that aren't protected yet."""
        return sorted(set(self.all) - self.stored)


def find_doors(cursor: CursorWrapper, publisher: str, lost: Lost, where: Where) -> Doors:
    """Look at staging, its ids mapped and what can't be taken gone. `where`: area and province of places by id."""
    doors = Doors(set(ids_of(cursor, OF_PUBLISHER, publisher)))
    _find_sheltering(cursor, publisher, lost, doors)
    if is_any_kept():
        _find_telling(cursor, doors)
    opened = set(ids_of(cursor, "SELECT location_id FROM opened_place"))
    doors.telling -= opened
    _find_alike(cursor, publisher, doors, opened, where)
    if doors.stored or doors.telling or doors.alike:
        _find_beside(cursor, doors, opened)
    if doors.to_shut:
        _find_at_one_point(cursor, publisher, doors)
    return doors


def _find_sheltering(cursor: CursorWrapper, publisher: str, lost: Lost, doors: Doors) -> None:
    found = shelters(cursor, publisher)
    if not found.all:
        return
    cursor.execute(
        OF_SHELTERS,
        {
            "ids": found.all,
            "held": sorted(found.by_kind),
            "lost_services": [service for service, _ in lost.ties],
            "lost_places": [place for _, place in lost.ties],
        },
    )
    places = {id_ for (id_,) in cursor.fetchall() if id_} - doors.stored
    cursor.execute(LEFT_OPEN, {"ids": sorted(places)})
    doors.sheltering = places - {id_ for (id_,) in cursor.fetchall()}
    doors.by_words = len(found.by_words) if doors.sheltering else 0


def _find_at_one_point(cursor: CursorWrapper, publisher: str, doors: Doors) -> None:
    """Places at the points of those that this import protects; of what is protected already, digests are known."""
    known = doors.all
    rows = ask(cursor, AT_ONE_POINT, {"publisher": publisher, "shut": doors.to_shut, "known": known})
    found = {id_ for (id_,) in rows}
    cursor.execute(LEFT_OPEN, {"ids": sorted(found)})
    doors.at_point = found - {id_ for (id_,) in cursor.fetchall()}


def _find_telling(cursor: CursorWrapper, doors: Doors) -> None:
    """Places under the id of a protected one, or with its very door, whoever publishes them."""
    known = KnownDoors()
    if not known:
        return
    for id_, *ids in ask(cursor, OPEN_IDS):
        if any(known.has_id(one) for one in ids):
            doors.telling.add(id_)
    for place, _, *street in ask(cursor, NEW_STREETS.replace("{only}", "")):
        if known.has(doors_of(*(part or "" for part in street))):
            doors.telling.add(place)
    for place, latitude, longitude, _ in ask(cursor, NEW_POINTS.replace("{only}", "")):
        if known.has(point_door(latitude, longitude)):
            doors.telling.add(place)
    doors.telling -= doors.stored


def _find_alike(cursor: CursorWrapper, publisher: str, doors: Doors, opened: set[UUID], where: Where) -> None:
    """Places that look like protected ones of others, but for those that a person at the organization confirmed."""
    found = alike_in_package(cursor, publisher, doors.stored | opened, where)
    if not found.places:
        return
    cursor.execute(CONFIRMED, {"ids": sorted(found.places)})
    confirmed = {id_ for (id_,) in cursor.fetchall()}
    doors.alike = found.places - confirmed - doors.telling - doors.sheltering
    doors.pairs = found.pairs


def _find_beside(cursor: CursorWrapper, doors: Doors, opened: set[UUID]) -> None:
    """What is new around protected places: at their services it waits, at their organizations if it tells the door."""
    known = sorted(doors.stored | doors.telling | doors.alike)
    around = tied_to(cursor, known)
    settled = opened | set(doors.all)
    tied = set(ids_of(cursor, PLACES_OF, around.services, around.services)) - settled
    owners = around.organizations
    near = set(ids_of(cursor, PLACES_AROUND, owners, owners, owners)) - settled - tied
    candidates = sorted(tied | near)
    is_open = set(ids_of(cursor, "SELECT id FROM location WHERE id = ANY(%s)", candidates))
    telling = _telling(cursor, candidates, is_open, known)
    doors.beside = telling | (tied - is_open)
    open_ones = tied & is_open - telling
    doors.held = _held(cursor, around.services, sorted(open_ones))


def _telling(
    cursor: CursorWrapper, candidates: list[UUID], is_open: set[UUID], known: list[UUID]
) -> set[UUID]:
    """Those of these places of which something new tells a trace of the known ones.

    What was cut of a place that stays open is cut again, each time that its feed tells it: that is nothing new.
    """
    traces = kept_of(known)
    found: set[UUID] = set()
    if not (traces and candidates):
        return found
    streets = ask(cursor, NEW_STREETS.replace("{only}", STREET_OF), [candidates])
    cut = set(ids_of(cursor, CUT_STREETS, [row[1] for row in streets], NAMELESS))
    for place, id_, street, _, code in streets:
        is_cut = id_ in cut and tells_beside("address_1", street or "", lambda part: tells(part, traces))
        if tells(code or "", traces) or (not is_cut and tells(street or "", traces)):
            found.add(place)
    for place, *point, identifier in ask(cursor, NEW_POINTS.replace("{only}", POINT_OF), [candidates]):
        told = point if place in is_open else [*point, identifier]
        if any(tells(str(part), traces) for part in told if part not in (None, "")):
            found.add(place)
    return found


def _held(cursor: CursorWrapper, services: list[UUID], places: list[UUID]) -> Held:
    """New streets, points and ties of open places of these services."""
    streets = ask(cursor, NEW_STREETS.replace("{only}", STREET_OF), [places])
    points = ask(cursor, NEW_POINTS.replace("{only}", POINT_OF), [places])
    here = set(places)
    ties = [site for site, place in ask(cursor, NEW_TIES, [services]) if place in here]
    return Held({row[1] for row in streets}, set(ties), {row[0] for row in points})
