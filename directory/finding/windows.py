"""What a statement of a search reads: everybody's tables, or at the desk those and the vetted ones (ADR 0046, 0052).

The statements are written once, for everybody's tables. At the desk each of these is replaced by both together:
one plain branch a table, so that PostgreSQL goes through the indexes of both, still nearest first. Which listings stay
closed to whom - those that name others, those of an organization that blocks the reader's - is decided here alone.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from directory.models.coverage import Coverage
from directory.models.listing import Listing
from safety.viewer import Tier


class Window(NamedTuple):
    """Through whose eyes a statement reads. `directory.finding.seers` tells it from who looks.

    `is_by_name`: below the vetted tier, and yet some listings name this organization: those it sees as vetted ones do.
    """

    tier: Tier = Tier.PUBLIC
    organization: UUID | None = None
    is_by_name: bool = False

    @property
    def is_everybodys(self) -> bool:
        """True if it shows what everybody sees and nothing else."""
        return self.tier < Tier.VETTED and not self.is_by_name

    def values(self) -> dict[str, Any]:
        """What the conditions of this module are given."""
        return {"seer": self.organization}


EVERYBODY = Window()

SEEN = "AND SEEN(e.service_id)"
"""Stands with each reading of listings, under the name `e`. What forgets it can't be read at the desk at all."""

READ = re.compile(r"\b(FROM|JOIN)(\s+)(listing_page|listing|coverage|bed_report)\b(?:[ ]+([a-z]\w*))?")
"""A table that a statement reads, and the name that it goes by there. Keywords of statements are capitals."""
LISTINGS = re.compile(r"\b(?:FROM|JOIN)\s+listing\b")
NAMED = re.compile(r"\b(listing_page|listing|coverage)\b")

SEER = "%(seer)s::uuid"
# Few keep a block list, few listings name anybody: these are looked up, and the listings are not walked through.
CLOSED = f"""closed AS MATERIALIZED (SELECT s.id FROM service s WHERE s.organization_id IN
    (SELECT b.organization_id FROM blocked_organization b WHERE b.blocked_id = {SEER}))"""  # noqa: S608
NAMING = f"""naming AS MATERIALIZED (SELECT s.id FROM named_organization n JOIN service s
    ON s.id = n.service_id AND s.organization_id = n.owner_id
    WHERE n.organization_id = {SEER} AND s.id NOT IN (SELECT id FROM closed))"""  # noqa: S608
# For its own organization, and those that it names.
ALONE = f"s.organization_id IS DISTINCT FROM {SEER} AND s.id NOT IN (SELECT id FROM naming)"  # noqa: S608
NAMES_OTHERS = f"""SELECT s.id FROM service s
     WHERE s.publish_to @> '{{named}}' AND NOT s.publish_to @> '{{site}}' AND {ALONE}
    UNION ALL
    SELECT s.id FROM organization o JOIN service s ON s.organization_id = o.id AND s.publish_to IS NULL
     WHERE o.publish_to @> '{{named}}' AND NOT o.publish_to @> '{{site}}' AND {ALONE}"""  # noqa: S608
HIDDEN = {
    # Vetted: what is for vetted organizations, but for what is closed to this one or names others.
    False: f"""SELECT c.id FROM closed c WHERE EXISTS (SELECT FROM vetted_listing v WHERE v.service_id = c.id)
    UNION ALL {NAMES_OTHERS}""",  # noqa: S608
    # By name: nothing of it but what names this one.
    True: """SELECT v.service_id AS id FROM vetted_listing v
     WHERE v.service_id NOT IN (SELECT id FROM naming)""",
}
MORE = {False: "NOT IN (SELECT id FROM closed)", True: "IN (SELECT id FROM naming)"}
"""By `is_by_name`: of which services more is seen than everybody sees. Who is blocked sees what everybody does."""

# What only vetted workers see stands apart in the page, so that no template shows it by mistake.
BEDS = """(SELECT json_build_object('band', b.band, 'at', b.reported_at)::text FROM bed_report b
    WHERE b.service_id = {service} AND b.service_id {more})"""
FACTS = "(SELECT f.{language} FROM vetted_facts f WHERE f.id = page.id AND f.service_id {more})"
PAGE = (
    "left(page.{language}, -1) || ',\"vetted\":' || coalesce({facts}, '{{}}') || ',\"beds\":' ||"
    " coalesce({beds}, 'null') || ',\"for_vetted\":{alone}}}'"
)
SERVICE = "(page.{language}::json ->> 'service')::uuid"


def _page(language: str, *, is_vetted: bool, is_by_name: bool) -> str:
    """A page as the desk reads it. What is hidden has none: a condition on the row would cost the way to it by id."""
    service, more = SERVICE.format(language=language), MORE[is_by_name]
    told = PAGE.format(
        language=language,
        facts=FACTS.format(language=language, more=more),
        beds=BEDS.format(service=service, more=more),
        alone="true" if is_vetted else "false",
    )
    if is_vetted:
        told = f"CASE WHEN {service} IN (SELECT id FROM hidden) THEN NULL ELSE {told} END"  # noqa: S608
    return f"{told} AS {language}"


def _columns(table: str, *, is_vetted: bool, is_by_name: bool) -> str:
    if table == "listing_page":
        pages = (_page(language, is_vetted=is_vetted, is_by_name=is_by_name) for language in ("en", "fr"))
        return f"page.id, {', '.join(pages)}"
    if table == "listing":
        return ", ".join(field.column for field in Listing._meta.concrete_fields)
    return ", ".join(field.column for field in Coverage._meta.concrete_fields if field.name != "id")


def _both(found: re.Match[str], *, is_by_name: bool) -> str:
    word, space, table, alias = found.groups()
    if table == "bed_report":
        return f"{word}{space}(SELECT * FROM bed_report WHERE service_id {MORE[is_by_name]}) {alias or table}"  # noqa: S608
    page = " page" if table == "listing_page" else ""
    each = " UNION ALL ".join(
        f"SELECT {_columns(table, is_vetted=is_vetted, is_by_name=is_by_name)}"  # noqa: S608
        f" FROM {'vetted_' * is_vetted}{table}{page}"
        for is_vetted in (False, True)
    )
    return f"{word}{space}({each}) {alias or table}"


@lru_cache(maxsize=256)
def _through_both(sql: str, *, is_by_name: bool) -> str:
    if len(LISTINGS.findall(sql)) != sql.count(SEEN):
        raise ValueError("A statement reads listings without saying which of them are seen.")
    read = READ.sub(lambda found: _both(found, is_by_name=is_by_name), sql)
    read = read.replace(SEEN, "AND e.service_id NOT IN (SELECT id FROM hidden)")
    first = f"WITH {CLOSED}, {NAMING}, hidden AS MATERIALIZED ({HIDDEN[is_by_name]})"
    return f"{first}, {read.removeprefix('WITH ')}" if read.startswith("WITH ") else f"{first} {read}"


@lru_cache(maxsize=256)
def _everybodys(sql: str) -> str:
    return sql.replace(SEEN, "")


def through(sql: str, window: Window) -> str:
    """The statement as it reads through `window`: at the desk it finds what is for vetted organizations too.

    Raises ValueError there for a statement that reads listings and doesn't say SEEN.
    """
    if window.is_everybodys:
        return _everybodys(sql)
    return _through_both(sql, is_by_name=window.tier < Tier.VETTED)


def of_vetted(sql: str) -> str:
    """The statement with the vetted tables in the place of everybody's: for the projector, which writes either."""
    return NAMED.sub(r"vetted_\1", sql)
