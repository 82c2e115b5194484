"""Places that come in and look like a protected place of another record: they are protected, and a steward is asked.

A second publisher may know the house by another id, without a street, its point some metres off.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import ask
from directory.actions.keep_traces import KnownSquares
from directory.models.same_service import Likeness as Why
from directory.models.same_service import SameService, Verdict
from directory.rules.look_alikes import (
    Likeness,
    blocks_of,
    is_alike,
    near_same,
    number_key,
    shared_numbers,
    squares_around,
)

IS_ANY_PROTECTED = "SELECT EXISTS (SELECT FROM location WHERE is_protected)"
# The services at protected places, as they are stored.
KNOWN = (
    "SELECT s.id, l.id, s.publisher_id, s.organization_id, s.name, COALESCE(o.name, ''), l.area_id, a.province,"
    " ARRAY(SELECT p.number FROM phone p WHERE p.service_id = s.id OR p.service_at_location_id = x.id"
    "  OR p.location_id = l.id)"
    " FROM location l JOIN service_at_location x ON x.location_id = l.id JOIN service s ON s.id = x.service_id"
    " LEFT JOIN organization o ON o.id = s.organization_id LEFT JOIN area a ON a.slug = l.area_id"
    " WHERE l.is_protected ORDER BY s.id, l.id"
)
# Open places of which the package tells something new, with each service that is tied to them.
NEW = (
    "WITH new AS (SELECT s.id FROM staged_location s LEFT JOIN location m ON m.id = s.id"
    "   WHERE m.id IS NULL OR (NOT m.is_protected"
    "    AND (m.latitude, m.longitude) IS DISTINCT FROM (s.latitude, s.longitude))"
    "  UNION SELECT a.location_id FROM staged_address a LEFT JOIN address m ON m.id = a.id"
    "   WHERE m.id IS NULL"
    "    OR (m.location_id, m.address_1, m.city) IS DISTINCT FROM (a.location_id, a.address_1, a.city)"
    "  UNION SELECT x.location_id FROM staged_service_at_location x LEFT JOIN service_at_location m ON m.id = x.id"
    "   WHERE m.id IS NULL),"
    " tied AS (SELECT id, service_id, location_id FROM staged_service_at_location"
    "   WHERE location_id IN (SELECT id FROM new)"
    "  UNION SELECT id, service_id, location_id FROM service_at_location WHERE location_id IN (SELECT id FROM new)),"
    " called AS (SELECT id, name, organization_id FROM staged_service WHERE id IN (SELECT service_id FROM tied)"
    "  UNION ALL SELECT id, name, organization_id FROM service m WHERE id IN (SELECT service_id FROM tied)"
    "   AND NOT EXISTS (SELECT FROM staged_service n WHERE n.id = m.id))"
    " SELECT t.location_id, t.id, c.id, c.name, COALESCE(n.name, o.name, ''), c.organization_id,"
    " COALESCE(s.latitude, m.latitude), COALESCE(s.longitude, m.longitude),"
    " EXISTS (SELECT FROM staged_address a WHERE a.location_id = t.location_id AND a.address_1 <> '')"
    "  OR EXISTS (SELECT FROM address a WHERE a.location_id = t.location_id AND a.address_1 <> '')"
    " FROM tied t JOIN called c ON c.id = t.service_id LEFT JOIN staged_organization n ON n.id = c.organization_id"
    " LEFT JOIN organization o ON o.id = c.organization_id LEFT JOIN staged_location s ON s.id = t.location_id"
    " LEFT JOIN location m ON m.id = t.location_id ORDER BY 1, 3"
)
NUMBERS = (
    "SELECT id, service_id, service_at_location_id, location_id, number FROM staged_phone WHERE organization_id IS NULL"
    " OR service_id IS NOT NULL UNION SELECT id, service_id, service_at_location_id, location_id, number FROM phone"
    " WHERE service_id = ANY(%s) OR service_at_location_id = ANY(%s) OR location_id = ANY(%s)"
)
APART = "SELECT kept_id, other_id FROM same_service WHERE verdict = 'apart'"


Where = Callable[[list[UUID]], Mapping[UUID, tuple[str | None, str | None]]]
"""Published area and province of places by their ids, None for what nobody knows."""


@dataclass(frozen=True, slots=True)
class Known:
    """A service at a protected place."""

    service: UUID
    place: UUID
    publisher: str
    organization: UUID | None
    name: str
    owner: str
    area: str | None
    province: str | None
    phones: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service at an open place that comes."""

    place: UUID
    site: UUID
    service: UUID
    name: str
    owner: str
    organization: UUID | None
    latitude: float | None
    longitude: float | None
    has_street: bool


@dataclass(slots=True)
class Alike:
    """Places that look like protected ones, and the pairs of services (known, new) to decide about."""

    places: set[UUID] = field(default_factory=set)
    pairs: set[tuple[UUID, UUID]] = field(default_factory=set)


class Stands:
    """Where a place stands: its published area and province, None where nobody knows."""

    def __init__(self, areas: Mapping[UUID, tuple[str | None, str | None]]) -> None:
        self._areas = areas

    def shared(self, place: UUID, known: Known) -> tuple[bool, bool]:
        """Whether it may be the area, and the province, of the known one."""
        area, province = self._areas.get(place, (None, None))
        return (
            not (area and known.area) or area == known.area,
            not (province and known.province) or province == known.province,
        )


class LookAlikes:
    """Finds those that come and look like protected places that are here."""

    def __init__(self, cursor: CursorWrapper, publisher: str) -> None:
        self._cursor, self._publisher = cursor, publisher
        self._by_block: dict[str, list[Known]] = {}
        self._by_phone: dict[str, list[Known]] = {}
        self._by_place: dict[UUID, list[Known]] = {}

    def find(self, left: set[UUID], where: Where) -> Alike:
        """Places of the package that look like protected ones. `left` are decided about already.

        `where` gives published area and province of places by their ids; asked of few.
        """
        found = Alike()
        if not ask(self._cursor, IS_ANY_PROTECTED)[0][0]:
            return found
        candidates = [one for row in ask(self._cursor, NEW) if (one := Candidate(*row)).place not in left]
        if not candidates:
            return found
        self._read_known()
        pairs = self._compared(candidates)
        apart = {frozenset(pair) for pair in ask(self._cursor, APART)} if pairs else set()
        stands = Stands(where(sorted({one.place for one, _, _ in pairs})) if pairs else {})
        for one, known, likeness in pairs:
            in_area, in_province = stands.shared(one.place, known)
            told = likeness(in_area=in_area, in_province=in_province)
            if frozenset((one.service, known.service)) not in apart and is_alike(told):
                found.places.add(one.place)
                found.pairs.add((known.service, one.service))
        return found

    def _read_known(self) -> None:
        for *facts, numbers in ask(self._cursor, KNOWN):
            known = Known(*facts, frozenset(filter(None, map(number_key, numbers))))
            self._by_place.setdefault(known.place, []).append(known)
            for block in blocks_of(known.name) | blocks_of(known.owner):
                self._by_block.setdefault(block, []).append(known)
            for number in known.phones:
                self._by_phone.setdefault(number, []).append(known)

    def _compared(self, candidates: list[Candidate]) -> list[tuple[Candidate, Known, Any]]:
        phones = self._phones(candidates)
        shared = shared_numbers(phones.values())
        squares = KnownSquares()
        near: dict[UUID, set[UUID]] = {}
        found = []
        for one in candidates:
            if one.place not in near:
                near[one.place] = squares.places(squares_around(one.latitude, one.longitude))
            numbers = phones.get(one.service, set()) - shared
            for known in self._met(one, numbers, near[one.place]):
                found.append((one, known, _likeness(one, known, numbers, near[one.place])))
        return found

    def _met(self, one: Candidate, numbers: set[str], near: set[UUID]) -> Iterator[Known]:
        """Known ones that have anything in common with this one, each once; not of its own organization."""
        seen: set[tuple[UUID, UUID]] = set()
        lists: list[Iterable[Known]] = [self._by_place.get(place, ()) for place in near]
        lists += [self._by_phone.get(number, ()) for number in numbers]
        lists += [self._by_block.get(block, ()) for block in blocks_of(one.name) | blocks_of(one.owner)]
        for known in (known for each in lists for known in each):
            is_own = known.publisher == self._publisher and not (
                known.place in near and known.organization != one.organization
            )
            if not is_own and (known.service, known.place) not in seen and known.service != one.service:
                seen.add((known.service, known.place))
                yield known

    def _phones(self, candidates: list[Candidate]) -> dict[UUID, set[str]]:
        """The numbers of each candidate's service, of its own, at this place or of the place."""
        services = {one.service for one in candidates}
        at = {one.site: one.service for one in candidates}
        here: dict[UUID, set[UUID]] = {}
        for one in candidates:
            here.setdefault(one.place, set()).add(one.service)
        found: dict[UUID, set[str]] = {}
        rows = ask(self._cursor, NUMBERS, [list(services), list(at), list(here)])
        for _, service, site, place, number in rows:
            owners = {service, at.get(site)} & services if service or site else here.get(place, set())
            if key := number_key(number or ""):
                for owner in owners:
                    found.setdefault(owner, set()).add(key)
        return found


def _likeness(one: Candidate, known: Known, numbers: set[str], near: set[UUID]) -> Any:
    def told(*, in_area: bool, in_province: bool) -> Likeness:
        return Likeness(
            is_near=known.place in near,
            has_street=one.has_street,
            same_phone=not numbers.isdisjoint(known.phones),
            same_name=near_same(one.name, known.name),
            same_owner=near_same(one.owner, known.owner),
            in_area=in_area,
            in_province=in_province,
        )

    return told


def suggest_alike(cursor: CursorWrapper, pairs: set[tuple[UUID, UUID]]) -> int:
    """Ask a steward about these services, where nothing is held of the two yet; how many."""
    held = (
        {frozenset(row) for row in ask(cursor, "SELECT kept_id, other_id FROM same_service")}
        if pairs
        else set()
    )
    new = [pair for pair in sorted(pairs) if frozenset(pair) not in held]
    SameService.objects.bulk_create(
        [
            SameService(kept_id=kept, other_id=other, likeness=Why.LOOKS_ALIKE, verdict=Verdict.SUGGESTED)
            for kept, other in new
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    return len(new)
