"""Links of other publishers to records that come only now: nobody hangs anything on a stranger's record by being first.

Such a link was dangling. It is named anew, as the record that its own publisher may still bring under that id
(`derived_id`), and so dangles again.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import OTHERS, SHARED, ask, owners_in, run, table_of, that_have
from directory.rules.hsds_package import derived_id
from directory.rules.hsds_shape import ENTITIES, Field

LOCK = 7305
"""One import at a time between looking for others' records and committing its own: else two would miss each other."""


def pass_one_by_one(cursor: CursorWrapper) -> None:
    """Wait for every other import that is past its reading."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def set_aside_staged(cursor: CursorWrapper, publisher: str, entities: Collection[str]) -> int:
    """Before the merge, and once it is known what is new: how many links of others lead nowhere again."""
    own = [entity for entity in entities if entity not in SHARED]
    new = set(that_have(cursor, "SELECT FROM {touched} WHERE is_new", own))
    links = {entity: links for entity in ENTITIES if (links := _links_to(entity, new))}
    return sum(
        _set_aside_ref(cursor, publisher, entity, ref, target)
        for entity in that_have(cursor, OTHERS, links, {"publisher": publisher})
        for ref, target in links[entity]
    )


def _links_to(entity: str, targets: set[str]) -> list[tuple[Field, str]]:
    return [
        (ref, target) for ref in table_of(entity).owners for target in owners_in(ref) if target in targets
    ]


def _set_aside_ref(cursor: CursorWrapper, publisher: str, entity: str, ref: Field, target: str) -> int:
    rows = ask(
        cursor,
        "SELECT DISTINCT m.publisher_id, m.{ref} FROM {main} m JOIN {touched} t ON t.id = m.{ref} AND t.is_new"
        " WHERE m.publisher_id <> %s",
        [publisher],
        main=entity,
        ref=ref.name,
        touched=f"touched_{target}",
    )
    return _rename(cursor, entity, ref, target, rows) if rows else 0


def _rename(cursor: CursorWrapper, entity: str, ref: Field, target: str, rows: list[tuple[str, UUID]]) -> int:
    ids = [derived_id(owner, target, str(given)) for owner, given in rows]
    return run(
        cursor,
        "UPDATE {main} m SET {ref} = g.id FROM unnest(%s::text[], %s::uuid[], %s::uuid[]) AS g(owner, given, id)"
        " WHERE m.{ref} = g.given AND m.publisher_id = g.owner",
        [[owner for owner, _ in rows], [given for _, given in rows], ids],
        main=entity,
        ref=ref.name,
    )


def set_aside(cursor: CursorWrapper, publisher: str, added: dict[str, Collection[UUID]]) -> int:
    """The same for records that no package brought: ids by entity, a moment before they are written."""
    count = 0
    for entity in ENTITIES:
        for ref in table_of(entity).owners:
            for target in owners_in(ref):
                ids = sorted(added.get(target, ())) if target not in SHARED else []
                rows = _named_by_others(cursor, publisher, entity, ref, ids) if ids else []
                count += _rename(cursor, entity, ref, target, rows) if rows else 0
    return count


def _named_by_others(
    cursor: CursorWrapper, publisher: str, entity: str, ref: Field, ids: list[UUID]
) -> list[tuple[str, UUID]]:
    return ask(
        cursor,
        "SELECT DISTINCT publisher_id, {ref} FROM {main} WHERE {ref} = ANY(%s) AND publisher_id <> %s",
        [ids, publisher],
        main=entity,
        ref=ref.name,
    )
