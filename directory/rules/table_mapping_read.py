"""Reading a mapping file's TOML, section by section; docs/import-table.md explains each key."""

import codecs
import re
from zoneinfo import available_timezones

from directory.rules.eligibility_terms import check_fact
from directory.rules.publishing import RESERVED_PUBLISHERS
from directory.rules.table_addresses import province_code
from directory.rules.table_cells import READERS, CellError, as_text
from directory.rules.table_mapping import (
    CLOSED,
    NEVER_TAKEN,
    ORGANIZATION_FIELDS,
    SERVICE_FIELDS,
    STATUSES,
    USUAL_COLUMNS,
    Columns,
    Condition,
    EligibilityColumns,
    FileShape,
    French,
    HoursColumns,
    NeedsRule,
    Patterns,
    PlaceColumns,
    PublisherFacts,
    Scope,
    TableMapping,
    Words,
)
from directory.rules.table_settings import MappingError, Section
from directory.rules.text import fold

HOURS_OF = ("intake", "phone", "office", "drop_in", "resident")
ORDERS = {"": None, "day_first": True, "month_first": False}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_mapping(data: object, words: Words) -> TableMapping:
    """Return the mapping that parsed TOML `data` describes. Raises MappingError, with what to mend."""
    top = Section("", data)
    needs, scope, phones = top.section("needs"), top.section("scope"), top.section("phones")
    text, languages, documents = top.section("text"), top.section("languages"), top.section("documents")
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
        values=_value_maps(top.section("values")),
        is_day_first=_order(text),
        cut_from=text.patterns("cut_from"),
        remove=text.patterns("remove"),
        empty=frozenset(map(fold, text.texts("empty"))),
        drop=_drop(top.section("drop")),
        french=_french(top.section("french")),
        status=_statuses(top.section("status")),
        category=needs.text("column", ""),
        has_many_categories=needs.claim("split", default=False),
        categories=_categories(needs.section("values"), words),
        needs_when=tuple(_needs_rule(rule, words) for rule in top.sections("needs_when")),
        scope=scope.text("column", ""),
        scopes=_scopes(scope.section("values")),
        reach_when=tuple((_condition(s), _scope(s)) for s in top.sections("reach_when")),
        refuse_when=tuple((_condition(s), _reason(s)) for s in top.sections("refuse_when")),
        place=_place(top.section("place")),
        phones=phones.texts("columns"),
        phone_label=phones.text("label", ""),
        phone_words=_phone_words(phones.section("french")),
        hours=_hours(top.section("hours")),
        eligibility=_eligibility(top.section("eligibility")),
        documents=documents.texts("columns"),
        languages=languages.text("column", ""),
        words=words,
    )
    for section in (needs, scope, phones, text, languages, documents, top):
        section.close()
    return mapping


def _publisher(section: Section) -> PublisherFacts:
    slug = section.text("slug")
    if slug in RESERVED_PUBLISHERS:
        raise MappingError(
            section.where("slug"),
            f"{slug!r} is a name of Relais's own records",
            'write another, such as "our-list"',
        )
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or len(slug) > 50:
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
    found = FileShape(
        records=section.text("records", ""),
        sheet=section.text("sheet", ""),
        delimiter=section.raw("delimiter"),
        encoding=section.text("encoding", ""),
        header_row=section.number("header_row", default=1),
        may_lack=frozenset(section.texts("may_lack")),
    )
    if len(found.delimiter) > 1:
        raise MappingError(section.where("delimiter"), "is not one character", 'write delimiter = ";"')
    if found.encoding and not _is_encoding(found.encoding):
        raise MappingError(
            section.where("encoding"), f"{found.encoding!r} is none", 'such as "utf-8" or "windows-1252"'
        )
    section.close()
    return found


def _is_encoding(name: str) -> bool:
    """Whether Python knows it as one of text: "hex" and the like are codecs of other things."""
    try:
        return isinstance(codecs.lookup(name).decode(b"a" * 16)[0], str)
    except (LookupError, ValueError):
        return False


def _order(text: Section) -> bool | None:
    order = text.text("dates", "")
    if order not in ORDERS:
        raise MappingError(text.where("dates"), f"{order!r} is none", '"day_first" or "month_first"')
    return ORDERS[order]


def _value_maps(section: Section) -> dict[str, dict[str, str]]:
    """For each field, what the list's words become; compared without case and accents."""
    found: dict[str, dict[str, str]] = {}
    for field in section:
        _known(section, field, SERVICE_FIELDS)
        words = section.section(field)
        found[field] = {fold(word): _checked(words, field, words.raw(word), word) for word in words}
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


def _checked(section: Section, field: str, text: str, key: str = "") -> str:
    """`text` if it is one that `field` may hold; it stands under `key`, or under the field's own name."""
    try:
        READERS.get(field, as_text)(text)
    except CellError as fault:
        raise MappingError(section.where(key or field), str(fault), "write one that is") from None
    return text


def _drop(section: Section) -> dict[str, Patterns]:
    for key in section:
        _known(section, key, SERVICE_FIELDS | {"hours", "documents"})
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
        columns=section.texts("columns") or USUAL_COLUMNS,
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


def _phone_words(section: Section) -> dict[str, str]:
    """What is said of a number, in English of the list and in French."""
    return {fold(words): section.text(words) for words in section}


def _hours(section: Section) -> HoursColumns:
    days = section.section("days")
    found = HoursColumns(
        weekly=section.text("weekly", ""),
        days={day: days.text(day) for day in DAYS if day in [*days]},
        text=section.texts("text"),
        text_fr=section.texts("text_fr"),
        text_only=frozenset(section.texts("text_only")),
        of=section.text("of", ""),
        zone=section.text("zone", ""),
        valid_from=section.text("valid_from", ""),
        valid_to=section.text("valid_to", ""),
    )
    if found.of not in ("", *HOURS_OF):
        raise MappingError(section.where("of"), f"{found.of!r} is none", f"one of {', '.join(HOURS_OF)}")
    if found.zone and found.zone not in available_timezones():
        raise MappingError(section.where("zone"), f"{found.zone!r} is none", 'such as "America/Toronto"')
    if bool(found.valid_from) != bool(found.valid_to):
        raise MappingError(section.where("valid_from"), "stands without valid_to", "write both or none")
    days.close()
    section.close()
    return found


def _eligibility(section: Section) -> EligibilityColumns:
    claims = section.section("facts")
    found = EligibilityColumns(
        ages=section.texts("ages"),
        minimum_age=section.text("minimum_age", ""),
        maximum_age=section.text("maximum_age", ""),
        notes=section.texts("notes"),
        claims={name: claims.text(name) for name in claims},
    )
    for name in found.claims:
        dimension, _, term = name.partition(":")
        if problem := check_fact(dimension, term, True, None, None):  # noqa: FBT003
            raise MappingError(claims.where(name), problem.rstrip("."), 'write such as "access:wheelchair"')
    section.close()
    return found
