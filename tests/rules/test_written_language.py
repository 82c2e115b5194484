"""In which language a text is written that stands in one column alone, or alike in both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.written_language import text_in, written_language

TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Une avocate de votre côté", "fr"),
        ("L'heure se fixe au téléphone.", "fr"),
        ("L’heure se fixe au téléphone.", "fr"),
        ("Le salon", "fr"),
        ("By appointment only.", "en"),
        ("Women's help line of the north", "en"),
        ("Appelez pour connaître les prochaines dates. / Call for the next dates.", "both"),
        ("Sur rendez-vous.\nBy appointment.", "both"),
        # Names: of whom, nobody can tell by their articles.
        ("La Leche League", ""),
        ("Le Gîte Ami", ""),
        ("Chrysalis", ""),
        ("Montréal", ""),
        ("مرکز زنان", ""),
        ("", ""),
    ],
)
def test_the_small_words_of_a_text_tell_its_language_or_nothing(text: str, language: str) -> None:
    assert written_language(text) == language


@pytest.mark.parametrize(
    ("english", "french", "told_en", "told_fr"),
    [
        ("A lawyer at your side", "Une avocate de votre côté", ("A lawyer at your side", ""), None),
        ("Une avocate de votre côté", "Une avocate de votre côté", None, None),
        ("Une avocate de votre côté", "", None, None),
        ("", "Une avocate de votre côté", None, None),
    ],
)
def test_french_is_marked_on_an_english_page_whatever_column_it_stands_in(
    english: str, french: str, told_en: tuple[str, str] | None, told_fr: tuple[str, str] | None
) -> None:
    text = "Une avocate de votre côté"
    assert text_in(english, french, "en") == (told_en or (text, "fr"))
    assert text_in(english, french, "fr") == (told_fr or (text, ""))


def test_english_is_marked_on_a_french_page_whatever_column_it_stands_in() -> None:
    text = "You can call at any time of the day."
    for english, french in ((text, ""), (text, text), ("", text)):
        assert text_in(english, french, "fr") == (text, "en")
        assert text_in(english, french, "en") == (text, "")


def test_a_text_that_says_it_twice_and_a_name_alike_in_both_bear_no_mark() -> None:
    twice = "Sur rendez-vous. / By appointment."
    for text in (twice, "Chrysalis"):
        assert text_in(text, text, "en") == text_in(text, text, "fr") == (text, "")
    assert text_in(twice, "", "fr") == (twice, "")


def test_what_nobody_can_tell_is_of_its_column() -> None:
    assert text_in("Chrysalis", "", "fr") == ("Chrysalis", "en")
    assert text_in("", "Chrysalide", "en") == ("Chrysalide", "fr")


@given(TEXTS, TEXTS, st.sampled_from(["en", "fr"]))
def test_any_text_is_told_whole_and_never_marked_with_the_language_of_the_page(
    english: str, french: str, language: str
) -> None:
    text, mark = text_in(english, french, language)
    assert text in (english, french)
    assert bool(text) == bool(english or french)
    assert mark != language
    assert text or not mark


def test_monday_is_not_french() -> None:
    assert text_in("Mon-Fri 9:00-17:00", "", "fr") == ("Mon-Fri 9:00-17:00", "en")
