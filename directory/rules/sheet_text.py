"""Cells of a sheet as text: without danger to who opens them, compared, and marked so that staleness is seen."""

import hashlib
import re
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence

LANGUAGES = ("en", "fr")
_LEAD = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_DANGEROUS = re.compile(rf"'*\s*{_LEAD}")
_GUARDS = re.compile(rf"^'+(?=\s*{_LEAD})")
_UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DIGITS = 4
"""Signs of a mark for each cell: 24 bits."""


class NotRead(Exception):
    """A cell that says nothing that can be kept: a code, and the part of it that shows why."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.value = code, value


def holdable(text: str) -> str:
    """The text without what no sheet can hold."""
    return _UNHOLDABLE.sub(" ", text)


def guarded(text: str) -> str:
    """A cell that a spreadsheet program shows, and does not reckon: what could begin a formula gets an apostrophe.

    Without space around it: a tab may begin a formula too, and an apostrophe before nothing would be read as one.
    """
    kept = text.strip()
    return f"'{kept}" if _DANGEROUS.match(kept) else kept


def plain(text: str) -> str:
    """For comparing: one form of each letter, one kind of line end, no space at an end."""
    lines = unicodedata.normalize("NFC", holdable(text)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.replace("\u00a0", " ").split()) for line in lines).strip()


def said(text: str) -> str:
    """What a cell says, with its guard or without, and however often it was guarded."""
    return _GUARDS.sub("", plain(text)).strip()


def _digest(listing: str, slug: str, text: str) -> str:
    found = hashlib.sha256(f"{listing}\0{slug}\0{said(text)}".encode()).digest()
    return urlsafe_b64encode(found)[:DIGITS].decode()


def _shape(slugs: Sequence[str]) -> str:
    return _digest("", "columns", " ".join(slugs))


def mark_of(listing: str, cells: Mapping[str, str], language: str) -> str:
    """What a row says when it is downloaded: the sheet's language, its columns, and a digest for each of `cells`."""
    slugs = sorted(cells)
    return f"{language}." + _shape(slugs) + "".join(_digest(listing, slug, cells[slug]) for slug in slugs)


def language_of(mark: str) -> str:
    """The language in which a row was written. Raises NotRead for what is no mark."""
    found = mark.strip()[:2]
    if found not in LANGUAGES or mark.strip()[2:3] != ".":
        raise NotRead("no_mark")
    return found


def digests_of(mark: str, slugs: Sequence[str]) -> dict[str, str]:
    """The digest of each cell at the time of the download. Raises NotRead for a mark of other columns."""
    rest, ordered = mark.strip()[3:], sorted(slugs)
    if len(rest) != DIGITS * (len(ordered) + 1) or rest[:DIGITS] != _shape(ordered):
        raise NotRead("no_mark")
    starts = range(DIGITS, len(rest), DIGITS)
    return {slug: rest[at : at + DIGITS] for slug, at in zip(ordered, starts, strict=True)}


def changed(
    listing: str, mark: str, typed: Mapping[str, str], now: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """The cells that somebody changed in the sheet, and those of them that were changed at the site meanwhile too.

    `typed` has the columns that the sheet still has, `now` all of them. A cell that still says what was downloaded
    changes nothing, whatever the site says now.
    """
    before = digests_of(mark, list(now))
    ours: list[str] = []
    both: list[str] = []
    for slug, text in typed.items():
        if said(text) == said(now[slug]) or _digest(listing, slug, text) == before[slug]:
            continue
        is_ours = _digest(listing, slug, now[slug]) == before[slug]
        (ours if is_ours else both).append(slug)
    return ours, both
