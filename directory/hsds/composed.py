"""Composing public records into the views that HSDS asks for, from single documents, by the shape of the standard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from directory.hsds.composed_rows import Row, Wanted, fetch, moment
from directory.rules.hsds_shape import ENTITIES, IN_LISTS, LEFT_OUT, Field, Kind
from safety.tiers import may_see
from safety.viewer import Tier

ROWED = frozenset(
    {"service", "organization", "location", "service_at_location", "program", "taxonomy", "taxonomy_term"}
)
"""Entities that have documents of their own; everything else stands inside the document that holds it."""

# Told by the read model itself: when the public record last became another.
OWN_MOMENT = "service.last_modified"
# References that no JSON key nests.
_UNNESTED = frozenset({"parent_organization_id", "parent_id"})


@dataclass(frozen=True, slots=True)
class Link:
    """A key of a record under which other records are nested: one, or all whose column `by` names the holder."""

    key: str
    entity: str
    by: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class View:
    """What nests where, by entity, and which entities are told by their plain fields alone."""

    links: dict[str, tuple[Link, ...]]
    plain: frozenset[str] = frozenset()


def is_public(entity: str, name: str) -> bool:
    """True if open data may hold this field ("organization_id" is asked as "organization")."""
    full = f"{entity}.{name.removesuffix('_id')}" if name != "tax_id" else f"{entity}.{name}"
    return full == OWN_MOMENT or may_see(full, Tier.PUBLIC, is_protected=False)


def public_fields(entity: str) -> tuple[Field, ...]:
    """The plain fields of an entity that open data may hold, in the standard's order."""
    plain = (f for f in ENTITIES[entity].fields if f.kind is not Kind.REF or f.name in _UNNESTED)
    return tuple(f for f in plain if is_public(entity, f.name))


def links_of(entity: str) -> tuple[Link, ...]:
    """Every key of the standard under which a record with a document of its own may stand."""
    shape = ENTITIES[entity]
    many = (Link(m.key, m.entity, m.by, is_list=True) for m in shape.many if m.entity in ROWED)
    one = (Link(o.key, o.entity, o.by, is_list=False) for o in shape.one if o.entity in ROWED)
    return (*one, *many)


def _links(allowed: Iterable[str]) -> dict[str, tuple[Link, ...]]:
    names = frozenset(allowed)
    return {e: tuple(link for link in links_of(e) if f"{e}.{link.key}" in names) for e in ROWED}


def list_view(root: str) -> View:
    """Records of a list: plain fields, and what IN_LISTS nests."""
    return View(_links(IN_LISTS[root]), plain=ROWED)


def full_view(root: str) -> View:
    """One record with everything that hangs on it, except for what would lead back (LEFT_OUT)."""
    every = {f"{entity}.{link.key}" for entity in ROWED for link in links_of(entity)}
    return View(_links(every - LEFT_OUT[root]))


def organization_view() -> View:
    """An organization with everything but the insides of its services, which are told plainly."""
    whole = full_view("organization")
    return View(whole.links | {"service": ()}, plain=frozenset({"service"}))


@dataclass(slots=True)
class _Gathered:
    """Records by id, and by the record that holds them."""

    view: View
    rows: dict[tuple[str, UUID], Row] = field(default_factory=dict)
    held: dict[tuple[str, str, UUID], dict[UUID, Row]] = field(default_factory=dict)
    told: dict[tuple[str, UUID], dict[str, Any]] = field(default_factory=dict)

    def gather(self, roots: Sequence[Row]) -> None:
        """Read level by level, each by one statement, until nothing more is named."""
        level = list(roots)
        while level:
            level = self._read(self._wanted(level))

    def _wanted(self, level: Sequence[Row]) -> list[Wanted]:
        ids: dict[tuple[str, str], set[UUID]] = {}
        for row in level:
            for link in self.view.links[row.entity]:
                named = row.id if link.is_list else row.names(link.by)
                if named is not None:
                    ids.setdefault((link.entity, link.by if link.is_list else "id"), set()).add(named)
        return [Wanted(entity, by, sorted(found)) for (entity, by), found in sorted(ids.items())]

    def _read(self, wanted: list[Wanted]) -> list[Row]:
        found = fetch(wanted)
        columns = {(w.entity, w.by) for w in wanted if w.by != "id"}
        for row in found:
            for by in (by for entity, by in columns if entity == row.entity):
                holder = row.names(by)
                if holder is not None:
                    self.held.setdefault((row.entity, by, holder), {})[row.id] = row
        new = {(row.entity, row.id): row for row in found if (row.entity, row.id) not in self.rows}
        self.rows |= new
        return list(new.values())

    def tell(self, row: Row) -> dict[str, Any]:
        """The record as JSON; one that hangs on many is put together once and shared."""
        known = self.told.get((row.entity, row.id))
        if known is None:
            known = self.told[row.entity, row.id] = (
                plain(row) if row.entity in self.view.plain else whole(row)
            )
            for link in self.view.links[row.entity]:
                nested = self._many(row, link) if link.is_list else self._one(row, link)
                if nested:
                    known[link.key] = nested
        return known

    def _one(self, row: Row, link: Link) -> dict[str, Any] | None:
        named = row.names(link.by)
        target = self.rows.get((link.entity, named)) if named else None
        return self.tell(target) if target else None

    def _many(self, row: Row, link: Link) -> list[dict[str, Any]]:
        return [self.tell(child) for child in self.held.get((link.entity, link.by, row.id), {}).values()]


def whole(row: Row) -> dict[str, Any]:
    """Everything of the record's own document."""
    more = {"last_modified": moment(row.modified_at)} if row.entity == "service" else {}
    return row.document | more


def plain(row: Row) -> dict[str, Any]:
    """The record's plain fields."""
    known = whole(row)
    return {f.name: known[f.name] for f in public_fields(row.entity) if f.name in known}


def compose(roots: Sequence[Row], view: View) -> list[dict[str, Any]]:
    """The records as `view` wants them, by at most three statements however many they are.

    Records that are named but not public are left out. Do not change what is returned: parts of it are shared.
    """
    gathered = _Gathered(view)
    gathered.gather(roots)
    return [gathered.tell(row) for row in roots]
