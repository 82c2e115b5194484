"""Compares services at open places with those at protected ones: which look like the same, and who is to be asked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
from directory.rules.own_streets import has_street

# The services at protected places, as they are stored.
KNOWN = (
    "SELECT s.id, l.id, s.publisher_id, s.organization_id, s.name, COALESCE(o.name, ''), l.area_id, a.province,"
    " ARRAY(SELECT p.number FROM phone p WHERE p.service_id = s.id OR p.service_at_location_id = x.id"
    "  OR p.location_id = l.id)"
    " FROM location l JOIN service_at_location x ON x.location_id = l.id JOIN service s ON s.id = x.service_id"
    " LEFT JOIN organization o ON o.id = s.organization_id LEFT JOIN area a ON a.slug = l.area_id"
    " WHERE l.is_protected{only} ORDER BY s.id, l.id"
)
APART = "SELECT kept_id, other_id FROM same_service WHERE verdict = 'apart'"
Where = Callable[[list[UUID]], Mapping[UUID, tuple[str | None, str | None]]]
"""Published area and province of places by their ids, None for what nobody knows."""
Numbers = Mapping[UUID | None, set[str]]
"""The numbers (`number_key`) of services by their ids."""


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
    """A service at an open place, or such a place without any. `lines` are those of its addresses."""

    place: UUID
    site: UUID | None
    service: UUID | None
    name: str
    owner: str
    organization: UUID | None
    latitude: float | None
    longitude: float | None
    lines: Sequence[str]
    publisher: str


@dataclass(slots=True)
class Alike:
    """Places that look like protected ones, and the pairs of services (known, other) to decide about."""

    places: set[UUID] = field(default_factory=set)
    pairs: set[tuple[UUID, UUID]] = field(default_factory=set)

    def __bool__(self) -> bool:
        """False if nothing does."""
        return bool(self.places)


def known_at(cursor: CursorWrapper, places: Sequence[UUID] | None = None) -> list[Known]:
    """The services at these protected places, or at all of them."""
    only = "" if places is None else " AND l.id = ANY(%s)"
    rows = ask(cursor, KNOWN.replace("{only}", only), [] if places is None else [list(places)])
    return [
        Known(*facts, frozenset(filter(None, map(number_key, numbers))))  # type: ignore[arg-type]
        for *facts, numbers in rows
    ]


class LookAlikes:
    """What looks like one of these."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_block: dict[str, list[Known]] = {}
        self._by_phone: dict[str, list[Known]] = {}
        self._by_place: dict[UUID, list[Known]] = {}
        for one in known:
            self._by_place.setdefault(one.place, []).append(one)
            for block in blocks_of(one.name) | blocks_of(one.owner):
                self._by_block.setdefault(block, []).append(one)
            for number in one.phones:
                self._by_phone.setdefault(number, []).append(one)
        self._squares = KnownSquares()

    def find(
        self, cursor: CursorWrapper, candidates: Sequence[Candidate], phones: Numbers, where: Where
    ) -> Alike:
        """Those of these candidates, but for what a steward told apart. `where` is asked of few places."""
        found = Alike()
        shared = shared_numbers(phones.values())
        pairs = [
            pair for one in candidates for pair in self._met(one, phones.get(one.service, set()) - shared)
        ]
        if not pairs:
            return found
        stands = where(sorted({one.place for one, _, _ in pairs}))
        apart = {frozenset(pair) for pair in ask(cursor, APART)}
        for one, known, is_near in pairs:
            numbers = phones.get(one.service, set()) - shared
            told = _likeness(one, known, numbers, stands.get(one.place, (None, None)), is_near=is_near)
            if frozenset((one.service, known.service)) not in apart and is_alike(told):
                found.places.add(one.place)
                if one.service:
                    found.pairs.add((known.service, one.service))
        return found

    def _met(self, one: Candidate, numbers: set[str]) -> Iterator[tuple[Candidate, Known, bool]]:
        """Known ones that have anything in common with this one, each once, and whether they are near.

        Of its own publisher only those near by, of another organization: the rest of its records are its own to tell.
        """
        near = self._squares.places(squares_around(one.latitude, one.longitude))
        lists: list[Iterable[Known]] = [self._by_place.get(place, ()) for place in near]
        lists += [self._by_phone.get(number, ()) for number in numbers]
        lists += [self._by_block.get(block, ()) for block in blocks_of(one.name) | blocks_of(one.owner)]
        seen: set[tuple[UUID, UUID]] = set()
        for known in (known for each in lists for known in each):
            is_near = known.place in near
            is_other = known.publisher != one.publisher or (
                is_near and known.organization != one.organization
            )
            if is_other and (known.service, known.place) not in seen and known.service != one.service:
                seen.add((known.service, known.place))
                yield one, known, is_near


def _likeness(
    one: Candidate, known: Known, numbers: set[str], stands: tuple[str | None, str | None], *, is_near: bool
) -> Likeness:
    area, province = stands
    return Likeness(
        is_near=is_near,
        has_street=has_street(one.lines),
        same_phone=not numbers.isdisjoint(known.phones),
        same_name=near_same(one.name, known.name),
        same_owner=near_same(one.owner, known.owner),
        in_area=not (area and known.area) or area == known.area,
        in_province=not (province and known.province) or province == known.province,
    )


def ids_in(candidates: Iterable[Candidate]) -> list[list[UUID]]:
    """The services, pairs and places of these."""
    rows = [(one.service, one.site, one.place) for one in candidates]
    return [sorted({id_ for id_ in ids if id_}) for ids in zip(*rows, strict=True)] if rows else [[], [], []]


def numbers_of(
    candidates: Iterable[Candidate], rows: Iterable[Sequence[object]]
) -> dict[UUID | None, set[str]]:
    """The numbers of each candidate's service: its own, at this place or of the place.

    `rows`: id, service, service at a place, place, number.
    """
    at: dict[object, UUID] = {}
    here: dict[object, set[UUID]] = {}
    for one in candidates:
        if one.service:
            at |= {one.service: one.service, one.site: one.service}
            here.setdefault(one.place, set()).add(one.service)
    found: dict[UUID | None, set[str]] = {}
    for _, service, site, place, number in rows:
        own = {at[id_] for id_ in (service, site) if id_ in at}
        owners = own if service or site else here.get(place, set())
        if key := number_key(str(number or "")):
            for owner in owners:
                found.setdefault(owner, set()).add(key)
    return found


def suggest_alike(cursor: CursorWrapper, pairs: set[tuple[UUID, UUID]]) -> int:
    """Ask a steward about these services, where nothing is held of the two yet; how many."""
    if not pairs:
        return 0
    held = {frozenset(row) for row in ask(cursor, "SELECT kept_id, other_id FROM same_service")}
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
