"""The statements that find: nearest first, by one index scan over the nearest thousand (house of 2026-11, ADR 0006).

Each is read by the public role and nothing else; a search makes three of them, whatever its result. Who asks for a
language has a second scan, over the nearest thousand that speak it: a rare one may be far behind a thousand others.
"""

import json
import math
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from directory.rules.radius import STEPS, door_limit, rough_limit
from directory.rules.tags import LANGUAGE, NEED, SPAN
from safety.db import public_database

CANDIDATES = 1000
PER_PAGE = 20
ELSEWHERE = 25

COLUMNS = "id, service_id, tie, has_exact_point, checked_on"
# The inner order is by distance alone, so that the index gives it; the outer one settles ties by a fixed number.
NEAR_SQL = """
    SELECT {columns}, {rank} AS rank, point <-> {here} AS metres
      FROM listing
     WHERE point IS NOT NULL {conditions}
     ORDER BY point <-> {here} FETCH FIRST {candidates} ROWS WITH TIES
"""
FRESH_SQL = """
    SELECT {columns}, {rank} AS rank, NULL::float8 AS metres
      FROM listing
     WHERE true {conditions}
     ORDER BY checked_on DESC NULLS LAST, tie LIMIT {candidates}
"""
ALL_SQL = "WITH every AS MATERIALIZED ({every}), near AS MATERIALIZED (SELECT * FROM every {radius})"
SPEAKING_SQL = """
WITH every AS MATERIALIZED ({every}), speaking AS MATERIALIZED ({speaking}), near AS MATERIALIZED (
    SELECT * FROM every {radius}
    UNION ALL SELECT * FROM (SELECT * FROM speaking s WHERE NOT EXISTS (SELECT FROM every e WHERE e.id = s.id)) more
    {radius}
)"""
# `within` is cut outside of the scan: inside, it would cost the index its order.
RADIUS_SQL = "WHERE metres < CASE WHEN has_exact_point THEN %(door_limit)s ELSE %(rough_limit)s::float8 END"
MERGED_SQL = """, merged AS MATERIALIZED (
    SELECT DISTINCT ON (service_id) * FROM near ORDER BY service_id, {order}
)"""
# Where nothing is within, the nearest beyond is told: a row of its own.
PAGE_SQL = """, shown AS (
    (SELECT *, false AS is_beyond, row_number() OVER (ORDER BY {order}) AS position
       FROM merged ORDER BY position LIMIT {per_page} OFFSET %(offset)s)
    UNION ALL
    (SELECT *, true, 1 FROM every WHERE metres IS NOT NULL AND NOT EXISTS (SELECT FROM merged)
      ORDER BY metres, tie, id LIMIT 1)
)
SELECT (SELECT count(*) FROM merged), (SELECT count(*) FROM merged WHERE rank = 0), (SELECT count(*) FROM every),
       (SELECT max(metres) FROM every),
       s.is_beyond, s.id, s.metres, s.has_exact_point, s.rank, p.{language}
  FROM (SELECT 1) one LEFT JOIN shown s ON true LEFT JOIN listing_page p ON p.id = s.id
 ORDER BY s.position
"""
FACET_SQL = """
SELECT tag, count(*) FROM merged m JOIN listing l USING (id), unnest(l.tags) tag
 WHERE tag >= {first} AND tag < {beyond} GROUP BY tag
"""
ELSEWHERE_SQL = """
SELECT count(*) OVER (), {rank} AS rank, p.{language} FROM listing JOIN listing_page p USING (id)
 WHERE point IS NULL AND (reach = 'country' OR province = %(province)s) {conditions}
 ORDER BY rank, (reach = 'place') DESC, (reach = 'province') DESC, tie, id LIMIT {limit}
"""
HERE = "ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326)::geography"
TAGS = "AND tags @@ %(tags)s::query_int"
SPEAKS = "AND tags @@ %(speaks)s::query_int"
WORDS = """AND (search_en @@ websearch_to_tsquery('relais_en', %(q)s)
            OR search_fr @@ websearch_to_tsquery('relais_fr', %(q)s) {or_alike})"""
# Half of a word's letter triples in common: one or two slips in a word of eight letters.
ALIKE = "OR word_similarity(%(folded)s, words) >= 0.5"
BAND = f"width_bucket(metres, ARRAY[{', '.join(f'{step * 1000.0}' for step in STEPS)}])"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in the database's terms. `tags` is a query_int or empty; the point is in degrees, or None.

    `ranks` are query_ints of languages, the best answer first; results that none of them describes come last.
    `forgives_slips` also finds words that are only alike: asked when nothing bears the words as typed.
    """

    language: str
    tags: str = ""
    q: str = ""
    folded: str = ""
    here: tuple[float, float] | None = None
    province: str = ""
    within: int | None = None
    ranks: tuple[str, ...] = ()
    offset: int = 0
    forgives_slips: bool = False

    @property
    def limits(self) -> tuple[float, float]:
        """Metres below which an exact door is within, and any other place."""
        return (door_limit(self.within), rough_limit(self.within)) if self.within else (math.inf, math.inf)

    def values(self) -> dict[str, Any]:
        """What the statements are given."""
        latitude, longitude = self.here or (None, None)
        door, rough = self.limits
        return {
            "tags": self.tags,
            "q": self.q,
            "folded": self.folded,
            "latitude": latitude,
            "longitude": longitude,
            "province": self.province,
            "offset": self.offset,
            "door_limit": door,
            "rough_limit": rough,
            "speaks": "|".join(self.ranks),
        } | {f"rank_{number}": tags for number, tags in enumerate(self.ranks)}


@dataclass(frozen=True, slots=True)
class Row:
    """One found listing: metres from `here` (None without it), which of the ranks it has, and its public facts."""

    id: UUID
    metres: float | None
    has_exact_point: bool
    rank: int
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of services. `is_capped`: there are more than the thousand nearest that were looked at.

    `first_rank` of the total have the first rank. `nearest` is the nearest beyond the radius, where nothing is within.
    """

    total: int
    first_rank: int
    is_capped: bool
    rows: list[Row]
    nearest: Row | None = None


def _conditions(asked: Asked) -> str:
    words = WORDS.format(or_alike=ALIKE if asked.forgives_slips else "") if asked.q else ""
    return f"{TAGS if asked.tags else ''} {words}"


def _rank(asked: Asked) -> str:
    """SQL for the number of the first rank that a listing has; for none, the number after the last."""
    cases = "".join(
        f"WHEN tags @@ %(rank_{number})s::query_int THEN {number} " for number in range(len(asked.ranks))
    )
    return f"CASE {cases}ELSE {len(asked.ranks)} END" if cases else "0"


def _order(asked: Asked) -> str:
    """SQL of the order of results. A language counts for more than a distance only within one band of it."""
    if asked.here is None:
        return "rank, checked_on DESC NULLS LAST, tie, id"
    return f"{BAND}, rank, metres, tie, id" if asked.ranks else "metres, tie, id"


def _scan(asked: Asked, more: str = "") -> str:
    start = NEAR_SQL if asked.here else FRESH_SQL
    conditions = f"{_conditions(asked)} {more}"
    return start.format(
        columns=COLUMNS, rank=_rank(asked), here=HERE, conditions=conditions, candidates=CANDIDATES
    )


def _merged(asked: Asked) -> str:
    """SQL for the candidates, each service at its best place."""
    start = SPEAKING_SQL if asked.ranks else ALL_SQL
    radius = RADIUS_SQL if asked.within else ""
    candidates = start.format(every=_scan(asked), speaking=_scan(asked, SPEAKS), radius=radius)
    return candidates + MERGED_SQL.format(order=_order(asked))


def _fetch(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[public_database()].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def find_page(asked: Asked) -> FoundPage:
    """The services of one page, each once: at its nearest place, of those in one band at the one that speaks."""
    page = PAGE_SQL.format(order=_order(asked), per_page=PER_PAGE, language=asked.language)
    rows = _fetch(_merged(asked) + page, asked.values())
    total, first_rank, seen, farthest = rows[0][:4]
    found = [(row[4], Row(*row[5:9], _facts(row[9]))) for row in rows if row[5] is not None]
    return FoundPage(
        total=total,
        first_rank=first_rank,
        is_capped=seen >= CANDIDATES and (farthest is None or farthest < max(asked.limits)),
        rows=[row for is_beyond, row in found if not is_beyond],
        nearest=next((row for is_beyond, row in found if is_beyond), None),
    )


def count_tags(asked: Asked) -> dict[int, int]:
    """How many of the found services have each need and each language of their staff, by tag."""
    facets = FACET_SQL.format(first=NEED * SPAN, beyond=(LANGUAGE + 1) * SPAN)
    return dict(_fetch(_merged(asked) + facets, asked.values()))


def find_elsewhere(asked: Asked) -> tuple[int, list[tuple[int, dict[str, Any]]]]:
    """What has no place but serves this province or the country: how many, and rank and facts of the first."""
    if not asked.province:
        return 0, []
    sql = ELSEWHERE_SQL.format(
        language=asked.language, rank=_rank(asked), conditions=_conditions(asked), limit=ELSEWHERE
    )
    rows = _fetch(sql, asked.values())
    return (rows[0][0] if rows else 0), [(rank, _facts(facts)) for _total, rank, facts in rows]


def _facts(stored: Any) -> dict[str, Any]:
    """The JSON of a page; a raw cursor gives it as text or already read, as psycopg was told."""
    return json.loads(stored) if isinstance(stored, str) else dict(stored)
