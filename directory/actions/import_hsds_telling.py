"""Looks through staged texts for what leads to protected doors, and cuts out the sentences that tell."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.cut_traces import OWN_STREET, tells_beside, what_is_left
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.import_hsds_withholding import Hidden, raw
from directory.actions.looked_through import LookedThrough
from directory.rules.door_traces import Traces
from directory.rules.hsds_shape import ENTITIES, Kind

Row = tuple[Any, ...]
TEXTS = (Kind.TEXT, Kind.URI, Kind.NUMBER_TEXT)
ORPHANS = (
    "INSERT INTO import_loose (id) SELECT s.id FROM {staged} s WHERE s.{link} IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM {staged_owner} o WHERE o.id = s.{link})"
    " AND NOT EXISTS (SELECT FROM {owner} o WHERE o.id = s.{link})"
    " AND NOT EXISTS (SELECT FROM import_loose l WHERE l.id = s.id)"
)
"""What hung on somebody at a protected place, who was taken out already: whose it was isn't known any more."""
LEADING = ("program", "location", "contact", "phone", "address")
"""A package may tell something of these, and not them."""
# As stored, and as this package tells it: services of these organizations, then the pairs and places of both.
RUN = (
    "INSERT INTO import_loose (id) SELECT unnest(%(services)s::uuid[])"
    " UNION SELECT id FROM staged_service WHERE organization_id = ANY(%(owners)s)"
    " UNION SELECT id FROM service WHERE organization_id = ANY(%(owners)s)"
)
PLACES = (
    "INSERT INTO import_loose (id) WITH tied AS (SELECT x.id, x.location_id FROM staged_service_at_location x"
    "  JOIN import_loose r ON r.id = x.service_id"
    " UNION SELECT x.id, x.location_id FROM service_at_location x JOIN import_loose r ON r.id = x.service_id),"
    " met AS (SELECT location_id AS id FROM tied WHERE location_id IS NOT NULL"
    " UNION SELECT id FROM staged_location WHERE organization_id = ANY(%(owners)s)"
    " UNION SELECT id FROM location WHERE organization_id = ANY(%(owners)s)"
    " UNION SELECT unnest(%(places)s::uuid[]))"
    " SELECT id FROM tied UNION SELECT id FROM met"
    " UNION SELECT x.id FROM service_at_location x JOIN met ON met.id = x.location_id"
    " UNION SELECT unnest(%(others)s::uuid[])"
)

# Those of protected places are gone by now, from staging and from here.
OPEN_STREETS = (
    "SELECT address_1 FROM staged_address WHERE id IN (SELECT id FROM import_loose)"
    " UNION SELECT address_1 FROM address WHERE id IN (SELECT id FROM import_loose)"
)


def cut_staged(
    cursor: CursorWrapper, found: Hidden, traces: Traces, entities: Sequence[str], report: ImportReport
) -> None:
    """Cut the sentences that tell out of all that these organizations and services say."""
    if not traces:
        return
    owners = found.organizations
    run(cursor, RUN, {"services": found.services, "owners": owners})
    others = [*found.sites, *owners]
    run(cursor, PLACES, {"owners": owners, "places": found.places, "others": others})
    # In their order: a phone may hang on a contact, and a language on that phone.
    for entity in ENTITIES:
        if entity in entities or entity in LEADING:
            _add_around(cursor, entity)
        if link := {"phone": "contact", "language": "phone"}.get(entity):
            _add_orphans(cursor, entity, link)
    open_streets = [street for (street,) in ask(cursor, OPEN_STREETS) if street]
    with LookedThrough(traces.in_own_texts(open_streets)) as looked:
        for entity in entities:
            report.withheld[entity] += _cut_entity(cursor, entity, looked)
    run(cursor, "DELETE FROM import_loose")


def _add_around(cursor: CursorWrapper, entity: str) -> None:
    """Add to `import_loose`, free for this by now, what hangs on anything there, in this package or stored."""
    links = [
        ref.name for ref in table_of(entity).owners if ref.name not in ("taxonomy_term_id", "taxonomy_id")
    ]
    if not links:
        return
    wanted = [sql.SQL("{} IN (SELECT id FROM import_loose)").format(sql.Identifier(name)) for name in links]
    for table in (f"staged_{entity}", *([entity] if entity in LEADING else [])):
        run(
            cursor,
            "INSERT INTO import_loose (id) SELECT id FROM {table} WHERE ({wanted})"
            " AND id NOT IN (SELECT id FROM import_loose)",
            table=table,
            wanted=sql.SQL(" OR ").join(wanted),
        )


def _add_orphans(cursor: CursorWrapper, entity: str, owner: str) -> None:
    run(
        cursor,
        ORPHANS,
        staged=f"staged_{entity}",
        link=f"{owner}_id",
        staged_owner=f"staged_{owner}",
        owner=owner,
    )


def _cut_entity(cursor: CursorWrapper, entity: str, looked: LookedThrough) -> int:
    """Cut what tells out of the texts of one table; how many rows lost something."""
    columns = [f.name for f in ENTITIES[entity].fields if f.kind in TEXTS and not f.choices]
    rows = _rows(cursor, entity, columns)
    _look_through(entity, columns, rows, looked)
    cut: dict[str, dict[UUID, str]] = {}
    for id_, written, given, *texts in rows:
        for column, text in _told(columns, texts):
            if not _is_told(entity, column, text, looked):
                continue
            if (left := what_is_left(column, text, looked.traces)) != text:
                cut.setdefault(column, {})[id_] = left
        if any(_is_told(entity, name, text, looked) for name, text in _odd(written)):
            cut.setdefault("written", {})[id_] = "{}"
        if given and looked(given):
            cut.setdefault("_given", {})[id_] = ""
    for column, texts_of in cut.items():
        _write(cursor, entity, column, texts_of)
    return len({id_ for texts_of in cut.values() for id_ in texts_of})


def _rows(cursor: CursorWrapper, entity: str, columns: list[str]) -> list[Row]:
    """What is told as it is stored was looked through when it was stored."""
    return ask(
        cursor,
        "SELECT s.id, s.written::text, s._given, {columns} FROM {staged} s LEFT JOIN {main} m ON m.id = s.id"
        " WHERE s.id IN (SELECT id FROM import_loose)"
        " AND (m.id IS NULL OR (s.written, {columns}) IS DISTINCT FROM (m.written, {stored}))",
        main=entity,
        stored=sql.SQL(", ").join(sql.SQL("m.{}").format(sql.Identifier(name)) for name in columns),
        columns=sql.SQL(", ").join(sql.SQL("s.{}").format(sql.Identifier(name)) for name in columns),
        staged=f"staged_{entity}",
    )


def _told(columns: list[str], texts: list[str]) -> list[tuple[str, str]]:
    return [(column, text) for column, text in zip(columns, texts, strict=True) if text]


def _odd(written: str) -> list[tuple[str, str]]:
    """What was written otherwise than as it was read."""
    return [(name, str(raw)) for name, raw in json.loads(written).items()] if written != "{}" else []


def _look_through(entity: str, columns: list[str], rows: list[Row], looked: LookedThrough) -> None:
    """Ask of every text once: most stand in many rows."""
    each = {pair for _, written, _, *texts in rows for pair in (*_told(columns, texts), *_odd(written))}
    wanted: set[str] = {given for _, _, given, *_ in rows if given}
    for column, text in each:
        _asked_of(entity, column, text, wanted.add)
    looked.look_through(wanted)


def _write(cursor: CursorWrapper, entity: str, column: str, texts_of: dict[UUID, str]) -> None:
    run(
        cursor,
        "UPDATE {staged} s SET {column} = u.text{cast} FROM unnest(%s::uuid[], %s::text[]) AS u(id, text)"
        " WHERE s.id = u.id",
        [list(texts_of), list(texts_of.values())],
        staged=f"staged_{entity}",
        column=column,
        cast=raw("::jsonb" if column == "written" else ""),
    )


def _is_told(entity: str, column: str, text: str, looked: LookedThrough) -> bool:
    if entity == "address" and column in OWN_STREET:
        return tells_beside(column, text, looked.in_street)
    return looked(text)


def _asked_of(entity: str, column: str, text: str, ask_of: Callable[[str], bool | None]) -> None:
    if entity == "address" and column in OWN_STREET:
        tells_beside(column, text, lambda part: bool(ask_of(part)))
    else:
        ask_of(text)
