"""The order in which a package tells its records: it is stored, and is no change of what they say."""

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import run, table_of

# A row that is new on top moves all others down, and none of them among its like. Those that come to stand before
# or after another one than until now are shown so: their listings are told anew, as those of changed rows are.
REORDERED = """
INSERT INTO {touched} (id, file, is_new)
SELECT id, file, false FROM (
    SELECT id, file, row_number() OVER (ORDER BY was, id) AS stood, row_number() OVER (ORDER BY becomes, id) AS stands
      FROM (SELECT m.id, COALESCE(s._file, 0) AS file, m.position AS was, COALESCE(s.position, m.position) AS becomes
              FROM {main} m LEFT JOIN {staged} s ON s.id = m.id
             WHERE m.publisher_id = %s AND m.id NOT IN (SELECT id FROM {touched})) kept) ranked
 WHERE stood <> stands
"""
SHIFT = (
    "UPDATE {main} m SET position = s.position FROM {staged} s"
    " WHERE m.id = s.id AND m.position <> s.position AND m.publisher_id = %s"
)


def store_order(cursor: CursorWrapper, publisher: str, entity: str) -> int:
    """Once what is new or changed is written. How many of the others stand in another order; they count as touched."""
    table = table_of(entity)
    parts = {"main": entity, "staged": table.staged, "touched": table.touched}
    reordered = run(cursor, REORDERED, [publisher], **parts)
    run(cursor, SHIFT, [publisher], **parts)
    return reordered
