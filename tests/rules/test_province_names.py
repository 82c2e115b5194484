"""A province as it is typed: names, letters, short forms, what stands around them, and slips of the keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.province_names import PROVINCE_OF, province_letters, province_meant, province_slipped
from directory.rules.provinces import PROVINCES, the_province


@pytest.mark.parametrize("code", PROVINCES)
def test_every_province_is_known_by_its_letters_and_both_names(code: str) -> None:
    for name in (code, code.lower(), ".".join(code), *PROVINCES[code][:2]):
        assert province_letters(name) == province_meant(name) == code, name
    for language in ("en", "fr"):
        assert province_meant(the_province(code, language)) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("PEI", "PE"), ("P.E.I.", "PE"), ("Î.-P.-É.", "PE"), ("T.N.-L.", "NL"), ("T.-N.-L.", "NL"), ("B.C.", "BC"),
        ("C.-B.", "BC"), ("N.W.T.", "NT"), ("T.N.-O.", "NT"), ("the Yukon", "YT"), ("le Yukon", "YT"),
        ("Yukon Territory", "YT"), ("Nunavut territory", "NU"), ("Province of Alberta", "AB"), ("Sask.", "SK"),
        ("la province de l\u2019Ontario", "ON"), ("Quebec (the province)", "QC"), ("Manitoba, Canada", "MB"),
        ("au Nouveau-Brunswick", "NB"), ("anywhere in Nova Scotia", "NS"),
    ],
)  # fmt: skip
def test_short_forms_and_what_stands_around_a_name(typed: str, code: str) -> None:
    assert province_meant(typed) == code


@pytest.mark.parametrize(
    "typed",
    ["", "Canada", "Quebec City", "Ville de Québec", "Québec, QC", "Ontario Street", "the", "Kingston ON"],
)
def test_what_is_no_province_is_none(typed: str) -> None:
    assert province_meant(typed) == ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [("Onatrio", "ON"), ("Qubec", "QC"), ("Saskatchewen", "SK"), ("New Brunswik", "NB"), ("Colombie-Britanique", "BC"),
     ("Nunavit", "NU"), ("Nunavik", ""), ("xn", ""), ("", ""), ("Toronto", "")],
)  # fmt: skip
def test_a_slip_leads_to_one_province_or_to_none(typed: str, code: str) -> None:
    assert province_slipped(typed) == code


@given(st.text(max_size=30))
def test_any_text_is_read(text: str) -> None:
    assert province_meant(text) in {"", *PROVINCES}
    assert province_slipped(text) in {"", *PROVINCES}


@given(st.sampled_from(sorted(PROVINCE_OF)))
def test_whatever_is_known_is_meant(name: str) -> None:
    assert province_meant(name) == province_letters(name) == PROVINCE_OF[name]
