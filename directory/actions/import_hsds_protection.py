"""What a feed tells of protected places is taken out of staging, so that an import never brings a door back.

As `scrub_places` and `cut_traces` do with stored records, before anything is merged: the same again changes nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.cut_traces import NAMELESS
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.protect_location import NOT_FOR_EVERYBODY
from directory.actions.scrub_places import IN_FORM
from directory.models.location import NOT_KEPT
from directory.rules.door_traces import Traces, is_for_everybody, tells, traces_of, without
from directory.rules.hsds_shape import ENTITIES, Kind
from directory.rules.text import fold

FEWEST_WORDS = 4
"""A shorter text of a place is told of other places too, and leads nowhere."""

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
TEXTS = (Kind.TEXT, Kind.URI, Kind.NUMBER_TEXT)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Ids of protected places, of what is tied to them, and of whoever runs it."""

    places: list[UUID]
    sites: list[UUID]
    services: list[UUID]
    organizations: list[UUID]


def hold_places(cursor: CursorWrapper, entities: Sequence[str]) -> None:
    """Places of which this import writes anything: whoever wants to protect one waits until it is through."""
    for entity in ("location", "address", "accessibility", "service_at_location"):
        if entity in entities:
            run(
                cursor,
                "SELECT FROM location WHERE id IN (SELECT {column} FROM {staged}) FOR NO KEY UPDATE",
                column="id" if entity == "location" else "location_id",
                staged=f"staged_{entity}",
            )


def withhold_protected(
    cursor: CursorWrapper, publisher: str, entities: Sequence[str], report: ImportReport
) -> None:
    """Take out of staging whatever would tell where a protected place is."""
    hold_places(cursor, entities)
    found = _hidden(cursor, publisher)
    if not found.places:
        return
    traces = _traces(cursor, found)
    _Withholding(cursor, found, entities, report).run()
    _cut(cursor, found, traces, entities, report)


def _ids(cursor: CursorWrapper, text: str, *params: Any) -> list[UUID]:
    cursor.execute(text, list(params))
    return sorted(id_ for (id_,) in cursor.fetchall() if id_)


def _hidden(cursor: CursorWrapper, publisher: str) -> Hidden:
    """As stored, and as this package ties it."""
    places = _ids(cursor, "SELECT id FROM location WHERE is_protected AND publisher_id = %s", publisher)
    both = "SELECT {0} FROM {1} WHERE {2} = ANY(%s) UNION SELECT {0} FROM staged_{1} WHERE {2} = ANY(%s)"
    sites = _ids(cursor, both.format("id", "service_at_location", "location_id"), places, places)
    services = _ids(cursor, both.format("service_id", "service_at_location", "location_id"), places, places)
    owners = {
        *_ids(cursor, both.format("organization_id", "location", "id"), places, places),
        *_ids(cursor, both.format("organization_id", "service", "id"), services, services),
    }
    return Hidden(places, sites, services, sorted(owners))


def _traces(cursor: CursorWrapper, found: Hidden) -> Traces:
    """What the feed itself says of these doors."""
    addresses = ask(
        cursor,
        "SELECT address_1, postal_code FROM staged_address WHERE location_id = ANY(%s)",
        [found.places],
    )
    places = ask(
        cursor,
        "SELECT latitude, longitude, external_identifier, transportation, description FROM staged_location"
        " WHERE id = ANY(%s)",
        [found.places],
    )
    history = ask(
        cursor,
        "SELECT previous_value, replacement_value FROM staged_metadata WHERE field_name = 'address_1'"
        " AND resource_id IN (SELECT id FROM staged_address WHERE location_id = ANY(%s))",
        [found.places],
    )
    texts = [t or "" for row in places for t in row[3:]]
    return traces_of(
        streets=[*(a or "" for a, _ in addresses), *(value or "" for row in history for value in row)],
        postal_codes=[code or "" for _, code in addresses],
        others=[
            *(row[2] or "" for row in places),
            *(t for t in texts if len(fold(t).split()) >= FEWEST_WORDS),
        ],
        coordinates=[value for row in places for value in row[:2] if value is not None],
    )


class _Withholding:
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
                where=_raw(where),
            )
        ]

    def _take(self, entity: str, where: str, params: list[Any]) -> None:
        self._report.withheld[entity] += run(
            self._cursor,
            "DELETE FROM {staged} s WHERE {where}",
            params,
            staged=f"staged_{entity}",
            where=_raw(where),
        )

    def _set(self, entity: str, sets: str, where: str, params: list[Any]) -> None:
        run(
            self._cursor,
            "UPDATE {staged} s SET {sets}, written = '{{}}', _given = '' WHERE {where}",
            params,
            staged=f"staged_{entity}",
            sets=_raw(sets),
            where=_raw(where),
        )

    def _empty(self, entity: str, where: str, params: list[Any]) -> None:
        """Count the rows that had something to empty, then empty all of them."""
        told = sql.SQL(" || ").join(sql.SQL("s.{}").format(sql.Identifier(c)) for c in EMPTIED[entity])
        count = ask(
            self._cursor,
            "SELECT count(*) FROM {staged} s WHERE {where} AND {told} <> ''",
            params,
            staged=f"staged_{entity}",
            where=_raw(where),
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
            where=_raw(where),
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
            where=_raw(HERE),
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


def _raw(text: str) -> sql.SQL:
    return sql.SQL(text)  # type: ignore[arg-type]  # put together of this module's own words


def _cut(
    cursor: CursorWrapper, found: Hidden, traces: Traces, entities: Sequence[str], report: ImportReport
) -> None:
    """Cut the sentences that tell out of all that these organizations and services say."""
    if not (traces.phrases or traces.numbers):
        return
    held = {*found.places, *found.sites, *found.services, *found.organizations}
    held |= {
        *_ids(cursor, "SELECT id FROM staged_service WHERE organization_id = ANY(%s)", found.organizations)
    }
    # Twice: a phone may hang on a contact, and a language on that phone.
    for _ in range(2):
        for entity in entities:
            if entity not in ("location", "address"):
                held |= set(_around(cursor, entity, sorted(held)))
    for entity in entities:
        if entity not in ("location", "address"):
            report.withheld[entity] += _cut_entity(cursor, entity, sorted(held), traces)


def _around(cursor: CursorWrapper, entity: str, held: list[UUID]) -> list[UUID]:
    links = [
        ref.name for ref in table_of(entity).owners if ref.name not in ("taxonomy_term_id", "taxonomy_id")
    ]
    wanted = [sql.SQL("{} = ANY(%s)").format(sql.Identifier(name)) for name in ("id", *links)]
    rows = ask(
        cursor,
        "SELECT id FROM {staged} WHERE {wanted}",
        [held] * len(wanted),
        staged=f"staged_{entity}",
        wanted=sql.SQL(" OR ").join(wanted),
    )
    return [id_ for (id_,) in rows]


def _cut_entity(cursor: CursorWrapper, entity: str, held: list[UUID], traces: Traces) -> int:
    columns = [f.name for f in ENTITIES[entity].fields if f.kind in TEXTS and not f.choices]
    rows = ask(
        cursor,
        "SELECT id, written::text, {columns} FROM {staged} WHERE id = ANY(%s)",
        [held],
        columns=columns,
        staged=f"staged_{entity}",
    )
    cut: dict[str, dict[UUID, str]] = {}
    for id_, written, *texts in rows:
        for column, text in zip(columns, texts, strict=True):
            if text and tells(text, traces):
                cut.setdefault(column, {})[id_] = without(text, traces) or (
                    NAMELESS if column == "name" else ""
                )
        if any(tells(str(raw), traces) for raw in json.loads(written).values()):
            cut.setdefault("written", {})[id_] = "{}"
    for column, texts_of in cut.items():
        run(
            cursor,
            "UPDATE {staged} s SET {column} = u.text{cast} FROM unnest(%s::uuid[], %s::text[]) AS u(id, text)"
            " WHERE s.id = u.id",
            [list(texts_of), list(texts_of.values())],
            staged=f"staged_{entity}",
            column=column,
            cast=_raw("::jsonb" if column == "written" else ""),
        )
    return len({id_ for texts_of in cut.values() for id_ in texts_of})
