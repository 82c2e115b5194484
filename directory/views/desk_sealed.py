"""Sealed addresses of the desk: good for a shift, and of no use on the public pages."""

from django.urls import reverse

from directory.views.sealed import ROOM, now
from safety.seal import LONGEST_LIFE, MOST_BYTES, seal, unseal

FIND, LISTING = "desk_find", "desk_listing"


def find_address(query_text: str, page: int = 1, *, most: int = MOST_BYTES) -> str:
    """The sealed address of a search at the desk. Raises safety.seal.NotSealable over `most` bytes."""
    token = seal(query_text, FIND, now(), LONGEST_LIFE, most=most)
    return page_address(token, page) if page > 1 else reverse("desk_find_sealed", kwargs={"token": token})


def page_address(token: str, page: int) -> str:
    """A page of a search that is sealed already."""
    return reverse("desk_find_sealed", kwargs={"token": token, "page": page})


def listing_address(listing_id: str, query_text: str, page: int) -> str:
    """The sealed way from a row to its listing, and back to page `page` of the search."""
    most = MOST_BYTES + ROOM + len(listing_id) + 4
    token = seal(f"{listing_id} {page} {query_text}", LISTING, now(), LONGEST_LIFE, most=most)
    return reverse("desk_listing_sealed", kwargs={"token": token})


def open_find(token: str) -> str:
    """The search of a sealed address. Raises safety.seal.Broken."""
    return unseal(token, FIND, now())


def open_listing(token: str) -> tuple[str, int, str]:
    """Listing id, page and search of a sealed address. Raises safety.seal.Broken."""
    listing_id, page, query_text = unseal(token, LISTING, now()).split(" ", 2)
    return listing_id, int(page), query_text
