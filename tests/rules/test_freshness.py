"""How long a check holds."""

from datetime import date

from directory.rules.freshness import fresh_until

DAY = date(2026, 1, 1)


def test_crisis_lines_and_shelters_are_asked_twice_as_often() -> None:
    assert fresh_until(DAY, ["crisis_line"]) == date(2026, 4, 1)
    assert fresh_until(DAY, ["food", "emergency_shelter"]) == date(2026, 4, 1)
    assert fresh_until(DAY, ["food"]) == date(2026, 6, 30)


def test_what_nobody_checked_is_never_fresh() -> None:
    assert fresh_until(None, ["food"]) is None
