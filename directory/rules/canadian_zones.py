"""Canada's zones by every name that the tz database has for them: feeds write one where an offset belongs."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

ODD_ZONE = "timezone:zone_name"
"""Flag of a schedule that names its zone where HSDS asks for an offset: kept as written, and used as a zone."""

_NAMES = {
    "America/St_Johns": "Canada/Newfoundland",
    "America/Halifax": "Canada/Atlantic",
    "America/Glace_Bay": "",
    "America/Moncton": "",
    "America/Goose_Bay": "",
    "America/Blanc-Sablon": "",
    "America/Toronto": "Canada/Eastern America/Montreal America/Nipigon America/Thunder_Bay",
    "America/Iqaluit": "America/Pangnirtung",
    "America/Atikokan": "America/Coral_Harbour",
    "America/Winnipeg": "Canada/Central America/Rainy_River",
    "America/Resolute": "",
    "America/Rankin_Inlet": "",
    "America/Regina": "Canada/Saskatchewan",
    "America/Swift_Current": "",
    "America/Edmonton": "Canada/Mountain America/Yellowknife",
    "America/Cambridge_Bay": "",
    "America/Inuvik": "",
    "America/Creston": "",
    "America/Dawson_Creek": "",
    "America/Fort_Nelson": "",
    "America/Whitehorse": "Canada/Yukon",
    "America/Dawson": "",
    "America/Vancouver": "Canada/Pacific",
}
_BY_NAME = {name.lower(): zone for zone, others in _NAMES.items() for name in (zone, *others.split())}

CANADIAN_ZONES = frozenset(_NAMES)
"""One name of each."""


def canadian_zone(written: str) -> str:
    """The one name of a zone of Canada that `written` names, "" for anything else: an offset, "EST", "Europe/Paris"."""
    return _BY_NAME.get(written.strip().replace(" ", "_").lower(), "")


COMPARED = tuple(datetime(2027, month, day, 12, tzinfo=UTC) for month in range(1, 13) for day in (1, 16))
"""Moments of one year, after the latest of Canada's changes, by which clocks are compared."""


@lru_cache(maxsize=256)
def have_one_clock(zones: tuple[str, ...]) -> bool:
    """True if it is always the same time in all these IANA zones. Raises ZoneInfoNotFoundError for an unknown one."""
    known = [ZoneInfo(zone) for zone in zones]
    return all(len({moment.astimezone(zone).utcoffset() for zone in known}) < 2 for moment in COMPARED)
