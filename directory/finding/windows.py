"""What a statement of a search reads: everybody's tables, or at the vetted tier those and the vetted ones (ADR 0046).

The statements are written once, for everybody's tables. At the vetted tier each of these is replaced by both together:
one plain branch a table, so that PostgreSQL goes through the indexes of both, still nearest first.
"""

import re
from functools import lru_cache

from directory.models.coverage import Coverage
from directory.models.listing import Listing
from safety.viewer import Tier

READ = re.compile(r"\b(FROM|JOIN)(\s+)(listing_page|listing|coverage)\b(?:[ ]+([a-z]\w*))?")
"""A table that a statement reads, and the name that it goes by there. Keywords of statements are capitals."""
NAMED = re.compile(r"\b(listing_page|listing|coverage)\b")

# What only vetted workers see stands apart in the page, so that no template shows it by mistake.
BEDS = """(SELECT json_build_object('band', b.band, 'at', b.reported_at)::text FROM bed_report b
    WHERE b.service_id = (page.{language}::json ->> 'service')::uuid)"""
PAGE = (
    "left(page.{language}, -1) || ',\"vetted\":' || coalesce((SELECT f.{language} FROM vetted_facts f"
    " WHERE f.id = page.id), '{{}}') || ',\"beds\":' || coalesce({beds}, 'null') || ',\"for_vetted\":{alone}}}' AS"
    " {language}"
)


def _page(language: str, alone: str) -> str:
    return PAGE.format(language=language, beds=BEDS.format(language=language), alone=alone)


def _columns(table: str, *, is_vetted: bool) -> str:
    if table == "listing_page":
        alone = "true" if is_vetted else "false"
        return f"page.id, {_page('en', alone)}, {_page('fr', alone)}"
    if table == "listing":
        return ", ".join(field.column for field in Listing._meta.concrete_fields)
    return ", ".join(field.column for field in Coverage._meta.concrete_fields if field.name != "id")


def _both(found: re.Match[str]) -> str:
    word, space, table, alias = found.groups()
    page = " page" if table == "listing_page" else ""
    each = " UNION ALL ".join(
        f"SELECT {_columns(table, is_vetted=is_vetted)} FROM {'vetted_' * is_vetted}{table}{page}"  # noqa: S608
        for is_vetted in (False, True)
    )
    return f"{word}{space}({each}) {alias or table}"


@lru_cache(maxsize=128)
def _through_both(sql: str) -> str:
    return READ.sub(_both, sql)


def through(sql: str, tier: Tier) -> str:
    """The statement as it reads at `tier`: from the vetted tier on it finds what is for vetted organizations too."""
    return sql if tier < Tier.VETTED else _through_both(sql)


def of_vetted(sql: str) -> str:
    """The statement with the vetted tables in the place of everybody's: for the projector, which writes either."""
    return NAMED.sub(r"vetted_\1", sql)
