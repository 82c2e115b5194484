"""Looks through staged texts for what leads to protected doors, and cuts out the sentences that tell."""

import json
from collections.abc import Callable, Sequence
from hashlib import sha256
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.cut_ties import cut_staged_ties
from directory.actions.cut_traces import OWN_STREET, says_nothing_without, tells_beside, what_is_left
from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of
from directory.actions.import_hsds_withholding import Hidden
from directory.actions.looked_through import LookedThrough
from directory.rules.door_traces import Traces
from directory.rules.hsds_shape import ENTITIES, Kind

Pair = tuple[str, str]
"""A column and a text in it."""
TEXTS = (Kind.TEXT, Kind.URI, Kind.NUMBER_TEXT)
MOST_SENT = 1024**2
"""Characters of texts that a statement is sent as they are."""
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
    if "attribute" in entities:
        cut_staged_ties(cursor, {None: looked.traces}, report)
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
    """Cut what tells out of the texts of one table; how many rows lost something.

    Every text is asked of once and cut wherever it stands: most stand in many rows.
    """
    told, odd = _told(cursor, entity, [*texts_of(entity), "_given"]), _odd(cursor, entity)
    _look_through(entity, [*told, *(pair for _, pairs in odd for pair in pairs)], looked)
    cut: dict[str, dict[str, str]] = {}
    for column, text in told:
        if _is_told(entity, column, text, looked) and (left := _left(entity, column, text, looked)) != text:
            cut.setdefault(column, {})[text] = left
    lost = {id_ for column, texts in cut.items() for id_ in _replace(cursor, entity, column, texts)}
    drop_void(cursor, entity, lost)
    emptied = [id_ for id_, pairs in odd if any(_is_told(entity, *pair, looked) for pair in pairs)]
    if emptied:
        run(
            cursor,
            "UPDATE {staged} SET written = '{{}}' WHERE id = ANY(%s)",
            [emptied],
            staged=f"staged_{entity}",
        )
    return len(lost.union(emptied))


def drop_void(cursor: CursorWrapper, entity: str, lost: set[UUID]) -> None:
    """Leave out what says nothing any more: a web address of which all was cut."""
    for column in says_nothing_without(entity) if lost else ():
        run(
            cursor,
            "DELETE FROM {staged} WHERE id = ANY(%s) AND {column} = ''",
            [sorted(lost)],
            staged=f"staged_{entity}",
            column=column,
        )


def texts_of(entity: str) -> list[str]:
    """The columns that may tell anything."""
    return [f.name for f in ENTITIES[entity].fields if f.kind in TEXTS and not f.choices]


def _left(entity: str, column: str, text: str, looked: LookedThrough) -> str:
    return "" if column == "_given" else what_is_left(entity, column, text, looked.traces)


def _told(cursor: CursorWrapper, entity: str, columns: list[str]) -> list[Pair]:
    """Each text by its column, once."""
    values = (
        sql.SQL("({}, s.{})").format(sql.Literal(number), sql.Identifier(column))
        for number, column in enumerate(columns)
    )
    rows = ask(
        cursor,
        "SELECT DISTINCT v.number, v.text FROM {staged} s {beside},"
        " LATERAL (VALUES {values}) AS v(number, text) WHERE v.text <> '' AND {is_new}",
        staged=f"staged_{entity}",
        values=sql.SQL(", ").join(values),
        **is_new(entity),
    )
    return [(columns[number], text) for number, text in rows]


def _odd(cursor: CursorWrapper, entity: str) -> list[tuple[UUID, list[Pair]]]:
    """What was written otherwise than as it was read, by the row where it stands."""
    rows = ask(
        cursor,
        "SELECT s.id, s.written::text FROM {staged} s {beside} WHERE s.written <> '{{}}' AND {is_new}",
        staged=f"staged_{entity}",
        **is_new(entity),
    )
    return [(id_, [(name, str(raw)) for name, raw in json.loads(written).items()]) for id_, written in rows]


def is_new(entity: str) -> dict[str, sql.Composable]:
    """What is told as it is stored was looked through when it was stored."""
    compared = ["written", *texts_of(entity)]
    theirs, ours = (sql.SQL(", ").join(sql.Identifier(row, name) for name in compared) for row in ("s", "m"))
    return {
        "beside": sql.SQL("LEFT JOIN {} m ON m.id = s.id").format(sql.Identifier(entity)),
        "is_new": sql.SQL(
            "s.id IN (SELECT id FROM import_loose) AND (m.id IS NULL OR ({}) IS DISTINCT FROM ({}))"
        ).format(theirs, ours),
    }


def _look_through(entity: str, pairs: list[Pair], looked: LookedThrough) -> None:
    """Ask of every text once, by several processes where there are many."""
    wanted: set[str] = set()
    for column, text in pairs:
        _asked_of(entity, column, text, wanted.add)
    looked.look_through(wanted)


def _replace(cursor: CursorWrapper, entity: str, column: str, texts: dict[str, str]) -> list[UUID]:
    """Put what is left in the place of these texts. The rows where they stood.

    Megabytes of texts that tell are known by their digests, and not sent back to where they came from.
    """
    stands: sql.Composable = sql.Identifier("t", column)
    keys = list(texts)
    if sum(map(len, texts)) > MOST_SENT:
        stands = sql.SQL("encode(sha256(convert_to({}, 'UTF8')), 'hex')").format(stands)
        keys = [sha256(text.encode()).hexdigest() for text in texts]
    rows = ask(
        cursor,
        "UPDATE {staged} t SET {column} = u.rest FROM unnest(%s::text[], %s::text[]) AS u(told, rest)"
        " WHERE {stands} = u.told"
        " AND t.id IN (SELECT s.id FROM {staged} s {beside} WHERE {is_new}) RETURNING t.id",
        [keys, list(texts.values())],
        staged=f"staged_{entity}",
        column=column,
        stands=stands,
        **is_new(entity),
    )
    return [id_ for (id_,) in rows]


def _is_told(entity: str, column: str, text: str, looked: LookedThrough) -> bool:
    if entity == "address" and column in OWN_STREET:
        return tells_beside(column, text, looked.in_street)
    return looked(text)


def _asked_of(entity: str, column: str, text: str, ask_of: Callable[[str], bool | None]) -> None:
    if entity == "address" and column in OWN_STREET:
        tells_beside(column, text, lambda part: bool(ask_of(part)))
    else:
        ask_of(text)
