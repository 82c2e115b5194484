"""Why JSON says a value otherwise than a CSV cell, or not at all: the schemas take numbers, UUIDs and moments alone."""

from decimal import Decimal, InvalidOperation

from directory.rules.hsds_package import canonical
from directory.rules.hsds_shape import Field, Kind

REWRITTEN = "numbers written in another way (45.10 as 45.1)"
ROUNDED = "numbers with more digits than JSON's have"
NO_NUMBER = "no numbers, or too large ones: JSON has a place for nothing else"
NO_MOMENT = "no moments: JSON has a place for nothing else"
OWN_ID = "told as ids of Relais's own: what the publisher wrote is no UUID"
NOT_NESTED = "ids of records that hold these in no item of the export"
DIFFERENT = "told otherwise"
NUMBERS = frozenset({Kind.NUMBER, Kind.NUMBER_TEXT})


def loss_of(field: Field, cell: str, said: str, own: str) -> str:
    """What is lost of a CSV cell in JSON that says `said`; "" if nothing. `own` is Relais's id behind an ID or REF."""
    if cell == said or not cell.strip():
        return ""
    if field.kind in (Kind.ID, Kind.REF):
        return _loss_of_id(cell, said, own)
    if field.kind in NUMBERS:
        return _loss_of_number(cell, said)
    return NO_MOMENT if field.kind is Kind.MOMENT and not said else DIFFERENT


def _loss_of_id(cell: str, said: str, own: str) -> str:
    if not said:
        return NOT_NESTED
    return OWN_ID if said == own or not canonical(cell) else DIFFERENT


def _loss_of_number(cell: str, said: str) -> str:
    if not said:
        return NO_NUMBER
    try:
        return REWRITTEN if Decimal(cell.strip()) == Decimal(said) else ROUNDED
    except InvalidOperation:
        return DIFFERENT
