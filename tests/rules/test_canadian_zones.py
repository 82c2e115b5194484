"""Zones that feeds name where an offset belongs: Canada's count, by every name."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from directory.rules.canadian_zones import CANADIAN_ZONES, canadian_zone, have_one_clock
from directory.rules.hsds_shape import ENTITIES
from directory.rules.hsds_values import read_value

TIMEZONE = next(field for field in ENTITIES["schedule"].fields if field.name == "timezone")


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("America/Toronto", "America/Toronto"), (" america/toronto ", "America/Toronto"),
        ("Canada/Eastern", "America/Toronto"), ("America/Montreal", "America/Toronto"),
        ("America/St_Johns", "America/St_Johns"), ("America/St Johns", "America/St_Johns"),
        ("-5", ""), ("EST", ""), ("Europe/Paris", ""), ("America/New_York", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_zone_of_canada_is_known_by_any_name(written: str, zone: str) -> None:
    assert canadian_zone(written) == zone


def test_every_zone_is_one_and_every_name_shows_the_same_clock() -> None:
    known = {canadian_zone(name): name for name in available_timezones() if canadian_zone(name)}
    assert set(known) == CANADIAN_ZONES
    for name in available_timezones():
        if zone := canadian_zone(name):
            for month in (1, 7):
                then = datetime(2026, month, 15, 12, tzinfo=UTC)
                assert (
                    then.astimezone(ZoneInfo(name)).utcoffset() == then.astimezone(ZoneInfo(zone)).utcoffset()
                )


@pytest.mark.parametrize(
    ("written", "flag"),
    [("America/Toronto", "timezone:zone_name"), ("EST", "timezone:not_a_number"), ("-5", "")],
)
def test_it_is_kept_as_written_and_flagged_as_odd(written: str, flag: str) -> None:
    read = read_value(TIMEZONE, written)
    assert (read.value, read.written, read.flag) == (written, None, flag)


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    ("zones", "is_one"),
    [
        ((), True),
        (("America/Toronto",), True),
        (("America/Glace_Bay", "America/Halifax"), True),
        (("America/Dawson", "America/Whitehorse"), True),
        (("America/Atikokan", "America/Toronto"), False),
        (("America/Blanc-Sablon", "America/Halifax"), False),
        (("America/Edmonton", "America/Rankin_Inlet"), False),
    ],
)
def test_two_names_may_be_of_one_clock(zones: tuple[str, ...], is_one: bool) -> None:
    """Promise 1: hours tell by which clock they are where that tells nothing of where in its area a place is."""
    assert have_one_clock(zones) is is_one
