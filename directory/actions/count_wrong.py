"""One more visitor says that something is wrong here: a sum of the day goes up by one."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction

from directory.rules.said_wrong import WHAT

COUNT_SQL = """
INSERT INTO wrong_count (listing_id, "on", what, times) VALUES (%(listing_id)s, %(on)s, %(what)s, 1)
ON CONFLICT (listing_id, "on", what) DO UPDATE SET times = wrong_count.times + 1
"""


@transaction.atomic
def count_wrong(*, listing_id: UUID, what: str, on: date) -> None:
    """Add to the sum of day `on` (UTC). Without an audit row, as `count_help` and for its reasons (docs/adr/0034).

    Runs as the role of the desk; the door checked the listing. Raises ValueError for no word of the list.
    """
    if what not in WHAT:
        raise ValueError(f"nobody says that {what!r} is wrong")
    with connection.cursor() as cursor:
        cursor.execute(COUNT_SQL, {"listing_id": listing_id, "on": on, "what": what})
