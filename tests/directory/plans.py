"""Many listings in a moment, and the plan of a search over them."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.finding.answer import answer
from directory.rules.query import Reading
from tests.roles import role

# Copies of what is there, strewn over the country; every fortieth keeps its languages.
STREW = """
INSERT INTO listing (id, service_id, organization_id, point, has_exact_point, reach, province, zone, tags, words,
                     is_demo, tie)
SELECT id, id, id, ST_SetSRID(ST_MakePoint(-125 + 70 * x, 43 + 17 * y), 4326)::geography, true, 'place', 'ON',
       'America/Toronto', CASE WHEN number %% 40 = 0 THEN tags ELSE tags[1:1] END, '', false, number
  FROM (SELECT gen_random_uuid() AS id, number, (number * 7919 %% 1000) / 1000.0 AS x,
               (number * 104729 %% 1000) / 1000.0 AS y, l.tags
          FROM generate_series(1, %s) number, (SELECT tags FROM listing LIMIT 1) l) made
"""


def strew(number: int) -> None:
    """Add so many listings."""
    with role("relais_owner"), connection.cursor() as cursor:
        cursor.execute(STREW, [number])


def plan_of(reading: Reading) -> str:
    """How the database would find the page of a search."""
    assert reading.faults == ()
    with role("relais_public"), CaptureQueriesContext(connection) as caught:
        answer(reading, "en", datetime.now(UTC))
    page = next(q["sql"] for q in caught.captured_queries if "shown AS" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {page}")
        return "\n".join(row[0] for row in cursor.fetchall())
