"""Looks through what may be found for listings that may be one, and asks stewards about the likeliest."""

from uuid import UUID

from django.db import connection, transaction

from directory.finding.bound import fetched
from directory.models.same_service import Likeness, SameService, Verdict
from directory.rules.likely_twins import NEAR_NAME, SWITCHBOARD, Alike, may_be_one, strength
from safety import audit
from safety.viewer import VISITOR

MOST_WAITING = 300
"""Pairs of this kind that wait at once: more would only hide each other."""

MOST_FOUND = 20_000
MOST_IN_BLOCK = 60
"""So many services of one square of the map whose names have a word in common say that the word is common."""

SQUARE = 0.2
"""Degrees that a square of the map is wide: two sets of squares, half a square apart, part few neighbours."""

# Never all with all: those that share a number, and those of one square whose names begin a word alike. What agrees is
# measured of those alone. Demonstration is compared with demonstration, and what only vetted organizations find with
# its like: a public listing that rested behind one of those would be gone for everybody.
ALIKE_SQL = r"""
WITH found AS (
    SELECT service_id, organization_id, point, is_demo, tie, false AS is_hidden FROM listing
     UNION ALL SELECT service_id, organization_id, point, is_demo, tie, true FROM vetted_listing
), shown AS MATERIALIZED (
    SELECT DISTINCT ON (l.service_id) l.service_id AS id, l.organization_id AS owner_id, l.point, l.is_demo,
           l.is_hidden, lower(unaccent(s.name)) AS name, lower(unaccent(o.name)) AS owner
      FROM found l JOIN service s ON s.id = l.service_id JOIN organization o ON o.id = l.organization_id
     WHERE NOT EXISTS (SELECT FROM same_service x WHERE x.other_id = s.id AND x.verdict = 'linked')
     ORDER BY l.service_id, l.point IS NULL, l.tie
), told AS (
    SELECT p.service_id AS id, p.number FROM phone p WHERE p.service_id IS NOT NULL
     UNION ALL
    SELECT x.service_id, p.number FROM phone p JOIN service_at_location x ON x.id = p.service_at_location_id
), numbers AS MATERIALIZED (
    SELECT DISTINCT t.id, left(regexp_replace(regexp_replace(t.number, '\D', '', 'g'), '^1', ''), 10) AS number
      FROM told t JOIN shown USING (id)
), direct AS MATERIALIZED (
    SELECT id, number FROM (SELECT id, number, count(*) OVER (PARTITION BY number) AS many FROM numbers) n
     WHERE length(number) = 10 AND many BETWEEN 2 AND %(switchboard)s::int - 1
), squares AS (
    SELECT s.id, s.is_demo, half, floor(ST_X(s.point::geometry) / %(square)s::float8 + half) AS x,
           floor(ST_Y(s.point::geometry) / %(square)s::float8 + half) AS y, left(word, 5) AS word
      FROM shown s, LATERAL regexp_split_to_table(s.name, '\W+') word, (VALUES (0.0::float8), (0.5)) AS h(half)
     WHERE s.point IS NOT NULL AND length(word) > 3
), blocks AS MATERIALIZED (
    SELECT id, half, x, y, word, is_demo FROM (
        SELECT *, count(*) OVER (PARTITION BY half, x, y, word) AS many FROM (SELECT DISTINCT * FROM squares) d) b
     WHERE many BETWEEN 2 AND %(block)s::int
), met AS MATERIALIZED (
    SELECT a.id AS one, b.id AS two FROM direct a JOIN direct b ON b.number = a.number AND b.id > a.id
     UNION
    SELECT a.id, b.id FROM blocks a JOIN blocks b USING (half, x, y, word) WHERE b.id > a.id
)
SELECT a.id, b.id,
       EXISTS (SELECT FROM direct n JOIN direct m ON m.number = n.number WHERE n.id = a.id AND m.id = b.id),
       EXISTS (SELECT FROM numbers n WHERE n.id = a.id) AND EXISTS (SELECT FROM numbers n WHERE n.id = b.id),
       similarity(a.name, b.name), similarity(a.owner, b.owner), ST_Distance(a.point, b.point),
       a.owner_id = b.owner_id
  FROM met JOIN shown a ON a.id = met.one JOIN shown b ON b.id = met.two AND b.is_demo = a.is_demo
       AND b.is_hidden = a.is_hidden
 WHERE (similarity(a.name, b.name) >= %(near)s::float8 OR EXISTS (
            SELECT FROM direct n JOIN direct m ON m.number = n.number WHERE n.id = a.id AND m.id = b.id))
   AND NOT EXISTS (SELECT FROM same_service x
        WHERE (x.kept_id, x.other_id) IN ((a.id, b.id), (b.id, a.id)))
 ORDER BY similarity(a.name, b.name) + similarity(a.owner, b.owner) DESC, a.id, b.id
 LIMIT %(most)s::int
"""


def suggest_twins() -> int:
    """Ask about what may be one service told twice, the likeliest first, while few wait. How many were added.

    What stewards decided, or put off, is not asked again.
    """
    waiting = SameService.objects.filter(verdict=Verdict.SUGGESTED, likeness=Likeness.TWO_OF_THREE).count()
    room = MOST_WAITING - waiting
    return _suggest(room) if room > 0 else 0


@transaction.atomic
def _suggest(room: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10min'")
    found = sorted(_found(), key=lambda one: (strength(one[1]), one[0]), reverse=True)[:room]
    if not found:
        return 0
    made = [SameService(kept_id=one, other_id=two, likeness=Likeness.TWO_OF_THREE) for (one, two), _ in found]
    SameService.objects.bulk_create(made, ignore_conflicts=True)
    audit.record(VISITOR, action="suggest_twins", subject_type="same_service", details={"pairs": len(made)})
    return len(made)


def _found() -> list[tuple[tuple[UUID, UUID], Alike]]:
    asked = {
        "switchboard": SWITCHBOARD,
        "square": SQUARE,
        "block": MOST_IN_BLOCK,
        "near": NEAR_NAME,
        "most": MOST_FOUND,
    }
    rows = (((one, two), Alike(*facts)) for one, two, *facts in fetched(ALIKE_SQL, asked))
    return [(pair, alike) for pair, alike in rows if may_be_one(alike)]


PAIR_SQL = r"""
WITH pair AS (
    SELECT * FROM unnest(%(key)s::bigint[], %(one)s::uuid[], %(two)s::uuid[]) AS p(key, one, two)
), told AS (
    SELECT s.id, lower(unaccent(s.name)) AS name, lower(unaccent(coalesce(o.name, ''))) AS owner, s.organization_id,
           (SELECT l.point FROM (SELECT service_id, point, tie FROM listing
                                  UNION ALL SELECT service_id, point, tie FROM vetted_listing) l
             WHERE l.service_id = s.id AND l.point IS NOT NULL ORDER BY l.tie LIMIT 1) AS point,
           ARRAY(SELECT left(regexp_replace(regexp_replace(p.number, '\D', '', 'g'), '^1', ''), 10) FROM phone p
                  WHERE p.service_id = s.id OR p.service_at_location_id IN
                        (SELECT x.id FROM service_at_location x WHERE x.service_id = s.id)) AS numbers
      FROM service s LEFT JOIN organization o ON o.id = s.organization_id
     WHERE s.id IN (SELECT one FROM pair UNION SELECT two FROM pair)
)
SELECT p.key, a.numbers && b.numbers, cardinality(a.numbers) > 0 AND cardinality(b.numbers) > 0,
       similarity(a.name, b.name), similarity(a.owner, b.owner), ST_Distance(a.point, b.point),
       a.organization_id IS NOT DISTINCT FROM b.organization_id
  FROM pair p JOIN told a ON a.id = p.one JOIN told b ON b.id = p.two
"""


def agreements(pairs: list[SameService]) -> dict[int, Alike]:
    """By key, what the two of each pair have in common today. One statement."""
    keys = [pair.pk for pair in pairs]
    ids = {"one": [pair.kept_id for pair in pairs], "two": [pair.other_id for pair in pairs]}
    return {key: Alike(*facts) for key, *facts in fetched(PAIR_SQL, {"key": keys} | ids)}
