"""Looks through staged texts for what leads to protected doors, and cuts out the sentences that tell."""

import json
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.cut_traces import NAMELESS
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.import_hsds_withholding import Hidden, raw
from directory.rules.door_traces import Traces, tells, without
from directory.rules.hsds_shape import ENTITIES, Kind

TEXTS = (Kind.TEXT, Kind.URI, Kind.NUMBER_TEXT)


def cut_staged(
    cursor: CursorWrapper, found: Hidden, traces: Traces, entities: Sequence[str], report: ImportReport
) -> None:
    """Cut the sentences that tell out of all that these organizations and services say."""
    if not traces:
        return
    texts = [entity for entity in entities if entity not in ("location", "address")]
    around = [*found.places, *found.sites, *found.services, *found.organizations]
    run(cursor, "INSERT INTO import_loose (id) SELECT unnest(%s::uuid[])", [around])
    run(
        cursor,
        "INSERT INTO import_loose (id) SELECT id FROM staged_service WHERE organization_id = ANY(%s)",
        [found.organizations],
    )
    # In their order: a phone may hang on a contact, and a language on that phone.
    for entity in texts:
        _add_around(cursor, entity)
    tells_door = _once(traces)
    for entity in texts:
        report.withheld[entity] += _cut_entity(cursor, entity, traces, tells_door)
    run(cursor, "DELETE FROM import_loose")


def _once(traces: Traces) -> Callable[[str], bool]:
    """Whether a text tells, found out once for each text: most stand in many rows."""
    known: dict[str, bool] = {}

    def tells_door(text: str) -> bool:
        if text not in known:
            known[text] = tells(text, traces)
        return known[text]

    return tells_door


def _add_around(cursor: CursorWrapper, entity: str) -> None:
    """Add to `import_loose`, free for this by now, what hangs on anything there."""
    links = [
        ref.name for ref in table_of(entity).owners if ref.name not in ("taxonomy_term_id", "taxonomy_id")
    ]
    if links:
        wanted = [
            sql.SQL("{} IN (SELECT id FROM import_loose)").format(sql.Identifier(name)) for name in links
        ]
        run(
            cursor,
            "INSERT INTO import_loose (id) SELECT id FROM {staged} WHERE ({wanted})"
            " AND id NOT IN (SELECT id FROM import_loose)",
            staged=f"staged_{entity}",
            wanted=sql.SQL(" OR ").join(wanted),
        )


def _cut_entity(cursor: CursorWrapper, entity: str, traces: Traces, tells_door: Callable[[str], bool]) -> int:
    """What is told as it is stored was looked through when it was stored."""
    columns = [f.name for f in ENTITIES[entity].fields if f.kind in TEXTS and not f.choices]
    rows = ask(
        cursor,
        "SELECT s.id, s.written::text, {columns} FROM {staged} s LEFT JOIN {main} m ON m.id = s.id"
        " WHERE s.id IN (SELECT id FROM import_loose)"
        " AND (m.id IS NULL OR (s.written, {columns}) IS DISTINCT FROM (m.written, {stored}))",
        main=entity,
        stored=sql.SQL(", ").join(sql.SQL("m.{}").format(sql.Identifier(name)) for name in columns),
        columns=sql.SQL(", ").join(sql.SQL("s.{}").format(sql.Identifier(name)) for name in columns),
        staged=f"staged_{entity}",
    )
    cut: dict[str, dict[UUID, str]] = {}
    for id_, written, *texts in rows:
        for column, text in zip(columns, texts, strict=True):
            if text and tells_door(text):
                cut.setdefault(column, {})[id_] = without(text, traces) or (
                    NAMELESS if column == "name" else ""
                )
        if written != "{}" and any(tells_door(str(raw)) for raw in json.loads(written).values()):
            cut.setdefault("written", {})[id_] = "{}"
    for column, texts_of in cut.items():
        run(
            cursor,
            "UPDATE {staged} s SET {column} = u.text{cast} FROM unnest(%s::uuid[], %s::text[]) AS u(id, text)"
            " WHERE s.id = u.id",
            [list(texts_of), list(texts_of.values())],
            staged=f"staged_{entity}",
            column=column,
            cast=raw("::jsonb" if column == "written" else ""),
        )
    return len({id_ for texts_of in cut.values() for id_ in texts_of})
