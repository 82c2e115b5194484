"""Provinces: which of them keep the same time."""

import pytest

from directory.rules.provinces import zone_of_all


@pytest.mark.parametrize(
    ("codes", "zone"),
    [
        (("NS", "NB", "PE"), "America/Halifax"),
        (("NB", "NS"), "America/Moncton"),
        (("ON", "QC"), "America/Toronto"),
        (("NS", "NL"), ""),
        (("AB", "SK"), ""),
        (("BC",), "America/Vancouver"),
        ((), ""),
    ],
)
def test_several_provinces_have_a_clock_only_if_all_keep_its_time(codes: tuple[str, ...], zone: str) -> None:
    assert zone_of_all(codes) == zone
