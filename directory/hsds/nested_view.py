"""A view of HSDS's JSON: which keys nest under a root, and in which order records must be fetched for it."""

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter

from directory.rules.hsds_shape import ENTITIES, IN_LISTS, LEFT_OUT, Many, One


@dataclass(frozen=True, slots=True)
class View:
    """A root as an item with all that nests in it, or as it stands in the pages of a list."""

    root: str
    in_list: bool = False

    def nests(self, entity: str, key: str) -> bool:
        """True if the key of that entity is filled in this view."""
        name = f"{entity}.{key}"
        if self.in_list and self.root in IN_LISTS:
            return name in IN_LISTS[self.root]
        return name not in LEFT_OUT[self.root]

    def many(self, entity: str) -> tuple[Many, ...]:
        """The lists that nest in the entity."""
        return tuple(key for key in ENTITIES[entity].many if self.nests(entity, key.key))

    def one(self, entity: str) -> tuple[One, ...]:
        """The single records that nest in the entity."""
        return tuple(key for key in ENTITIES[entity].one if self.nests(entity, key.key))


@dataclass(frozen=True, slots=True)
class Step:
    """One statement: `entity` as holders name it (`named`: holder, REF) or as it names them (`naming`)."""

    entity: str
    named: tuple[tuple[str, str], ...]
    naming: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def steps(view: View) -> tuple[Step, ...]:
    """What to fetch after the root, each entity once and after all that hold it. Raises CycleError if it can't be."""
    holders = _holders(view)
    order = TopologicalSorter(holders).static_order()
    return tuple(_step(view, entity, holders[entity]) for entity in order if entity != view.root)


def _holders(view: View) -> dict[str, set[str]]:
    """Every entity within reach of the root, with the entities that hold it."""
    found: dict[str, set[str]] = {view.root: set()}
    waiting = [view.root]
    while waiting:
        holder = waiting.pop()
        for key in (*view.many(holder), *view.one(holder)):
            if key.entity not in found:
                waiting.append(key.entity)
            found.setdefault(key.entity, set()).add(holder)
    return found


def _step(view: View, entity: str, holders: set[str]) -> Step:
    named: list[tuple[str, str]] = []
    naming: dict[str, list[str]] = {}
    for holder in sorted(holders):
        named += [(holder, key.by) for key in view.one(holder) if key.entity == entity]
        for key in view.many(holder):
            if key.entity == entity:
                naming.setdefault(key.by, []).append(holder)
    return Step(entity, tuple(named), tuple((by, tuple(names)) for by, names in naming.items()))
