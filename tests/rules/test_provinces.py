"""Provinces: which of them keep the same time."""

import pytest

from directory.rules.provinces import PROVINCES, zone_of_all
from directory.rules.tags import LETTERS, REACHES, reach_tag


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


def test_every_province_has_a_tag_of_its_own_for_each_reach() -> None:
    assert set(LETTERS) == set(PROVINCES)
    tags = [reach_tag(reach, province) for reach in REACHES for province in LETTERS]
    assert len(set(tags)) == len(tags)
    assert (reach_tag("place", "AB"), reach_tag("province", "ON"), reach_tag("beside", "YT")) == (
        11_000_101,
        11_000_209,
        11_000_313,
    )
