"""The numbers that somebody is shown of a listing: what they say of a number is said of one of these."""

from typing import Any
from uuid import UUID

from directory.finding.search import facts_of, fetch
from directory.finding.windows import SEEN, Window

PAGES_SQL = f"""
SELECT page.en FROM listing e JOIN listing_page page ON page.id = e.id
 WHERE e.service_id = %(service)s AND page.en IS NOT NULL {SEEN}
"""  # noqa: S608


def numbers_in(facts: dict[str, Any]) -> set[str]:
    """Of one listing as it was read, those for workers among them if they were read too; as a call-back writes them."""
    rows = [*facts["phones"], *facts.get("vetted", {}).get("phones", [])]
    return {f"{row['number']} +{row['extension']}" if row["extension"] else row["number"] for row in rows}


def numbers_shown(service: UUID, window: Window) -> set[str]:
    """Of all listings of a service, wherever it is offered, as far as they are seen through this window."""
    pages = fetch(PAGES_SQL, {"service": service}, window)
    return {number for (page,) in pages for number in numbers_in(facts_of(page))}
