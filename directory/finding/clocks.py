"""What the clocks of Canada show at an instant, as the statements that find are given it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from directory.finding.hours import is_holiday
from directory.finding.places import gazetteer
from directory.rules.canadian_zones import CANADIAN_ZONES
from directory.rules.opening_clock import clock_reading
from directory.rules.opening_codes import places_in_code
from directory.rules.opening_hours import marks_of
from directory.rules.provinces import PROVINCES, zone_of

COLUMNS = (
    ("zone", "text"),
    *((f"{name}{when}", kind) for when in ("", "_eve") for name, kind in (
        ("day", "text"), ("place", "int"), ("nths", "int"), ("week_number", "int"), ("monthdays", "bigint"),
    )),
)  # fmt: skip
"""Of each zone: its day, and the place in the code of what began on it; of the day before, the same."""


def _zones() -> list[str]:
    """Every zone in which a place of Canada keeps its hours."""
    return sorted((gazetteer().zones | {zone_of(province) for province in PROVINCES} | CANADIAN_ZONES) - {""})


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


@lru_cache(maxsize=256)
def _shown(minute: datetime) -> tuple[dict[str, str], frozenset[str]]:
    """The columns at a whole minute (UTC), as arrays; and the public holidays of those days, "ON2026-12-25"."""
    rows, days = [], set()
    for zone in _zones():
        told: list[object] = [zone]
        for day, place in places_in_code(clock_reading(minute, ZoneInfo(zone))):
            marks = marks_of(day)
            told += [day.isoformat(), place, marks.nths, marks.week, marks.monthdays]
            days.add(day)
        rows.append(told)
    arrays = {
        name: _array(column) for (name, _), column in zip(COLUMNS, zip(*rows, strict=True), strict=True)
    }
    holidays = {f"{p}{day.isoformat()}" for p in ("", *PROVINCES) for day in days if is_holiday(p, day)}
    return arrays, frozenset(holidays)


def clock_values(moments: Iterable[datetime]) -> dict[str, object]:
    """Parameters of the clocks at each moment, and the public holidays around them."""
    values: dict[str, object] = {}
    holidays: set[str] = set()
    for number, moment in enumerate(moments):
        at = moment.astimezone(UTC)
        arrays, found = _shown(at - timedelta(seconds=at.second, microseconds=at.microsecond))
        values |= {f"clock_{number}_{name}": array for name, array in arrays.items()}
        holidays |= found
    return values | {"holidays": _array(sorted(holidays))}


def clock_sql(number: int) -> str:
    """SQL for the clocks at one of the moments, as a table `clock_N`."""
    given = ", ".join(f"%(clock_{number}_{name})s::{kind}[]" for name, kind in COLUMNS)
    names = ", ".join(name for name, _ in COLUMNS)
    return f"clock_{number} AS MATERIALIZED (SELECT * FROM unnest({given}) AS c({names}))"  # noqa: S608


# Beyond the last day of which it says anything, and where it says nothing but of own days, one has to ask today.
SILENT = "WHEN {day} > e.odd_hours->>'ends' THEN 1"
ODD = """CASE WHEN e.odd_hours->'days' ? {day} THEN
    CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(e.odd_hours->'days'->{day}) r
        WHERE {place} >= (r->>0)::int AND {place} < (r->>1)::int) THEN 2 ELSE 0 END
{silent} ELSE coalesce((SELECT max(CASE WHEN {holiday} THEN (r->>'holidays')::int ELSE 2 END)
    FROM jsonb_array_elements(e.odd_hours->'rules') r
    WHERE r->>'from' <= {day} AND {day} <= r->>'to'
      AND ((r->>'nths')::int = 0 OR (r->>'nths')::int & {nths} <> 0)
      AND mod({week_number}, (r->>'weeks')::int) = (r->>'phase')::int
      AND ((r->>'monthdays')::bigint = 0 OR (r->>'monthdays')::bigint & {monthdays} <> 0)
      AND EXISTS (SELECT FROM jsonb_array_elements(r->'ranges') g
          WHERE {place} >= (g->>0)::int AND {place} < (g->>1)::int)), 0) END"""
LEVEL = """CASE WHEN e.week IS NOT NULL THEN
    CASE WHEN NOT e.week @> {place} THEN 0 WHEN e.on_holidays = 'open' OR NOT {holiday} THEN 2 ELSE 1 END
ELSE {odd} END"""
OPEN, ASK, CLOSED = 0, 1, 2
RANK = """CASE WHEN e.week IS NULL AND e.odd_hours IS NULL THEN 1 WHEN {clock}.zone IS NULL THEN 1
ELSE CASE greatest({today}, {eve}) WHEN 2 THEN e.by_appointment::int
    WHEN 1 THEN CASE WHEN e.on_holidays = 'closed' THEN 2 ELSE 1 END ELSE 2 END END"""


def open_rank_sql(number: int) -> str:
    """SQL for whether candidate `e` is OPEN at that moment, CLOSED, or one has to ASK; needs `clock_N` joined."""
    clock = f"clock_{number}"

    def level(when: str) -> str:
        names = {
            name: f"{clock}.{name}{when}" for name in ("day", "place", "nths", "week_number", "monthdays")
        }
        holiday = f"(e.province || {clock}.day{when}) = ANY(%(holidays)s::text[])"
        silent = "" if when else SILENT.format(**names)
        return LEVEL.format(**names, holiday=holiday, odd=ODD.format(**names, holiday=holiday, silent=silent))

    return RANK.format(clock=clock, today=level(""), eve=level("_eve"))
