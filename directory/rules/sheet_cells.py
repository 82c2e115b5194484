"""A listing's profile as the cells of a sheet, and the cells that somebody changed as values of its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.rules.eligibility_terms import check_facts
from directory.rules.holding import facts_of
from directory.rules.sheet_columns import BY_SLUG, COLUMNS, Column, Kind
from directory.rules.sheet_facts import allowed_facts, bound_text, read_facts, write_facts
from directory.rules.sheet_hours import read_hours, write_hours
from directory.rules.sheet_phones import read_languages, read_phones, write_languages, write_phones
from directory.rules.sheet_text import NotRead, plain
from directory.rules.table_cells import CellError, as_email, as_url
from directory.rules.text import fold

Profile = Mapping[str, Any]
LONGEST = 4000
LONGEST_LINE = 300
LONGEST_CELL = 32_000
"""Characters: spreadsheet programs cut off what is longer than 32,767."""
STATUSES = {
    "active": ("open", "ouvert"),
    "temporarily closed": ("closed for a while", "fermé pour un temps"),
    "inactive": ("not running, not shown", "pas en service, non affiché"),
    "defunct": ("over, not shown", "terminé, non affiché"),
}
_STATUS_OF = {fold(word): value for value, words in STATUSES.items() for word in (value, *words)}
AT_THE_DESK = {"en": "Change this at your desk.", "fr": "À changer à votre bureau."}
"""What a cell says that would lose something: hours of several places, or with seasons."""


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """`codes` by folded name of a language; `names` by code, for each of "en" and "fr"."""

    codes: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]


def cells_of(profile: Profile, listing: str, words: LanguageWords, language: str) -> dict[str, str]:
    """The text of every cell that a keeper may change, by the column's slug."""
    told = {column.slug: _written(column, profile, listing, words, language) for column in COLUMNS}
    return {slug: text if len(text) <= LONGEST_CELL else AT_THE_DESK[language] for slug, text in told.items()}


def _written(column: Column, profile: Profile, listing: str, words: LanguageWords, language: str) -> str:
    if column.kind is Kind.HOURS:
        key = hours_key(column, profile, listing)
        hours = profile.get(key) if key else None
        is_whole = key and (hours is None or hours.get("is_plain", True))
        return write_hours(hours, language) if is_whole else AT_THE_DESK[language]
    if column.kind is Kind.FACTS:
        return write_facts(column.key, facts_of(profile.get("facts")), language)
    value: Any = profile.get(column.key) or ""
    if column.kind is Kind.PHONES:
        return write_phones(value or [], language)
    if column.kind is Kind.LANGUAGES:
        return write_languages(value or [], words.names[language], language)
    if column.kind is Kind.STATUS:
        return STATUSES[value][language == "fr"] if value in STATUSES else str(value)
    return str(value)


def hours_key(column: Column, profile: Profile, listing: str) -> str:
    """The key of the hours that a column is about; empty where several places have such hours of their own."""
    mine = [key for key in profile if key.startswith("hours/") and key.rpartition("/")[2] == column.key]
    if not mine:
        return f"hours/{listing}/{column.key}"
    return mine[0] if len(mine) == 1 else ""


def values_of(
    cells: Mapping[str, str], profile: Profile, listing: str, words: LanguageWords
) -> tuple[dict[str, Any], dict[str, NotRead]]:
    """The parts that changed cells (slug -> text) make, and what is wrong with which cell."""
    values: dict[str, Any] = {}
    faults: dict[str, NotRead] = {}
    facts = {slug: text for slug, text in cells.items() if BY_SLUG[slug].kind is Kind.FACTS}
    for slug in cells.keys() - facts.keys():
        try:
            key, value = _read(BY_SLUG[slug], cells[slug], profile, listing, words)
            values[key] = value
        except NotRead as fault:
            faults[slug] = fault
    if facts:
        stated, wrong = _facts(facts, profile)
        faults |= wrong
        if not wrong:
            values["facts"] = stated
    return _named(values, profile, faults), faults


def _read(column: Column, text: str, profile: Profile, listing: str, words: LanguageWords) -> tuple[str, Any]:
    kind = column.kind
    if kind is Kind.HOURS:
        key = hours_key(column, profile, listing)
        stored = profile.get(key)
        if not key or (stored and not stored.get("is_plain", True)):
            raise NotRead("at_the_desk")
        return key, read_hours(text, stored)
    if kind is Kind.PHONES:
        return column.key, read_phones(text, profile.get(column.key) or [])
    if kind is Kind.LANGUAGES:
        stored_languages = profile.get(column.key) or []
        return column.key, read_languages(text, stored_languages, words.codes, words.names["en"])
    if kind is Kind.STATUS:
        if fold(text) not in _STATUS_OF:
            raise NotRead("no_status", text)
        return column.key, _STATUS_OF[fold(text)]
    return column.key, read_text(kind, text)


def read_text(kind: Kind, typed: str) -> str:
    """A text of this kind as it is kept. Raises NotRead."""
    text = plain(typed)
    most = LONGEST if kind is Kind.TEXT else LONGEST_LINE
    if len(text) > most:
        raise NotRead("too_long", str(most))
    if kind is not Kind.TEXT and "\n" in text:
        raise NotRead("one_line", text)
    try:
        if kind is Kind.EMAIL:
            return as_email(text)
        return as_url(text) if kind is Kind.SITE else text
    except CellError:
        raise NotRead("no_email" if kind is Kind.EMAIL else "no_site", text) from None


def _facts(cells: Mapping[str, str], profile: Profile) -> tuple[list[list[Any]], dict[str, NotRead]]:
    """All facts of a service, those of the changed columns replaced; what is wrong, by column."""
    stated, faults = facts_with({BY_SLUG[slug].key: text for slug, text in cells.items()}, profile)
    return stated, {slug: faults[BY_SLUG[slug].key] for slug in cells if BY_SLUG[slug].key in faults}


def facts_with(cells: Mapping[str, str], profile: Profile) -> tuple[list[list[Any]], dict[str, NotRead]]:
    """All facts of a service, those of some dimensions replaced by their cells; what is wrong, by dimension."""
    facts = [fact for fact in facts_of(profile.get("facts")) if fact.dimension not in cells]
    faults: dict[str, NotRead] = {}
    for slug, text in cells.items():
        try:
            facts += read_facts(slug, text)
        except NotRead as fault:
            faults[slug] = fault
    if not faults and check_facts(facts):
        faults = {slug: NotRead("contradicts", text) for slug, text in cells.items()}
    order = {column.key: place for place, column in enumerate(COLUMNS) if column.kind is Kind.FACTS}
    ordered = sorted(facts, key=lambda fact: (order[fact.dimension], fact.term))
    return [[f.dimension, f.term, f.stated, bound_text(f.low), bound_text(f.high)] for f in ordered], faults


def _named(values: dict[str, Any], profile: Profile, faults: dict[str, NotRead]) -> dict[str, Any]:
    """A name in one language at least, which stands in the first column."""
    after = {**profile, **values}
    if {"service.name", "service.name_fr"} & values.keys() and not after.get("service.name"):
        if after.get("service.name_fr"):
            values["service.name"] = after["service.name_fr"]
        else:
            faults["name"] = NotRead("no_name")
    return values


def allowed_in(column: Column, language: str) -> str:
    """What may be written in a column that has a closed list; empty for the others."""
    if column.kind is Kind.STATUS:
        return "; ".join(words[language == "fr"] for words in STATUSES.values())
    return allowed_facts(column.key, language) if column.kind is Kind.FACTS else ""


def headers(slugs: Iterable[str], language: str) -> list[str]:
    """The names of columns, for people."""
    return [BY_SLUG[slug].header.in_(language) for slug in slugs]
