"""The statements that find: nearest first, by one index scan over the nearest thousand (house of 2026-11, ADR 0006).

Each is read by the public role and nothing else; a search makes three of them, whatever its result.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

from directory.rules.tags import NEED, SPAN
from safety.db import public_database

CANDIDATES = 1000
PER_PAGE = 20
ELSEWHERE = 25

# The inner order is by distance alone, so that the index gives it; the outer one settles ties by a fixed number.
NEAR_SQL = """
WITH near AS MATERIALIZED (
    SELECT id, service_id, tie, has_exact_point, point <-> {here} AS metres
      FROM listing
     WHERE point IS NOT NULL {conditions}
     ORDER BY point <-> {here} FETCH FIRST {candidates} ROWS WITH TIES
)"""
FRESH_SQL = """
WITH near AS MATERIALIZED (
    SELECT id, service_id, tie, has_exact_point, NULL::float8 AS metres, checked_on
      FROM listing
     WHERE true {conditions}
     ORDER BY checked_on DESC NULLS LAST, tie LIMIT {candidates}
)"""
PAGE_SQL = """, merged AS (
    SELECT DISTINCT ON (service_id) * FROM near ORDER BY service_id, metres, tie, id
), shown AS (
    SELECT * FROM merged ORDER BY {order} LIMIT {per_page} OFFSET %(offset)s
)
SELECT (SELECT count(*) FROM merged), (SELECT count(*) FROM near), s.id, s.metres, s.has_exact_point, p.{language}
  FROM (SELECT 1) one LEFT JOIN shown s ON true LEFT JOIN listing_page p ON p.id = s.id
 ORDER BY {outer_order}
"""
FACET_SQL = """
SELECT tag, count(DISTINCT n.service_id)
  FROM near n JOIN listing l USING (id), unnest(l.tags) tag
 WHERE tag >= {first} AND tag < {beyond} GROUP BY tag
"""
ELSEWHERE_SQL = """
SELECT count(*) OVER (), p.{language} FROM listing JOIN listing_page p USING (id)
 WHERE point IS NULL AND (reach = 'country' OR province = %(province)s) {conditions}
 ORDER BY (reach = 'place') DESC, (reach = 'province') DESC, tie, id LIMIT {limit}
"""
HERE = "ST_SetSRID(ST_MakePoint(%(longitude)s, %(latitude)s), 4326)::geography"
TAGS = "AND tags @@ %(tags)s::query_int"
WORDS = """AND (search_en @@ websearch_to_tsquery('relais_en', %(q)s)
            OR search_fr @@ websearch_to_tsquery('relais_fr', %(q)s) {or_alike})"""
# Half of a word's letter triples in common: one or two slips in a word of eight letters.
ALIKE = "OR word_similarity(%(folded)s, words) >= 0.5"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in the database's terms. `tags` is a query_int or empty; the point is in degrees, or None.

    `forgives_slips` also finds words that are only alike: asked when nothing bears the words as typed.
    """

    language: str
    tags: str = ""
    q: str = ""
    folded: str = ""
    here: tuple[float, float] | None = None
    province: str = ""
    offset: int = 0
    forgives_slips: bool = False

    def values(self) -> dict[str, Any]:
        """What the statements are given."""
        latitude, longitude = self.here or (None, None)
        return {
            "tags": self.tags,
            "q": self.q,
            "folded": self.folded,
            "latitude": latitude,
            "longitude": longitude,
            "province": self.province,
            "offset": self.offset,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """One found listing: metres from `here` (None without it) and its public facts."""

    id: UUID
    metres: float | None
    has_exact_point: bool
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of services. `is_capped`: there are more than the thousand nearest that were looked at."""

    total: int
    is_capped: bool
    rows: list[Row]


def _conditions(asked: Asked) -> str:
    words = WORDS.format(or_alike=ALIKE if asked.forgives_slips else "") if asked.q else ""
    return f"{TAGS if asked.tags else ''} {words}"


def _candidates(asked: Asked) -> str:
    start = NEAR_SQL if asked.here else FRESH_SQL
    return start.format(here=HERE, conditions=_conditions(asked), candidates=CANDIDATES)


def _fetch(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[public_database()].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _page_sql(asked: Asked) -> str:
    order = "metres, tie, id" if asked.here else "checked_on DESC NULLS LAST, tie, id"
    outer = "s.metres, s.tie, s.id" if asked.here else "s.checked_on DESC NULLS LAST, s.tie, s.id"
    return PAGE_SQL.format(order=order, outer_order=outer, per_page=PER_PAGE, language=asked.language)


def find_page(asked: Asked) -> FoundPage:
    """The services of one page, each once, at its nearest place."""
    rows = _fetch(_candidates(asked) + _page_sql(asked), asked.values())
    found = [Row(r[2], r[3], r[4], _facts(r[5])) for r in rows if r[2] is not None]
    return FoundPage(total=rows[0][0], is_capped=rows[0][1] >= CANDIDATES, rows=found)


def count_needs(asked: Asked) -> dict[int, int]:
    """How many services of the found ones answer each need, by the need's number."""
    facets = FACET_SQL.format(first=NEED * SPAN, beyond=(NEED + 1) * SPAN)
    rows = _fetch(_candidates(asked) + facets, asked.values())
    return {tag - NEED * SPAN: count for tag, count in rows}


def find_elsewhere(asked: Asked) -> tuple[int, list[dict[str, Any]]]:
    """What has no place but serves this province or the country: how many, and the facts of the first."""
    if not asked.province:
        return 0, []
    sql = ELSEWHERE_SQL.format(language=asked.language, conditions=_conditions(asked), limit=ELSEWHERE)
    rows = _fetch(sql, asked.values())
    return (rows[0][0] if rows else 0), [_facts(facts) for _total, facts in rows]


def _facts(stored: Any) -> dict[str, Any]:
    """The JSON of a page; a raw cursor gives it as text or already read, as psycopg was told."""
    return json.loads(stored) if isinstance(stored, str) else dict(stored)
