"""Sealed addresses of searches and of listings reached from one (contract: a search leaves no trace in words)."""

from datetime import UTC, datetime

from django.urls import reverse

from directory.views import kept
from safety.seal import MOST_BYTES, seal, unseal

FIND = "find"
LISTING = "listing"
ROOM = 448 + kept.ROOM
"""Bytes by which a search may grow once it was read: a moment is written out with its offset, and a list of picked
services travels along."""


class TokenConverter:
    """A sealed token in an address; at least as long as an empty one, so that no word is taken for it."""

    regex = "[A-Za-z0-9_-]{80,2600}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def find_address(query_text: str, page: int = 1, *, most: int = MOST_BYTES) -> str:
    """The sealed address of a search. Raises safety.seal.NotSealable over `most` bytes."""
    token = seal(query_text, FIND, now(), most=most)
    return page_address(token, page) if page > 1 else reverse("find_sealed", kwargs={"token": token})


def page_address(token: str, page: int) -> str:
    """A page of a search that is sealed already."""
    return reverse("find_sealed", kwargs={"token": token, "page": page})


def listing_address(listing_id: str, query_text: str, page: int) -> str:
    """The sealed way from a result to its listing, and back to page `page` of the search."""
    most = MOST_BYTES + ROOM + len(listing_id) + 4
    token = seal(f"{listing_id} {page} {query_text}", LISTING, now(), most=most)
    return reverse("listing_sealed", kwargs={"token": token})


def open_find(token: str) -> str:
    """The search of a sealed address. Raises safety.seal.Broken."""
    return unseal(token, FIND, now())


def open_listing(token: str) -> tuple[str, int, str]:
    """Listing id, page and search of a sealed address. Raises safety.seal.Broken."""
    listing_id, page, query_text = unseal(token, LISTING, now()).split(" ", 2)
    return listing_id, int(page), query_text
