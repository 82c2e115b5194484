"""Deep pages without a long walk: every 500th id of a collection, kept in memory for as long as it stays as it is."""

from datetime import datetime
from threading import Lock
from uuid import UUID

from django.db import connections
from django.db.models import Max

from directory.hsds.composed_rows import documents, page_ids
from safety.db import public_database

STEP = 500
MARKS_SQL = """
SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM hsds_document WHERE entity = %s) walked
 WHERE place %% %s = 0 ORDER BY id
"""
State = tuple[str, int, datetime | None]

_kept: dict[State, list[UUID]] = {}
_lock = Lock()


def _state(entity: str, total: int) -> State:
    """Another one after each change: one that adds or alters has its moment, one that takes away alters the total."""
    last = documents(entity).order_by().aggregate(last=Max("modified_at"))["last"]
    return public_database() + entity, total, last


def _marks(entity: str, total: int) -> list[UUID]:
    """Ids number STEP, 2 STEP, ... in the order of pages."""
    state = _state(entity, total)
    with _lock:
        if state in _kept:
            return _kept[state]
    with connections[public_database()].cursor() as cursor:
        cursor.execute(MARKS_SQL, [entity, STEP])
        found = [id_ for (id_,) in cursor.fetchall()]
    with _lock:
        for old in [kept for kept in _kept if kept[0] == state[0]]:
            del _kept[old]
        _kept[state] = found
    return found


def marked_ids(entity: str, total: int, start: int, size: int) -> list[UUID]:
    """Ids `start` to `start + size` of all records of an entity, from the mark before them."""
    number = start // STEP
    if number == 0 or start >= total:
        return page_ids(documents(entity), total, start, size)
    marks = _marks(entity, total)
    if number > len(marks):
        return page_ids(documents(entity), total, start, size)
    after = documents(entity).filter(id__gt=marks[number - 1]).values_list("id", flat=True)
    return list(after[start - number * STEP : start - number * STEP + size])
