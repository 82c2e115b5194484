"""The SQL that tells HSDS records as open data, made from the standard's shape and from the table of tiers.

PostgreSQL puts the documents together, a batch a statement: a hundred thousand services would take Python minutes.
What it says of a value is what `directory.rules.hsds_values.tell_json` says of the same column.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from directory.finding.numbers_told import withheld_sql
from directory.rules.hsds_formats import flag_of
from directory.rules.hsds_shape import ENTITIES, Entity, Field, Kind, Many, One
from safety.tiers import may_see
from safety.viewer import Tier

ROOTS = ("service", "organization", "location", "service_at_location", "program", "taxonomy", "taxonomy_term")
"""Entities whose records have documents of their own, composed when read."""

KEPT_REFS = frozenset({"parent_organization_id", "parent_id"})
"""The only ids of other records that stand in a document: no key nests what they name."""

DEGREES = frozenset({"latitude", "longitude"})
OF_CLOCKS = frozenset({"valid_from", "valid_to", "dtstart", "until", "opens_at", "closes_at"})
"""Fields of a schedule that may end in an offset from UTC, which tells in which part of its area a place lies."""
OFFSET = "(Z|[+-][0-9]{2}:?[0-9]{2})$"
TIMED = "[0-9]:[0-9]{2}"
NUMBER = r"^[ \t\n\r\f\v]*[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})[ \t\n\r\f\v]*$"
"""Text that is a number to PostgreSQL, which takes fewer blanks around one than its \\s matches.

Exponents and digits by the hundred are no extension, year, count or offset.
"""


Without = frozenset[str]


class Seen(NamedTuple):
    """Whether everybody sees something of an open place, and of a protected one."""

    open: bool
    protected: bool

    def shown(self, value: str, hides: str) -> str:
        """SQL for `value` where it may be seen, else NULL; `hides` is SQL for "it belongs to a protected place"."""
        if self.open == self.protected:
            return value if self.open else "NULL"
        return f"CASE WHEN {'NOT ' if self.open else ''}{hides} THEN {value} END"


NAMES_IN_TABLE = {("taxonomy_term", "taxonomy_id"): "taxonomy_detail"}


def seen_by_all(entity: str, field: str) -> Seen:
    """What the table of tiers says to everybody; links bear Relais's names there."""
    is_link = ENTITIES[entity].field(field) in ENTITIES[entity].refs and field not in (
        "link_id",
        "resource_id",
    )
    name = NAMES_IN_TABLE.get((entity, field), field.removesuffix("_id") if is_link else field)
    return Seen(*(may_see(f"{entity}.{name}", Tier.PUBLIC, is_protected=hides) for hides in (False, True)))


def _quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _by_no_clock(column: str, hides: str) -> str:
    """SQL for a day or time without its offset from UTC where a protected place is behind it."""
    bare = f"regexp_replace({column}, {_quoted(OFFSET)}, '')"
    return f"CASE WHEN {hides} AND {column} ~ {_quoted(TIMED)} THEN {bare} ELSE {column} END"


def _told(field: Field, alias: str, column: str) -> str:
    """SQL for `,"name":value`, NULL where there is nothing to tell. `column` is SQL for the value."""
    key = f',"{field.name}":'
    if field.kind is Kind.NUMBER:
        return f"{_quoted(key)} || {column if field.name in DEGREES else f'trim_scale({column})'}"
    if field.kind is Kind.NUMBER_TEXT:
        number = f"trim_scale(({column})::numeric)"
        return f"CASE WHEN {column} ~ {_quoted(NUMBER)} THEN {_quoted(key)} || {number} END"
    if field.kind not in (Kind.TEXT, Kind.URI):
        return f"{_quoted(key + chr(34))} || {column} || {_quoted(chr(34))}"
    if field.required:
        return f"{_quoted(key)} || to_json(coalesce({column}, ''))::text"
    fit = f"{column} <> ''{_fit(field, alias)}"
    return f"CASE WHEN {fit} THEN {_quoted(key)} || to_json({column})::text END"


def _fit(field: Field, alias: str) -> str:
    """SQL to add where the schema demands a format: what isn't of it was flagged when it came, and is left out."""
    return f" AND NOT {alias}.flags @> ARRAY[{_quoted(flag)}]" if (flag := flag_of(field)) else ""


def _plain(entity: Entity, alias: str, hides: str, instead: Mapping[str, str]) -> list[str]:
    """The plain fields that anybody may see, without the id and what is told otherwise."""
    told = []
    for field in entity.fields[1:]:
        if field.name in instead:
            continue
        seen = seen_by_all(entity.name, field.name)
        is_told = field.kind is not Kind.REF or field.name in KEPT_REFS
        if is_told and any(seen):
            column = f"{alias}.{field.name}"
            if entity.name == "schedule" and field.name in OF_CLOCKS:
                column = _by_no_clock(column, hides)
            told.append(seen.shown(_told(field, alias, column), hides))
    return told


def field_sql(entity: str, name: str, alias: str, hides: str) -> str:
    """SQL for `,"name":value` of one plain field, as far as anybody may see it."""
    field = next(field for field in ENTITIES[entity].fields if field.name == name)
    return seen_by_all(entity, name).shown(_told(field, alias, f"{alias}.{name}"), hides)


def _is_public(entity: str) -> Seen:
    return seen_by_all(entity, "id")


def _no_private_links(entity: Entity, alias: str) -> str:
    """A record that hangs on one that nobody may see is not shown either (a person's own line), nor one whose
    required address is none."""
    private = [f.name for f in entity.refs if not any(seen_by_all(entity.name, f.name))]
    unfit = "".join(_fit(field, alias) for field in entity.fields if field.required)
    return "".join(f" AND {alias}.{name} IS NULL" for name in private) + unfit


def _for_workers(entity: Entity, alias: str, hides: str) -> str:
    """A number of a protected place that tells its town is not shown where there is another."""
    return f" AND NOT {withheld_sql(alias, hides)}" if entity.name == "phone" else ""


def list_sql(nesting: Many, holder: str, alias: str, hides: str, without: Without) -> str:
    """SQL for `,"key":[...]` with the records that hang on `holder`, in their order; NULL if there are none."""
    child = ENTITIES[nesting.entity]
    closed = _no_private_links(child, alias) + _for_workers(child, alias, hides)
    rows = (
        f"SELECT string_agg({object_sql(child, alias, hides, without)}, ',' ORDER BY {alias}.position, {alias}.id)"  # noqa: S608
        f" FROM {child.name} {alias} WHERE {alias}.{nesting.by} = {holder}.id{closed}"
    )
    key = f',"{nesting.key}":['
    return f"{_quoted(key)} || ({rows}) || ']'"


def _one(nesting: One, holder: str, alias: str, hides: str, without: Without) -> str:
    named = ENTITIES[nesting.entity]
    row = f"SELECT {object_sql(named, alias, hides, without)} FROM {named.name} {alias}"  # noqa: S608
    key = f',"{nesting.key}":'
    return f"{_quoted(key)} || ({row} WHERE {alias}.id = {holder}.{nesting.by})"


def _nested(entity: Entity, alias: str, hides: str, without: Without, *, is_root: bool) -> dict[str, str]:
    """By key, what hangs on a record. What a root holds and is a root itself is composed when read."""
    told = {}
    below = f"c{int(alias[1:] or 0) + 1}"
    for nesting in (*entity.many, *entity.one):
        seen = _is_public(nesting.entity)
        is_composed = is_root and nesting.entity in ROOTS
        if is_composed or not any(seen) or f"{entity.name}.{nesting.key}" in without:
            continue
        make = list_sql if isinstance(nesting, Many) else _one
        told[nesting.key] = seen.shown(make(nesting, alias, below, hides, without), hides)
    return told


def object_sql(
    entity: Entity,
    alias: str,
    hides: str,
    without: Without = frozenset(),
    *,
    is_root: bool = False,
    instead: Mapping[str, str] | None = None,
) -> str:
    """SQL for the text of a JSON object: the id, and each other pair that there is, a comma in front of it.

    `hides` is SQL for "it belongs to a protected place"; `without` names nestings ("entity.key") that are not
    looked for; `instead` gives other SQL (`,"key":value` or NULL) for a key. Empty values and lists are left out,
    required texts told as "".
    """
    nested = _nested(entity, alias, hides, without, is_root=is_root) | dict(instead or {})
    parts = [*_plain(entity, alias, hides, instead or {}), *nested.values()]
    told = ", ".join((_quoted('{"id":"'), f"{alias}.id", _quoted('"'), *parts, _quoted("}")))
    return f"concat({told})"


def term_sql(alias: str) -> str:
    """SQL for the text of a taxonomy term with its taxonomy, as attributes nest it."""
    return object_sql(ENTITIES["taxonomy_term"], alias, "false")


def tie_sql(alias: str, term: str, hides: str) -> str:
    """SQL for the text of an attribute; `term` is SQL for the text of its term, NULL if there is none."""
    instead = {"taxonomy_term": f"',\"taxonomy_term\":' || {term}"}
    return object_sql(ENTITIES["attribute"], alias, hides, instead=instead)


def nested_under_roots() -> Iterator[tuple[Entity, Many]]:
    """Every list that a document may hold at any depth, with the entity that holds it."""
    found: dict[str, tuple[Entity, Many]] = {}

    def look(entity: Entity, *, is_root: bool) -> None:
        for nesting in entity.many:
            if (is_root and nesting.entity in ROOTS) or not any(_is_public(nesting.entity)):
                continue
            found[f"{entity.name}.{nesting.key}"] = entity, nesting
            look(ENTITIES[nesting.entity], is_root=False)

    for root in ROOTS:
        look(ENTITIES[root], is_root=True)
    yield from found.values()


def empty_lists_sql() -> str:
    """A statement that names the lists ("entity.key") that no record at all would fill: nobody need look for them."""
    roots = " ".join(
        f"AND NOT EXISTS (SELECT FROM {root} o WHERE o.id = a.link_id)"
        for root in ("service", "organization", "location")
    )
    odd = f"SELECT DISTINCT link_id FROM attribute a WHERE link_id IS NOT NULL {roots}"  # noqa: S608
    each = []
    for entity, nesting in nested_under_roots():
        filled = f"SELECT FROM {nesting.entity} c WHERE c.{nesting.by} IS NOT NULL"
        if nesting.entity == "attribute":
            filled = f"SELECT FROM odd JOIN {entity.name} o ON o.id = odd.link_id"
        each.append(f"SELECT '{entity.name}.{nesting.key}' WHERE NOT EXISTS ({filled})")
    return f"WITH odd AS MATERIALIZED ({odd}) {' UNION ALL '.join(each)}"
