"""What waits: numbers, addresses and names for a call, closing and narrowing for a reader, the rest for nothing."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.eligibility import judge
from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.rules.holding import REDIRECTING, Hold, Listing, hold_of, hold_of_new, parts_by_hold
from directory.rules.lures import LURES
from directory.rules.narrowing import RANKS, narrows
from directory.rules.person import (
    ACCESS,
    COMPANY_AT_DESK,
    CONDITIONS,
    GENDERS,
    NATIONS,
    STATUSES,
    Child,
    Person,
)
from directory.rules.redirecting import tells_a_new_way, ways_in

OPEN = Listing(["legal_advice"])
NINE_TO_FIVE = {"state": "times", "days": [[[540, 1020]], [], [], [], [], [], []]}
SHUT = {"state": "times", "days": [[], [], [], [], [], [], []]}

pytestmark = pytest.mark.promise(26)


@pytest.mark.parametrize("key", sorted(REDIRECTING))
@pytest.mark.parametrize(("before", "after"), [("a", "b"), ("a", ""), ("", "b")])
def test_what_could_redirect_waits_for_a_call(key: str, before: str, after: str) -> None:
    assert hold_of(key, before, after, OPEN) is Hold.CALL


@pytest.mark.parametrize(
    "key", ["address.address_1", "service.organization", "anything", "location.latitude"]
)
def test_what_the_rule_does_not_know_waits_for_a_call(key: str) -> None:
    assert hold_of(key, "", "x", OPEN) is Hold.CALL


@pytest.mark.parametrize(
    "text",
    [
        "Call 613-555-0142 first.",
        "Call (613) 555 0142",
        "6 1 3 5 5 5 0 1 4 2",
        "six one three five five five zero one four two",
        "six un trois cinq cinq cinq zéro un quatre deux",
        "６１３５５５０１４２",
        "613\u200b555\u200b0142",
        "٦١٣٥٥٥٠١٤٢",
        "613.555.0142",
        "Text 686868",
        "help@example.org",
        "help at example dot org",
        "help arobase example point org",
        "www.example.org/help",
        "example.ca",
        "example[.]ca",
        "example (.) ca",
        "example .ca",
        "ＥＸＡＭＰＬＥ．ｃａ",
        "Write to @somebody on the app",
    ],
)
def test_a_text_that_tells_a_new_way_waits_for_a_call(text: str) -> None:
    for key in ("service.description", "service.alert_fr", "organization.description"):
        assert hold_of(key, "Come in.", f"Come in. {text}", OPEN) is Hold.CALL
    assert hold_of("hours/x/", NINE_TO_FIVE, NINE_TO_FIVE | {"note": text}, OPEN) is Hold.CALL
    own = {"own_days": [{"on": "2026-12-25", "note_fr": text}]}
    assert hold_of("hours/x/", NINE_TO_FIVE, NINE_TO_FIVE | own, OPEN) is Hold.CALL


@pytest.mark.parametrize(
    "text",
    [
        "Open 9:00-17:00 from 2026-12-01, closed 2026-2027.",
        "Ouvert de 9 h 30 à 17 h 00, 24 heures sur 24.",
        "Up to 30 people, 18 to 24 years. Two beds, one room.",
        "À ce point, venez nous voir. We are at the corner.",
    ],
)
def test_plain_words_wait_for_nothing(text: str) -> None:
    assert ways_in(text) == frozenset()
    assert hold_of("service.description", "", text, OPEN) is Hold.NOTHING


def test_a_way_that_was_told_before_may_stay() -> None:
    assert not tells_a_new_way("Call 613-555-0142.", "Please call 613 555 0142 first.")
    assert tells_a_new_way("Call 613-555-0142.", "Call 613-555-0143.")


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        ("active", "inactive", Hold.REVIEW),
        ("active", "temporarily closed", Hold.REVIEW),
        ("temporarily closed", "active", Hold.NOTHING),
        ("inactive", "active", Hold.REVIEW),
    ],
)
def test_closing_waits_for_a_reader(before: str, after: str, held: Hold) -> None:
    assert hold_of("service.status", before, after, OPEN) is held


@pytest.mark.parametrize("need", ["emergency_shelter", "employment", "peer_support"])
def test_new_beds_jobs_and_peers_wait_for_a_call(need: str) -> None:
    assert need in LURES
    assert hold_of_new(Listing([need])) is Hold.CALL
    assert hold_of("service.status", "inactive", "active", Listing([need])) is Hold.CALL
    assert hold_of_new(OPEN) is Hold.REVIEW


def test_hours_that_end_wait_for_a_reader_and_others_do_not() -> None:
    later = {"state": "times", "days": [[[600, 1080]], [], [], [], [], [], []]}
    assert hold_of("hours/x/", NINE_TO_FIVE, later, OPEN) is Hold.NOTHING
    assert hold_of("hours/x/", NINE_TO_FIVE, SHUT, OPEN) is Hold.REVIEW
    assert hold_of("hours/x/", {"state": "always"}, SHUT, OPEN) is Hold.REVIEW
    assert hold_of("hours/x/", SHUT, NINE_TO_FIVE, OPEN) is Hold.NOTHING


def test_who_is_not_let_in_publishes_nothing_alone() -> None:
    assert hold_of("service.description", "", "Lunch at noon.", Listing(is_let_in=False)) is Hold.REVIEW
    assert hold_of("phones", [], [1], Listing(is_let_in=False)) is Hold.CALL


def test_a_held_part_holds_back_nothing_else() -> None:
    before: dict[str, Any] = {
        "phones": [],
        "service.email": "",
        "service.fees_description": "",
        "languages": [],
    }
    after = before | {"phones": ["x"], "service.fees_description": "Free"}
    assert parts_by_hold(before, after, OPEN) == {
        Hold.CALL: ["phones"],
        Hold.NOTHING: ["service.fees_description"],
    }


FACTS = st.lists(
    st.one_of(
        *(
            st.builds(Fact, st.just(d.slug), st.sampled_from([t.slug for t in d.terms]), st.booleans())
            for d in DIMENSIONS.values()
            if d.terms
            and not d.is_one_of_them
            and d.slug in ("gender", "with", "indigenous", "status", "accept", "access")
        ),
        st.builds(
            lambda low, more: Fact("age", low=Decimal(low), high=Decimal(low + more)),
            st.integers(0, 60),
            st.integers(0, 60),
        ),
        st.builds(
            lambda sex, stated, high: Fact("child", sex, stated, high=Decimal(high)),
            st.sampled_from(["any", "female", "male"]),
            st.booleans(),
            st.integers(0, 18),
        ),
    ),
    max_size=6,
    unique_by=lambda fact: (fact.dimension, fact.term),
)


def _one(slugs: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(slugs), max_size=2, unique=True).map(tuple)


PEOPLE = st.builds(
    Person,
    age=st.none() | st.integers(0, 120),
    gender=st.sampled_from(("", *GENDERS)),
    company=_one(COMPANY_AT_DESK),
    children=st.lists(
        st.builds(Child, st.integers(0, 18), st.sampled_from(["", "female", "male"])), max_size=2
    ).map(tuple),
    indigenous=st.sampled_from(("", *NATIONS)),
    status=st.sampled_from(("", *STATUSES)),
    accept=_one(CONDITIONS),
    access=_one(ACCESS),
)


@settings(max_examples=60, deadline=None)
@given(FACTS, FACTS, PEOPLE)
def test_nobody_is_answered_worse_by_what_is_called_no_narrowing(
    before: list[Fact], after: list[Fact], person: Person
) -> None:
    if RANKS[judge(person, after).match] < RANKS[judge(person, before).match]:
        assert narrows(before, after)


@settings(max_examples=20, deadline=None)
@given(FACTS)
def test_the_same_is_no_narrowing(facts: list[Fact]) -> None:
    assert not narrows(facts, list(reversed(facts)))


@pytest.mark.parametrize(
    ("before", "after", "is_narrower"),
    [
        ([], [Fact("with", "pet", stated=False)], True),
        ([Fact("with", "pet", stated=False)], [Fact("with", "pet")], False),
        ([Fact("with", "pet")], [], True),
        ([], [Fact("age", low=Decimal(16))], True),
        ([Fact("age", low=Decimal(16))], [Fact("age", low=Decimal(12))], False),
        ([], [Fact("indigenous", "only")], True),
        ([], [Fact("tells_police", "routinely")], True),
        ([Fact("tells_police", "only_if_law_requires")], [], True),
        ([], [Fact("stay", high=Decimal(30))], True),
        ([Fact("stay", high=Decimal(30))], [Fact("stay", high=Decimal(60))], False),
    ],
)
def test_examples_of_narrowing(before: list[Fact], after: list[Fact], is_narrower: bool) -> None:
    assert narrows(before, after) is is_narrower
