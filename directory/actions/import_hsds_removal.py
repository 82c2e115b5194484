"""Removing what a publisher's package no longer has: little at once unless told, never what was confirmed.

Only entities that the package knows are looked at: those of CSV files with a header that can be read, rows or none,
and in JSON those of which any item tells a record, since an item that has no phones may be an item told in short.
"""

from collections.abc import Collection, Sequence
from math import ceil

from django.db import models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_services import gather_of_gone
from directory.actions.import_hsds_tables import SHARED, ask, model_of, run, table_of
from directory.actions.map_terms import MAPPED
from directory.rules.hsds_shape import ENTITIES

STRICT = ("service", "organization")
"""Records of which even one may be too great a part: with each goes all that belongs to it, uncounted."""

LEAST_PERCENT = 5.0
FEW = 5
"""Records of any other entity that may go, whatever part of it they are: else a small feed could never change."""


# While a new number waits for a call-back, the old ones stay (promise 26).
WHILE_OTHERS_WAIT = """
INSERT INTO import_kept SELECT 'phone', p.id FROM phone p JOIN import_gone g ON g.id = p.id AND g.entity = 'phone'
  LEFT JOIN service_at_location x ON x.id = p.service_at_location_id
  LEFT JOIN service s ON s.id = coalesce(p.service_id, x.service_id)
  JOIN proposed_change w ON w.state = 'held' AND w.hold = 'call'
   AND w.organization_id = coalesce(s.organization_id, p.organization_id) AND (w.service_id = s.id
       OR w.service_id IS NULL AND p.organization_id = w.organization_id)
"""


class RemovesTooMuch(Exception):
    """The package lacks so much that it may be a broken one; one sentence."""


def remove_missing(
    cursor: CursorWrapper,
    publisher: str,
    entities: Sequence[str],
    allowed: float,
    report: ImportReport,
) -> None:
    """Remove records of `entities` that aren't in staging. Raises RemovesTooMuch beyond `allowed` percent of any."""
    for entity in entities:
        _find_missing(cursor, publisher, entity)
    _keep_confirmed(cursor)
    _keep_belongings(cursor)
    for entity in ENTITIES:
        _spare(cursor, entity, report)
    _follow(cursor, publisher)
    _refuse_too_much(cursor, publisher, allowed)
    gather_of_gone(cursor, [e for (e,) in ask(cursor, "SELECT DISTINCT entity FROM import_gone")])
    for entity in reversed(ENTITIES):
        _delete(cursor, entity, report)


def tell_unknown(
    cursor: CursorWrapper, publisher: str, known: Collection[str], files: Sequence[str], report: ImportReport
) -> None:
    """Note which entities the package doesn't know though the publisher has records of them here: those stay."""
    is_tabular = any(name.lower().endswith(".csv") for name in files)
    for entity in (name for name in ENTITIES if name not in known):
        stored = "SELECT EXISTS (SELECT FROM {main} WHERE publisher_id = %s AND given_id <> %s)"
        if not ask(cursor, stored, [publisher, MAPPED], main=entity)[0][0]:
            continue
        file = ENTITIES[entity].file
        reason = f"the package has no {file}" if is_tabular else "the package tells of none"
        if file in {name.lower() for name in files}:
            reason = f"{file} has no header that can be read"
        what = f"more of {entity} than went with others" if report.removed[entity] else f"of {entity}"
        report.notes.append(f"nothing {what} was removed: {reason}")


def _find_missing(cursor: CursorWrapper, publisher: str, entity: str) -> None:
    """What isn't in the package; what was refused in it, or hangs on that, is there."""
    run(
        cursor,
        "INSERT INTO import_gone SELECT %s, m.id FROM {main} m WHERE m.publisher_id = %s AND m.given_id <> %s"
        " AND NOT EXISTS (SELECT FROM {staged} s WHERE s.id = m.id)"
        " AND NOT EXISTS (SELECT FROM import_refused r WHERE r.entity = %s AND r.id = m.id)",
        [entity, publisher, MAPPED, entity],
        main=entity,
        staged=f"staged_{entity}",
    )
    for ref in table_of(entity).owners:
        run(
            cursor,
            "DELETE FROM import_gone g USING {main} m WHERE g.entity = %s AND m.id = g.id"
            " AND m.{ref} IN (SELECT id FROM import_refused)",
            [entity],
            main=entity,
            ref=ref.name,
        )


def _keep_confirmed(cursor: CursorWrapper) -> None:
    """What a person at the organization confirmed, and what others hold on to, stays."""
    cursor.execute(
        "INSERT INTO import_kept SELECT g.entity, g.id FROM import_gone g WHERE EXISTS (SELECT FROM field_source f"
        " WHERE f.entity = g.entity AND f.record_id = g.id AND f.confirmed_on IS NOT NULL)"
    )
    cursor.execute(
        "INSERT INTO import_kept SELECT 'service', s.id FROM service s JOIN import_gone g ON g.id = s.id"
        " WHERE g.entity = 'service' AND s.assured_date IS NOT NULL"
    )
    cursor.execute(
        "INSERT INTO import_kept SELECT 'location', l.id FROM location l JOIN import_gone g ON g.id = l.id"
        " WHERE g.entity = 'location' AND l.is_protected"
    )
    cursor.execute(WHILE_OTHERS_WAIT)
    for entity in ENTITIES:
        for table, column in _holding(entity):
            run(
                cursor,
                "INSERT INTO import_kept SELECT %s, g.id FROM import_gone g WHERE g.entity = %s"
                " AND g.id IN (SELECT {column} FROM {table})",
                [entity, entity],
                column=column,
                table=table,
            )


def _constrained(entity: str) -> list[models.ForeignObjectRel]:
    """Links to an entity that the database itself holds: those between HSDS records are free."""
    related = model_of(entity)._meta.get_fields(include_hidden=True)
    return [r for r in related if isinstance(r, models.ManyToOneRel) and r.field.db_constraint]


def _holding(entity: str) -> list[tuple[str, str]]:
    """(table, column) of links that forbid removing what they name."""
    held = [r for r in _constrained(entity) if r.on_delete is not models.CASCADE]
    return [(r.related_model._meta.db_table, r.field.column) for r in held]


def _keep_belongings(cursor: CursorWrapper) -> None:
    """With a kept record stays whatever belongs to it, and whatever it belongs to."""
    for entity in ENTITIES:
        for ref in table_of(entity).owners:
            run(
                cursor,
                "INSERT INTO import_kept SELECT %s, g.id FROM import_gone g JOIN {main} m ON m.id = g.id"
                " WHERE g.entity = %s AND m.{ref} IN (SELECT id FROM import_kept)",
                [entity, entity],
                main=entity,
                ref=ref.name,
            )
    for entity in reversed(ENTITIES):
        for ref in table_of(entity).owners:
            run(
                cursor,
                "INSERT INTO import_kept SELECT g.entity, g.id FROM import_gone g WHERE g.id IN"
                " (SELECT m.{ref} FROM {main} m JOIN import_kept k ON k.id = m.id WHERE k.entity = %s)",
                [entity],
                main=entity,
                ref=ref.name,
            )


def _spare(cursor: CursorWrapper, entity: str, report: ImportReport) -> None:
    report.left[entity] += run(
        cursor,
        "DELETE FROM import_gone WHERE entity = %s AND id IN (SELECT id FROM import_kept WHERE entity = %s)",
        [entity, entity],
    )


def _refuse_too_much(cursor: CursorWrapper, publisher: str, allowed: float) -> None:
    """Each entity by itself: a package may lack half of one file and nothing of the others."""
    _note_belongings(cursor)
    parts = [(entity, *_going(cursor, publisher, entity)) for entity in ENTITIES]
    much = [part for part in parts if _is_too_much(*part, allowed)]
    if not much:
        return
    told = ", ".join(
        f"{going} of {stored} records of {entity} would go, {going * 100 / stored:.1f} %"
        for entity, going, stored in much
    )
    most = max(ceil(going * 100 / stored) for _, going, stored in much)
    raise RemovesTooMuch(
        f"{told}, and {allowed:g} % are allowed: nothing was imported."
        f" If it is meant, add --allow-removing {most}."
    )


def _is_too_much(entity: str, going: int, stored: int, allowed: float) -> bool:
    few = FEW if allowed and entity not in STRICT else 0
    return going > few and going * 100 > allowed * stored


def _note_belongings(cursor: CursorWrapper) -> None:
    """Into `import_loose`: services and organizations that go, and all that belongs to them, step by step."""
    cursor.execute(
        "INSERT INTO import_loose (id) SELECT id FROM import_gone WHERE entity = ANY(%s)", [list(STRICT)]
    )
    for entity in ENTITIES:
        for ref in table_of(entity).owners:
            run(
                cursor,
                "INSERT INTO import_loose (id) SELECT g.id FROM import_gone g JOIN {main} m ON m.id = g.id"
                " WHERE g.entity = %s AND m.{ref} IN (SELECT id FROM import_loose)",
                [entity],
                main=entity,
                ref=ref.name,
            )


def _going(cursor: CursorWrapper, publisher: str, entity: str) -> tuple[int, int]:
    """How many records go that belong to none that is counted itself, and how many were here before this import."""
    (going,) = ask(
        cursor,
        "SELECT count(*) FROM import_gone g JOIN {main} m ON m.id = g.id WHERE g.entity = %s"
        " AND m.publisher_id = %s AND m.given_id <> %s"
        " AND (g.entity = ANY(%s) OR NOT EXISTS (SELECT FROM import_loose l WHERE l.id = g.id))",
        [entity, publisher, MAPPED, list(STRICT)],
        main=entity,
    )[0]
    if not going:
        return 0, 0
    (stored,) = ask(
        cursor,
        "SELECT count(*) FROM {main} m WHERE publisher_id = %s AND given_id <> %s"
        " AND NOT EXISTS (SELECT FROM {touched} t WHERE t.id = m.id AND t.is_new)",
        [publisher, MAPPED],
        main=entity,
        touched=f"touched_{entity}",
    )[0]
    return going, stored


def _follow(cursor: CursorWrapper, publisher: str) -> None:
    """What belongs to a record that goes, goes too, unless the package has it. Others' records keep our words' ids."""
    for entity in ENTITIES:
        for ref in table_of(entity).owners:
            own = sql.SQL(" AND m.publisher_id = {}").format(sql.Literal(publisher))
            run(
                cursor,
                "INSERT INTO import_gone SELECT %s, m.id FROM {main} m WHERE m.{ref} IN (SELECT id FROM import_gone)"
                " AND NOT EXISTS (SELECT FROM {staged} s WHERE s.id = m.id)"
                " AND NOT EXISTS (SELECT FROM import_kept k WHERE k.id = m.id)"
                " AND NOT EXISTS (SELECT FROM import_gone g WHERE g.entity = %s AND g.id = m.id){own}",
                [entity, entity],
                main=entity,
                ref=ref.name,
                staged=f"staged_{entity}",
                own=own if ref.target in SHARED else sql.SQL(""),
            )


def _delete(cursor: CursorWrapper, entity: str, report: ImportReport) -> None:
    for related in _constrained(entity):
        if related.on_delete is models.CASCADE:
            run(
                cursor,
                "DELETE FROM {table} WHERE {column} IN (SELECT id FROM import_gone WHERE entity = %s)",
                [entity],
                table=related.related_model._meta.db_table,
                column=related.field.column,
            )
    report.removed[entity] += run(
        cursor,
        "DELETE FROM {main} WHERE id IN (SELECT id FROM import_gone WHERE entity = %s)",
        [entity],
        main=entity,
    )
