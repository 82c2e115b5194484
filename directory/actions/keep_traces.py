"""Keeps, finds and forgets what leads to the doors of protected places: as digests under a key of the site's own."""

import hmac
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from directory.finding.arrays import array
from directory.models.address import Address
from directory.models.door_trace import DoorTrace
from directory.models.location import Location
from directory.rules.door_traces import Traces
from directory.rules.kept_traces import KeptTrace, KeptTraces, doors_beside, doors_of, kept, point_door
from directory.rules.look_alikes import square_of
from safety import owner_keys

KEEP_SQL = """
INSERT INTO door_trace (location_id, kind, words, digest)
SELECT place, kind, words, decode(digest, 'hex')
  FROM unnest(%(places)s::uuid[], %(kinds)s::text[], %(words)s::smallint[], %(digests)s::text[])
       AS told(place, kind, words, digest)
ON CONFLICT (location_id, kind, digest) DO NOTHING
"""
DOORS_SQL = (
    "SELECT t.kind, t.digest FROM door_trace t JOIN location l ON l.id = t.location_id"
    " WHERE l.is_protected AND t.kind IN ('door', 'id')"
)
DOORS_OF_SQL = f"{DOORS_SQL} AND t.location_id = ANY(%s)"


class PlaceTrace(NamedTuple):
    """A trace of one place, as `DoorTrace` stores it: an import has a hundred thousand."""

    location_id: UUID
    kind: str
    words: int
    digest: bytes


def traces_key() -> bytes:
    """The key of the digests. Made of the site's data key, which rotation wraps anew and never changes."""
    return hmac.digest(owner_keys.data_key(owner_keys.SITE).secret, b"door traces", "sha256")


def of_place(
    location: UUID,
    traces: Traces,
    streets: Iterable[tuple[str, str, str]] = (),
    point: tuple[float | None, float | None] = (None, None),
    given: Iterable[str] = (),
    *,
    beside: Iterable[tuple[str, str, str]] = (),
    key: bytes,
) -> list[PlaceTrace]:
    """Traces of one place. `streets`: (address_1, city, postal_code); `given`: ids that publishers gave it.

    `beside` are lines of addresses, with city and postal code, that tell a street now and then.
    """
    doors = {door for street in streets for door in doors_of(*street)} | point_door(*point)
    doors |= {door for line in beside for door in doors_beside(*line)}
    found = traces.to_keep(key) | {kept(key, "door", door) for door in doors}
    found |= {kept(key, "id", id_) for id_ in {str(location), *given} if id_}
    found |= {kept(key, "cell", square) for square in (square_of(*point),) if square}
    return [PlaceTrace(location, *trace) for trace in sorted(found)]


def keep_traces(traces: Iterable[PlaceTrace]) -> int:
    """Store what isn't stored yet; how many came."""
    rows = list(traces)
    columns = {
        "places": array(row.location_id for row in rows),
        "kinds": array(row.kind for row in rows),
        "words": array(row.words for row in rows),
        "digests": array(row.digest.hex() for row in rows),
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP_SQL, columns)
        return cursor.rowcount


def keep_stored(location: Location, addresses: Sequence[Address], traces: Traces) -> None:
    """Keep what is stored of the door of a place that is about to forget it."""
    streets = [(a.address_1, a.city, a.postal_code) for a in addresses]
    lines = [(text or "", a.city, a.postal_code) for a in addresses for text in (a.address_2, a.attention)]
    point = (location.latitude, location.longitude)
    given = [location.given_id]
    keep_traces(of_place(location.pk, traces, streets, point, given, beside=lines, key=traces_key()))


def forget_traces(location_id: UUID) -> None:
    """The place is open: what leads there may be told."""
    DoorTrace.objects.filter(location_id=location_id).delete()


def is_any_kept() -> bool:
    """True if there is anything to look for at all."""
    return DoorTrace.objects.exists()


def kept_of(places: Iterable[UUID]) -> Traces:
    """The kept traces of these places, to look for in texts; empty ones if nothing is kept."""
    rows = DoorTrace.objects.filter(
        location_id__in=list(places), location__is_protected=True, kind__in=["phrase", "number"]
    ).values_list("kind", "words", "digest")
    found = [KeptTrace(kind, words, bytes(digest)) for kind, words, digest in rows]
    return Traces(kept=KeptTraces.of(traces_key(), found)) if found else Traces()


class KnownDoors:
    """The doors, and the ids of places, that are protected: whoever tells one of them tells a protected place."""

    def __init__(self, places: Sequence[UUID] | None = None) -> None:
        """`places`: of these alone."""
        with connection.cursor() as cursor:
            if places is None:
                cursor.execute(DOORS_SQL)
            else:
                cursor.execute(DOORS_OF_SQL, [list(places)])
            self._digests = {(kind, bytes(digest)) for kind, digest in cursor.fetchall()}
        self._key = traces_key() if self._digests else b""

    def __bool__(self) -> bool:
        return bool(self._digests)

    def has(self, doors: Iterable[str]) -> bool:
        """True if any of these (`doors_of`, `point_door`) is one."""
        return any(("door", kept(self._key, "door", door).digest) in self._digests for door in doors)

    def has_id(self, given: str) -> bool:
        """True if a publisher gave a protected place this id."""
        return bool(given) and ("id", kept(self._key, "id", given).digest) in self._digests


class KnownSquares:
    """The squares of the map where protected places stand."""

    def __init__(self) -> None:
        self._places: dict[bytes, set[UUID]] = {}
        rows = DoorTrace.objects.filter(kind="cell", location__is_protected=True)
        for place, digest in rows.values_list("location_id", "digest"):
            self._places.setdefault(bytes(digest), set()).add(place)
        self._key = traces_key() if self._places else b""

    def places(self, squares: Iterable[str]) -> set[UUID]:
        """The protected places that stand in any of these squares."""
        if not self._places:
            return set()
        told = (kept(self._key, "cell", square).digest for square in squares)
        return set().union(*(self._places.get(digest, ()) for digest in told))
