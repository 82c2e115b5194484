"""A mapping file: how the columns of somebody's list become records of the directory.

fixtures/mappings/kingston.toml shows the keys at work. `parse_mapping` turns the TOML into a frozen
TableMapping or says what to mend; `read_row` in table_rows.py uses it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from directory.rules.table_addresses import province_code
from directory.rules.table_cells import READERS, CellError, as_text
from directory.rules.table_records import OrganizationFacts, Reach, ServiceFacts
from directory.rules.table_settings import MappingError, Section
from directory.rules.text import fold

Columns = tuple[str, ...]
Patterns = tuple[re.Pattern[str], ...]

CLOSED = "closed for good"
STATUSES = ("active", "inactive", "temporarily closed", "defunct")
NEVER_TAKEN = frozenset({"assured_date", "assurer_email", "last_modified"})
"""Facts that only a person who asked the service, or the site itself, may set."""
_SET_ELSEWHERE = {"reach", "province"}
SERVICE_FIELDS = frozenset(f.name for f in fields(ServiceFacts)) - _SET_ELSEWHERE
ORGANIZATION_FIELDS = frozenset(f.name for f in fields(OrganizationFacts)) - {"key"}
RESERVED_PUBLISHERS = frozenset({"relais"})


@dataclass(frozen=True, slots=True)
class Words:
    """What a mapping may name: needs with their parents ("" for groups), kinds that are protected, languages.

    `languages` goes from folded names and codes to ISO 639-3 codes.
    """

    parents: Mapping[str, str]
    protected: frozenset[str]
    languages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PublisherFacts:
    """Whose list it is. `is_demo` marks records that describe nothing real."""

    slug: str
    name: str
    name_fr: str = ""
    url: str = ""
    licence: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class FileShape:
    """Where the rows stand: `records` is the path of a list inside JSON, `sheet` a sheet ("": the first)."""

    records: str = ""
    sheet: str = ""
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds if a column has one of the folded `words`, or a match of `matches`, and none of `unless`.

    `values` limits it to rows of these folded categories. Without words and matches, the category decides.
    """

    columns: Columns
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    matches: Patterns = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedsRule:
    """Adds needs where its condition holds."""

    when: Condition
    add: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a service reaches; `province` has two letters where `reach` is "province"."""

    reach: Reach
    province: str = ""


@dataclass(frozen=True, slots=True)
class French:
    """Which French to take. Where nobody read it, only `take`, and nothing that `broken` finds."""

    trust: bool
    take: frozenset[str]
    broken: Patterns


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Where a row says its place; `default_community` ("Kingston, ON") stands where it names no city."""

    address: Columns
    address_1: Columns
    address_2: Columns
    city: Columns
    state_province: Columns
    postal_code: Columns
    latitude: str
    longitude: str
    virtual: str
    confidential: tuple[str, ...]
    default_community: str


@dataclass(frozen=True, slots=True)
class HoursColumns:
    """`weekly` holds hours by weekday, `text` words. Rows with a key in `text_only` keep the words alone."""

    weekly: str
    text: Columns
    text_only: frozenset[str]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Everything that a mapping file says, checked."""

    publisher: PublisherFacts
    file: FileShape
    key: str
    service: Mapping[str, Columns]
    organization: Mapping[str, Columns]
    constants: Mapping[str, str]
    defaults: Mapping[str, str]
    remove: Patterns
    empty: frozenset[str]
    drop: Mapping[str, Patterns]
    french: French
    status: Mapping[str, str]
    category: str
    categories: Mapping[str, tuple[str, ...]]
    needs_when: tuple[NeedsRule, ...]
    scope: str
    scopes: Mapping[str, Scope]
    reach_when: tuple[tuple[Condition, Scope], ...]
    refuse_when: tuple[tuple[Condition, str], ...]
    place: PlaceColumns
    phones: Columns
    phone_label: str
    hours: HoursColumns
    languages: str
    words: Words


def parse_mapping(data: object, words: Words) -> TableMapping:
    """Return the mapping that parsed TOML `data` describes. Raises MappingError, with what to mend."""
    top = Section("", data)
    needs, scope, phones = top.section("needs"), top.section("scope"), top.section("phones")
    text, languages = top.section("text"), top.section("languages")
    service = _columns(top.section("columns"), SERVICE_FIELDS)
    constants = _values(top.section("constants"))
    if "name" not in {*service, *constants}:
        raise MappingError("[columns] name", "is missing", 'write name = "the column with the name"')
    mapping = TableMapping(
        publisher=_publisher(top.section("publisher")),
        file=_file(top.section("file")),
        key=top.text("key"),
        service=service,
        organization=_columns(top.section("organization"), ORGANIZATION_FIELDS),
        constants=constants,
        defaults=_values(top.section("defaults")),
        remove=text.patterns("remove"),
        empty=frozenset(map(fold, text.texts("empty"))),
        drop=_drop(top.section("drop")),
        french=_french(top.section("french")),
        status=_statuses(top.section("status")),
        category=needs.text("column", ""),
        categories=_categories(needs.section("values"), words),
        needs_when=tuple(_needs_rule(rule, words) for rule in top.sections("needs_when")),
        scope=scope.text("column", ""),
        scopes=_scopes(scope.section("values")),
        reach_when=tuple((_condition(s), _scope(s)) for s in top.sections("reach_when")),
        refuse_when=tuple((_condition(s), _reason(s)) for s in top.sections("refuse_when")),
        place=_place(top.section("place")),
        phones=phones.texts("columns"),
        phone_label=phones.text("label", ""),
        hours=_hours(top.section("hours")),
        languages=languages.text("column", ""),
        words=words,
    )
    for section in (needs, scope, phones, text, languages, top):
        section.close()
    return mapping


def _publisher(section: Section) -> PublisherFacts:
    slug = section.text("slug")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 50 or slug in RESERVED_PUBLISHERS:
        raise MappingError(
            section.where("slug"), f"{slug!r} can't be used", 'write small letters such as "our-list"'
        )
    found = PublisherFacts(
        slug=slug,
        name=section.text("name"),
        name_fr=section.text("name_fr", ""),
        url=section.text("url", ""),
        licence=section.text("licence", ""),
        is_demo=section.claim("is_demo", default=False),
    )
    section.close()
    return found


def _file(section: Section) -> FileShape:
    found = FileShape(section.text("records", ""), section.text("sheet", ""), section.text("delimiter", ","))
    if len(found.delimiter) != 1:
        raise MappingError(section.where("delimiter"), "is not one character", 'write delimiter = ";"')
    section.close()
    return found


def _known(section: Section, key: str, known: frozenset[str]) -> None:
    if key in NEVER_TAKEN:
        raise MappingError(
            section.where(key),
            "is never imported",
            "take it out: only a person who asked the service sets it",
        )
    if key not in known:
        raise MappingError(section.where(key), "is no field", f"known: {', '.join(sorted(known))}")


def _columns(section: Section, known: frozenset[str]) -> dict[str, Columns]:
    for key in section:
        _known(section, key, known)
    return {key: section.texts(key) for key in section}


def _values(section: Section) -> dict[str, str]:
    for key in section:
        _known(section, key, SERVICE_FIELDS)
    return {key: _checked(section, key, section.text(key)) for key in section}


def _checked(section: Section, key: str, text: str) -> str:
    try:
        READERS.get(key, as_text)(text)
    except CellError as fault:
        raise MappingError(section.where(key), str(fault), "write one that is") from None
    return text


def _drop(section: Section) -> dict[str, Patterns]:
    for key in section:
        _known(section, key, SERVICE_FIELDS | {"hours"})
    return {key: section.patterns(key) for key in section}


def _french(section: Section) -> French:
    take = section.texts("take")
    for field in take:
        if field not in SERVICE_FIELDS or not field.endswith("_fr"):
            raise MappingError(section.where("take"), f"{field!r} is no French field", 'such as "name_fr"')
    found = French(section.claim("trust", default=True), frozenset(take), section.patterns("broken"))
    section.close()
    return found


def _statuses(section: Section) -> dict[str, str]:
    found = {fold(key): section.text(key) for key in section}
    for key in section:
        if found[fold(key)] not in (*STATUSES, CLOSED):
            raise MappingError(section.where(key), "is no status", f"one of {', '.join((*STATUSES, CLOSED))}")
    return {status: status for status in STATUSES} | found


def _slugs(section: Section, key: str, words: Words) -> tuple[str, ...]:
    slugs = section.texts(key)
    for slug in slugs:
        if slug not in words.parents:
            raise MappingError(
                section.where(key), f"{slug!r} is no need", "see fixtures/vocabulary/needs.toml"
            )
    return slugs


def _categories(section: Section, words: Words) -> dict[str, tuple[str, ...]]:
    return {fold(key): _slugs(section, key, words) for key in section}


def _condition(section: Section) -> Condition:
    found = Condition(
        columns=section.texts("columns") or ("name", "description"),
        words=tuple(map(fold, section.texts("words"))),
        unless=tuple(map(fold, section.texts("unless"))),
        matches=section.patterns("matches"),
        values=tuple(map(fold, section.texts("values"))),
    )
    if not (found.words or found.matches or found.values):
        raise MappingError(
            section.where("words"), "is missing", 'write words = ["..."], or matches or values'
        )
    return found


def _needs_rule(section: Section, words: Words) -> NeedsRule:
    rule = NeedsRule(_condition(section), _slugs(section, "add", words))
    section.close()
    return rule


def _reason(section: Section) -> str:
    reason = section.text("reason")
    section.close()
    return reason


def _scope(section: Section) -> Scope:
    reach, province = section.text("reach"), section.text("province", "")
    section.close()
    if reach == "country":
        return Scope("country")
    if reach == "place":
        return Scope("place")
    if reach != "province":
        raise MappingError(section.where("reach"), f"{reach!r} is no reach", "place, province or country")
    if not province_code(province):
        raise MappingError(section.where("province"), f"{province!r} is none", 'write province = "ON"')
    return Scope("province", province_code(province))


def _scopes(section: Section) -> dict[str, Scope]:
    return {fold(key): _scope(section.section(key)) for key in section}


def _place(section: Section) -> PlaceColumns:
    found = PlaceColumns(
        address=section.texts("address"),
        address_1=section.texts("address_1"),
        address_2=section.texts("address_2"),
        city=section.texts("city"),
        state_province=section.texts("state_province"),
        postal_code=section.texts("postal_code"),
        latitude=section.text("latitude", ""),
        longitude=section.text("longitude", ""),
        virtual=section.text("virtual", ""),
        confidential=tuple(map(fold, section.texts("confidential"))),
        default_community=section.text("default_community", ""),
    )
    section.close()
    return found


def _hours(section: Section) -> HoursColumns:
    found = HoursColumns(
        section.text("weekly", ""), section.texts("text"), frozenset(section.texts("text_only"))
    )
    section.close()
    return found
