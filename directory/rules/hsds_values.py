"""Single HSDS values: read from what a publisher wrote, flagged where they can't be right, told again as written.

A value that is wrong is kept and flagged; only what would make a record meaningless (`Unusable`) refuses it.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from directory.rules.canadian_zones import ODD_ZONE, canadian_zone
from directory.rules.hsds_formats import flag_of, in_format
from directory.rules.hsds_package_provinces import is_no_province
from directory.rules.hsds_shape import Field, Kind

Column = str | Decimal | date | datetime | UUID | None
BOUNDS = {"latitude": 90, "longitude": 180}
"""Degrees beyond which a coordinate is no place on earth."""

WITHHELD = frozenset({"assured_date"})
"""What a feed may claim and never set: it stays in `written` until a person says so."""

NEVER_NEGATIVE = {"service_capacity": ("available", "maximum"), "service": ("minimum_age", "maximum_age")}
"""Numbers of which there is nothing below zero, by entity."""

LARGEST = Decimal(10) ** 12
"""Numbers from here on don't fit their column."""

BLANKS = " \t\n\r\f\v"
"""What may stand around a number."""

FARTHEST_EXPONENT = 400
"""Digits beyond or behind the point that no number in a package needs, nor any double has."""

PLACES = Decimal("0.001")
"""Numbers other than coordinates are kept to a thousandth; finer ones stay in `written`."""

_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


class Unusable(Exception):
    """A value without which, or with which, the record can't be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Read:
    """`value` for the column, `written` where the column can't hold what was written, `flag` if it can't be right."""

    value: Column
    written: str | None = None
    flag: str = ""


TEXTUAL = frozenset({Kind.TEXT, Kind.URI, Kind.NUMBER_TEXT})


def read_value(field: Field, raw: object) -> Read:
    """Read `raw` (text of a CSV cell, or a JSON string, number, boolean or null). Raises Unusable."""
    text = written_form(raw)
    if "\x00" in text:
        raise Unusable(f"{field.name} holds a NUL character")
    if not text.strip():
        return _missing(field)
    if field.choices and text not in field.choices:
        raise Unusable(f"{field.name} is {_short(text)}: it must be one of {', '.join(field.choices)}")
    if field.name in WITHHELD:
        return Read(None, text)
    return _READERS[field.kind](field, text)


def written_form(raw: object) -> str:
    """The text that a JSON value or a CSV cell stands for: 12 and 12.0 are "12", null is nothing."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, int | float | Decimal):
        return number_text(Decimal(str(raw)))
    if isinstance(raw, str):
        return raw
    raise Unusable("a list or an object stands where a plain value belongs")


def number_text(number: Decimal) -> str:
    """The shortest plain way to write a number: no exponent below 10^30, no trailing zeros."""
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return str(number)
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if number else "0"


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")


def _missing(field: Field) -> Read:
    if field.essential:
        raise Unusable(f"{field.name} is missing")
    flag = f"{field.name}:missing" if field.required else ""
    # Of a moment that nobody told Relais knows one of its own: that it wasn't told is what was written.
    written = "" if field.kind is Kind.MOMENT else None
    return Read("" if field.kind in TEXTUAL else None, written, flag)


def _read_text(field: Field, text: str) -> Read:
    if not (flag := flag_of(field)):
        return Read(text)
    correct = in_format(field, text)
    if not correct:
        return Read(text, None, flag)
    return Read(correct, None if correct == text else text)


def _read_number_text(field: Field, text: str) -> Read:
    if _number(text) is not None:
        return Read(text)
    is_zone = field.name == "timezone" and bool(canadian_zone(text))
    return Read(text, None, ODD_ZONE if is_zone else f"{field.name}:not_a_number")


def _read_ref(field: Field, text: str) -> Read:
    """Ids are made ours by whoever knows the publisher; here only what is a UUID becomes one."""
    stripped = text.strip()
    return Read(UUID(stripped)) if _UUID.fullmatch(stripped) else Read(None, text)


def _number(text: str) -> Decimal | None:
    plain = text.strip(BLANKS)
    if not plain.isascii() or "_" in plain:
        return None  # Python would read other scripts' digits, and blanks that the database knows none of
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    # Beyond any double: arithmetic with such exponents fails.
    return number if number and number.adjusted() > -FARTHEST_EXPONENT else Decimal(0)


def _read_number(field: Field, text: str) -> Read:
    number = _number(text)
    if number is None:
        return Read(None, text, f"{field.name}:not_a_number")
    bound = BOUNDS.get(field.name)
    if number.copy_abs() >= LARGEST or (not bound and number.quantize(PLACES).copy_abs() >= LARGEST):
        return Read(None, text, f"{field.name}:out_of_range")
    kept = Decimal(repr(float(number))) if bound else number.quantize(PLACES)
    flag = f"{field.name}:out_of_range" if bound and abs(number) > bound else ""
    return Read(kept, None if number_text(kept) == text else text, flag)


def _read_date(field: Field, text: str) -> Read:
    try:
        return Read(date.fromisoformat(text))
    except ValueError:
        return Read(None, text, f"{field.name}:not_a_date")


def read_moment(text: str) -> datetime | None:
    """An ISO 8601 moment; one without an offset is taken as UTC. None if it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_moment(field: Field, text: str) -> Read:
    moment = read_moment(text)
    if moment is None:
        return Read(None, text, f"{field.name}:not_a_moment")
    return Read(moment, None if moment_text(moment) == text else text)


def moment_text(moment: datetime) -> str:
    """UTC, ISO 8601, with fractions only where there are any, ending in Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


_READERS = {
    Kind.ID: _read_ref,
    Kind.REF: _read_ref,
    Kind.TEXT: _read_text,
    Kind.URI: _read_text,
    Kind.NUMBER: _read_number,
    Kind.NUMBER_TEXT: _read_number_text,
    Kind.DATE: _read_date,
    Kind.MOMENT: _read_moment,
}


def column_text(value: object) -> str:
    """The plain text of a column's value; a Decimal or float without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, int | float | Decimal):
        return number_text(Decimal(str(value)))
    return value.isoformat() if isinstance(value, date) else str(value)


def _still_true(field: Field, value: object, text: str) -> bool:
    """True if what was written says no other than the column says now."""
    if not text or (field.kind is Kind.MOMENT and read_moment(text) is None):
        return True  # no moment was written; the column has one of ours, and whoever changes it forgets that
    if value and flag_of(field):
        return in_format(field, text) == value
    if value is None or value == "" or field.kind in TEXTUAL:
        return value is None or value == ""
    return column_text(_READERS[field.kind](field, text).value) == column_text(value)


def tell_text(field: Field, value: object, written: Mapping[str, Any]) -> str:
    """The value for a CSV cell: as it was written, unless the column has changed since."""
    text = written.get(field.name)
    if isinstance(text, str) and _still_true(field, value, text):
        return text
    return column_text(value)


def tell_json(field: Field, value: object, written: Mapping[str, Any]) -> str | int | float | None:
    """The value for JSON, of the type that the schema demands; None where it has none to tell."""
    text = tell_text(field, value, written)
    if field.kind in (Kind.NUMBER, Kind.NUMBER_TEXT):
        return json_number(text)
    if field.kind in (Kind.ID, Kind.REF) and not _UUID.fullmatch(text):
        return None
    if field.kind is Kind.MOMENT and read_moment(text) is None:
        return None
    if not text:
        return "" if field.required else None
    return text


def json_number(text: str) -> int | float | None:
    """A number as JSON has it, whole ones without a point; None where it is none or too large for a double."""
    number = _number(text)
    if number is None or number.copy_abs() > Decimal("1e300"):
        return None
    if number == number.to_integral_value() and abs(number) < 2**53:
        return int(number)
    told = float(number)
    return told if math.isfinite(told) else None


def flags_of_record(entity: str, values: Mapping[str, object]) -> list[str]:
    """What can't be right about values that stand beside each other; `values` are those of the columns."""
    found = []
    if entity == "service_capacity" and _is_more(values.get("available"), values.get("maximum")):
        found.append("available:above_maximum")
    if entity == "schedule" and values.get("count") and values.get("until"):
        found.append("count:beside_until")
    if entity == "service" and _is_more(values.get("minimum_age"), values.get("maximum_age")):
        found.append("minimum_age:above_maximum_age")
    if entity == "address" and is_no_province(
        str(values.get("state_province") or ""), str(values.get("country") or "")
    ):
        found.append("state_province:unknown")
    negative = ((name, values.get(name)) for name in NEVER_NEGATIVE.get(entity, ()))
    found += [f"{name}:negative" for name, value in negative if isinstance(value, Decimal) and value < 0]
    return found


def _is_more(left: object, right: object) -> bool:
    return isinstance(left, Decimal) and isinstance(right, Decimal) and left > right
