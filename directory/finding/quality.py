"""What listings that everybody may find do not tell: counted over all of them at once, or told one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload
from uuid import UUID

from directory.finding.bound import fetched
from directory.models.service import TRANSLATED

MISSING = (
    "french",
    "english",
    "hours",
    "languages",
    "eligibility",
    "phone",
    "placement",
    "checked",
    "fresh",
)
"""What may be missing. "checked": nobody ever said that it is true; "fresh": the last time is too long ago."""

TONGUES = {"french": ("", "_fr"), "english": ("_fr", "")}
"""What is missing where a text is to be translated: how the columns end in which it stands, and does not."""


def _half(told: str, untold: str) -> dict[str, str]:
    """By text, SQL: it is told in one language alone. A name that is its organization's is nobody's to translate."""
    half = {name: f"(s.{name}{told} <> '' AND s.{name}{untold} = '')" for name in TRANSLATED}
    return half | {"name": f"({half['name']} AND lower(unaccent(s.name)) <> lower(unaccent(o.name)))"}


def _any_half(told: str, untold: str) -> str:
    return f"({' OR '.join(_half(told, untold).values())})"


def _names_half() -> str:
    """SQL: the texts that are told in one language alone, as an array."""
    ways = [_half(*ends) for ends in TONGUES.values()]
    names = (f"CASE WHEN {' OR '.join(way[name] for way in ways)} THEN '{name}' END" for name in TRANSLATED)
    return f"array_remove(ARRAY[{', '.join(names)}], NULL)"


def _none(table: str) -> str:
    """SQL: neither the service nor a place of it has a row of `table`. It is joined: asked of each it takes minutes."""
    return f"{table}_of.service_id IS NULL"


def _joined(tables: str) -> str:
    return "\n".join(
        f"      LEFT JOIN {table}_of ON {table}_of.service_id = s.id" for table in tables.split()
    )


def _of(table: str, links: str, *, where: str = "TRUE") -> str:
    """SQL of the services that have rows of a table, directly or by one of their places. Each table is read once."""
    own = f"SELECT r.service_id FROM {table} r WHERE r.service_id IS NOT NULL AND {where}"  # noqa: S608
    by = {
        "site": "x.id = r.service_at_location_id",
        "place": "x.location_id = r.location_id",
    }
    others = [
        f"SELECT x.service_id FROM {table} r JOIN service_at_location x ON {by[link]} WHERE {where}"  # noqa: S608
        for link in links.split()
    ]
    return f"{table}_of AS MATERIALIZED ({' UNION '.join([own, *others])})"


PHONES = "r.contact_id IS NULL"
WRITTEN = "(r.description <> '' OR r.description_fr <> '')"
MARKED_SQL = f"""
WITH shown AS MATERIALIZED (
    SELECT service_id AS id, count(*) AS listings, (array_agg(id ORDER BY tie, id))[1] AS listing_id,
           bool_or(week IS NULL AND odd_hours IS NULL AND NOT by_appointment) AS hours,
           bool_or(reach = 'place' AND point IS NULL) AS placement,
           min(checked_on) AS checked_on, min(fresh_until) AS fresh_until
      FROM listing GROUP BY service_id
), {_of("language", "place")}, {_of("schedule", "site place", where=WRITTEN)},
{_of("phone", "site place", where=PHONES)}, owner_phone AS MATERIALIZED (
    SELECT DISTINCT r.organization_id AS id FROM phone r WHERE r.organization_id IS NOT NULL AND {PHONES}
), stating_of AS MATERIALIZED (
    SELECT DISTINCT f.service_id FROM service_fact f
), marked AS (
    SELECT s.id, s.organization_id, s.publisher_id, s.name, s.name_fr, o.name AS owner, o.name_fr AS owner_fr,
           shown.listings, shown.listing_id, shown.checked_on, s.last_modified,
           {", ".join(f"{_any_half(*ends)} AS {tongue}" for tongue, ends in TONGUES.items())},
           {_names_half()} AS half_told,
           shown.hours AND {_none("schedule")} AS hours,
           {_none("language")} AND s.interpretation_services = '' AS languages,
           s.eligibility_description = '' AND s.eligibility_description_fr = '' AND s.minimum_age IS NULL
           AND s.maximum_age IS NULL AND {_none("stating")} AS eligibility,
           {_none("phone")} AND owner_phone.id IS NULL AS phone,
           shown.placement, shown.checked_on IS NULL AS checked,
           coalesce(shown.fresh_until < %(day)s::date, FALSE) AS fresh
      FROM shown JOIN service s ON s.id = shown.id JOIN organization o ON o.id = s.organization_id
{_joined("language schedule phone stating")}
      LEFT JOIN owner_phone ON owner_phone.id = s.organization_id
)
"""  # noqa: S608

COUNTS = ", ".join(f"count(*) FILTER (WHERE {name})" for name in MISSING)
ANY = " OR ".join(MISSING)
COUNTED_SQL = f"""{MARKED_SQL}, counted AS (
    SELECT grouping(publisher_id) AS no_publisher, grouping(organization_id) AS no_organization,
           publisher_id, organization_id::text, min(owner) AS owner, min(owner_fr) AS owner_fr,
           count(*) AS total, min(checked_on) AS oldest, count(*) FILTER (WHERE {ANY}) AS lacking,
           ARRAY[{COUNTS}] AS counts
      FROM marked GROUP BY GROUPING SETS ((), (publisher_id), (organization_id))
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY no_publisher, no_organization
        ORDER BY lacking DESC, total DESC, publisher_id, organization_id) AS rank FROM counted
)
SELECT CASE WHEN no_publisher + no_organization = 2 THEN '' ELSE coalesce(organization_id, publisher_id) END,
       no_organization = 0, CASE WHEN no_organization = 0 THEN owner ELSE '' END,
       CASE WHEN no_organization = 0 THEN owner_fr ELSE '' END, total, oldest, counts
  FROM ranked WHERE rank <= %(most)s::int ORDER BY no_organization DESC, no_publisher DESC, rank
"""  # noqa: S608
ASKED_SQL = f"""
 WHERE CASE %(what)s::text {" ".join(f"WHEN '{name}' THEN {name}" for name in MISSING)} ELSE {ANY} END
   AND (%(publisher)s::text = '' OR publisher_id = %(publisher)s::text)
   AND (%(organization)s::uuid IS NULL OR organization_id = %(organization)s::uuid)
"""
# What is to be translated waits since it was written; all else since it was checked.
LISTED_SQL = f"""{MARKED_SQL}
SELECT id, name, name_fr, owner, owner_fr, listing_id, checked_on, organization_id, half_told,
       ARRAY[{", ".join(MISSING)}]
  FROM marked {ASKED_SQL}
 ORDER BY CASE WHEN %(what)s::text IN ('french', 'english') THEN last_modified END NULLS FIRST,
       checked_on NULLS FIRST, name, id LIMIT %(most)s::int OFFSET %(first)s::int
"""  # noqa: S608
# Read from an index in its order, as far as it is said how many there are.
UNTRANSLATED_SQL = {
    tongue: f"""
SELECT coalesce(s.last_modified, s.copied_on::timestamptz, %(now)s::timestamptz)
  FROM service s JOIN organization o ON o.id = s.organization_id
 WHERE {_any_half(*ends)} AND EXISTS (SELECT FROM listing e WHERE e.service_id = s.id OFFSET 0)
 ORDER BY s.last_modified NULLS FIRST, s.id LIMIT %(most)s::int"""  # noqa: S608
    for tongue, ends in TONGUES.items()
}
LACKING_SQL = f"{MARKED_SQL} SELECT count(*) FROM marked {ASKED_SQL}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Counted:
    """How much is missing in a group of services. `key`: of the publisher or organization; empty: of all."""

    key: str
    is_organization: bool
    name: str
    name_fr: str
    total: int
    oldest: date | None
    missing: dict[str, int]


@dataclass(frozen=True, slots=True)
class Lacking:
    """One service and what it does not tell. `listing`: the id of its public page.

    `half_told`: its texts that stand in one language alone, by the names of their columns.
    """

    service: UUID
    name: str
    name_fr: str
    owner: str
    owner_fr: str
    listing: UUID
    checked_on: date | None
    organization: UUID
    half_told: list[str]
    missing: tuple[str, ...]


def counted(day: date, most: int) -> list[Counted]:
    """All, then by publisher, then by organization, `most` of each: those first that lack most. One statement."""
    rows = fetched(COUNTED_SQL, {"day": day, "most": most})
    return [Counted(*facts, dict(zip(MISSING, counts, strict=True))) for *facts, counts in rows]


class Lacks(Sequence[Lacking]):
    """Services that miss `what` (or anything), longest unchecked first; only what is asked for is read.

    Those that miss a language: the longest unchanged first.
    """

    def __init__(
        self, day: date, *, what: str = "", publisher: str = "", organization: UUID | None = None
    ) -> None:
        asked: dict[str, Any] = {"day": day, "what": what, "publisher": publisher}
        self._asked = asked | {"organization": organization}

    def __len__(self) -> int:
        """How many."""
        return int(fetched(LACKING_SQL, self._asked)[0][0])

    @overload
    def __getitem__(self, part: int) -> Lacking: ...
    @overload
    def __getitem__(self, part: slice) -> list[Lacking]: ...
    def __getitem__(self, part: int | slice) -> Lacking | list[Lacking]:
        """One of them or, as a page of a list asks for them, those from `start` to `stop`. One statement."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        first = part.start or 0
        most = None if part.stop is None else max(part.stop - first, 0)
        rows = fetched(LISTED_SQL, self._asked | {"first": first, "most": most})
        return [Lacking(*facts, tuple(_named(marks))) for *facts, marks in rows]


def untranslated(tongue: str, now: datetime, most: int) -> list[datetime]:
    """Since when listings that miss "french" or "english" wait for it, `most` of them: the longest unchanged first."""
    return [since for (since,) in fetched(UNTRANSLATED_SQL[tongue], {"now": now, "most": most})]


def lacking(
    day: date, *, what: str = "", publisher: str = "", organization: UUID | None = None, most: int = 100
) -> list[Lacking]:
    """The first of those services. One statement."""
    return Lacks(day, what=what, publisher=publisher, organization=organization)[:most]


def _named(marks: list[bool]) -> Iterator[str]:
    return (name for name, is_missing in zip(MISSING, marks, strict=True) if is_missing)
