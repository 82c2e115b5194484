"""The closed list of what services state: whole, bilingual, and nothing else is taken."""

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.eligibility_terms import DIMENSIONS, Counted, Fact, check_fact, check_facts

CONTRACT = {
    "gender": "woman man non_binary two_spirit",
    "with": "children companion partner adult_dependant pet",
    "indigenous": "first_nations inuit metis non_status_or_unsure",
    "status": "citizen permanent_resident protected_person refugee_claimant trafficking_permit"
    " employer_specific_permit open_work_permit student visitor expired none",
    "accept": "no_id no_health_card no_police_report no_self_identification asks_no_status"
    " no_enforcement_sharing self_referral out_of_area substance_use prescribed_opioids sex_work"
    " criminal_record trans_welcome keep_phone no_curfew no_religion free",
    "access": "wheelchair deaf blind cognitive personal_care service_animal",
    "intake": "self_call walk_in pickup worker_call",
    "tells_police": "only_if_law_requires with_consent routinely",
    "tells_immigration": "only_if_law_requires with_consent routinely",
    "tells_child_protection": "only_if_law_requires with_consent routinely",
}
LABELLED = [*DIMENSIONS.values(), *(term for one in DIMENSIONS.values() for term in one.terms)]
KNOWN = st.sampled_from(
    [(one.slug, term) for one in DIMENSIONS.values() for term in [t.slug for t in one.terms] or [""]]
)
NUMBERS = st.none() | st.integers(-10, 200_000) | st.decimals(allow_nan=True, allow_infinity=True)


@pytest.mark.parametrize("dimension", CONTRACT)
def test_every_value_that_a_search_may_ask_for_can_be_stated(dimension: str) -> None:
    assert set(CONTRACT[dimension].split()) <= {term.slug for term in DIMENSIONS[dimension].terms}


@pytest.mark.parametrize("one", LABELLED, ids=lambda one: one.slug)
def test_every_dimension_and_term_has_a_label_in_both_languages(one: Any) -> None:
    assert one.name.strip()
    assert one.name_fr.strip()
    assert not re.search(r"victim|\bsafe\b|\bprivate\b", f"{one.name} {one.name_fr}", re.IGNORECASE)
    assert re.fullmatch(r"[a-z][a-z0-9_]{1,29}", one.slug)


@given(KNOWN)
def test_a_known_term_stated_with_bounds_where_it_is_counted_is_taken(known: tuple[str, str]) -> None:
    is_counted = DIMENSIONS[known[0]].counted is not Counted.NOTHING
    bounds = (Decimal(1), Decimal(2)) if is_counted else (None, None)
    assert check_fact(*known, True, *bounds) == ""


@given(st.text(), st.text(), st.booleans(), NUMBERS, NUMBERS)
def test_nothing_else_is_taken_and_nothing_fails(
    dimension: str, term: str, stated: bool, low: Any, high: Any
) -> None:
    is_known = dimension in DIMENSIONS and (DIMENSIONS[dimension].term(term) or not term)
    assert check_fact(dimension, term, stated, low, high) or is_known


@given(st.sampled_from(["age", "stay"]), NUMBERS, NUMBERS)
def test_bounds_are_numbers_in_order_and_within_reason(dimension: str, low: Any, high: Any) -> None:
    taken = check_fact(dimension, "", True, low, high) == ""
    given_ = [Decimal(bound) for bound in (low, high) if bound is not None]
    most = DIMENSIONS[dimension].counted.value
    is_sensible = bool(given_) and all(b.is_finite() and 0 <= b <= most for b in given_)
    assert taken == (is_sensible and given_ == sorted(given_))


@given(KNOWN, NUMBERS)
def test_what_is_not_counted_takes_no_bounds(known: tuple[str, str], bound: Any) -> None:
    if DIMENSIONS[known[0]].counted is Counted.NOTHING and bound is not None:
        assert check_fact(*known, True, bound, None)


@pytest.mark.parametrize("dimension", ["tells_police", "age", "stay"])
def test_where_one_answer_holds_a_no_says_nothing(dimension: str) -> None:
    term = "routinely" if dimension.startswith("tells") else ""
    low = None if term else 3
    assert check_fact(dimension, term, False, low, None) == "Here only what holds can be stated."


def test_the_same_cannot_be_stated_twice_nor_two_answers_where_one_holds() -> None:
    yes, no = Fact("gender", "woman"), Fact("gender", "woman", stated=False)
    assert check_facts([yes, Fact("gender", "man")]) == []
    assert check_facts([yes, no]) == ["gender woman: This is stated twice."]
    told = [Fact("tells_police", "with_consent"), Fact("tells_police", "routinely")]
    assert check_facts(told) == ["tells_police routinely: This is stated twice."]
