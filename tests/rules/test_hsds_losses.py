"""Why JSON says a cell otherwise: one reason each, and none where it says the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.hsds_losses import (
    DIFFERENT,
    NO_MOMENT,
    NO_NUMBER,
    NOT_NESTED,
    OWN_ID,
    REWRITTEN,
    ROUNDED,
    loss_of,
)
from directory.rules.hsds_shape import ENTITIES, Field
from directory.rules.hsds_values import tell_json, written_form

ID = "5d0f6a52-7c0e-5b8a-9d7e-2f6b1f1a4c11"


def field(entity: str, name: str) -> Field:
    found = ENTITIES[entity].field(name)
    assert found
    return found


@pytest.mark.parametrize(
    ("where", "cell", "said", "own", "reason"),
    [
        ("phone.extension", "12", "12", "", ""),
        ("phone.extension", "", "", "", ""),
        ("phone.extension", "x12", "", "", NO_NUMBER),
        ("phone.extension", "012", "12", "", REWRITTEN),
        ("location.latitude", "45.10", "45.1", "", REWRITTEN),
        ("location.latitude", "0.1000000000000000055", "0.1", "", ROUNDED),
        ("service.last_modified", "yesterday", "", "", NO_MOMENT),
        ("service.name", "Advice", "", "", DIFFERENT),
        ("phone.service_id", ID, "", ID, NOT_NESTED),
        ("phone.service_id", "svc", ID, ID, OWN_ID),
        ("phone.service_id", "gone", ID, "", OWN_ID),
        ("phone.service_id", ID, ID[:-1] + "2", ID, DIFFERENT),
    ],
)
def test_each_loss_has_its_reason(where: str, cell: str, said: str, own: str, reason: str) -> None:
    assert loss_of(field(*where.split(".")), cell, said, own) == reason


@given(st.text() | st.decimals(allow_nan=False, places=20).map(str) | st.integers().map(str))
def test_nothing_is_lost_unsaid_of_any_number(cell: str) -> None:
    number = field("phone", "extension")
    told = tell_json(number, cell, {})
    said = "" if told is None else written_form(told)
    assert (said == cell or not cell.strip()) == (loss_of(number, cell, said, "") == "")
