"""Writes what searchers see: `listing`, `listing_page` and `coverage`, a batch of services at a time.

What is already there as it should be is not written again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Any

import orjson
from django.db import connection

from directory.finding.arrays import array, lines, lines_sql
from directory.finding.bound import fetched
from directory.finding.concepts import meant_sql
from directory.finding.facts import NOWHERE, Facts, Teller, public_point, tellers_of
from directory.finding.gathered import Gathered, ServiceRow
from directory.finding.hours import is_zoneless
from directory.finding.hours_columns import NEVER, NOTHING, HoursColumns, columns_of
from directory.finding.tagging import offered_tags, part_tags, reach_tags
from directory.finding.vocabulary import Vocabulary
from directory.finding.windows import of_vetted
from directory.rules.freshness import fresh_until
from directory.rules.tags import LOOKED_INTO
from directory.rules.text import fold


@dataclass(slots=True)
class Pages:
    """Columns of the listings of a batch, a list each: as PostgreSQL's `unnest` takes them."""

    id: list[str]
    service_id: list[str]
    organization_id: list[str]
    longitude: list[float | None]
    latitude: list[float | None]
    has_exact_point: list[bool]
    reach: list[str]
    province: list[str]
    zone: list[str]
    tags: list[str]
    stated: list[str]
    week: list[str]
    odd_hours: list[str]
    on_holidays: list[str]
    by_appointment: list[bool]
    fresh_until: list[str | None]
    words: list[str]
    checked_on: list[str | None]
    is_demo: list[bool]
    tie: list[int]
    hides: list[bool]
    own_province: list[str]
    en: list[str]
    fr: list[str]
    names_en: list[str]
    kinds_en: list[str]
    about_en: list[str]
    names_fr: list[str]
    kinds_fr: list[str]
    about_fr: list[str]


TYPES = {
    "id": "uuid",
    "service_id": "uuid",
    "organization_id": "uuid",
    "longitude": "float8",
    "latitude": "float8",
    "has_exact_point": "boolean",
    "by_appointment": "boolean",
    "fresh_until": "date",
    "checked_on": "date",
    "is_demo": "boolean",
    "tie": "integer",
    "hides": "boolean",
}


def _table(names: Iterable[str]) -> str:
    """SQL for the named columns of Pages as a table; the first is the id. Texts come as lines."""
    columns = list(names)
    given = (
        f"%({name})s::{TYPES[name]}[]" if name in TYPES else lines_sql(f"%({name})s") for name in columns
    )
    return f"unnest({', '.join(given)}) AS given({', '.join(columns)}) WHERE given.id IS NOT NULL"


def _vector(language: str) -> str:
    """Names weigh most, then kinds, then the descriptions; of each its beginning, as much as a tsvector holds."""
    return " || ".join(
        f"setweight(to_tsvector('relais_{language}', left(g.{part}_{language}, {most})), '{weight}')"
        for part, weight, most in (("names", "A", 20_000), ("kinds", "B", 10_000), ("about", "C", 60_000))
    )


TOLD = (
    "service_id",
    "organization_id",
    "point",
    "has_exact_point",
    "reach",
    "province",
    "zone",
    "tags",
    "stated",
    "week",
    "odd_hours",
    "on_holidays",
    "by_appointment",
    "fresh_until",
    "words",
    "checked_on",
    "is_demo",
    "tie",
)
READ = {
    "point": "ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)::geography",
    "tags": "string_to_array(tags, ',')::integer[]",
    "stated": "string_to_array(stated, ',')::integer[]",
    "week": "nullif(week, '')::int4multirange",
    "odd_hours": "nullif(odd_hours, '')::jsonb",
}
"""SQL for columns of a listing that come in another form."""
READING = ", ".join(f"{READ[name]} AS {name}" if name in READ else name for name in ("id", *TOLD))
COLUMNS = (*TOLD, "search_en", "search_fr", "concepts")


def _compared(alias: str) -> str:
    """What a listing tells in a form that tells two apart, point and all."""
    return ", ".join(f"{alias}.{name}::bytea" if name == "point" else f"{alias}.{name}" for name in TOLD)


def _of(alias: str, names: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{name}" for name in names)


SENT = 500
"""Pages written by one statement: its text holds all of theirs, several times over."""
TEXTS = ("en", "fr", "names_en", "kinds_en", "about_en", "names_fr", "kinds_fr", "about_fr")
"""Columns of Pages that are megabytes in a batch: sent for pages that differ, by a digest, from what is there."""

# SHA-256 of what a page tells in both languages, made when it is written: the database's and `_digest` have to agree.
DIGEST = "encode(p.digest, 'hex')"
SIFT_SQL = f"""
WITH given AS MATERIALIZED (
    SELECT {READING}, digest
      FROM {_table([*(f.name for f in fields(Pages) if f.name not in {"hides", "own_province", *TEXTS}), "digest"])}
), gone AS (
    DELETE FROM listing l WHERE l.service_id = ANY(%(asked)s::uuid[]) AND NOT EXISTS
        (SELECT FROM given g WHERE g.id = l.id) RETURNING l.id
), no_page AS (
    DELETE FROM listing_page p USING gone WHERE p.id = gone.id
)
SELECT id::text, true FROM gone
 UNION ALL
SELECT g.id::text, false FROM given g LEFT JOIN listing l ON l.id = g.id LEFT JOIN listing_page p ON p.id = g.id
 WHERE {DIGEST} IS DISTINCT FROM g.digest OR l.search_en IS NULL OR l.search_fr IS NULL OR l.concepts IS NULL
    OR ({_compared("l")}) IS DISTINCT FROM ({_compared("g")})
"""  # noqa: S608
# The same page has the same words: reading them again is most of what a listing costs.
WRITE_SQL = f"""
WITH given AS MATERIALIZED (
    SELECT {READING}, en, fr,
           names_en, kinds_en, about_en, names_fr, kinds_fr, about_fr
      FROM {_table(f.name for f in fields(Pages) if f.name not in {"hides", "own_province"})}
), differing AS MATERIALIZED (
    SELECT {_of("g", ("id", "en", "fr", *TOLD))},
           CASE WHEN page.is_same THEN l.search_en ELSE {_vector("en")} END AS search_en,
           CASE WHEN page.is_same THEN l.search_fr ELSE {_vector("fr")} END AS search_fr
      FROM given g LEFT JOIN listing l ON l.id = g.id LEFT JOIN listing_page p ON p.id = g.id,
           LATERAL (SELECT p.en IS NOT DISTINCT FROM g.en AND p.fr IS NOT DISTINCT FROM g.fr
                    AND l.search_en IS NOT NULL AND l.search_fr IS NOT NULL AS is_same) page
), {meant_sql("differing")}, written AS (
    INSERT INTO listing AS l (id, {", ".join(COLUMNS)})
    SELECT id, {", ".join(COLUMNS)} FROM differing JOIN meant USING (id)
    ON CONFLICT (id) DO UPDATE SET ({", ".join(COLUMNS)}) = ({_of("excluded", COLUMNS)})
     WHERE ({_compared("l")}, l.search_en, l.search_fr, l.concepts)
           IS DISTINCT FROM ({_compared("excluded")}, excluded.search_en, excluded.search_fr, excluded.concepts)
)
INSERT INTO listing_page AS p (id, en, fr) SELECT id, en, fr FROM differing
ON CONFLICT (id) DO UPDATE SET en = excluded.en, fr = excluded.fr
 WHERE (p.en, p.fr) IS DISTINCT FROM (excluded.en, excluded.fr)
"""  # noqa: S608

SAME_COVERAGE = """m.id = c.listing_id AND m.kind = c.kind AND m.province = c.province
           AND m.is_afar = c.is_afar AND m.place_id IS NOT DISTINCT FROM c.place_id
           AND m.shape IS NOT DISTINCT FROM md5(c.outline::bytea)"""
# A protected service covers its province at most, whatever finer it was told.
COVERAGE_SQL = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM {_table(("id", "service_id", "longitude", "reach", "province", "own_province", "hides"))}
), told AS (
    SELECT g.id, c.kind, c.province, c.place_id, c.outline, g.longitude IS NULL AS is_afar
      FROM given g JOIN service_coverage c ON c.service_id = g.service_id
     WHERE NOT g.hides OR c.kind IN ('country', 'province')
    UNION ALL
    SELECT g.id, 'province', g.province, NULL, NULL, g.longitude IS NULL FROM given g
     WHERE g.hides AND g.province <> '' AND EXISTS (SELECT FROM service_coverage c
           WHERE c.service_id = g.service_id AND c.kind IN ('community', 'polygon'))
    UNION ALL
    SELECT g.id, 'country', '', NULL, NULL, g.longitude IS NULL FROM given g WHERE g.reach = 'country'
    UNION ALL
    SELECT g.id, 'province', g.own_province, NULL, NULL, g.longitude IS NULL FROM given g
     WHERE g.reach = 'province' AND g.own_province <> ''
), made AS MATERIALIZED (
    SELECT DISTINCT ON (id, kind, province, place_id, shape) *
      FROM (SELECT told.*, md5(outline::bytea) AS shape FROM told) each
), gone AS (
    DELETE FROM coverage c WHERE (c.listing_id IN (SELECT id FROM given) OR c.listing_id = ANY(%(gone)s::uuid[]))
       AND NOT EXISTS (SELECT FROM made m WHERE {SAME_COVERAGE})
)
INSERT INTO coverage (listing_id, kind, province, place_id, outline, is_afar)
SELECT m.id, m.kind, m.province, m.place_id, m.outline, m.is_afar FROM made m
 WHERE NOT EXISTS (SELECT FROM coverage c WHERE {SAME_COVERAGE})
 ORDER BY m.id, m.kind, m.province, m.place_id, m.shape
"""  # noqa: S608

STRAY_SQL = (
    "DELETE FROM listing l WHERE NOT EXISTS (SELECT FROM service s WHERE s.id = l.service_id)",
    "DELETE FROM listing_page p WHERE NOT EXISTS (SELECT FROM listing l WHERE l.id = p.id)",
    "DELETE FROM coverage c WHERE NOT EXISTS (SELECT FROM listing l WHERE l.id = c.listing_id)",
)
VETTED_STRAY_SQL = (
    "DELETE FROM vetted_facts f WHERE NOT EXISTS (SELECT FROM service s WHERE s.id = f.service_id)"
)


def _numbers(tags: Iterable[int]) -> str:
    return ",".join(map(str, tags))


def _words(en: Facts, fr: Facts) -> str:
    """Names and kinds in both languages, folded: what a misspelled word is compared with."""
    told = chain.from_iterable((f["name"], f["organization"], *f["kinds"]) for f in (en, fr))
    return fold(" ".join(dict.fromkeys(told)))


def _tie(id_: str) -> int:
    """A fixed number for those that are equally near, from the id itself."""
    number = int(id_[-8:], 16)
    return number - (1 << 32) if number >= 1 << 31 else number


def _encode(facts: Facts) -> str:
    return orjson.dumps(facts).decode()


def _row(teller: Teller, words: Vocabulary) -> tuple[Any, ...]:
    """The columns of Pages, in their order."""
    service, point = teller.service, public_point(teller.site) if teller.site else NOWHERE
    shared, en, fr = teller.shared(), teller.in_language("en", words), teller.in_language("fr", words)
    # What both languages share is written once, as the beginning of each.
    both = _encode(shared)[:-1]
    return (
        teller.id,
        service.id,
        service.organization_id,
        *point,
        teller.has_exact_point,
        service.reach,
        teller.province,
        teller.zone,
        _numbers(_offered(teller, shared | en, words, has_point=point != NOWHERE)),
        _numbers(sorted(teller.stated.tags | _parts(teller, shared))),
        *_hours(teller, shared),
        _day(fresh_until(service.assured_date, en["needs"])),
        _words(en, fr),
        shared["checked_on"],
        service.publisher.is_demo,
        _tie(teller.id),
        service.hides,
        service.province,
        f"{both},{_encode(en)[1:]}",
        f"{both},{_encode(fr)[1:]}",
        *_read_words(en),
        *_read_words(fr),
    )


def _offered(teller: Teller, facts: Facts, words: Vocabulary, *, has_point: bool) -> list[int]:
    tags = offered_tags(facts, facts["focuses"], words, has_place=teller.site is not None)
    if has_point:
        return tags
    return tags + sorted(reach_tags(teller.service.reach, teller.province, tuple(teller.beside)))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _parts(teller: Teller, shared: Facts) -> frozenset[int]:
    """In which parts of the week it opens: in none while it is closed for a while; LOOKED_INTO in their place."""
    if shared.get("looked_into"):
        return frozenset({LOOKED_INTO})
    if shared["status"] == "temporarily closed":
        return part_tags(NEVER)
    return frozenset() if is_zoneless(shared) else part_tags(teller.hours)


def _hours(teller: Teller, shared: Facts) -> tuple[str, str, str, bool]:
    """Hours that nobody's clock tells are not known; what is closed for a while has no minute open."""
    if shared.get("looked_into"):
        return "", "", "ask", False
    if shared["status"] == "temporarily closed":
        return NOTHING, "", "ask", False
    told = HoursColumns() if is_zoneless(shared) else columns_of(teller.hours, shared["on_holidays"])
    return *told, shared["by_appointment"]


def _read_words(facts: Facts) -> tuple[str, str, str]:
    """What a listing is found by, in one line each: its names, its kinds, what is told about it."""
    about = f"{facts['description']} {facts['eligibility']}"
    return (
        _line(f"{facts['name']} {facts['organization']}"),
        _line(" ".join(facts["kinds"])),
        _line(about),
    )


def _line(text: str) -> str:
    return text.replace("\n", " ")


def build_pages(
    batch: Gathered, words: Vocabulary, is_shown: Callable[[ServiceRow], bool] | None = None
) -> Pages:
    """The listings of those that may be on this site, or that `is_shown` picks. Asks the database nothing."""
    shown = filter(is_shown or batch.is_on_site, batch.services)
    rows = [_row(teller, words) for service in shown for teller in tellers_of(batch, service)]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in fields(Pages)]
    return Pages(*columns)


def _digest(en: str, fr: str) -> str:
    return sha256(f"{en}\x01{fr}".encode()).hexdigest()


def _sent(pages: Pages, names: Iterable[str], rows: Sequence[int] | None = None) -> dict[str, str]:
    """These columns as the statements take them; `rows`: of those alone."""
    columns = ((name, getattr(pages, name)) for name in names)
    if rows is not None:
        columns = ((name, [column[row] for row in rows]) for name, column in columns)
    return {name: (array if name in TYPES else lines)(column) for name, column in columns}


def write_pages(asked: list[str], pages: Pages, into: Callable[[str], str] = str) -> int:
    """Make the listings of the services `asked` be `pages` and nothing else. Returns how many.

    `into` turns the statements to other tables of the same columns.
    """
    every = [f.name for f in fields(Pages)]
    values = _sent(pages, [name for name in every if name not in TEXTS]) | {"asked": array(asked)}
    values["digest"] = lines(map(_digest, pages.en, pages.fr))
    sifted = fetched(into(SIFT_SQL), values)
    differing = {id_ for id_, is_gone in sifted if not is_gone}
    rows = [row for row, id_ in enumerate(pages.id) if id_ in differing]
    for start in range(0, len(rows), SENT):
        fetched(into(WRITE_SQL), _sent(pages, every, rows[start : start + SENT]))
    values["gone"] = array(id_ for id_, is_gone in sifted if is_gone)
    fetched(into(COVERAGE_SQL), values)
    return len(pages.id)


def remove_stray_pages() -> None:
    """Take away what belongs to no service that is there."""
    with connection.cursor() as cursor:
        for statement in (*STRAY_SQL, *map(of_vetted, STRAY_SQL), VETTED_STRAY_SQL):
            cursor.execute(statement)
