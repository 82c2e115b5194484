"""After the merge: where touched places stand, how far touched services reach, and which areas they cover."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_staging import copy_rows
from directory.actions.import_hsds_tables import ask, run
from directory.models.place import Place as StoredPlace
from directory.rules.hsds_package_placing import Placer
from directory.rules.hsds_package_words import COUNTRY, area_named
from directory.rules.places import Gazetteer, Place

PLACED = ("id", "placed_by", "community_id")
# A new place is placed as it comes: by what the package tells of it, unless an address waited for it here.
NEW = (
    "SELECT s.id, s.latitude, s.longitude, s.flags, a.city, a.state_province, a.postal_code, a.country"
    " FROM staged_location s JOIN touched_location t ON t.id = s.id AND t.is_new"
    " LEFT JOIN (SELECT DISTINCT ON (location_id) location_id, city, state_province, postal_code, country"
    "   FROM staged_address WHERE location_id IS NOT NULL"
    "   ORDER BY location_id, address_type <> 'physical', position, id) a ON a.location_id = s.id"
    " WHERE NOT EXISTS (SELECT FROM address o WHERE o.location_id = s.id)"
)
CHANGED = (
    "SELECT l.id, l.latitude, l.longitude, l.flags, a.city, a.state_province, a.postal_code, a.country"
    " FROM location l LEFT JOIN LATERAL (SELECT city, state_province, postal_code, country FROM address"
    " WHERE location_id = l.id ORDER BY address_type <> 'physical', position, id LIMIT 1) a ON true"
    " WHERE NOT l.is_protected AND l.publisher_id = %s AND l.id IN (SELECT id FROM touched_location"
    " UNION SELECT a.location_id FROM address a JOIN touched_address t ON t.id = a.id"
    " EXCEPT SELECT id FROM import_placed) ORDER BY l.id"
)
Row = tuple[Any, ...]


class Places:
    """Where the places of one import stand."""

    def __init__(self, cursor: CursorWrapper, publisher: str, gazetteer: Gazetteer) -> None:
        self._cursor, self._publisher = cursor, publisher
        self._placer = Placer(gazetteer, _communities())

    def place_new(self) -> None:
        """Before the merge: find places for those that come, for the merge to write with them."""
        self._cursor.execute(NEW)
        copy_rows(self._cursor, "import_placed", PLACED, self._placed(self._cursor.fetchall()))

    def place_changed(self) -> None:
        """After the merge: set `placed_by` and `community` of places that changed, or whose address did."""
        self._cursor.execute(CHANGED, [self._publisher])
        rows = self._placed(self._cursor.fetchall())
        self._cursor.execute("DELETE FROM import_placed")
        copy_rows(self._cursor, "import_placed", PLACED, rows)
        run(
            self._cursor,
            "UPDATE location l SET placed_by = p.placed_by, community_id = p.community_id FROM import_placed p"
            " WHERE p.id = l.id AND (l.placed_by, l.community_id) IS DISTINCT FROM (p.placed_by, p.community_id)",
        )

    def _placed(self, found: Iterable[Row]) -> list[Row]:
        rows: list[Row] = []
        for id_, latitude, longitude, flags, *address in found:
            if any(flag.startswith(("latitude:", "longitude:")) for flag in flags):
                latitude = longitude = None  # a flagged value isn't used
            placed = self._placer.place(latitude, longitude, *(part or "" for part in address))
            rows.append((str(id_), placed.placed_by, placed.community))
        return rows


def _communities() -> list[Place]:
    stored = StoredPlace.objects.filter(kind="community").order_by("id")
    facts = stored.values_list(
        "id", "name", "name_fr", "province", "latitude", "longitude", "population", "zone"
    )
    return [Place(*row, kind="community") for row in facts]


def cover(cursor: CursorWrapper, publisher: str, entities: Sequence[str]) -> None:
    """Fill the coverage and the reach of touched services from their areas."""
    if "service_area" in entities:
        _read_areas(cursor)
        _write_coverage(cursor)
    _write_reach(cursor, publisher)


def _read_areas(cursor: CursorWrapper) -> None:
    rows = ask(cursor, "SELECT a.id, a.name FROM service_area a JOIN touched_service_area t ON t.id = a.id")
    named = [(str(id_), area_named(name)) for id_, name in rows]
    made = [
        (id_, "country" if area == COUNTRY else "province", "" if area == COUNTRY else area)
        for id_, area in named
        if area
    ]
    copy_rows(cursor, "import_area", ("service_area_id", "kind", "province"), made)


def _write_coverage(cursor: CursorWrapper) -> None:
    """Anew for each touched area. Its service may be told by a pairing; none is told finer than a protected place."""
    cursor.execute(
        "DELETE FROM service_coverage WHERE service_area_id IN (SELECT id FROM touched_service_area)"
    )
    cursor.execute(
        "INSERT INTO service_coverage (service_id, service_area_id, kind, province)"
        " SELECT s.id, a.id, i.kind, i.province FROM import_area i JOIN service_area a ON a.id = i.service_area_id"
        " LEFT JOIN service_at_location l ON l.id = a.service_at_location_id"
        " JOIN service s ON s.id = COALESCE(a.service_id, l.service_id)"
    )
    cursor.execute(
        "INSERT INTO service_coverage (service_id, service_area_id, kind, province, outline)"
        " SELECT s.id, a.id, 'polygon', '', ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(t._loose), 4326))::geography"
        " FROM staged_service_area t JOIN touched_service_area c ON c.id = t.id JOIN service_area a ON a.id = t.id"
        " LEFT JOIN service_at_location l ON l.id = a.service_at_location_id"
        " JOIN service s ON s.id = COALESCE(a.service_id, l.service_id)"
        " WHERE t._loose <> '' AND NOT EXISTS (SELECT FROM import_area i WHERE i.service_area_id = t.id)"
    )


def refuse_bad_outlines(cursor: CursorWrapper) -> None:
    """An outline that crosses itself bounds nothing: it is kept, flagged and not used."""
    cursor.execute(
        "UPDATE staged_service_area SET _loose = '', flags = array_append(flags, 'extent:unreadable')"
        " WHERE _loose <> '' AND NOT ST_IsValid(ST_GeomFromGeoJSON(_loose))"
    )


def _write_reach(cursor: CursorWrapper, publisher: str) -> None:
    """A service without a place reaches as far as its areas say; one with a place is found at its place."""
    rows = ask(
        cursor,
        "SELECT s.id, array_agg(a.name ORDER BY a.position, a.id) FROM service s JOIN import_service i ON i.id = s.id"
        " JOIN service_area a ON a.service_id = s.id WHERE s.publisher_id = %s"
        " AND NOT EXISTS (SELECT FROM service_at_location l WHERE l.service_id = s.id) GROUP BY s.id",
        [publisher],
    )
    found = []
    for id_, names in rows:
        areas = [area for name in names if (area := area_named(name))]
        if areas:
            is_country = COUNTRY in areas
            found.append((str(id_), "country" if is_country else "province", "" if is_country else areas[0]))
    copy_rows(cursor, "import_reach", ("id", "reach", "province"), found)
    run(
        cursor,
        "UPDATE service s SET reach = COALESCE(r.reach, 'place'), province = COALESCE(r.province, '')"
        " FROM import_service i LEFT JOIN import_reach r ON r.id = i.id WHERE s.id = i.id AND s.publisher_id = %s"
        " AND (s.reach, s.province) IS DISTINCT FROM (COALESCE(r.reach, 'place'), COALESCE(r.province, ''))"
        " AND NOT EXISTS (SELECT FROM field_source f WHERE f.entity = 'service' AND f.record_id = s.id"
        " AND f.field IN ('reach', 'province') AND f.confirmed_on IS NOT NULL)",
        [publisher],
    )
