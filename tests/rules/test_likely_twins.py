"""Two of phone, name and place: when a steward is asked whether two listings are one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.likely_twins import NEAR_M, NEAR_NAME, Alike, agreeing, may_be_one, strength

ALIKE = st.builds(
    Alike,
    same_phone=st.booleans(),
    has_phones=st.booleans(),
    name=st.floats(0, 1),
    owner=st.floats(0, 1),
    metres=st.none() | st.floats(0, 2 * NEAR_M),
    same_organization=st.booleans(),
)


@pytest.mark.parametrize(
    ("found", "is_asked"),
    [
        (Alike(same_phone=True, has_phones=True, name=NEAR_NAME), True),
        (Alike(same_phone=True, has_phones=True, metres=NEAR_M), True),
        (Alike(same_phone=True, has_phones=True, metres=NEAR_M, same_organization=True), False),
        (Alike(same_phone=True, has_phones=True, metres=NEAR_M + 1), False),
        (Alike(name=1.0, metres=0), True),
        (Alike(name=1.0, metres=0, has_phones=True), False),
        (Alike(name=1.0, metres=0, has_phones=True, owner=NEAR_NAME), True),
        (Alike(name=1.0), False),
        (Alike(), False),
    ],
    ids=str,
)
def test_who_is_asked_about(found: Alike, is_asked: bool) -> None:
    assert may_be_one(found) is is_asked


@given(ALIKE)
def test_never_for_one_thing_alone_and_more_alike_is_never_less(found: Alike) -> None:
    if may_be_one(found):
        assert len(agreeing(found)) >= 2
        assert may_be_one(replace(found, name=1.0, owner=1.0))
        assert strength(replace(found, name=1.0, owner=1.0)) >= strength(found)
