"""How records lie in their tables, told by the models: columns, links and what a new row has beside HSDS's fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.models.record import HsdsRecord
from directory.rules.hsds_shape import ENTITIES, Field
from directory.rules.hsds_values import WITHHELD

SHARED = frozenset({"taxonomy", "taxonomy_term", "unit"})
"""Records that anybody's records may name: words, not facts about somebody."""


OTHERS = "SELECT FROM {main} WHERE publisher_id <> %(publisher)s"
"""What another publisher has of an entity: for `that_have`."""


@dataclass(frozen=True, slots=True)
class Table:
    """One entity: `columns` are those of HSDS that an import fills, `rest` what a new row has beside them."""

    entity: str
    columns: tuple[str, ...]
    refs: tuple[Field, ...]
    owners: tuple[Field, ...]
    rest: dict[str, Any]

    @property
    def staged(self) -> str:
        """Where its rows wait."""
        return f"staged_{self.entity}"

    @property
    def touched(self) -> str:
        """Where the ids of new and changed rows are kept."""
        return f"touched_{self.entity}"


@cache
def model_of(entity: str) -> type[HsdsRecord]:
    """The model whose table bears the entity's name."""
    found = (m for m in apps.get_app_config("directory").get_models() if m._meta.db_table == entity)
    model = next(found)
    assert issubclass(model, HsdsRecord)  # the shape and the models name the same entities
    return model


def _default(field: "models.Field[Any, Any]") -> Any:
    value = field.get_default()
    return getattr(value, "value", value)


@cache
def table_of(entity: str) -> Table:
    """The table of an entity."""
    shape, own = ENTITIES[entity], {"id", "publisher_id", "position", "given_id", "written", "flags"}
    stored = {field.column: field for field in model_of(entity)._meta.concrete_fields}
    columns = tuple(f.name for f in shape.fields if f.name != "id" and f.name not in WITHHELD)
    rest = {n: _default(f) for n, f in stored.items() if n not in own and n not in columns}
    owners = tuple(f for f in shape.refs if _goes_with(stored[f.name]))
    return Table(entity, columns, shape.refs, owners, {n: v for n, v in rest.items() if v is not None})


def _goes_with(column: "models.Field[Any, Any]") -> bool:
    """True where a record goes when the one that it names goes (or is refused)."""
    remote = column.remote_field
    return remote is None or remote.on_delete is models.CASCADE


def owners_in(field: Field) -> tuple[str, ...]:
    """The entities that a link may lead to."""
    return (
        (field.target,) if field.target else tuple(e for e in ENTITIES if e not in ("attribute", "metadata"))
    )


Part = str | sql.Composable | Sequence[str]


def _part(part: Part) -> sql.Composable:
    if isinstance(part, str):
        return sql.Identifier(part)
    if isinstance(part, sql.Composable):
        return part
    return sql.SQL(", ").join(map(sql.Identifier, part))


def _listed(value: Any) -> Any:
    """Ids by the thousand as one text: psycopg would look at each."""
    if isinstance(value, list) and value and isinstance(value[0], UUID):
        return f"{{{','.join([id_.hex for id_ in value])}}}"
    return value


def run(cursor: CursorWrapper, text: str, params: Iterable[Any] | None = None, /, **parts: Part) -> int:
    """Execute `text` with names put in: a word is an identifier, several are a list. Returns how many rows."""
    statement = sql.SQL(text).format(**{name: _part(part) for name, part in parts.items()})  # type: ignore[arg-type]
    values = (
        {n: _listed(v) for n, v in params.items()}
        if isinstance(params, Mapping)
        else list(map(_listed, params or ()))
    )
    cursor.execute(statement, values)  # type: ignore[arg-type]  # psycopg's own composed statement
    return int(cursor.rowcount)


def ask(cursor: CursorWrapper, text: str, params: Iterable[Any] | None = None, /, **parts: Part) -> list[Any]:
    """Like `run`, but returns the rows."""
    run(cursor, text, params, **parts)
    return list(cursor.fetchall())


def of_each(text: str, entities: Iterable[str]) -> sql.Composed:
    """`text` for each entity, as one statement: `{entity}` is its name as a value, the others its tables."""
    parts = [
        sql.SQL(text).format(  # type: ignore[arg-type]
            entity=sql.Literal(entity),
            main=sql.Identifier(entity),
            staged=sql.Identifier(f"staged_{entity}"),
            touched=sql.Identifier(f"touched_{entity}"),
        )
        for entity in entities
    ]
    return sql.SQL(" UNION ALL ").join(parts)


def that_have(
    cursor: CursorWrapper, having: str, entities: Iterable[str], facts: Mapping[str, object] | None = None
) -> list[str]:
    """Those entities, in their order, for which `having` (see of_each) is true: asked in one statement."""
    told = list(entities)
    if not told:
        return []
    each = of_each(f"SELECT {{entity}} WHERE EXISTS ({having})", told)
    found = {entity for (entity,) in ask(cursor, "{each}", facts, each=each)}
    return [entity for entity in told if entity in found]
