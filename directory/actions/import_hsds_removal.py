"""Removing what a publisher's package no longer has: little at once unless told, never what was confirmed."""

from collections.abc import Sequence

from django.db import models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_services import BY_LINK
from directory.actions.import_hsds_tables import ask, model_of, run, table_of
from directory.actions.map_terms import MAPPED
from directory.rules.hsds_shape import ENTITIES

COUNTED = ("service", "organization")
"""Records of which no great part may go unnoticed."""

LEAST_PERCENT = 5.0


class RemovesTooMuch(Exception):
    """The package lacks so much that it may be a broken one; one sentence."""


def remove_missing(
    cursor: CursorWrapper,
    publisher: str,
    entities: Sequence[str],
    allowed: float,
    report: ImportReport,
) -> None:
    """Remove records of `entities` that aren't in staging. Raises RemovesTooMuch beyond `allowed` percent."""
    for entity in entities:
        _find_missing(cursor, publisher, entity)
    _keep_confirmed(cursor)
    _keep_belongings(cursor)
    for entity in ENTITIES:
        _spare(cursor, entity, report)
    for entity in COUNTED:
        _refuse_too_much(cursor, publisher, entity, allowed)
    _follow(cursor)
    _gather(cursor)
    for entity in reversed(ENTITIES):
        _delete(cursor, entity, report)


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


def _refuse_too_much(cursor: CursorWrapper, publisher: str, entity: str, allowed: float) -> None:
    (going,) = ask(cursor, "SELECT count(*) FROM import_gone WHERE entity = %s", [entity])[0]
    (stored,) = ask(
        cursor,
        "SELECT count(*) FROM {main} m WHERE publisher_id = %s"
        " AND NOT EXISTS (SELECT FROM {touched} t WHERE t.id = m.id AND t.is_new)",
        [publisher],
        main=entity,
        touched=f"touched_{entity}",
    )[0]
    if stored and going * 100 > allowed * stored:
        raise RemovesTooMuch(
            f"{going} of {stored} records of {entity} would go, {going * 100 / stored:.1f} %, and {allowed:g} % are"
            f" allowed: nothing was imported. If it is meant, add --allow-removing {going * 100 // stored + 1:.0f}."
        )


def _follow(cursor: CursorWrapper) -> None:
    """What belongs to a record that goes, goes too, unless the package has it."""
    for entity in ENTITIES:
        for ref in table_of(entity).owners:
            run(
                cursor,
                "INSERT INTO import_gone SELECT %s, m.id FROM {main} m WHERE m.{ref} IN (SELECT id FROM import_gone)"
                " AND NOT EXISTS (SELECT FROM {staged} s WHERE s.id = m.id)"
                " AND NOT EXISTS (SELECT FROM import_kept k WHERE k.id = m.id)"
                " AND NOT EXISTS (SELECT FROM import_gone g WHERE g.entity = %s AND g.id = m.id)",
                [entity, entity],
                main=entity,
                ref=ref.name,
                staged=f"staged_{entity}",
            )


def _gather(cursor: CursorWrapper) -> None:
    """The services whose listings lose something."""
    cursor.execute(
        "INSERT INTO import_service"
        " SELECT id FROM import_gone WHERE entity = 'service'"
        " UNION SELECT service_id FROM service_at_location WHERE id IN (SELECT id FROM import_gone)"
        " OR location_id IN (SELECT id FROM import_gone)"
        " UNION SELECT s.id FROM service s WHERE s.organization_id IN (SELECT id FROM import_gone)"
    )
    for entity in ENTITIES:
        links = {ref.name for ref in table_of(entity).owners} & {"service_id", "link_id"}
        for link in links:
            run(
                cursor,
                "INSERT INTO import_service SELECT m.{link} FROM {main} m JOIN import_gone g ON g.id = m.id"
                " WHERE g.entity = %s AND m.{link} IS NOT NULL",
                [entity],
                link=link,
                main=entity,
            )
        if entity not in ("service", "program", "location"):
            _gather_by_holder(cursor, entity)


def _gather_by_holder(cursor: CursorWrapper, entity: str) -> None:
    """Services of the organization or the place that loses one of these records."""
    links = {ref.name for ref in table_of(entity).owners} & {"organization_id", "location_id"}
    for link in links:
        ids = sql.SQL("SELECT m.{} FROM {} m JOIN import_gone g ON g.id = m.id AND g.entity = {}").format(
            sql.Identifier(link), sql.Identifier(entity), sql.Literal(entity)
        )
        way = sql.SQL(BY_LINK[link]).format(ids=ids)  # type: ignore[arg-type]
        run(cursor, "INSERT INTO import_service {found}", found=way)


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
