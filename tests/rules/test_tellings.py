"""What an organization signed beside what its listing states: the one who tells more is believed."""

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.narrowing import DISCRETION
from directory.rules.tellings import lines_with, signed_terms

POLICE = "tells_police"
TERMS = ["routinely", "only_if_law_requires", "with_consent"]


def line(term: str, *, stated: bool = True) -> str:
    """A service's fact about the police."""
    return f"{POLICE}|{term}|{str(stated).lower()}||"


def test_where_the_listing_says_nothing_the_organization_speaks() -> None:
    assert lines_with("with|pet|true||", {POLICE: "with_consent"}) == (
        f"with|pet|true||\n{line('with_consent')}",
        {POLICE},
    )
    assert lines_with("", {}) == ("", frozenset())


def test_a_listing_that_tells_more_is_believed() -> None:
    stated = line("routinely")
    assert lines_with(stated, {POLICE: "with_consent"}) == (stated, frozenset())


def test_an_organization_that_tells_more_is_believed() -> None:
    assert lines_with(line("with_consent"), {POLICE: "routinely"}) == (line("routinely"), {POLICE})


def test_a_no_says_nothing_of_the_other_ways() -> None:
    told, believed = lines_with(line("with_consent", stated=False), {POLICE: "only_if_law_requires"})
    assert told == line("only_if_law_requires")
    assert believed == {POLICE}


def test_lines_of_terms_and_days() -> None:
    assert signed_terms([f"{POLICE}|routinely|2026-11-01"]) == ({POLICE: "routinely"}, {POLICE: "2026-11-01"})


@given(own=st.sampled_from(TERMS), signed=st.sampled_from(TERMS))
def test_nobody_is_told_that_less_is_told_than_either_says(own: str, signed: str) -> None:
    told, _believed = lines_with(line(own), {POLICE: signed})
    (only,) = told.splitlines()
    assert DISCRETION[only.split("|")[1]] == min(DISCRETION[own], DISCRETION[signed])
