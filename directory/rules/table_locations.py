"""Where a row says that its service is given, and what a protected place keeps of that."""

from collections.abc import Sequence
from dataclasses import fields, replace

from directory.rules.table_addresses import (
    POSTAL,
    is_no_place,
    is_of_another_place,
    province_code,
    read_address,
    read_town,
)
from directory.rules.table_cells import as_claim, as_degrees, cell
from directory.rules.table_mapping import TableMapping
from directory.rules.table_records import AddressFacts, LocationFacts, Record
from directory.rules.table_telling import doors_at, tells_street
from directory.rules.table_texts import Row, RowError, first_of, in_column, spaced, text_of
from directory.rules.text import fold


def address_of(mapping: TableMapping, row: Row) -> AddressFacts | None:
    """The street that a row tells, None for anything that is no door."""
    place = mapping.place
    if place.address:
        return read_address(first_of(mapping, row, place.address))
    province = province_code(first_of(mapping, row, place.state_province))
    city, street = first_of(mapping, row, place.city), first_of(mapping, row, place.address_1)
    code = first_of(mapping, row, place.postal_code)
    whole = read_address(street)
    if whole and fold(whole.city) == fold(city):
        read: AddressFacts | None = whole
    else:
        read = read_address(f"{street}, {city}, {province} {code}") if street and city and province else None
    if read is None:
        return None
    more = first_of(mapping, row, place.address_2)
    beside = read.address_2 if fold(more) in fold(read.address_2) else more
    return replace(read, address_2=beside)


def _cells(mapping: TableMapping, row: Row) -> tuple[str, ...]:
    """All cells that may hold the street; what stands in two columns ("12", "Oak Ave") is one."""
    place = mapping.place
    whole = [text_of(mapping, row, column) for column in place.address]
    parts = [text_of(mapping, row, column) for column in (*place.address_1, *place.address_2)]
    return tuple(dict.fromkeys(filter(None, (*whole, ", ".join(filter(None, parts))))))


def location_of(mapping: TableMapping, row: Row, needs: Sequence[str]) -> LocationFacts:
    """The place of a row; protected if it calls itself confidential, or is of a kind that is."""
    place = mapping.place
    address = address_of(mapping, row)
    is_virtual = bool(place.virtual) and in_column(place.virtual, lambda: as_claim(cell(row, place.virtual)))
    latitude, longitude = _coordinates(mapping, row)
    city, province, code = _town(mapping, row, address)
    cells = _cells(mapping, row)
    location = LocationFacts(
        location_type="virtual" if is_virtual else "physical",
        description=address.note if address else "",
        address=address,
        city=city,
        state_province=province,
        postal_code=code,
        latitude=latitude,
        longitude=longitude,
        doors=doors_at((address.address_1,) if address else cells, city),
        cells=cells,
        line="" if city else _line(cells),
        has_no_door=any(map(is_no_place, cells)) or _is_confidential(mapping, row),
    )
    is_hidden = _is_confidential(mapping, row) or mapping.words.protected & set(needs)
    return protected(location) if is_hidden else location


def _is_confidential(mapping: TableMapping, row: Row) -> bool:
    place = mapping.place
    told = spaced(first_of(mapping, row, (*place.address, *place.address_1)))
    return any(f" {word} " in told for word in place.confidential)


def _town(mapping: TableMapping, row: Row, address: AddressFacts | None) -> tuple[str, str, str]:
    """City, province and postal code: those of the address, of their columns, or of a line without a street."""
    if address:
        return address.city, address.state_province, address.postal_code
    place = mapping.place
    line = _line(_cells(mapping, row))
    city, code = first_of(mapping, row, place.city), first_of(mapping, row, place.postal_code)
    province = province_code(first_of(mapping, row, place.state_province))
    if any(map(is_of_another_place, _cells(mapping, row))):
        # The code of a box or a head office is not that of the door.
        return city, province, ""
    if city or province or code:
        return city, province, code or _code_in(line)
    read = read_town(first_of(mapping, row, place.address))
    return read if any(read) else ("", "", _code_in(line))


def _line(cells: Sequence[str]) -> str:
    """The words of the place, without those of a box or a head office."""
    return "\n".join(cell for cell in cells if not is_of_another_place(cell))


def _code_in(line: str) -> str:
    """The one postal code that a line tells."""
    found = {f"{code[1]} {code[2]}".upper() for code in POSTAL.finditer(line)}
    return found.pop() if len(found) == 1 else ""


def place_doubts(mapping: TableMapping, row: Row, location: LocationFacts | None) -> tuple[str, ...]:
    """A sentence where the cell of the street is neither read nor known to be no place; without its words."""
    place = mapping.place
    columns = place.address or place.address_1
    told = first_of(mapping, row, columns)
    is_clear = not told or is_no_place(told) or _is_confidential(mapping, row)
    if location is None or is_clear or address_of(mapping, row):
        return ()
    taken = "only its town was taken" if location.city else "it was left out"
    return (f"column {' or '.join(columns)}: no street with its town and province could be read, {taken}",)


def _coordinates(mapping: TableMapping, row: Row) -> tuple[float | None, float | None]:
    names = mapping.place.latitude, mapping.place.longitude
    latitude, longitude = (
        in_column(name, lambda name=name: as_degrees(cell(row, name))) if name else None  # type: ignore[misc]
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
        doors=location.doors,
        cells=location.cells,
        line=location.line,
        hidden_point=(location.latitude, location.longitude),
        has_no_door=location.has_no_door,
    )


def check_protected_text(record: Record, location: LocationFacts) -> None:
    """Raise RowError if any text of a protected record tells the street or postal code that it must not."""
    told: list[object] = [record.key, *(getattr(record.service, f.name) for f in fields(record.service))]
    told += [getattr(record.organization, f.name) for f in fields(record.organization) if f.name != "key"]
    told += [schedule.description for schedule in record.schedules]
    told += [phone.description for phone in record.phones]
    told += [schedule.description_fr for schedule in record.schedules]
    told += [document.document for document in record.documents]
    told += [language.name for language in record.languages]
    if any(isinstance(text, str) and tells_street(text, location.cells) for text in told):
        raise RowError("the place is protected, but a text of the row tells its street or postal code")
