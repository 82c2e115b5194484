"""Where a row says that its service is given, and what a protected place keeps of that."""

from collections.abc import Sequence
from dataclasses import fields, replace

from directory.rules.table_addresses import province_code, read_address, street_key, tells_street
from directory.rules.table_cells import as_claim, as_degrees, cell
from directory.rules.table_mapping import TableMapping
from directory.rules.table_records import AddressFacts, LocationFacts, Record
from directory.rules.table_texts import Row, RowError, first_of, in_column, spaced


def address_of(mapping: TableMapping, row: Row) -> AddressFacts | None:
    """The street that a row tells, None for anything that is no door."""
    place = mapping.place
    if place.address:
        return read_address(first_of(mapping, row, place.address))
    province = province_code(first_of(mapping, row, place.state_province))
    city, street = first_of(mapping, row, place.city), first_of(mapping, row, place.address_1)
    code = first_of(mapping, row, place.postal_code)
    read = read_address(f"{street}, {city}, {province} {code}") if street and city and province else None
    if read is None:
        return None
    return replace(read, address_2=first_of(mapping, row, place.address_2) or read.address_2)


def location_of(mapping: TableMapping, row: Row, needs: Sequence[str]) -> LocationFacts:
    """The place of a row; protected if it calls itself confidential, or is of a kind that is."""
    place = mapping.place
    address = address_of(mapping, row)
    told = spaced(first_of(mapping, row, (*place.address, *place.address_1)))
    is_confidential = any(f" {word} " in told for word in place.confidential)
    is_virtual = bool(place.virtual) and in_column(place.virtual, lambda: as_claim(cell(row, place.virtual)))
    latitude, longitude = _coordinates(mapping, row)
    location = LocationFacts(
        location_type="virtual" if is_virtual else "physical",
        description=address.note if address else "",
        address=address,
        city=address.city if address else first_of(mapping, row, place.city),
        state_province=_province(mapping, row, address),
        postal_code=address.postal_code if address else first_of(mapping, row, place.postal_code),
        latitude=latitude,
        longitude=longitude,
    )
    return protected(location) if is_confidential or mapping.words.protected & set(needs) else location


def _province(mapping: TableMapping, row: Row, address: AddressFacts | None) -> str:
    if address:
        return address.state_province
    return province_code(first_of(mapping, row, mapping.place.state_province))


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
        street=street_key(location.address) if location.address else location.street,
    )


def check_protected_text(record: Record, address: AddressFacts | None) -> None:
    """Raise RowError if any text of a protected record tells the street or postal code that it must not."""
    told: list[object] = [getattr(record.service, f.name) for f in fields(record.service)]
    told += [getattr(record.organization, f.name) for f in fields(record.organization) if f.name != "key"]
    told += [schedule.description for schedule in record.schedules]
    told += [phone.description for phone in record.phones]
    told += [schedule.description_fr for schedule in record.schedules]
    told += [document.document for document in record.documents]
    if any(isinstance(text, str) and tells_street(text, address) for text in told):
        raise RowError("the place is protected, but a text of the row tells its street or postal code")
