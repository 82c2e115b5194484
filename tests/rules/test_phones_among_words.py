"""Phone numbers among hours, rooms and other numbers: none may dial something that was never meant."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.table_cells import CellError
from directory.rules.table_phones import read_phones

A, B = "613-555-0100", "613-555-0101"


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("1 800 555-0100 (24/7)", "1 800 555-0100", "24/7"),
        ("613-555-0100 (24/7)", A, "24/7"),
        ("1-800-555-0100 24/7", "1-800-555-0100", "24/7"),
        ("1-800-555-0100, 24/7", "1-800-555-0100", "24/7"),
        ("1-800-555-0100; 24 hours", "1-800-555-0100", "24 hours"),
        ("1-800-555-0100 (24 hours a day, 7 days a week)", "1-800-555-0100", "24 hours a day, 7 days a week"),
        ("613-555-0100 (9-5)", A, "9-5"),
        ("613-555-0100 830-1630", A, "830-1630"),
        ("24 hr crisis line 613-555-0100", A, "24 hr crisis line"),
        ("Ligne 24 h : 1 800 555-0101", "1 800 555-0101", "Ligne 24 h"),
        ("24h/24 7j/7 1 800 555-0100", "1 800 555-0100", "24h/24 7j/7"),
        ("24/7 crisis line: 1-800-555-0101", "1-800-555-0101", "24/7 crisis line"),
        ("After 10 pm 613-555-0101", B, "After 10 pm"),
        ("Mon-Fri 9-5: 613-555-0101", B, "Mon-Fri 9-5"),
        ("8h30 à 16h30 : 514 555-0100", "514 555-0100", "8h30 à 16h30"),
        ("Lun-ven 8h-16h 450 555-0100", "450 555-0100", "Lun-ven 8h-16h"),
        ("Suite 200 613-555-0100", A, "Suite 200"),
        ("Room 211, 613-555-0100", A, "Room 211"),
        ("12 Main St 613-555-0100", A, "12 Main St"),
        ("613-555-0100 press 1", A, "press 1"),
        ("211 (24/7)", "211", "24/7"),
        ("2-1-1", "2-1-1", ""),
        ("Local 555-0100", "555-0100", "Local"),
        ("Crisis, 613-555-0100", A, "Crisis"),
        ("613-555-0100, 1700", A, "1700"),
    ],
)
def test_hours_and_rooms_stay_words(text: str, number: str, words: str) -> None:
    (found,) = read_phones(text)
    assert (found.number, found.extension, found.description) == (number, "", words)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"{A} {B}", [(A, "", ""), (B, "", "")]),
        (f"{A} - {B}", [(A, "", ""), (B, "", "")]),
        (f"{A} & {B}", [(A, "", ""), (B, "", "")]),
        (f"{A} and {B}", [(A, "", ""), (B, "", "")]),
        (f"{A} et {B}", [(A, "", ""), (B, "", "")]),
        (f"Tel: {A} Fax: {B}", [(A, "", ""), (B, "", "fax")]),
        (f"Phone:\n{A}\nFax:\n{B}", [(A, "", ""), (B, "", "fax")]),
        (f"{A} (fax {B})", [(A, "", ""), (B, "", "fax")]),
        (f"{A} Office {B} Fax", [(A, "", ""), (B, "", "fax")]),
        (f"{A} (or text 686868)", [(A, "", ""), ("686868", "", "text")]),
        (f"{A} ext 5 {B} poste 6", [(A, "5", ""), (B, "6", "")]),
        (f"Tel {A} x 12, fax {B}", [(A, "12", ""), (B, "", "fax")]),
        (f"{A} (24/7); {B} (9-5)", [(A, "", ""), (B, "", "")]),
        (f"Call {A} or 988", [(A, "", ""), ("988", "", "")]),
        (f"{A}, poste 2210", [(A, "2210", "")]),
        (f"{A} ext. 2 or 3", [(A, "2", "")]),
        (f"1-866-555-01HI, {B}", [("1-866-555-0144", "", ""), (B, "", "")]),
    ],
)
def test_several_numbers_each_keep_their_own_words_and_extension(
    text: str, numbers: list[tuple[str, str, str]]
) -> None:
    assert [(p.number, p.extension, p.type) for p in read_phones(text)] == numbers


def test_words_before_each_number_are_its_own() -> None:
    found = read_phones(f"Office {A} (Kingston) Crisis {B}")
    assert [p.description for p in found] == ["Office (Kingston)", "Crisis"]


@pytest.mark.parametrize(
    "text",
    ["24", "9-5", "24/7", "10", "900-1700", "613-555-010", "613-555", "613-555-0100-24", "24 613-555-0100",
     "2024-2025", "Room 211", "911 Main Street", "+44 20 7946 0018", "1-555-0100", "0613 555 0100"],
)  # fmt: skip
def test_digits_that_are_no_number_for_certain_are_none(text: str) -> None:
    with pytest.raises(CellError):
        read_phones(text)


pieces = st.sampled_from(
    ["613-555-0100", "1 800 555-0101", "(613) 555-0102", "555-0103", "211", "9-8-8", "686868", " 24/7 ", " 9-5 ",
     " 24 h ", " 8h30 à 16h ", "24", " 10 pm ", " ext. 5", " / ", ", ", " ", "; ", " (", ") ", " et ", "Fax: ", "\n"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(pieces, max_size=8).map("".join))
def test_every_number_has_a_length_that_can_be_dialled(text: str) -> None:
    try:
        found = read_phones(text)
    except CellError:
        return
    for phone in found:
        digits = re.sub(r"\D", "", phone.number)
        assert len(digits) in (3, 5, 6, 7, 10) or (len(digits) == 11 and digits[0] == "1")
        assert phone.number in text
