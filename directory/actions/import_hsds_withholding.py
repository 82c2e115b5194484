"""Takes what would lead to protected doors out of staging: whole records, texts that may be anything, flags of numbers.

As `scrub_places` does with stored records: the same again changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run
from directory.actions.scrub_places import IN_FORM
from directory.actions.shut_places import NOT_FOR_EVERYBODY
from directory.models.location import NOT_KEPT
from directory.rules.door_traces import is_for_everybody

HIDDEN = tuple(name for name in NOT_KEPT if name != "given_id")
EMPTIED = {
    "phone": ("description",),
    "schedule": ("description", "notes", "schedule_link", "attending_type"),
    "language": ("note",),
    "service_area": ("description", "extent", "extent_type", "uri"),
    "service_at_location": ("description",),
}
"""Texts that may be anything, of records that hang on a protected place or on its services."""

HERE = "(s.location_id = ANY(%s) OR s.service_at_location_id = ANY(%s))"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Ids of protected places, of what is tied to them, and of whoever runs it."""

    places: list[UUID]
    sites: list[UUID]
    services: list[UUID]
    organizations: list[UUID]


def in_order(ids: Iterable[UUID]) -> list[UUID]:
    """Sorted, by the numbers that they are: a UUID compares itself in Python, which takes ten times as long."""
    return sorted(ids, key=attrgetter("int"))


def ids_of(cursor: CursorWrapper, text: str, *params: Any) -> list[UUID]:
    """The ids that a statement finds, in order."""
    return in_order(id_ for (id_,) in ask(cursor, text, params) if id_)


BOTH = "SELECT {0} FROM {1} WHERE {2} = ANY(%s) UNION SELECT {0} FROM staged_{1} WHERE {2} = ANY(%s)"
"""As stored, and as this package ties it."""


def tied_to(cursor: CursorWrapper, places: list[UUID], more: Sequence[UUID] = ()) -> Hidden:
    """What is tied to these places, and whoever runs them. `more` are services whose ties were refused."""
    sites = ids_of(cursor, BOTH.format("id", "service_at_location", "location_id"), places, places)
    tied = ids_of(cursor, BOTH.format("service_id", "service_at_location", "location_id"), places, places)
    services = in_order({*tied, *more})
    owners = {
        *ids_of(cursor, BOTH.format("organization_id", "location", "id"), places, places),
        *ids_of(cursor, BOTH.format("organization_id", "service", "id"), services, services),
    }
    return Hidden(places, sites, services, in_order(owners))


class Withholding:
    """Takes away, or empties, what hangs on protected places; counts what it took."""

    def __init__(
        self, cursor: CursorWrapper, found: Hidden, entities: Sequence[str], report: ImportReport
    ) -> None:
        self._cursor, self._found, self._entities, self._report = cursor, found, entities, report

    def run(self) -> None:
        """History first, as long as the records are there that it is of."""
        found, here = self._found, [self._found.places, self._found.sites]
        gone = self._gone()
        self._take(
            "metadata", "s.resource_id = ANY(%s)", [[*gone, *found.places, *found.sites, *found.services]]
        )
        self._take("attribute", "s.link_id = ANY(%s)", [[*gone, *found.places]])
        self._take("address", "s.location_id = ANY(%s)", [found.places])
        self._take("accessibility", "s.location_id = ANY(%s)", [found.places])
        self._take("service_area", "s.service_at_location_id = ANY(%s)", [found.sites])
        self._take("contact", f"{HERE} AND s.organization_id IS NULL AND s.service_id IS NULL", here)
        self._set("contact", "location_id = NULL, service_at_location_id = NULL", HERE, here)
        self._empty_place()
        self._empty("service_at_location", "s.id = ANY(%s)", [found.sites])
        self._empty("phone", HERE, here)
        self._empty("schedule", HERE, here)
        self._empty("language", "s.location_id = ANY(%s)", [found.places])
        self._empty("service_area", "s.service_id = ANY(%s)", [found.services])
        self._set("attribute", "value = '', label = ''", "s.link_id = ANY(%s)", [found.sites])
        self._flag_numbers()

    def _gone(self) -> list[UUID]:
        """Staged records that are withheld whole, or lose their texts."""
        here = [self._found.places, self._found.sites]
        wanted = [
            (entity, "s.location_id = ANY(%s)", here[:1])
            for entity in ("address", "accessibility", "language")
        ]
        wanted += [(entity, HERE, here) for entity in ("contact", "phone", "schedule")]
        areas = "s.service_at_location_id = ANY(%s) OR s.service_id = ANY(%s)"
        wanted.append(("service_area", areas, [here[1], self._found.services]))
        return [
            id_
            for entity, where, params in wanted
            for (id_,) in ask(
                self._cursor,
                "SELECT s.id FROM {staged} s WHERE {where}",
                params,
                staged=f"staged_{entity}",
                where=raw(where),
            )
        ]

    def _take(self, entity: str, where: str, params: list[Any]) -> None:
        self._report.withheld[entity] += run(
            self._cursor,
            "DELETE FROM {staged} s WHERE {where}",
            params,
            staged=f"staged_{entity}",
            where=raw(where),
        )

    def _set(self, entity: str, sets: str, where: str, params: list[Any]) -> None:
        run(
            self._cursor,
            "UPDATE {staged} s SET {sets}, written = '{{}}', _given = '' WHERE {where}",
            params,
            staged=f"staged_{entity}",
            sets=raw(sets),
            where=raw(where),
        )

    def _empty(self, entity: str, where: str, params: list[Any]) -> None:
        """Count the rows that had something to empty, then empty all of them."""
        told = sql.SQL(" || ").join(sql.SQL("s.{}").format(sql.Identifier(c)) for c in EMPTIED[entity])
        count = ask(
            self._cursor,
            "SELECT count(*) FROM {staged} s WHERE {where} AND {told} <> ''",
            params,
            staged=f"staged_{entity}",
            where=raw(where),
            told=told,
        )
        self._report.withheld[entity] += count[0][0]
        sets = [sql.SQL("{} = ''").format(sql.Identifier(c)) for c in EMPTIED[entity]]
        if entity == "schedule":
            sets += [
                sql.SQL("{0} = CASE WHEN {0} ~ {1} THEN {0} ELSE '' END").format(
                    sql.Identifier(name), sql.Literal(f"^{form}$")
                )
                for name, form in IN_FORM.items()
                if name != "zone"
            ]
        if entity == "service_area":
            sets.append(sql.SQL("_loose = '', flags = array_remove(flags, 'extent:unreadable')"))
        run(
            self._cursor,
            "UPDATE {staged} s SET {sets}, written = '{{}}', _given = '' WHERE {where}",
            params,
            staged=f"staged_{entity}",
            sets=sql.SQL(", ").join(sets),
            where=raw(where),
        )

    def _empty_place(self) -> None:
        told = sql.SQL(" || ").join(sql.SQL("s.{}").format(sql.Identifier(name)) for name in HIDDEN)
        count = ask(
            self._cursor,
            "SELECT count(*) FROM staged_location s WHERE s.id = ANY(%s)"
            " AND (s.latitude IS NOT NULL OR s.longitude IS NOT NULL OR {told} <> '')",
            [self._found.places],
            told=told,
        )
        self._report.withheld["location"] += count[0][0]
        run(
            self._cursor,
            "UPDATE staged_location SET latitude = NULL, longitude = NULL, _given = '', {emptied},"
            " written = '{{}}', flags = '{{}}' WHERE id = ANY(%s)",
            [self._found.places],
            emptied=sql.SQL(", ").join(sql.SQL("{} = ''").format(sql.Identifier(name)) for name in HIDDEN),
        )

    def _flag_numbers(self) -> None:
        """A number that may tell the town keeps its flag until its keeper confirms that very number."""
        rows = ask(
            self._cursor,
            "SELECT s.id, s.number, m.number, %s = ANY(m.flags) FROM staged_phone s"
            " LEFT JOIN phone m ON m.id = s.id WHERE {where}",
            [NOT_FOR_EVERYBODY, self._found.places, self._found.sites],
            where=raw(HERE),
        )
        flagged = [
            id_
            for id_, number, stored, is_flagged in rows
            if (is_flagged if stored == number else not is_for_everybody(number))
        ]
        run(
            self._cursor,
            "UPDATE staged_phone SET flags = array_append(flags, %s) WHERE id = ANY(%s)",
            [NOT_FOR_EVERYBODY, flagged],
        )


def raw(text: str) -> sql.SQL:
    return sql.SQL(text)  # type: ignore[arg-type]  # put together of this module's own words
