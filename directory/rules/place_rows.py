"""Rows of an operator's file of places: Geographical Names of Canada (English edition), or First Nations' locations.

The first is published by Natural Resources Canada, a row for each name of a feature; the second by Indigenous
Services Canada, a row for each First Nation, without a province.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from directory.rules.province_names import province_letters
from directory.rules.text import fold

NAMES_COLUMNS = (
    "Geographical Name", "Language", "Syllabic Form", "Generic Term", "Generic Category", "Concise Code",
    "Toponymic Feature ID", "Latitude", "Longitude", "Province - Territory",
)  # fmt: skip
NATIONS_COLUMNS = ("BAND_NUMBER", "BAND_NAME", "LATITUDE", "LONGITUDE")
LONGEST_NAME = 120
SOUTH, NORTH, WEST, EAST = 41.0, 84.0, -142.0, -52.0
"""A box around Canada, degrees."""

# Features that people live in, whatever their category is called; IR is a reserve, UNP an unincorporated place.
_COMMUNITY_CODES = frozenset({"CITY", "TOWN", "VILG", "HAM", "MUN1", "IR", "UNP"})
# What nobody lives in any more, or never did, and what is too wide to be a point.
_NO_COMMUNITY = frozenset(
    {
        "former", "abandoned", "historical", "railway", "rail", "post", "station", "siding", "junction", "airport",
        "military", "camp", "park", "industrial", "seasonal", "county", "district", "region", "regional", "census",
    }
)  # fmt: skip
# Kinds that bear such a word and are a community all the same.
_STILL_A_COMMUNITY = (
    "district municipality",
    "regional municipality",
    "municipal district",
    "regional government",
)


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one feature; degrees in WGS84. `province` is "" where the file doesn't tell it."""

    feature: str
    name: str
    language: str
    syllabic: str
    province: str
    latitude: float
    longitude: float
    is_nation: bool = False


class BadRow(Exception):
    """A row that can't be taken; the message says why."""


Reader = Callable[[Mapping[str, str]], NameRow | None]


def reader_for(columns: Collection[str]) -> Reader:
    """Return what reads a file of these columns; BadRow says which are missing."""
    if set(NATIONS_COLUMNS) <= set(columns):
        return read_nation
    if missing := [name for name in NAMES_COLUMNS if name not in columns]:
        raise BadRow(f"there is no column {', '.join(missing)} (the English edition has them)")
    return read_name


def read_name(row: Mapping[str, str]) -> NameRow | None:
    """Return a community's name, None for any other feature; BadRow for a row that can't be right."""
    if not _is_community(row):
        return None
    province = province_letters(row["Province - Territory"])
    if not province:
        raise BadRow(f"Province - Territory: {row['Province - Territory'][:40]!r} is none")
    feature = row["Toponymic Feature ID"].strip().lower()
    if not feature:
        raise BadRow("Toponymic Feature ID is missing")
    name, syllabic = _name(row["Geographical Name"], "Geographical Name"), row["Syllabic Form"].strip()
    if syllabic:
        _name(syllabic, "Syllabic Form")
    point = _degrees(row["Latitude"], row["Longitude"])
    return NameRow(feature, name, fold(row["Language"]), syllabic, province, *point)


def read_nation(row: Mapping[str, str]) -> NameRow:
    """Return a First Nation at its location; BadRow for a row that can't be right.

    The file tells no province; an operator may add the column "Province - Territory".
    """
    number = row["BAND_NUMBER"].strip()
    if not number.isdigit():
        raise BadRow("BAND_NUMBER is no number")
    name = _name(row["BAND_NAME"], "BAND_NAME")
    point = _degrees(row["LATITUDE"], row["LONGITUDE"])
    told = row.get("Province - Territory", "")
    province = province_letters(told)
    if told.strip() and not province:
        raise BadRow(f"Province - Territory: {told[:40]!r} is none")
    return NameRow(f"band {int(number)}", name, "", "", province, *point, is_nation=True)


def _is_community(row: Mapping[str, str]) -> bool:
    term = fold(row["Generic Term"])
    lived_in = (
        fold(row["Generic Category"]) == "populated place" or row["Concise Code"].strip() in _COMMUNITY_CODES
    )
    is_wide = bool(_NO_COMMUNITY & set(term.split())) and not term.startswith(_STILL_A_COMMUNITY)
    return lived_in and not is_wide


def _name(text: str, column: str) -> str:
    name = " ".join(text.split())
    if not fold(name):
        raise BadRow(f"{column} is missing")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise BadRow(f"{column} is no name")
    return name


def _degrees(latitude: str, longitude: str) -> tuple[float, float]:
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        raise BadRow("Latitude and Longitude are no numbers") from None
    if not (SOUTH <= north <= NORTH and WEST <= east <= EAST):
        raise BadRow(f"the point {north:.2f}, {east:.2f} is not in Canada")
    return round(north, 5), round(east, 5)


@dataclass(frozen=True, slots=True)
class Feature:
    """A community with all the names that a file gives it, its label first."""

    key: str
    names: tuple[str, ...]
    name_fr: str
    province: str
    latitude: float
    longitude: float
    is_nation: bool


def feature_key(row: NameRow) -> str:
    """Return what tells a feature apart: one that lies in two provinces is a place in each; a nation is one."""
    return row.feature if row.is_nation else f"{row.feature}|{row.province}"


def feature_of(rows: Iterable[NameRow]) -> Feature:
    """Return the feature that the rows of one key are, in whatever order they come.

    Its label is the English name, else one of no stated language, else the first by language; a French one beside
    it is its French label. Each row's syllabic form is a name too.
    """
    ranked = sorted(set(rows), key=lambda r: (_LABELS.get(r.language, 2), r.language, r.name, r.syllabic))
    first = ranked[0]
    french = [row.name for row in ranked if row.language == "french"]
    names = dict.fromkeys([*(row.name for row in ranked), *(row.syllabic for row in ranked if row.syllabic)])
    name_fr = french[0] if french and french[0] != first.name else ""
    return Feature(
        feature_key(first),
        tuple(names),
        name_fr,
        first.province,
        first.latitude,
        first.longitude,
        first.is_nation,
    )


_LABELS = {"english": 0, "undetermined": 1, "": 1}
