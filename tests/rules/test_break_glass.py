"""What counts as a reason to read what only an organization sees."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.rules.break_glass import LONGEST, SHORTEST, is_new_reason, is_reason, minutes_left

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_sentence_is_a_reason_and_letters_are_none() -> None:
    assert is_reason("Fire in the building, firefighters ask for the entrance.")
    assert is_reason("Incendie dans l’immeuble, les pompiers demandent l’entrée.")
    for words in ("", "x" * 40, "test test test test test", "because because because", " " * 60, "a b c d"):
        assert not is_reason(words)


@given(st.text(max_size=700))
def test_a_reason_has_its_length(words: str) -> None:
    if is_reason(words):
        assert SHORTEST <= len(" ".join(words.split())) <= LONGEST


@given(st.text(max_size=80))
def test_the_same_words_written_otherwise_are_not_new(words: str) -> None:
    assert not is_new_reason(f"  {words.upper().lower()} ", words.upper().lower())
    assert is_new_reason(words + " again", words)


def test_the_last_minute_is_told_as_one() -> None:
    assert minutes_left(NOW + timedelta(seconds=1), NOW) == 1
    assert minutes_left(NOW + timedelta(minutes=30), NOW) == 30
    assert minutes_left(NOW - timedelta(seconds=1), NOW) == 0
