"""Each need of the vocabulary draws people in or does not: none is forgotten, and what nobody judged waits (26)."""

import tomllib

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.holding import Hold, Listing, hold_of, hold_of_new
from directory.rules.lures import GROUPS, LURES, NO_LURES, draws_in
from directory.rules.new_listings import hold_of_listing
from directory.rules.publishing import PROTECTED_KINDS

pytestmark = pytest.mark.promise(26)
NEEDS: dict[str, str] = {
    term["slug"]: term["parent"]
    for term in tomllib.loads((settings.FIXTURES / "vocabulary/needs.toml").read_text(encoding="utf-8"))[
        "term"
    ]
}
"""Every need by its slug, with its group."""


def test_every_need_is_judged_and_once() -> None:
    assert set(NEEDS) == LURES | NO_LURES
    assert not LURES & NO_LURES


def test_a_group_draws_in_where_one_of_its_kinds_does() -> None:
    groups = {slug for slug, parent in NEEDS.items() if not parent}
    assert {parent for slug, parent in NEEDS.items() if parent and slug in LURES} == GROUPS
    assert groups & LURES == GROUPS


def test_places_to_hide_all_draw_in() -> None:
    assert PROTECTED_KINDS <= LURES
    assert {slug for slug, parent in NEEDS.items() if parent == "housing"} <= LURES


@pytest.mark.parametrize(
    "need", sorted(LURES | {"housing", "relocation", "safe_ride", "withdrawal_management"})
)
def test_what_draws_in_waits_for_a_call_by_every_door(need: str) -> None:
    offers = Listing([need])
    told = {"service.name": "Open House", "needs": ["food", need], "phones": []}
    assert hold_of_listing(told, ()) is Hold.CALL
    assert hold_of_new(offers) is Hold.CALL
    assert hold_of("needs", ["food"], ["food", need], Listing(["food"])) is Hold.CALL
    assert hold_of("service.status", "inactive", "active", offers) is Hold.CALL
    assert hold_of("service.publish_to", ["vetted"], ["site"], offers) is Hold.CALL
    assert hold_of("place/x", None, {"kind": "new"}, offers) is Hold.CALL
    assert hold_of("service.description", "Day room.", "Rooms upstairs.", offers) is Hold.REVIEW


@pytest.mark.parametrize("need", sorted(NO_LURES))
def test_anything_else_is_read(need: str) -> None:
    assert hold_of_new(Listing([need])) is Hold.REVIEW


@given(st.text())
def test_a_need_that_nobody_judged_draws_in(need: str) -> None:
    assert draws_in(["food", need]) is (need not in NO_LURES)


@given(st.sets(st.sampled_from(sorted(NEEDS))))
def test_one_lure_among_others_is_enough(needs: set[str]) -> None:
    assert draws_in(needs) is any(need in LURES for need in needs)
