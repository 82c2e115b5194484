"""What an uploaded sheet would change: offers by listing, and what stands in the way of the other rows.

A row with anything wrong in it is left out whole: half of what somebody meant is worse than none of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from directory.rules.sheet_cells import LanguageWords, Profile, cells_of, values_of
from directory.rules.sheet_columns import ID, MARK, UNREAD
from directory.rules.sheet_text import NotRead, changed, language_of


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row under its number in the file: its cells as text by the column's slug, and what is no text."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, NotRead] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The rows of a file; `letters` says where a column stands ("C"), `unknown` are headers that we don't know."""

    rows: Sequence[SheetRow]
    letters: Mapping[str, str]
    unknown: Sequence[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a row would make of a listing: its parts, and what they say until then."""

    row: int
    listing: str
    before: Mapping[str, Any]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a cell (or a whole row: `slug` is empty), as a code and what shows it."""

    row: int
    slug: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """All that a sheet comes to. `same` counts rows that change nothing."""

    offers: Sequence[Offer]
    faults: Sequence[RowFault]
    same: int


def look_through(sheet: ReadSheet, profiles: Mapping[str, Profile], words: LanguageWords) -> Looked:
    """Judge each row by itself. `profiles` are the listings that the person keeps, by id: no other one exists here."""
    named = Counter(row.cells.get(ID.slug, "").casefold() for row in sheet.rows)
    offers: list[Offer] = []
    faults: list[RowFault] = []
    same = 0
    for row in sheet.rows:
        listing = row.cells.get(ID.slug, "").casefold()
        if listing and named[listing] > 1:
            others = [r.number for r in sheet.rows if r.cells.get(ID.slug, "").casefold() == listing]
            told = ", ".join(str(number) for number in others if number != row.number)
            faults.append(RowFault(row.number, ID.slug, "twice", told))
            continue
        wrong = list(_faults_before(row, listing, profiles))
        offer = None
        if not wrong:
            offer, wrong = _offered(row, listing, profiles[listing], words)
        faults += wrong
        offers += [offer] if offer else []
        same += not wrong and offer is None
    return Looked(offers, faults, same)


def _faults_before(row: SheetRow, listing: str, profiles: Mapping[str, Profile]) -> Iterator[RowFault]:
    """What is wrong before any cell is compared."""
    for slug, fault in row.faults.items():
        yield RowFault(row.number, slug, fault.code, fault.value)
    if row.faults:
        return
    if not listing:
        yield RowFault(row.number, ID.slug, "new_listing")
    elif listing not in profiles:
        # Another organization's listing is answered as one that is not there.
        yield RowFault(row.number, ID.slug, "no_such_listing", row.cells[ID.slug][:60])


def _offered(
    row: SheetRow, listing: str, profile: Profile, words: LanguageWords
) -> tuple[Offer | None, list[RowFault]]:
    typed = {slug: text for slug, text in row.cells.items() if slug not in UNREAD}
    mark = row.cells.get(MARK.slug, "")
    try:
        now = cells_of(profile, listing, words, language_of(mark))
        ours, both = changed(listing, mark, typed, now)
    except NotRead as fault:
        return None, [RowFault(row.number, MARK.slug, fault.code, fault.value)]
    values, wrong = values_of({slug: typed[slug] for slug in ours}, profile, listing, words)
    faults = [RowFault(row.number, slug, "conflict", now[slug]) for slug in both]
    faults += [RowFault(row.number, slug, fault.code, fault.value) for slug, fault in wrong.items()]
    if faults:
        return None, sorted(faults, key=lambda fault: list(now).index(fault.slug))
    after = {key: value for key, value in values.items() if value != profile.get(key)}
    before = {key: profile.get(key) for key in after}
    return (Offer(row.number, listing, before, after) if after else None), []
