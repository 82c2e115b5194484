"""Who is in open data and on the site: an answer decides; without one, what is dangerous to list in bulk stays out."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.publishing import (
    GUARDED_FOCUS,
    GUARDED_GROUPS,
    GUARDED_KINDS,
    agreed,
    is_at_desk_only,
    is_for_named_only,
    is_for_vetted_only,
    is_guarded,
    may_be_on_site,
    may_be_open_data,
    widens,
)

SURFACES = st.frozensets(st.sampled_from(["site", "open_data"]))
ANSWERS = st.none() | SURFACES
WORDS = tomllib.loads(
    (Path(__file__).parents[2] / "fixtures" / "vocabulary" / "needs.toml").read_text(encoding="utf-8")
)


@given(answer=SURFACES, guarded=st.booleans(), protected=st.booleans())
def test_who_answered_is_taken_at_their_word(answer: frozenset[str], guarded: bool, protected: bool) -> None:
    told = may_be_open_data(answer, is_guarded=guarded, is_protected=protected)
    assert told == ("open_data" in answer)
    assert may_be_on_site(answer) == ("site" in answer)


@given(guarded=st.booleans(), protected=st.booleans())
def test_who_was_never_asked_is_on_the_site_and_in_open_data_only_where_it_is_safe(
    guarded: bool, protected: bool
) -> None:
    assert may_be_on_site(None)
    assert may_be_open_data(None, is_guarded=guarded, is_protected=protected) == (
        not guarded and not protected
    )


@given(service=ANSWERS, organization=ANSWERS)
def test_the_answer_of_the_service_outweighs_its_organizations(
    service: frozenset[str] | None, organization: frozenset[str] | None
) -> None:
    assert agreed(service, organization) == (organization if service is None else service)


@given(st.lists(st.sampled_from(sorted(GUARDED_KINDS)), min_size=1), st.lists(st.text()))
def test_one_guarded_kind_among_any_others_guards(guarded: list[str], others: list[str]) -> None:
    assert is_guarded([*others, *guarded], [], [])


@pytest.mark.parametrize("group", sorted(GUARDED_GROUPS))
def test_every_kind_of_a_guarded_group_is_guarded(group: str) -> None:
    kinds = [term["slug"] for term in WORDS["term"] if term["parent"] == group]
    assert kinds
    assert all(is_guarded([kind], [group], []) for kind in kinds)


@pytest.mark.parametrize("focus", sorted(GUARDED_FOCUS))
def test_for_whom_a_service_is_made_guards_it_too(focus: str) -> None:
    assert is_guarded(["food"], ["daily_life"], [focus])


def test_a_service_of_any_other_kind_is_not_guarded() -> None:
    assert not is_guarded(["legal_advice", "food"], ["legal_help", "daily_life"], ["migrants"])


def test_every_guarded_word_is_one_of_the_vocabulary() -> None:
    terms, focus = ({row["slug"] for row in WORDS[name]} for name in ("term", "focus"))
    assert terms >= GUARDED_GROUPS | GUARDED_KINDS
    assert focus >= GUARDED_FOCUS


@given(answer=st.none() | st.frozensets(st.sampled_from(["site", "vetted", "open_data"])))
def test_what_is_for_vetted_organizations_alone_is_nowhere_else(answer: frozenset[str] | None) -> None:
    told = is_for_vetted_only(answer)
    assert told == (answer is not None and "vetted" in answer and "site" not in answer)
    if told:
        assert not may_be_on_site(answer)
        assert not may_be_open_data(answer, is_guarded=False, is_protected=False)


@given(answer=st.none() | st.frozensets(st.sampled_from(["site", "vetted", "named", "open_data"])))
def test_what_names_its_finders_is_for_nobody_else_whatever_was_said_beside(
    answer: frozenset[str] | None,
) -> None:
    told = is_for_named_only(answer)
    assert told == (answer is not None and "named" in answer and "site" not in answer)
    assert is_at_desk_only(answer) == (told or is_for_vetted_only(answer))
    assert not (told and is_for_vetted_only(answer))
    if told:
        assert not may_be_on_site(answer)
        assert not may_be_open_data(answer, is_guarded=False, is_protected=False)


EVERYWHERE = st.none() | st.frozensets(st.sampled_from(["site", "open_data", "vetted", "named"]))


@given(before=EVERYWHERE, after=EVERYWHERE)
def test_what_does_not_widen_tells_nobody_more(
    before: frozenset[str] | None, after: frozenset[str] | None
) -> None:
    if widens(before, after):
        return
    for finds in (may_be_on_site, lambda a: may_be_on_site(a) or is_for_vetted_only(a), _found_by_named):
        assert finds(before) or not finds(after)
    for guarded in (True, False):
        facts = {"is_guarded": guarded, "is_protected": guarded}
        assert may_be_open_data(before, **facts) or not may_be_open_data(after, **facts)


def _found_by_named(answer: frozenset[str] | None) -> bool:
    return may_be_on_site(answer) or is_at_desk_only(answer)


@given(answer=EVERYWHERE)
def test_the_same_and_nowhere_widen_nothing(answer: frozenset[str] | None) -> None:
    assert not widens(answer, answer)
    assert not widens(answer, frozenset())
