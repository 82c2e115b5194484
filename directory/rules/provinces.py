"""The thirteen provinces and territories: names in both languages, and the zone of most of their people."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PROVINCES: dict[str, tuple[str, str, str]] = {
    "AB": ("Alberta", "Alberta", "America/Edmonton"),
    "BC": ("British Columbia", "Colombie-Britannique", "America/Vancouver"),
    "MB": ("Manitoba", "Manitoba", "America/Winnipeg"),
    "NB": ("New Brunswick", "Nouveau-Brunswick", "America/Moncton"),
    "NL": ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador", "America/St_Johns"),
    "NS": ("Nova Scotia", "Nouvelle-Écosse", "America/Halifax"),
    "NT": ("Northwest Territories", "Territoires du Nord-Ouest", "America/Yellowknife"),
    "NU": ("Nunavut", "Nunavut", "America/Iqaluit"),
    "ON": ("Ontario", "Ontario", "America/Toronto"),
    "PE": ("Prince Edward Island", "Île-du-Prince-Édouard", "America/Halifax"),
    "QC": ("Quebec", "Québec", "America/Toronto"),
    "SK": ("Saskatchewan", "Saskatchewan", "America/Regina"),
    "YT": ("Yukon", "Yukon", "America/Whitehorse"),
}


def province_name(code: str, language: str) -> str:
    """The name of a province in "en" or "fr"; the code itself if it is none."""
    names = PROVINCES.get(code)
    return code if names is None else names[1 if language == "fr" else 0]


def zone_of(code: str) -> str:
    """The IANA zone in which most people of a province live; Toronto's where there is no province."""
    names = PROVINCES.get(code)
    return names[2] if names else "America/Toronto"


@lru_cache(maxsize=1024)
def zone_of_all(codes: tuple[str, ...]) -> str:
    """The IANA zone of the first of these provinces if most people of all keep its time, 2026 to 2030; else ""."""
    zones = dict.fromkeys(map(zone_of, codes))
    weeks = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(weeks=week) for week in range(5 * 52))
    is_one = all(len({week.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}) == 1 for week in weeks)
    return next(iter(zones)) if zones and is_one else ""


ALSO_CITIES = frozenset({"QC"})
"""Provinces whose name is also that of a large city in them."""

_THE: dict[str, tuple[str, str]] = {
    "AB": ("", "l\u2019"),
    "BC": ("", "la "),
    "NB": ("", "le "),
    "MB": ("", "le "),
    "NS": ("", "la "),
    "NT": ("the ", "les "),
    "NU": ("", "le "),
    "ON": ("", "l\u2019"),
    "PE": ("", "l\u2019"),
    "QC": ("", "le "),
    "SK": ("", "la "),
    "YT": ("", "le "),
}


def the_province(code: str, language: str) -> str:
    """ "Alberta", "the Northwest Territories", "l’Ontario": in a sentence in "en" or "fr"; the code if it is none."""
    return f"{_THE.get(code, ('', ''))[1 if language == 'fr' else 0]}{province_name(code, language)}"


_IN: dict[str, tuple[str, str]] = {
    "MB": ("in", "au"),
    "NB": ("in", "au"),
    "NL": ("in", "à"),
    "NT": ("in the", "dans les"),
    "NU": ("in", "au"),
    "PE": ("in", "à l'"),
    "QC": ("in", "au"),
    "YT": ("in", "au"),
}


def in_province(code: str, language: str) -> str:
    """ "in Alberta", "au Manitoba", "dans les Territoires du Nord-Ouest": in "en" or "fr"; empty if it is none."""
    if code not in PROVINCES:
        return ""
    words = _IN.get(code, ("in", "en"))[1 if language == "fr" else 0]
    blank = "" if words.endswith("'") else " "
    return f"{words}{blank}{province_name(code, language)}"
