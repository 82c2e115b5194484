"""Hours of a row as HSDS schedule facts: columns by weekday first, words where they can mean one thing only.

Words are kept as they were written, always. What two columns tell differently is told by neither.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from directory.rules.opening import WEEKDAYS, OnHolidays
from directory.rules.phrase_hours import Hours, Season, read_hours, schedule_rows
from directory.rules.table_cells import as_date, cell
from directory.rules.table_hours_words import Notes, is_read, is_sentence_of, tellers, written
from directory.rules.table_mapping import HoursColumns, TableMapping
from directory.rules.table_records import ScheduleFacts
from directory.rules.table_texts import Row, in_column, shortened
from directory.rules.table_weekly import Weekly, read_weekly

_VARIES = re.compile(r"\bvar(?:y|ies|ie|ient|iables?)\b", re.IGNORECASE)
Times = frozenset[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """Hours that one column tells: rows of (byday, opens_at, closes_at), and what holds for all of them.

    `is_by_day`: they come from a column of times, not of words.
    """

    column: str
    rows: tuple[tuple[str, str, str], ...]
    of: str = ""
    zone: str = ""
    on_holidays: OnHolidays = "not_stated"
    season: Season | None = None
    closed: tuple[int, ...] = ()
    is_by_day: bool = False

    @property
    def times(self) -> Times:
        """Each day's hours, however days were put together."""
        return frozenset((day, opens, closes) for days, opens, closes in self.rows for day in days.split(","))


class _Doubt(Exception):
    """A reason to keep the words alone."""


Told = tuple[tuple[ScheduleFacts, ...], tuple[str, ...]]


def read_schedules(
    mapping: TableMapping, row: Row, key: str, *, is_housing: bool, copied_on: date | None
) -> Told:
    """Return the schedules of a row, and warnings. Raises RowError for columns of times that hold none.

    `is_housing`: words that don't say what they are the hours of may be of the people who stay, and are not
    taken for the hours of the door. `copied_on` gives a season without years its year.
    """
    warnings: list[str] = []
    told, week = written(mapping, row), _week(mapping.hours, row)
    if week.words and not week.doubt:
        told[mapping.hours.weekly] = ScheduleFacts(description=week.words)
    by = tellers(told)
    notes = {name: note for name, note in told.items() if name not in by}
    readings = []
    if key not in mapping.hours.text_only:
        readings = _weekly(mapping.hours, week, warnings)
        readings += _readings(mapping.hours, notes, warnings, is_housing=is_housing)
        more = _sentences(told, by, warnings)
        readings += _readings(mapping.hours, more, warnings, is_housing=is_housing)
    try:
        _no_doubt(readings, notes)
        structured = _structured(_agreed(readings), mapping.hours, _validity(mapping, row), copied_on)
    except _Doubt as doubt:
        structured = ()
        warnings.append(str(doubt))
    if week.doubt and week.words:
        notes[mapping.hours.weekly] = ScheduleFacts(description=week.words)
    return structured + tuple(notes.values()), tuple(warnings)


def _sentences(told: Notes, by: dict[str, str], warnings: list[str]) -> Notes:
    """Columns that need not be told but are to be read: another repeats their words beside some that no rule reads."""
    found: Notes = {}
    for name, teller in by.items():
        if is_read(told[teller]) or not is_read(told[name]):
            continue
        if is_sentence_of(told[name], told[teller]):
            found[name] = told[name]
        else:
            text = told[name].description or told[name].description_fr
            warnings.append(f"hours {shortened(text)} are kept as words: column {teller} says more of them")
    return found


def _week(hours: HoursColumns, row: Row) -> Weekly:
    return in_column(hours.weekly, lambda: read_weekly(cell(row, hours.weekly))) if hours.weekly else Weekly()


def _weekly(hours: HoursColumns, week: Weekly, warnings: list[str]) -> list[_Reading]:
    """What a column of times tells; of one that may mean two things, a warning."""
    if week.doubt:
        kept = "they are kept as words" if week.words else "none are taken from it"
        warnings.append(f"column {hours.weekly}: its hours are not understood, {kept}: {week.doubt}")
    if not (week.rows or week.closed):
        return []
    return [_Reading(hours.weekly, week.rows, hours.of, hours.zone, closed=week.closed, is_by_day=True)]


def _readings(hours: HoursColumns, notes: Notes, warnings: list[str], *, is_housing: bool) -> list[_Reading]:
    """What columns of words tell where they are understood; each of `notes` learns what its hours are of."""
    found = []
    for column, note in notes.items():
        of = ""
        for text in filter(None, (note.description, note.description_fr)):
            said = read_hours(text)
            of = of or said.of
            if problem := _problem(said, hours, is_housing=is_housing):
                warnings.append(f"hours {shortened(text)} are kept as words: {problem}")
            else:
                found.append(_reading(column, said, hours))
        notes[column] = replace(note, hours_of=of or hours.of)
    return found


def _problem(said: Hours, hours: HoursColumns, *, is_housing: bool) -> str:
    if not said.is_sure:
        return f"not understood: {shortened(said.rest)}"
    if is_housing and (said.spans or said.always) and not (said.of or hours.of):
        return "it is a place to stay, and they don't say whether they are of taking people in"
    return ""


def _reading(column: str, said: Hours, hours: HoursColumns) -> _Reading:
    rows = schedule_rows(said)
    zone = said.zone or hours.zone
    return _Reading(column, rows, said.of or hours.of, zone, said.on_holidays, said.season, said.closed)


def _no_doubt(readings: list[_Reading], notes: dict[str, ScheduleFacts]) -> None:
    """Raise _Doubt if one column of words says that hours vary, unless a column of times knows better."""
    if not readings or any(reading.is_by_day and reading.rows for reading in readings):
        return
    read = {reading.column for reading in readings}
    for column, note in notes.items():
        if column not in read and _VARIES.search(f"{note.description} {note.description_fr}"):
            raise _Doubt(f"column {column} says that hours vary: none are taken, the words are kept")


def _agreed(readings: list[_Reading]) -> list[_Reading]:
    """One reading for each kind of hours. Raises _Doubt where two columns tell different hours of one thing."""
    timed = [reading for reading in readings if reading.rows]
    kinds = {reading.of for reading in timed}
    if len(kinds) > 1 and "" in kinds and len({reading.times for reading in timed}) > 1:
        raise _Doubt(_contradiction(timed))
    merged = []
    for of in sorted(kinds - {""}) or sorted(kinds):
        same = [reading for reading in timed if reading.of in (of, "")]
        if len({(reading.times, reading.season) for reading in same}) > 1:
            raise _Doubt(_contradiction(same))
        merged.append(_merged(same, readings, of))
    return merged


def _contradiction(readings: Iterable[_Reading]) -> str:
    columns = " and ".join(dict.fromkeys(reading.column for reading in readings))
    return f"columns {columns} tell different hours: none of them is taken, the words are kept"


def _merged(same: list[_Reading], readings: list[_Reading], of: str) -> _Reading:
    """What `same` agree upon, with what others say of closed days and holidays."""
    closed = {WEEKDAYS[day] for reading in readings for day in reading.closed if reading.of in (of, "")}
    if any(day in closed for day, _, _ in same[0].times):
        raise _Doubt(_contradiction(readings))
    zones = {reading.zone for reading in same} - {""}
    holidays = {r.on_holidays for r in readings if r.of in (of, "")} - {"not_stated"}
    if len(zones) > 1 or len(holidays) > 1:
        raise _Doubt(_contradiction(readings))
    return replace(same[0], of=of, zone=next(iter(zones), ""), on_holidays=next(iter(holidays), "not_stated"))


def _validity(mapping: TableMapping, row: Row) -> tuple[date, date] | None:
    """First and last day that columns of the row tell. Raises _Doubt if only one of them does."""
    hours = mapping.hours
    if not hours.valid_from:
        return None

    def read(column: str) -> date | None:
        value = cell(row, column)
        return in_column(column, lambda: as_date(value, is_day_first=mapping.is_day_first))

    first, last = read(hours.valid_from), read(hours.valid_to)
    if first is None and last is None:
        return None
    if first is None or last is None or last < first:
        raise _Doubt(
            f"columns {hours.valid_from} and {hours.valid_to} are no first and last day: no hours are taken"
        )
    return first, last


def _structured(
    agreed: list[_Reading], hours: HoursColumns, valid: tuple[date, date] | None, copied_on: date | None
) -> tuple[ScheduleFacts, ...]:
    found: list[ScheduleFacts] = []
    for reading in agreed:
        for first, last in _bounds(reading, valid, copied_on):
            found += [
                ScheduleFacts(
                    freq="WEEKLY",
                    byday=byday,
                    opens_at=opens,
                    closes_at=closes,
                    valid_from=first,
                    valid_to=last,
                    hours_of=reading.of,
                    zone=reading.zone or hours.zone,
                    on_holidays=reading.on_holidays,
                )
                for byday, opens, closes in reading.rows
            ]
    return tuple(found)


def _bounds(
    reading: _Reading, valid: tuple[date, date] | None, copied_on: date | None
) -> list[tuple[str, str]]:
    """First and last days of a reading's hours; empty words where they always hold."""
    if valid or reading.season:
        days = [valid] if valid else _seasons(reading.season, copied_on) if reading.season else []
        return [(first.isoformat(), last.isoformat()) for first, last in days]
    return [("", "")]


def _seasons(season: Season, copied_on: date | None) -> list[tuple[date, date]]:
    """First and last days of a season in the year in which it was copied, and of the winter that ran on that day.

    So no winter is called closed on a day on which a list said that it was on. Raises _Doubt without that year.
    """
    if copied_on is None:
        raise _Doubt("hours of a season are kept as words: no copied_on tells of which year")
    year = copied_on.year
    if season.last >= season.first:
        return [(_on(year, season.first), _on(year, season.last))]
    firsts = [year, year - 1] if copied_on <= _on(year, season.last) else [year]
    return [(_on(first, season.first), _on(first + 1, season.last)) for first in firsts]


def _on(year: int, day: tuple[int, int]) -> date:
    """29 February is the 28th in most years."""
    month, number = day
    is_leap_day = day == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400))
    return date(year, month, 28 if is_leap_day else number)
