"""One row of a list, read by its mapping: a whole Record, or a Refusal that says why not. Never half."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from directory.rules.hsds_package_words import is_correctional_lodge
from directory.rules.table_addresses import province_code, read_address, street_key, tells_street
from directory.rules.table_cells import (
    READERS,
    CellError,
    as_claim,
    as_degrees,
    as_text,
    as_texts,
    cell,
    host_of,
    without,
)
from directory.rules.table_hours import read_notes, read_weekly
from directory.rules.table_mapping import CLOSED, Columns, Condition, Patterns, Scope, TableMapping
from directory.rules.table_phones import read_phones
from directory.rules.table_records import (
    AddressFacts,
    LanguageFacts,
    LocationFacts,
    OrganizationFacts,
    PhoneFacts,
    Record,
    Refusal,
    ScheduleFacts,
    ServiceFacts,
)
from directory.rules.text import fold

LONGEST_KEY = 200
Read = TypeVar("Read")
Row = Mapping[str, object]


class RowError(Exception):
    """A reason to refuse a row; `is_closed` if its service has closed for good."""

    def __init__(self, reason: str, *, is_closed: bool = False) -> None:
        super().__init__(reason)
        self.is_closed = is_closed


def read_row(mapping: TableMapping, row: object, number: int = 0) -> Record | Refusal:
    """Return what `row` says, or why it is refused. Never raises, whatever JSON, CSV or a sheet may hold."""
    if not isinstance(row, Mapping):
        return Refusal(number, "", "is not a row with named columns")
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


def _in_column(name: str, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except CellError as fault:
        raise RowError(f"column {name} {fault}") from None


def _key(mapping: TableMapping, row: Row) -> str:
    key = _in_column(mapping.key, lambda: as_text(cell(row, mapping.key)))
    if not key:
        raise RowError(f"no key (column {mapping.key})")
    if len(key) > LONGEST_KEY or "\n" in key:
        raise RowError(f"column {mapping.key} is too long for a key")
    return key


def _text(mapping: TableMapping, row: Row, column: str) -> str:
    """A cell as text, without what the mapping removes, "" for the words that it calls empty."""
    value = cell(row, column)
    if value is None or value == "":
        return ""
    raw = _in_column(column, lambda: as_text(value))
    return _cleaned(raw, mapping.remove, mapping.empty)


# A row's few texts are asked for by every rule of its mapping, one row after the other.
@lru_cache(maxsize=256)
def _cleaned(raw: str, remove: Patterns, empty: frozenset[str]) -> str:
    text = without(raw, remove) if remove else raw
    return "" if empty and fold(text) in empty else text


@lru_cache(maxsize=256)
def _spaced(text: str) -> str:
    """The folded text between spaces, so that " word " is found at both ends too."""
    return f" {fold(text)} "


def _first(mapping: TableMapping, row: Row, columns: Columns) -> str:
    return next((text for column in columns if (text := _text(mapping, row, column))), "")


def _holds(mapping: TableMapping, row: Row, when: Condition) -> bool:
    if when.values and fold(_text(mapping, row, mapping.category)) not in when.values:
        return False
    texts = [_text(mapping, row, column) for column in when.columns]
    folded = [_spaced(text) for text in texts]
    if any(f" {word} " in text for word in when.unless for text in folded):
        return False
    if not (when.words or when.matches):
        return True
    has_word = any(f" {word} " in text for word in when.words for text in folded)
    return has_word or any(pattern.search(text) for pattern in when.matches for text in texts)


def _record(mapping: TableMapping, row: Row, key: str) -> Record:
    scope = _scope(mapping, row)
    service = _service(mapping, row, scope)
    for when, reason in mapping.refuse_when:
        if _holds(mapping, row, when):
            raise RowError(reason)
    needs = _needs(mapping, row)
    location = None if scope.reach != "place" else _location(mapping, row, needs)
    organization = _organization(mapping, row, service)
    record = Record(
        key=key,
        organization=organization,
        service=service,
        location=location,
        phones=_phones(mapping, row),
        schedules=_schedules(mapping, row, key),
        languages=_languages(mapping, row),
        needs=needs,
    )
    if location is not None and location.is_protected:
        check_protected_text(record, _address(mapping, row))
    return record


def _value(mapping: TableMapping, row: Row, field: str, columns: Columns) -> Any:
    text = _first(mapping, row, columns)
    if any(pattern.search(text) for pattern in mapping.drop.get(field, ())):
        text = ""
    text = text or mapping.defaults.get(field, "")
    read = READERS.get(field, as_text)
    return _in_column(" or ".join(columns) or field, lambda: read(text))


def _service(mapping: TableMapping, row: Row, scope: Scope) -> ServiceFacts:
    named = {*mapping.service, *mapping.constants, *mapping.defaults}
    values = {field: _value(mapping, row, field, mapping.service.get(field, ())) for field in sorted(named)}
    for field, constant in mapping.constants.items():
        values[field] = READERS.get(field, as_text)(constant)
    if not values.get("name"):
        raise RowError("no name")
    values["status"] = _status(mapping, values.get("status", ""))
    return ServiceFacts(**_french(mapping, values), reach=scope.reach, province=scope.province)


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
        if _holds(mapping, row, rule.when):
            found.update(dict.fromkeys(rule.add))
    found.update(dict.fromkeys(_by_category(mapping, row)))
    finer = tuple(slug for slug in found if mapping.words.parents[slug])
    return finer or tuple(found)


def _by_category(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    if not mapping.category:
        return ()
    category = _text(mapping, row, mapping.category)
    needs = mapping.categories.get(fold(category))
    if needs is None:
        raise RowError(f"unknown category {category[:60]!r} (column {mapping.category})")
    return needs


def _scope(mapping: TableMapping, row: Row) -> Scope:
    text = _text(mapping, row, mapping.scope) if mapping.scope else ""
    if text:
        if found := mapping.scopes.get(fold(text)):
            return found
        raise RowError(f"unknown scope {text[:60]!r} (column {mapping.scope})")
    return next((scope for when, scope in mapping.reach_when if _holds(mapping, row, when)), Scope("place"))


def _address(mapping: TableMapping, row: Row) -> AddressFacts | None:
    place = mapping.place
    if place.address:
        return read_address(_first(mapping, row, place.address))
    province = province_code(_first(mapping, row, place.state_province))
    city, street = _first(mapping, row, place.city), _first(mapping, row, place.address_1)
    code = _first(mapping, row, place.postal_code)
    read = read_address(f"{street}, {city}, {province} {code}") if street and city and province else None
    if read is None:
        return None
    return replace(read, address_2=_first(mapping, row, place.address_2) or read.address_2)


def _location(mapping: TableMapping, row: Row, needs: Sequence[str]) -> LocationFacts:
    place = mapping.place
    address = _address(mapping, row)
    told = _spaced(_first(mapping, row, (*place.address, *place.address_1)))
    is_confidential = any(f" {word} " in told for word in place.confidential)
    is_virtual = bool(place.virtual) and _in_column(place.virtual, lambda: as_claim(cell(row, place.virtual)))
    latitude, longitude = _coordinates(mapping, row)
    location = LocationFacts(
        location_type="virtual" if is_virtual else "physical",
        description=address.note if address else "",
        address=address,
        city=address.city if address else _first(mapping, row, place.city),
        state_province=_province(mapping, row, address),
        postal_code=address.postal_code if address else _first(mapping, row, place.postal_code),
        latitude=latitude,
        longitude=longitude,
    )
    return protected(location) if is_confidential or mapping.words.protected & set(needs) else location


def _province(mapping: TableMapping, row: Row, address: AddressFacts | None) -> str:
    if address:
        return address.state_province
    return province_code(_first(mapping, row, mapping.place.state_province))


def _coordinates(mapping: TableMapping, row: Row) -> tuple[float | None, float | None]:
    names = mapping.place.latitude, mapping.place.longitude
    latitude, longitude = (
        _in_column(name, lambda name=name: as_degrees(cell(row, name))) if name else None  # type: ignore[misc]
        for name in names
    )
    if (latitude is None) != (longitude is None):
        raise RowError(f"columns {names[0]} and {names[1]}: one of the two coordinates is missing")
    return latitude, longitude


def protected(location: LocationFacts) -> LocationFacts:
    """Return the place without anything that leads to its door: only its city is stated."""
    return LocationFacts(
        location_type=location.location_type,
        is_protected=True,
        city=location.city,
        state_province=location.state_province,
        street=street_key(location.address) if location.address else location.street,
    )


def check_protected_text(record: Record, address: AddressFacts | None) -> None:
    """Raise RowError if any text of a protected record tells the street or postal code that it must not."""
    told: list[object] = [getattr(record.service, f.name) for f in fields(record.service)]
    told += [getattr(record.organization, f.name) for f in fields(record.organization) if f.name != "key"]
    told += [schedule.description for schedule in record.schedules]
    told += [phone.description for phone in record.phones]
    if any(isinstance(text, str) and tells_street(text, address) for text in told):
        raise RowError("the place is protected, but a text of the row tells its street or postal code")


def _phones(mapping: TableMapping, row: Row) -> tuple[PhoneFacts, ...]:
    label = _text(mapping, row, mapping.phone_label) if mapping.phone_label else ""
    found: dict[tuple[str, str], PhoneFacts] = {}
    for column in mapping.phones:
        text = _text(mapping, row, column)
        for phone in _in_column(column, lambda text=text: read_phones(text, label)):  # type: ignore[misc]
            found.setdefault((phone.number, phone.extension), phone)
    return tuple(found.values())


def _schedules(mapping: TableMapping, row: Row, key: str) -> tuple[ScheduleFacts, ...]:
    hours = mapping.hours
    has_weekly = bool(hours.weekly) and key not in hours.text_only
    weekly = _in_column(hours.weekly, lambda: read_weekly(cell(row, hours.weekly))) if has_weekly else ()
    texts = (_text(mapping, row, column) for column in hours.text)
    return weekly + read_notes(_kept(texts, mapping.drop.get("hours", ())))


def _kept(texts: Iterable[str], drop: Patterns) -> list[str]:
    return [text for text in texts if not any(pattern.search(text) for pattern in drop)]


def _languages(mapping: TableMapping, row: Row) -> tuple[LanguageFacts, ...]:
    if not mapping.languages:
        return ()
    names = _in_column(mapping.languages, lambda: as_texts(cell(row, mapping.languages)))
    found = {fold(name): LanguageFacts(name, mapping.words.languages.get(fold(name), "")) for name in names}
    return tuple(found.values())


def unseen_columns(mapping: TableMapping, rows: Iterable[object]) -> tuple[str, ...]:
    """Return the columns of the mapping that no row has: most likely typing errors."""
    place, hours = mapping.place, mapping.hours
    named = {mapping.key, mapping.category, mapping.scope, mapping.phone_label, mapping.languages}
    named |= {place.latitude, place.longitude, place.virtual, hours.weekly, *hours.text, *mapping.phones}
    for columns in (*mapping.service.values(), *mapping.organization.values()):
        named |= set(columns)
    for columns in (place.address, place.address_1, place.address_2, place.city, place.postal_code):
        named |= set(columns)
    missing = named - {""}
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
