"""Cells of a sheet: what is written is read back, what is not understood is said, nothing is guessed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.eligibility_terms import DIMENSIONS, Fact, check_facts
from directory.rules.opening_week import DAY
from directory.rules.sheet_cells import AT_THE_DESK, LanguageWords, cells_of, values_of
from directory.rules.sheet_columns import COLUMNS, SHEET, column_of
from directory.rules.sheet_facts import read_facts, write_facts
from directory.rules.sheet_hours import read_hours, write_hours
from directory.rules.sheet_phones import read_languages, read_phones, write_languages, write_phones
from directory.rules.sheet_rows import ReadSheet, SheetRow, look_through
from directory.rules.sheet_text import NotRead, changed, guarded, mark_of, plain, said
from directory.rules.text import fold

KEY, OTHER = "0b9dc1ae-9a31-4a6e-8a05-1b5dd8d1a0b5", "0b9dc1ae-9a31-4a6e-8a05-1b5dd8d1a0b6"
NAMES = {"eng": "English", "fra": "French", "cre": "Cree"}
WORDS = LanguageWords({fold(name): code for code, name in NAMES.items()}, {"en": NAMES, "fr": NAMES})
languages = st.sampled_from(["en", "fr"])


@given(st.text() | st.text(alphabet="'=\r\n\t \x1c+", max_size=6))
def test_a_guard_is_taken_off_again_and_nothing_guarded_begins_a_formula(text: str) -> None:
    assert said(guarded(text)) == said(guarded(guarded(text))) == said(text)
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(), st.text())
def test_cells_are_the_same_after_a_journey_through_a_program(text: str, other: str) -> None:
    for sent in (guarded(plain(text)), f" {text}\r\n", text.replace("\n", "\r\n")):
        assert said(sent) == said(text) or "\r" in text


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.text(max_size=5), min_size=3), languages)
def test_a_mark_tells_who_changed_which_cell(cells: dict[str, str], language: str) -> None:
    mark = mark_of(KEY, cells, language)
    assert changed(KEY, mark, cells, cells) == ([], [])
    mine = cells | {"a": cells["a"] + "x"}
    theirs = cells | {"a": cells["a"] + "y", "b": cells["b"] + "y"}
    assert changed(KEY, mark, mine, cells) == (["a"], [])
    assert changed(KEY, mark, cells, theirs) == ([], [])
    assert changed(KEY, mark, mine, theirs) == ([], ["a"])
    assert changed(KEY, mark, theirs, theirs) == ([], [])


@pytest.mark.parametrize("mark", ["", "en", "en.abc", "de." + "a" * 16, "en." + "a" * 16])
def test_what_is_no_mark_is_refused(mark: str) -> None:
    row = SheetRow(2, {"id": KEY, "mark": mark, "fees_description": "Free."})
    looked = look_through(ReadSheet([row], {}, []), {KEY: {"service.name": "A"}}, WORDS)
    assert [(fault.slug, fault.code) for fault in looked.faults] == [("mark", "no_mark")]
    assert not looked.offers


@st.composite
def stated(draw: st.DrawFn) -> list[Fact]:
    """Facts that may be stated together."""
    facts = []
    for dimension in DIMENSIONS.values():
        terms = draw(st.lists(st.sampled_from([t.slug for t in dimension.terms] or [""]), unique=True))
        for term in terms[:1] if dimension.is_one_of_them else terms:
            is_yes = True if dimension.is_one_of_them or not dimension.terms else draw(st.booleans())
            ends = [None, None]
            if dimension.counted.value and is_yes:
                ends = sorted(draw(st.lists(st.decimals(0, 90, places=1), min_size=2, max_size=2)))
                ends[draw(st.integers(0, 1))] = None if draw(st.booleans()) else ends[0]
                ends = sorted(ends) if None not in ends else ends
            facts.append(Fact(dimension.slug, term, is_yes, *ends))
    return [fact for fact in facts if not check_facts([fact])]


@given(stated(), languages)
def test_facts_are_read_as_they_were_written(facts: list[Fact], language: str) -> None:
    for slug in DIMENSIONS:
        mine = [fact for fact in facts if fact.dimension == slug]
        if not check_facts(mine):
            read = read_facts(slug, write_facts(slug, facts, language))
            assert sorted(read, key=lambda f: f.term) == sorted(mine, key=lambda f: f.term)


stretches = st.lists(st.integers(0, 47), unique=True, max_size=4).map(
    lambda ends: [[a * 30, b * 30] for a, b in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
)


@given(st.lists(stretches, min_size=7, max_size=7), languages)
def test_hours_are_read_as_they_were_written(days: list[list[list[int]]], language: str) -> None:
    hours: dict[str, Any] = {"state": "times", "days": days, "on_holidays": "closed", "note": "Ring."}
    if not any(days):
        return
    read = read_hours(write_hours(hours, language), hours)
    assert (read["days"], read["on_holidays"], read["note"]) == (days, "closed", "Ring.")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri 9:00-17:00", {day: [[540, 1020]] for day in range(5)}),
        ("lun. au ven. : 9 h à 17 h", {day: [[540, 1020]] for day in range(5)}),
        ("Monday, Wednesday and Friday 9-12", {day: [[540, 720]] for day in (0, 2, 4)}),
        ("Sat-Mon 10:00-12:00", {day: [[600, 720]] for day in (5, 6, 0)}),
        ("every day 22:00-02:00", {day: [[1320, DAY + 120]] for day in range(7)}),
        ("Tous les jours 8:00-20:00", {day: [[480, 1200]] for day in range(7)}),
        ("Mon 9:00-12:00, 13:00-17:00\nTue closed", {0: [[540, 720], [780, 1020]]}),
    ],
)
def test_a_week_is_read(text: str, days: dict[int, list[list[int]]]) -> None:
    assert read_hours(text, None)["days"] == [days.get(day, []) for day in range(7)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9:00-17:00", "no_days"),
        ("Mon", "not_hours"),
        ("Mon 9-5", "long_night"),
        ("Mon 9:00-12:00; Mon 13:00-14:00", "day_twice"),
        ("Mon closed", "no_day"),
        ("Someday 9:00-12:00", "no_days"),
        ("Mon 9-12, 11-13", "overlap"),
    ],
)
def test_hours_that_are_not_understood_are_not_guessed(text: str, code: str) -> None:
    with pytest.raises(NotRead) as fault:
        read_hours(text, None)
    assert fault.value.code == code


def phone(number: str, id_: str = "", **more: str) -> dict[str, str]:
    """A number's row."""
    return {
        "id": id_,
        "number": number,
        "extension": "",
        "type": "",
        "description": "",
        "description_fr": "",
    } | more


@pytest.mark.parametrize("language", ["en", "fr"])
def test_numbers_are_read_as_they_were_written(language: str) -> None:
    rows = [
        phone("613-555-0142", "1"),
        phone(
            "(613) 555-0143",
            "2",
            extension="3",
            type="text",
            description="Nurse",
            description_fr="Infirmière",
        ),
        phone("1-800-555-0144", "3", type="fax", description_fr="Bureau"),
    ]
    assert read_phones(write_phones(rows, language), rows) == rows


def test_a_changed_number_is_its_row_changed() -> None:
    rows = [phone("613-555-0142", "1"), phone("613-555-0143", "2")]
    read = read_phones("613-555-0143\n613-555-0199\n613-555-0198", rows)
    assert [(row["id"], row["number"]) for row in read] == [
        ("2", "613-555-0143"),
        ("1", "613-555-0199"),
        ("", "613-555-0198"),
    ]


@pytest.mark.parametrize(
    "text", ["call us", "12", "613-555-0142, on Mondays", "me@house.example 613", "9" * 41]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotRead):
        read_phones(text, [])


def test_languages_keep_what_was_told_of_them() -> None:
    rows = [
        {"id": "1", "code": "cre", "name": "Swampy Cree", "note": "Interpreter on Mondays"},
        {"id": "2", "code": "xyz", "name": "Town talk", "note": ""},
    ]
    text = write_languages(rows, NAMES, "en")
    assert text == "Cree (interpreter); Town talk"
    assert read_languages(text, rows, WORDS.codes, NAMES) == rows
    read = read_languages("Cree; French (interprète)", rows, WORDS.codes, NAMES)
    assert [(row["id"], row["code"], row["note"]) for row in read] == [
        ("1", "cre", ""),
        ("", "fra", "interpreter"),
    ]
    for wrong in ("Elvish", "Cree; Cree"):
        with pytest.raises(NotRead):
            read_languages(wrong, rows, WORDS.codes, NAMES)


def test_hours_of_several_places_or_seasons_are_changed_at_the_desk() -> None:
    week = {"state": "times", "days": [[[540, 720]]] * 7, "is_plain": True}
    several = {"service.name": "A", "hours/a/": week, "hours/b/": week}
    seasons = {"service.name": "A", "hours/a/": week | {"is_plain": False}}
    for profile in (several, seasons):
        assert cells_of(profile, KEY, WORDS, "en")["hours"] == AT_THE_DESK["en"]
        _values, faults = values_of({"hours": "Mon 9:00-12:00"}, profile, KEY, WORDS)
        assert faults["hours"].code == "at_the_desk"


def test_each_column_is_known_by_its_slug_and_by_both_headers() -> None:
    for column in SHEET:
        assert {column_of(name) for name in (column.slug, column.header.en, column.header.fr)} == {column}
    assert column_of("Notes") is None


def test_a_facts_cell_leaves_the_other_dimensions_alone() -> None:
    profile = {
        "service.name": "A",
        "facts": [["age", "", True, "16", None], ["gender", "woman", True, None, None]],
    }
    values, faults = values_of({"facts_gender": "Women: yes; Men: no"}, profile, KEY, WORDS)
    assert not faults
    assert ["age", "", True, "16", None] in values["facts"]
    assert ["gender", "man", False, None, None] in values["facts"]


@given(st.dictionaries(st.sampled_from([column.slug for column in COLUMNS]), st.text(max_size=40)))
def test_anything_typed_is_a_value_or_a_fault(cells: dict[str, str]) -> None:
    profile = {"service.name": "A", "service.status": "active"}
    values, faults = values_of(cells, profile, KEY, WORDS)
    assert faults or values or not cells
    assert all(fault.code for fault in faults.values())


def test_a_row_with_anything_wrong_is_left_out_whole() -> None:
    profile = {"service.name": "A", "service.fees_description": ""}
    cells = cells_of(profile, KEY, WORDS, "en")
    mark = mark_of(KEY, cells, "en")
    row = SheetRow(2, {**cells, "id": KEY, "mark": mark, "fees_description": "Free.", "email": "nobody"})
    twin = SheetRow(
        3, {**cells, "id": OTHER, "mark": mark_of(OTHER, cells, "en"), "fees_description": "Free."}
    )
    looked = look_through(ReadSheet([row, twin], {}, []), {KEY: profile, OTHER: profile}, WORDS)
    assert [(fault.row, fault.slug, fault.code) for fault in looked.faults] == [(2, "email", "no_email")]
    assert [(offer.row, offer.values) for offer in looked.offers] == [
        (3, {"service.fees_description": "Free."})
    ]
