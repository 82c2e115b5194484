"""One more answer to "Did this help?": a sum of the day goes up by one."""

from datetime import date
from uuid import UUID

from django.db import connection, transaction

COUNT_SQL = """
INSERT INTO help_count (listing_id, "on", yes, no) VALUES (%(listing_id)s, %(on)s, %(yes)s, %(no)s)
ON CONFLICT (listing_id, "on") DO UPDATE
   SET yes = help_count.yes + EXCLUDED.yes, no = help_count.no + EXCLUDED.no
"""


@transaction.atomic
def count_help(*, listing_id: UUID, helped: bool, on: date) -> None:
    """Add a yes or a no to the sums of day `on` (UTC). Runs as the role of the desk; the door checked the listing.

    The one action without an audit row: it would keep the moment of every answer for ever, which the sum of a day
    leaves out on purpose, and would let strangers lengthen the trail at will (docs/adr/0034).
    """
    told = {"listing_id": listing_id, "on": on, "yes": int(helped), "no": int(not helped)}
    with connection.cursor() as cursor:
        cursor.execute(COUNT_SQL, told)
