"""Which services' listings and documents may read otherwise after records changed: one walk, made from HSDS's shape.

Every write that shows takes it: an import before and after it merges, a removal, an edit, the protecting of a place.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from psycopg import sql

from directory.finding.documents import ROOTS, seen_by_all
from directory.models.record import HsdsRecord
from directory.rules.hsds_shape import ENTITIES

TAGS = "link_id"
"""The link that may hold a record of any entity."""


# Most are tied to services: what is known to be one isn't looked for elsewhere.
TIED = """at_tied AS MATERIALIZED (
    SELECT DISTINCT r.link_id AS id FROM attribute r JOIN at_attribute a ON a.id = r.id WHERE r.link_id IS NOT NULL
)"""

TIED_TO_SERVICES = sql.SQL("SELECT id FROM at_tied t WHERE EXISTS (SELECT FROM service s WHERE s.id = t.id)")
TIED_TO_OTHERS = sql.SQL(
    "SELECT id FROM at_tied t WHERE NOT EXISTS (SELECT FROM service s WHERE s.id = t.id)"
)

# Whether one place of an organization is protected decides what all its services tell of it.
HIDING = """hiding AS MATERIALIZED (
    SELECT s.organization_id AS id FROM at_service a JOIN service s ON s.id = a.id
      JOIN service_at_location x ON x.service_id = s.id JOIN location l ON l.id = x.location_id AND l.is_protected
     UNION SELECT l.organization_id FROM location l JOIN {places} a ON a.id = l.id WHERE l.is_protected
)"""
FOUND = "SELECT id FROM at_service UNION SELECT s.id FROM service s WHERE s.organization_id IN (SELECT id FROM hiding)"


class Way(NamedTuple):
    """Records of `end` tell those of `start`, which hang on them by their own link or (`is_named`) are named by it."""

    start: str
    end: str
    link: str
    is_named: bool


def model_of(entity: str) -> type[HsdsRecord]:
    """The model of an HSDS entity, by the standard's own name for it. Raises LookupError for any other word."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord) and model._meta.db_table == entity:
            return model
    raise LookupError(entity)


def _is_told(entity: str) -> bool:
    """False for what nobody at large ever sees: people, history, money."""
    return any(seen_by_all(entity, "id"))


@cache
def _ways() -> tuple[Way, ...]:
    """Every step towards a service. A root's own document tells no other root, but services look after all of them."""
    found = []
    for holder in ENTITIES.values():
        for nesting in (*holder.many, *holder.one):
            is_named = nesting in holder.one
            is_apart = not is_named and {nesting.entity, holder.name} <= {*ROOTS} - {"service"}
            if (
                nesting.entity != "service"
                and not is_apart
                and all(map(_is_told, (nesting.entity, holder.name)))
            ):
                found.append(Way(nesting.entity, holder.name, nesting.by, is_named))
    return tuple(found)


@cache
def _order() -> tuple[str, ...]:
    """Entities in the order of the walk: each after those that lead to it."""
    leading: dict[str, set[str]] = {"service": set()}
    for way in _ways():
        leading.setdefault(way.end, set()).add(way.start)
    return tuple(TopologicalSorter(leading).static_order())


def _reached(starts: Iterable[str]) -> list[str]:
    """The entities that a walk from `starts` comes by, in order."""
    found = {entity for entity in starts if entity in _order()}
    for entity in _order():
        if any(way.end == entity and way.start in found for way in _ways()):
            found.add(entity)
    return [entity for entity in _order() if entity in found]


def _step(way: Way, others_than: str) -> sql.Composable:
    """SQL for the ids of `way.end`. `others_than`: a publisher whose own services are known to be concerned anyway."""
    if way.link == TAGS:
        return TIED_TO_SERVICES if way.end == "service" else TIED_TO_OTHERS
    if not way.is_named:
        text = "SELECT r.{link} FROM {start} r WHERE r.id IN (SELECT id FROM {at_start}) AND r.{link} IS NOT NULL"
    else:
        text = "SELECT r.id FROM {end} r WHERE r.{link} IN (SELECT id FROM {at_start})"
    is_words = way.end in ("taxonomy_term", "taxonomy")
    if way.is_named and others_than and not is_words:
        text += " AND r.publisher_id <> {others_than}"
    return sql.SQL(text).format(  # type: ignore[arg-type]
        link=sql.Identifier(way.link),
        start=sql.Identifier(way.start),
        end=sql.Identifier(way.end),
        at_start=sql.Identifier(f"at_{way.start}"),
        others_than=sql.Literal(others_than),
    )


def _at(
    entity: str, reached: list[str], seeds: Mapping[str, sql.Composable], others_than: str
) -> sql.Composable:
    """SQL for all records of an entity that changed or tell of one that did."""
    ways = [way for way in _ways() if way.end == entity and way.start in reached]
    parts = [seeds[entity]] if entity in seeds else []
    parts += [_step(way, others_than) for way in ways]
    return sql.SQL("{} (id) AS MATERIALIZED ({})").format(
        sql.Identifier(f"at_{entity}"), sql.SQL(" UNION ").join(parts)
    )


def _parts(seeds: Mapping[str, sql.Composable], others_than: str) -> Iterator[sql.Composable]:
    reached = _reached(seeds)
    for entity in reached:
        yield _at(entity, reached, seeds, others_than)
        if entity == "attribute":
            yield sql.SQL(TIED)
    places = "at_location" if "location" in reached else "at_service"
    yield sql.SQL(HIDING).format(places=sql.Identifier(places))


def concerned_sql(seeds: Mapping[str, sql.Composable], others_than: str = "") -> sql.Composable | None:
    """One SELECT of the ids of all services that tell something of the records whose ids `seeds` selects, by entity.

    None where nobody would tell anything of such records. With `others_than` the services of that publisher are left
    out as far as they are only reached by naming a record.
    """
    told = {entity: ids for entity, ids in seeds.items() if entity in _order()}
    if "service" not in _reached(told):
        return None
    walk = sql.SQL(", ").join(_parts(told, others_than))
    return sql.SQL("WITH {walk} {found}").format(walk=walk, found=sql.SQL(FOUND))


def concerned_by(changed: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """Ids of the services whose listings or documents tell something of these records (entity, id). One statement."""
    given: dict[str, list[str]] = {}
    for entity, id_ in changed:
        given.setdefault(entity, []).append(str(id_))
    seeds = {entity: sql.SQL("SELECT unnest({}::uuid[])").format(ids) for entity, ids in given.items()}
    statement = concerned_sql(seeds)
    if statement is None:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(statement)  # type: ignore[arg-type]  # psycopg's own composed statement
        return {id_ for (id_,) in cursor.fetchall()}


def services_concerned(entity: str, ids: Iterable[UUID]) -> set[UUID]:
    """As `concerned_by`, of records of one entity."""
    return concerned_by((entity, id_) for id_ in ids)
