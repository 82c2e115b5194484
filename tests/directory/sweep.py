"""Looking for planted values in every column of every table, as the owner of the database sees them."""

import struct
from collections.abc import Iterable

from django.db import connection

from tests.roles import role

# The catalogue of projections is PostGIS's own, and knows the Canary Islands.
TABLES = """
SELECT table_name FROM information_schema.tables
 WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'spatial_ref_sys' ORDER BY table_name
"""


MOMENT = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?"
"""A moment to the microsecond: its seconds can read like a latitude, and would be found one time in some thousands."""


def found_in_tables(planted: Iterable[str]) -> list[tuple[str, str]]:
    """(table, value) of each of the planted values that stands anywhere."""
    found: list[tuple[str, str]] = []
    words = list(planted)
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            # A row as text holds every column of it; bytes and geometry stand there in hexadecimal digits.
            cursor.execute(
                # Its name is no column's: a table's own would be compared with itself.
                f'SELECT planted_needle FROM unnest(%s::text[]) planted_needle WHERE EXISTS (SELECT FROM "{table}" t'
                " WHERE position(lower(planted_needle) IN lower(regexp_replace(t::text, %s, '', 'g'))) > 0)",
                [words, MOMENT],
            )
            found += [(table, word) for (word,) in cursor.fetchall()]
    return found


def as_bytes(number: float) -> str:
    """The digits under which geometry keeps a coordinate."""
    return struct.pack("<d", number).hex()
