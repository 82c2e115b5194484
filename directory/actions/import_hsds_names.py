"""Cuts the names of protected places and of their small communities out of staged texts, each owner's its own.

As `cut_names` does with what is stored: a village is nobody else's secret. `import_loose` says whose a record is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.cut_ties import cut_staged_ties
from directory.actions.cut_traces import asked_of, what_is_left
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.import_hsds_telling import LEADING, drop_void, is_new, texts_of
from directory.actions.keep_names import kept_names, public_names, town_namer
from directory.actions.keep_traces import PlaceTrace, traces_key
from directory.models.location import Location
from directory.rules.door_traces import Traces, tells
from directory.rules.hsds_shape import ENTITIES
from directory.rules.text import fold
from directory.rules.told_names import Names, house_keys, to_keep

OWNERS = (
    "WITH tied AS (SELECT service_id, location_id FROM staged_service_at_location WHERE location_id = ANY(%(places)s)"
    " UNION SELECT service_id, location_id FROM service_at_location WHERE location_id = ANY(%(places)s)"
    " UNION SELECT * FROM unnest(%(lost_services)s::uuid[], %(lost_places)s::uuid[]))"
    " SELECT COALESCE(s.organization_id, s.id), t.location_id FROM tied t JOIN staged_service s ON s.id = t.service_id"
    " UNION SELECT COALESCE(s.organization_id, s.id), t.location_id FROM tied t JOIN service s ON s.id = t.service_id"
    " UNION SELECT organization_id, id FROM staged_location WHERE id = ANY(%(places)s) AND organization_id IS NOT NULL"
    " UNION SELECT organization_id, id FROM location WHERE id = ANY(%(places)s) AND organization_id IS NOT NULL"
)
STAGED_NAMES = (
    "SELECT id, name FROM staged_organization WHERE id = ANY(%(owners)s)"
    " UNION SELECT organization_id, name FROM staged_program WHERE organization_id = ANY(%(owners)s)"
    " UNION SELECT COALESCE(organization_id, id), name FROM staged_service"
    "  WHERE organization_id = ANY(%(owners)s) OR (organization_id IS NULL AND id = ANY(%(owners)s))"
)
# Whose a record is, as stored and as this package tells it; an owner stands as its number.
WHOSE = "INSERT INTO import_loose (id, line) SELECT * FROM unnest(%s::uuid[], %s::bigint[])"
RUN = (
    "INSERT INTO import_loose (id, line) SELECT s.id, o.line FROM staged_service s"
    " JOIN import_loose o ON o.id = s.organization_id"
    " UNION SELECT s.id, o.line FROM service s JOIN import_loose o ON o.id = s.organization_id"
)
PLACES = (
    "INSERT INTO import_loose (id, line) WITH tied AS ("
    " SELECT x.id, x.location_id, r.line FROM staged_service_at_location x JOIN import_loose r ON r.id = x.service_id"
    " UNION SELECT x.id, x.location_id, r.line FROM service_at_location x JOIN import_loose r ON r.id = x.service_id),"
    " met AS (SELECT location_id AS id, line FROM tied WHERE location_id IS NOT NULL"
    " UNION SELECT l.id, o.line FROM staged_location l JOIN import_loose o ON o.id = l.organization_id"
    " UNION SELECT l.id, o.line FROM location l JOIN import_loose o ON o.id = l.organization_id)"
    " SELECT id, line FROM tied UNION SELECT id, line FROM met"
)
HANGING = (
    "INSERT INTO import_loose (id, line) SELECT x.id, o.line FROM {table} x JOIN import_loose o ON o.id = x.{link}"
    " EXCEPT SELECT id, line FROM import_loose"
)
TEXTS = (
    "SELECT DISTINCT o.line, v.number, v.text FROM {staged} s JOIN import_loose o ON o.id = s.id {beside},"
    " LATERAL (VALUES {values}) AS v(number, text) WHERE v.text <> '' AND {is_new}"
)
WRITTEN = (
    "SELECT s.id, o.line, s.written::text FROM {staged} s JOIN import_loose o ON o.id = s.id {beside}"
    " WHERE s.written <> '{{}}' AND {is_new}"
)
CUT = (
    "UPDATE {staged} t SET {column} = u.rest FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS u(line, told, rest)"
    " JOIN import_loose o ON o.line = u.line WHERE o.id = t.id AND t.{column} = u.told RETURNING t.id"
)


@dataclass(frozen=True)
class Called:
    """Keys (`rules/told_names.py`) of what one place and its small community are called."""

    towns: frozenset[str] = frozenset()
    houses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NamedPlaces:
    """What a package tells of the names of protected places. `ties` are those of refused rows: (service, place)."""

    called: Mapping[UUID, Called]
    ties: Sequence[tuple[UUID, UUID]] = field(default=())

    @cached_property
    def kept(self) -> list[PlaceTrace]:
        """The digests to keep of them."""
        key = traces_key() if self.called else b""
        return [
            PlaceTrace(place, *trace)
            for place, called in sorted(self.called.items())
            for trace in sorted(to_keep(key, called.towns, called.houses))
        ]

    def by_owner(self, cursor: CursorWrapper) -> dict[UUID, Names]:
        """What to look for in the texts of whoever runs them, as told here and as kept."""
        stored = kept_names(self.called)
        places = [place for place, one in self.called.items() if one.towns or one.houses or place in stored]
        if not places:
            return {}
        ties = {"lost_services": [s for s, _ in self.ties], "lost_places": [p for _, p in self.ties]}
        cursor.execute(OWNERS, {"places": places, **ties})
        owners: dict[UUID, set[UUID]] = {}
        for owner, place in cursor.fetchall():
            owners.setdefault(owner, set()).add(place)
        own, key = _public_names(cursor, owners), traces_key()
        told = set(places)
        return {
            owner: self._names(here & told, stored, own.get(owner, frozenset()), key)
            for owner, here in owners.items()
            if here & told
        }

    def _names(
        self,
        places: Iterable[UUID],
        stored: Mapping[UUID, frozenset[tuple[str, bytes]]],
        own: frozenset[str],
        key: bytes,
    ) -> Names:
        names = Names(own=own, key=key)
        for place in places:
            called = self.called[place]
            names = names.joined(Names(called.towns, called.houses, kept=stored.get(place, frozenset())))
        return names.in_clear()


def called(
    names: Mapping[UUID, Sequence[str]],
    cities: Mapping[UUID, Sequence[str]],
    towns: Mapping[UUID, int | None],
) -> dict[UUID, Called]:
    """What places are called, by what a package tells: their own names, cities as written, ids of communities."""
    namer = town_namer(filter(None, towns.values()))
    agreed = set(
        Location.objects.filter(pk__in=list(towns), area__is_by_agreement=True).values_list("pk", flat=True)
    )
    return {
        place: Called(
            frozenset() if place in agreed else namer(town, cities.get(place, ())),
            house_keys(names.get(place, ())),
        )
        for place, town in towns.items()
    }


def _public_names(cursor: CursorWrapper, owners: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """As stored, and as this package tells them."""
    wanted = list(owners)
    found = public_names(wanted)
    cursor.execute(STAGED_NAMES, {"owners": wanted})
    for owner, name in cursor.fetchall():
        found[owner] = found.get(owner, frozenset()) | ({folded} if (folded := fold(name or "")) else set())
    return found


def cut_staged_names(
    cursor: CursorWrapper, named: NamedPlaces, entities: Sequence[str], report: ImportReport
) -> None:
    """Cut the sentences that tell a name out of what the owners of these places say, and names of areas whole."""
    names = named.by_owner(cursor)
    owners = sorted(owner for owner, one in names.items() if one)
    if not owners:
        return
    run(cursor, WHOSE, [owners, list(range(len(owners)))])
    run(cursor, RUN)
    run(cursor, PLACES)
    for entity in ENTITIES:
        if entity in entities or entity in LEADING:
            _add_hanging(cursor, entity)
    traces = [Traces(names=names[owner]).in_own_texts() for owner in owners]
    for entity in entities:
        report.withheld[entity] += _cut_entity(cursor, entity, traces)
    if "attribute" in entities:
        cut_staged_ties(cursor, dict(enumerate(traces)), report)
    run(cursor, "DELETE FROM import_loose")


def _add_hanging(cursor: CursorWrapper, entity: str) -> None:
    for ref in table_of(entity).owners:
        if ref.name not in ("taxonomy_term_id", "taxonomy_id"):
            for table in (f"staged_{entity}", *([entity] if entity in LEADING else [])):
                run(cursor, HANGING, table=table, link=ref.name)


def _cut_entity(cursor: CursorWrapper, entity: str, traces: Sequence[Traces]) -> int:
    """Cut what tells out of the texts of one table; how many rows lost something."""
    columns = texts_of(entity)
    values = sql.SQL(", ").join(
        sql.SQL("({}, s.{})").format(sql.Literal(number), sql.Identifier(column))
        for number, column in enumerate(columns)
    )
    staged = f"staged_{entity}"
    rows = ask(cursor, TEXTS, staged=staged, values=values, **is_new(entity))
    odd = ask(cursor, WRITTEN, staged=staged, **is_new(entity))
    cut: dict[str, list[tuple[int, str, str]]] = {}
    for line, number, text in rows:
        left = what_is_left(entity, columns[number], text, traces[line])
        if left != text:
            cut.setdefault(columns[number], []).append((line, text, left))
    lost: set[UUID] = set()
    for column, texts in cut.items():
        found = ask(
            cursor, CUT, [list(part) for part in zip(*texts, strict=True)], staged=staged, column=column
        )
        lost |= {id_ for (id_,) in found}
    drop_void(cursor, entity, lost)
    emptied = {id_ for id_, line, written in odd if _is_told(entity, written, traces[line])}
    if emptied:
        run(
            cursor,
            "UPDATE {staged} SET written = '{{}}' WHERE id = ANY(%s)",
            [sorted(emptied)],
            staged=staged,
        )
    return len(lost | emptied)


def _is_told(entity: str, written: str, traces: Traces) -> bool:
    return any(tells(str(raw), asked_of(entity, name, traces)) for name, raw in json.loads(written).items())
