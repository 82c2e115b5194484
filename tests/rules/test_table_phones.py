"""A cell with phone numbers: each apart, as written, with what it is for."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.table_cells import CellError
from directory.rules.table_duplicates import dialled, same_phones
from directory.rules.table_phones import LONGEST_CELL, read_phones
from tests.rules.table_examples import read


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("613-555-0144 (Kingston) / 1-866-555-0105 (Toll Free)",
         [("613-555-0144", "", "", "Kingston"), ("1-866-555-0105", "", "", "Toll Free")]),
        ("613-555-0144 (Crisis); 1-877-555-0144", [("613-555-0144", "", "", "Crisis"), ("1-877-555-0144", "", "", "")]),
        ("1-866-555-0111 (Toll-Free); #SAFE (#7233) on mobile",
         [("1-866-555-0111", "", "", "Toll-Free"), ("#7233", "", "", "#SAFE on mobile")]),
        ("613-555-0110 ext. 271-5195", [("613-555-0110", "271-5195", "", "")]),
        ("(613) 555-0110 poste 12", [("(613) 555-0110", "12", "", "")]),
        ("686868 (SMS)", [("686868", "", "text", "SMS")]),
        ("988", [("988", "", "", "")]),
        ("613-555-0101 or 613-555-0102", [("613-555-0101", "", "", ""), ("613-555-0102", "", "", "")]),
        ("613-555-0101, ext. 5", [("613-555-0101", "5", "", "")]),
        ("613-555-0101 (Mon/Fri)", [("613-555-0101", "", "", "Mon/Fri")]),
        ("613-555-0101 / 613-555-0101", [("613-555-0101", "", "", "")]),
        ("TTY 613-555-0103", [("613-555-0103", "", "textphone", "TTY")]),
        ("", []),
        ("613-555-0100/0101", [("613-555-0100", "", "", ""), ("613-555-0101", "", "", "")]),
        ("613-555-0100 x12", [("613-555-0100", "12", "", "")]),
        ("613-555-0100x12", [("613-555-0100", "12", "", "")]),
        ("613-555-0100 #12", [("613-555-0100", "12", "", "")]),
        ("613-555-0100 local 7", [("613-555-0100", "7", "", "")]),
        ("1-866-555-01HI", [("1-866-555-0144", "", "", "1-866-555-01HI")]),
        ("1-866-JKL-01HI (1-866-555-0144)", [("1-866-555-0144", "", "", "1-866-JKL-01HI")]),
        ("1-866-555-01HI (0144), poste 2", [("1-866-555-0144", "2", "", "1-866-555-01HI")]),
        ("613-555-0101\n1-866-555-0102 (sans frais)\nATS 613-555-0103",
         [("613-555-0101", "", "", ""), ("1-866-555-0102", "", "", "sans frais"),
          ("613-555-0103", "", "textphone", "ATS")]),
    ],
)  # fmt: skip
def test_a_cell_with_several_numbers_is_taken_apart(text: str, numbers: list[tuple[str, ...]]) -> None:
    found = [(p.number, p.extension, p.type, p.description) for p in read_phones(text)]
    assert found == numbers


@pytest.mark.parametrize(
    ("words", "type_"),
    [
        *dict.fromkeys(("Voice/TTY", "TTY/Voice", "voix/ATS", "Voice & TTY", "ATS et voix"), "").items(),
        *dict.fromkeys(("Tel/TTY", "Tél. / ATS"), "").items(),
        *dict.fromkeys(("Tel/Fax", "Phone and fax", "Tél. et téléc."), "").items(),
        *dict.fromkeys(("Fax", "Téléc.", "Télécopie", "télécopieur", "Facsimile", "Fax:", "Telec"), "fax").items(),
        *dict.fromkeys(("TTY", "ATS", "TTY only", "Text telephone", "Téléimprimeur"), "textphone").items(),
        *dict.fromkeys(("Text", "SMS", "texto"), "text").items(),
        *dict.fromkeys(("Call or text", "Voice", "Voix", "Telephone", "Tél.", "Telecare"), "").items(),
    ],
)  # fmt: skip
def test_a_line_that_rings_is_no_fax_and_no_textphone(words: str, type_: str) -> None:
    assert {phone.type for phone in read_phones(f"{words} 613-555-0103")} == {type_}
    assert {phone.type for phone in read_phones(f"613-555-0103 ({words})")} == {type_}
    assert {phone.type for phone in read_phones("613-555-0103", words)} == {type_}


def test_a_label_describes_the_first_number() -> None:
    (found,) = read_phones("258258", "Text SUPPORT to 258258")
    assert (found.type, found.description) == ("text", "Text SUPPORT to 258258")
    with pytest.raises(CellError):
        read_phones("call the desk")


def test_rows_that_share_a_number_are_candidates_to_be_the_same() -> None:
    rows = {
        "a": "613-555-0144",
        "b": "+1 (613) 555-0144",
        "c": "613-555-0144 ext. 5",
        "d": "988",
        "e": "988; 613-555-0101",
    }
    records = [(at, read(id=key, phone=phone)) for at, (key, phone) in enumerate(rows.items(), 1)]
    assert same_phones(records) == {1: ("b",), 2: ("a",), 4: ("e",), 5: ("d",)}, (
        "an extension is a line of its own"
    )
    assert (dialled("1-613-555-0144"), dialled("#7233"), dialled("ask")) == ("6135550144", "7233", "")


def test_of_a_number_that_many_rows_share_a_few_are_named() -> None:
    """A list of 5,000 rows with one number made a report of 170 MB."""
    records = [(at, read(id=f"k{at}", phone="613-555-0144; 988")) for at in range(1, 401)]
    found = same_phones(records)
    assert found[1] == ("k2", "k3", "k4", "k5", "k6", "and 394 more with this number")
    assert found[3][:5] == ("k1", "k2", "k4", "k5", "k6")
    assert max(map(len, found.values())) == 6
    assert same_phones(records[:6])[6] == ("k1", "k2", "k3", "k4", "k5")


pieces = st.sampled_from(
    ["613-555-0100", "1-866-555-0101", " ext. 5", "988", " or ", " / ", "; ", "(", ")", "1-866-555-01HI",
     "#SAFE (#7233)", "TTY", "text", " x ", "-", "+1"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(pieces | st.text(max_size=5), max_size=8).map("".join))
@pytest.mark.promise(25)
def test_numbers_hold_no_digit_that_the_cell_does_not(text: str) -> None:
    try:
        found = read_phones(text)
    except CellError:
        return
    assert len(text) <= LONGEST_CELL
    has_letters = bool(re.search(r"8\d\d", text))
    for phone in found:
        assert re.search(r"\d", phone.number)
        assert has_letters or {c for c in phone.number + phone.extension if c.isdecimal()} <= {*text}
