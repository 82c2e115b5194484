"""Taking one nested JSON item of HSDS apart into its records; the nesting tells who belongs to whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from directory.rules.hsds_package import Broken, Records, canonical
from directory.rules.hsds_shape import ENTITIES, Kind, Many
from directory.rules.hsds_values import Unusable, written_form

DEEPEST = 12
"""Levels of nesting; the standard's own views need fewer."""

# The kind of an item by what only that kind has, the surest first.
_SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("service", frozenset({"status"})),
    ("location", frozenset({"location_type"})),
    ("taxonomy_term", frozenset({"taxonomy_detail", "parent_id", "code", "term_uri", "taxonomy_id"})),
    ("service_at_location", frozenset({"service", "location", "service_id", "location_id"})),
    (
        "organization",
        frozenset(
            {"website", "services", "tax_id", "tax_status", "legal_status", "year_incorporated", "logo"}
            | {"parent_organization_id", "organization_identifiers", "programs", "locations", "email"}
            | {"additional_websites", "funding", "contacts"}
        ),
    ),
    ("taxonomy", frozenset({"version"})),
)


def kind_of(item: Mapping[str, object]) -> str:
    """The entity of a JSON item, told by its keys; "" where they say nothing."""
    for entity, signs in _SIGNS:
        if signs & item.keys():
            return entity
    if "name" not in item:
        return ""
    if {"taxonomy", "language"} & item.keys():
        return "taxonomy_term"
    return "taxonomy" if item.keys() <= {"id", "name", "description", "uri", "metadata"} else "organization"


class ItemError(Exception):
    """An item that can't be taken apart: the reason, with the path of the place."""


@dataclass(slots=True)
class _Found:
    """One record of an item: where it stood first, and what is known of it."""

    entity: str
    path: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Taken:
    """What an item says, keys that HSDS doesn't have ("service.extra"), and those that hold a word for records."""

    records: Records
    unknown: tuple[str, ...] = ()
    wordy: tuple[str, ...] = ()


def take_apart(entity: str, item: Mapping[str, object]) -> Taken | Broken:
    """The records of an `entity` item; one that occurs several times is one. Broken where two tell it differently."""
    walk = _Walk()
    try:
        walk.into(entity, item, {}, "", 0)
    except ItemError as fault:
        return Broken(str(fault), tuple(ids_in(entity, item)))
    records: Records = [
        (found.entity, found.path, [found.values.get(f.name) for f in ENTITIES[found.entity].fields])
        for found in walk.found.values()
    ]
    return Taken(records, tuple(walk.unknown), tuple(walk.wordy))


class _Walk:
    def __init__(self) -> None:
        self.found: dict[tuple[str, str], _Found] = {}
        self.unknown: dict[str, None] = {}
        self.wordy: dict[str, None] = {}

    def into(
        self, entity: str, item: Mapping[str, object], refs: Mapping[str, object], path: str, depth: int
    ) -> str:
        """Take `item` apart; returns its id. `refs` say whose it is."""
        if depth > DEEPEST:
            raise ItemError(f"{path}: nested more than {DEEPEST} levels deep")
        given = _id_of(item, path)
        found = self.found.setdefault((entity, canonical(given) or given), _Found(entity, path))
        self._own_fields(found, item, path)
        for name, value in refs.items():
            _say(found, name, value, path, is_nesting=True)
        for one in ENTITIES[entity].one:
            part = item.get(one.key)
            if isinstance(part, list) and part:
                raise ItemError(f"{_at(path, one.key)}: an object belongs here, not a list")
            if isinstance(part, dict) and part:
                named = self.into(one.entity, part, {}, _at(path, one.key), depth + 1)
                _say(found, one.by, named, path, is_nesting=True)
        for many in ENTITIES[entity].many:
            self._children(many, item.get(many.key), given, path, depth)
        return given

    def _own_fields(self, found: _Found, item: Mapping[str, object], path: str) -> None:
        """The plain fields of a record; keys that are none of HSDS's are noted."""
        shape = ENTITIES[found.entity]
        nested = {one.key for one in shape.one} | {many.key for many in shape.many}
        for name, value in item.items():
            if name in nested and (value in (None, "") or isinstance(value, list | dict)):
                continue
            if shape.field(name) is None:
                told = self.wordy if name in nested else self.unknown
                told.setdefault(f"{found.entity}.{name}")
            else:
                _say(found, name, value, path)

    def _children(self, many: Many, value: object, given: str, path: str, depth: int) -> None:
        if isinstance(value, dict) and value:
            raise ItemError(f"{_at(path, many.key)}: a list belongs here, not an object")
        for number, part in enumerate(value if isinstance(value, list) else ()):
            where = _at(path, f"{many.key}[{number}]")
            if not isinstance(part, dict):
                raise ItemError(f"{where}: an object belongs here")
            self.into(many.entity, part, {many.by: given}, where, depth + 1)


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _id_of(item: Mapping[str, object], path: str) -> str:
    given = item.get("id")
    if not isinstance(given, str | int) or isinstance(given, bool) or not str(given).strip():
        raise ItemError(f"{path or 'the item'}: id is missing")
    return str(given).strip()


def _say(found: _Found, name: str, value: object, path: str, *, is_nesting: bool = False) -> None:
    """Keep what is said of a field. Raises ItemError where another place of the item says otherwise."""
    try:
        text = written_form(value)
    except Unusable as fault:
        raise ItemError(f"{_at(path, name)}: {fault}") from None
    if name == "id":
        found.values.setdefault("id", text.strip())
        return
    if not text:
        return
    known = found.values.get(name)
    if known in (None, ""):
        found.values[name] = text
    elif known != text:
        shape = ENTITIES[found.entity].field(name)
        if is_nesting and shape is not None and shape.kind is Kind.REF and not shape.target:
            # Who holds it counts, whatever the item says itself.
            found.values[name] = text
            return
        raise ItemError(
            f"{path or 'the item'}: {found.entity} {found.values['id']} is told twice, with another {name}"
        )


def ids_in(entity: str, item: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(entity, given id) of all that an item holds, as far as it can be told."""
    if not isinstance(item, dict) or depth > DEEPEST:
        return
    if isinstance(given := item.get("id"), str) and given.strip():
        yield entity, given.strip()
    shape = ENTITIES[entity]
    for one in shape.one:
        yield from ids_in(one.entity, item.get(one.key), depth + 1)
    for many in shape.many:
        value = item.get(many.key)
        for part in value if isinstance(value, list) else ():
            yield from ids_in(many.entity, part, depth + 1)
