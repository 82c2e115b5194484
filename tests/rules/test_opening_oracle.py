"""Two thousand judgements of made hours beside an oracle; bench/opening_hours.py does a hundred thousand."""

from zoneinfo import ZoneInfo

import pytest

from tests.rules.opening_compared import differences_of_moments, differences_of_state
from tests.rules.opening_made import canadian_zones, changes_of


@pytest.mark.parametrize("seed", range(4))
def test_the_rules_and_their_codes_say_what_the_oracle_says(seed: int) -> None:
    assert differences_of_state(seed, schedules=50, instants=10) == []


@pytest.mark.parametrize("seed", range(100, 103))
def test_until_and_next_are_what_walking_the_minutes_finds(seed: int) -> None:
    assert differences_of_moments(seed, schedules=50) == []


def test_the_zones_are_those_of_canada_as_they_are_since_2026() -> None:
    zones = canadian_zones()
    assert len(zones) > 20
    assert all(ZoneInfo(zone) for zone in zones)
    assert len(changes_of("America/Toronto")) == 6
    assert len(changes_of("America/Vancouver")) < 6, "the clocks of British Columbia stand still"
    assert changes_of("America/Regina") == ()
