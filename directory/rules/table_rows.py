"""One row of a list, read by its mapping: a whole Record, or a Refusal that says why not. Never half."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import partial
from typing import Any

from directory.rules.hsds_package_words import is_correctional_lodge
from directory.rules.table_cells import READERS, as_date, as_text, as_texts, cell, host_of
from directory.rules.table_eligibility import Stated, read_stated
from directory.rules.table_hours import read_schedules
from directory.rules.table_locations import check_protected_text, location_of, place_doubts
from directory.rules.table_mapping import CLOSED, Columns, Scope, TableMapping
from directory.rules.table_phones import read_phones
from directory.rules.table_records import (
    BadRow,
    DocumentFacts,
    LanguageFacts,
    OrganizationFacts,
    PhoneFacts,
    Record,
    Refusal,
    ServiceFacts,
)
from directory.rules.table_texts import (
    Row,
    RowError,
    categories_of,
    first_of,
    holds,
    in_column,
    shortened,
    spaced,
    text_of,
    what_was_cut,
)
from directory.rules.text import fold

LONGEST_KEY = 200


def read_row(mapping: TableMapping, row: object, number: int = 0) -> Record | Refusal:
    """Return what `row` says, or why it is refused. Never raises, whatever JSON, CSV or a sheet may hold."""
    if not isinstance(row, Mapping):
        return Refusal(
            number, "", row.reason if isinstance(row, BadRow) else "is not a row with named columns"
        )
    try:
        key = _key(mapping, row)
    except RowError as refused:
        return Refusal(number, "", str(refused))
    try:
        return _no_prison(_record(mapping, row, key))
    except RowError as refused:
        return Refusal(number, key, str(refused), is_closed=refused.is_closed)


def _no_prison(record: Record) -> Record:
    """A correctional "healing lodge" is a prison (domain.md). Raises RowError."""
    service = record.service
    if is_correctional_lodge((service.name, record.organization.name, service.description)):
        raise RowError("this is a correctional healing lodge, which is a prison and is never listed")
    return record


def _key(mapping: TableMapping, row: Row) -> str:
    key = in_column(mapping.key, lambda: as_text(cell(row, mapping.key)))
    if not key:
        raise RowError(f"no key (column {mapping.key})")
    if len(key) > LONGEST_KEY or "\n" in key:
        raise RowError(f"column {mapping.key} is too long for a key")
    return key


def _record(mapping: TableMapping, row: Row, key: str) -> Record:
    scope = _scope(mapping, row)
    stated = read_stated(mapping, row)
    service = _service(mapping, row, scope, stated)
    for when, reason in mapping.refuse_when:
        if holds(mapping, row, when):
            raise RowError(reason)
    needs = _needs(mapping, row)
    location = None if scope.reach != "place" else location_of(mapping, row, needs)
    is_housing = bool(mapping.words.housing & set(needs))
    languages = _languages(mapping, row)
    schedules, doubts = read_schedules(mapping, row, key, is_housing=is_housing, copied_on=service.copied_on)
    record = Record(
        key=key,
        organization=_organization(mapping, row, service),
        service=service,
        location=location,
        phones=_phones(mapping, row),
        schedules=schedules,
        languages=languages,
        needs=needs,
        facts=stated.facts,
        documents=_documents(mapping, row),
        warnings=(
            *stated.warnings,
            *doubts,
            *place_doubts(mapping, row, location),
            *_language_doubts(languages),
            *what_was_cut(mapping, row),
        ),
    )
    if location is not None and location.is_protected:
        check_protected_text(record, location)
    return record


def _value(mapping: TableMapping, row: Row, field: str, columns: Columns) -> Any:
    text = first_of(mapping, row, columns)
    if any(pattern.search(text) for pattern in mapping.drop.get(field, ())):
        text = ""
    text = mapping.values.get(field, {}).get(fold(text), text) or mapping.defaults.get(field, "")
    read = READERS.get(field, as_text)
    if read is as_date:
        read = partial(as_date, is_day_first=mapping.is_day_first)
    return in_column(" or ".join(columns) or field, lambda: read(text))


def _service(mapping: TableMapping, row: Row, scope: Scope, stated: Stated) -> ServiceFacts:
    named = {*mapping.service, *mapping.constants, *mapping.defaults}
    values = {field: _value(mapping, row, field, mapping.service.get(field, ())) for field in sorted(named)}
    for field, constant in mapping.constants.items():
        values[field] = READERS.get(field, as_text)(constant)
    if not values.get("name"):
        raise RowError("no name")
    values["status"] = _status(mapping, values.get("status", ""))
    said = values.get("eligibility_description", "")
    more = [text for text in stated.words if spaced(text) not in spaced(said)]
    values["eligibility_description"] = "\n".join(filter(None, (said, *more)))
    return ServiceFacts(
        **_french(mapping, values),
        minimum_age=stated.minimum_age,
        maximum_age=stated.maximum_age,
        reach=scope.reach,
        province=scope.province,
    )


def _status(mapping: TableMapping, text: str) -> str:
    status = mapping.status.get(fold(text)) if text else "active"
    if status is None:
        raise RowError(f"unknown status {text[:60]!r}")
    if status in (CLOSED, "defunct"):
        raise RowError(CLOSED, is_closed=True)
    return status


def _french(mapping: TableMapping, values: dict[str, Any]) -> dict[str, Any]:
    """Without French that nobody read: fields not taken, broken words, English under a French name."""
    if mapping.french.trust:
        return values
    kept = dict(values)
    for field, text in values.items():
        if field.endswith("_fr") and not _is_french(mapping, field, text, values.get(field[:-3], "")):
            kept[field] = ""
    return kept


def _is_french(mapping: TableMapping, field: str, text: str, english: str) -> bool:
    rules = mapping.french
    is_broken = any(pattern.search(text) for pattern in rules.broken)
    return field in rules.take and not is_broken and fold(text) != fold(english)


def _organization(mapping: TableMapping, row: Row, service: ServiceFacts) -> OrganizationFacts:
    """The organization that the row names; without such a column, one for each service name and host."""
    host = host_of(service.url)
    if "name" not in mapping.organization:
        key = f"{fold(service.name)}|{host}"
        return OrganizationFacts(key, service.name, service.name_fr, website=service.url)
    values = {field: _value(mapping, row, field, columns) for field, columns in mapping.organization.items()}
    if not values["name"]:
        raise RowError("no name of the organization")
    return OrganizationFacts(key=fold(values["name"]), **_french(mapping, values))


def _needs(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    """Needs by words, then by category; a group only where nothing finer is known."""
    found: dict[str, None] = {}
    for rule in mapping.needs_when:
        if holds(mapping, row, rule.when):
            found.update(dict.fromkeys(rule.add))
    found.update(dict.fromkeys(_by_category(mapping, row)))
    finer = tuple(slug for slug in found if mapping.words.parents[slug])
    return finer or tuple(found)


def _by_category(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    found: list[str] = []
    for category in categories_of(mapping, row):
        needs = mapping.categories.get(fold(category))
        if needs is None:
            raise RowError(f"unknown category {category[:60]!r} (column {mapping.category})")
        found += needs
    return tuple(found)


def _scope(mapping: TableMapping, row: Row) -> Scope:
    text = text_of(mapping, row, mapping.scope) if mapping.scope else ""
    if text:
        if found := mapping.scopes.get(fold(text)):
            return found
        raise RowError(f"unknown scope {text[:60]!r} (column {mapping.scope})")
    return next((scope for when, scope in mapping.reach_when if holds(mapping, row, when)), Scope("place"))


def _phones(mapping: TableMapping, row: Row) -> tuple[PhoneFacts, ...]:
    label = text_of(mapping, row, mapping.phone_label) if mapping.phone_label else ""
    found: dict[tuple[str, str], PhoneFacts] = {}
    for column in mapping.phones:
        text = text_of(mapping, row, column)
        for phone in in_column(column, lambda text=text: read_phones(text, label)):  # type: ignore[misc]
            french = mapping.phone_words.get(fold(phone.description), "")
            found.setdefault((phone.number, phone.extension), replace(phone, description_fr=french))
    return tuple(found.values())


def _documents(mapping: TableMapping, row: Row) -> tuple[DocumentFacts, ...]:
    texts = dict.fromkeys(text_of(mapping, row, column) for column in mapping.documents)
    drop = mapping.drop.get("documents", ())
    return tuple(DocumentFacts(t) for t in texts if t and not any(pattern.search(t) for pattern in drop))


def _languages(mapping: TableMapping, row: Row) -> tuple[LanguageFacts, ...]:
    if not mapping.languages:
        return ()
    names = in_column(mapping.languages, lambda: as_texts(cell(row, mapping.languages)))
    found = {fold(name): LanguageFacts(name, mapping.words.languages.get(fold(name), "")) for name in names}
    return tuple(found.values())


def _language_doubts(languages: Iterable[LanguageFacts]) -> tuple[str, ...]:
    """A sentence for each language without a code: nobody who asks for one finds it."""
    told = "is kept as words: it is none that one can search for"
    return tuple(f"language {shortened(each.name)} {told}" for each in languages if not each.code)


def missing_columns(mapping: TableMapping, rows: Iterable[object]) -> tuple[str, ...]:
    """Return the columns of the mapping that no row has: a typing error, or another list than it was written for."""
    missing = set(mapping.columns())
    for row in rows:
        if isinstance(row, Mapping):
            missing = {name for name in missing if name not in row and cell(row, name) is None}
        if not missing:
            break
    return tuple(sorted(missing))


def organization_of(records: Iterable[Record]) -> dict[str, OrganizationFacts]:
    """Return each organization by its key; where rows share one, the first that states a fact is believed."""
    found: dict[str, OrganizationFacts] = {}
    for record in records:
        stated = record.organization
        if known := found.get(stated.key):
            gaps = {f.name: getattr(stated, f.name) for f in fields(known) if not getattr(known, f.name)}
            stated = replace(known, **gaps)
        found[stated.key] = stated
    return found
