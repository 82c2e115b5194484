"""Columns of hours by weekday, in the shapes in which programs write them; what may mean two things is told as words.

{"monday": {"open": "09:00", "close": "17:00"}}, {"Monday": [{"opens": "09:00", "closes": "12:00"}, ...]},
[{"day": "Mon", "opens": "09:00", "closes": "17:00"}], {"monday": "9-5"}. One day that is not understood, and no day is
taken: a day left out reads as closed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from directory.rules.opening import WEEKDAYS
from directory.rules.phrase_hours_words import DAYS
from directory.rules.table_cells import CellError, as_text
from directory.rules.text import fold

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Times = tuple[str, str]
_OPENING = ("open", "opens", "opensat", "opentime", "opening", "openingtime", "start", "from")
_CLOSING = ("close", "closes", "closesat", "closetime", "closing", "closingtime", "end", "to")
_DAY_KEYS = ("day", "days", "dayofweek", "weekday")
_SAYS_OPEN = ("open", "isopen")
_SAYS_CLOSED = ("closed", "isclosed")
_CODES = {code.lower(): number for number, code in enumerate(WEEKDAYS)}


@dataclass(frozen=True, slots=True)
class Weekly:
    """What a column tells of the week: hours of `rows` (byday, opens_at, closes_at), `closed` days (0 is Monday).

    With a `doubt` it tells no hours, and `words` are what it says in words. Words without a doubt are those that it
    is written in: they are read as any other words are.
    """

    rows: tuple[tuple[str, str, str], ...] = ()
    closed: tuple[int, ...] = ()
    words: str = ""
    doubt: str = ""


class _Doubt(Exception):
    """A reason why no hours are taken."""


def read_weekly(value: object) -> Weekly:
    """Return the hours of a column: one row for the days with equal hours.

    Times are kept as written (00:00 to 23:59 too: rules/opening.py knows what it means). Days without both times state
    nothing. Raises CellError for times that are none, and for what is no week at all.
    """
    if value is None or value == "":
        return Weekly()
    if not isinstance(value, Mapping | list | tuple):
        raise CellError("holds no hours by weekday")
    try:
        days = _days_in(value)
        if any(isinstance(told, str) for each in days.values() for told in each):
            return Weekly(words=_in_words(days))
        read = {day: _times_of(each) for day, each in days.items()}
    except _Doubt as reason:
        return Weekly(doubt=str(reason))
    if equal := [day for day, (times, _) in read.items() if any(opens == closes for opens, closes in times)]:
        words = {day: [f"{o}-{c}" for o, c in times] for day, (times, _) in read.items() if times}
        doubt = f"{DAY_NAMES[equal[0]]} opens and closes at the same time, which may mean closed, or day and night"
        return Weekly(words=_in_words(words), doubt=doubt)
    return Weekly(_rows(read), tuple(sorted(day for day, (_, is_closed) in read.items() if is_closed)))


def _rows(read: Mapping[int, tuple[list[Times], bool]]) -> tuple[tuple[str, str, str], ...]:
    days: dict[Times, list[int]] = {}
    for day, (times, _) in sorted(read.items()):
        for hours in times:
            days.setdefault(hours, []).append(day)
    return tuple((",".join(WEEKDAYS[day] for day in on), *hours) for hours, on in days.items())


def _in_words(days: Mapping[int, Sequence[object]]) -> str:
    """ "Monday: 9-5; Tuesday: closed"."""
    if not all(isinstance(told, str) for each in days.values() for told in each):
        raise _Doubt("some of its days are told in words, others are not")
    told = {day: ", ".join(text for each in days[day] if (text := as_text(each))) for day in sorted(days)}
    return "; ".join(f"{DAY_NAMES[day]}: {text}" for day, text in told.items() if text)


def _days_in(value: Mapping[object, object] | Sequence[object]) -> dict[int, list[object]]:
    """What is told of each day, by its number: objects with times, pairs of times or words."""
    found: dict[int, list[object]] = {}
    for day, told in _by_name(value) if isinstance(value, Mapping) else _by_element(value):
        if day in found:
            raise _Doubt(f"{DAY_NAMES[day]} stands in it twice")
        found[day] = told
    return found


def _by_name(value: Mapping[object, object]) -> Iterable[tuple[int, list[object]]]:
    for name, told in value.items():
        day = _day_number(name)
        if day is not None:
            yield day, _intervals(told)
        elif isinstance(told, Mapping | list | tuple) and told:
            raise _Doubt(f"{as_text(name)[:30]!r} in it is no day of the week")


def _by_element(value: Sequence[object]) -> Iterable[tuple[int, list[object]]]:
    """A list of days: several elements of one day are its intervals."""
    together: dict[int, list[object]] = {}
    for element in value:
        if not isinstance(element, Mapping):
            raise _Doubt("it is a list of something else than days")
        names = [told for name, told in element.items() if _key(name) in _DAY_KEYS]
        named = names[0] if len(names) == 1 else None
        for name in named if isinstance(named, list | tuple) and named else [named]:
            day = _day_number(name)
            if day is None:
                raise _Doubt("an element of it names no day of the week")
            rest = {key: told for key, told in element.items() if _key(key) not in _DAY_KEYS}
            together.setdefault(day, []).append(rest)
    yield from together.items()


def _day_number(name: object) -> int | None:
    """ "Monday", "mon", "lundi", "https://schema.org/Monday"; single letters are no days here."""
    word = fold(name.rsplit("/", 1)[-1]) if isinstance(name, str) else ""
    return DAYS.get(word, _CODES.get(word)) if len(word) > 1 else None


def _intervals(told: object) -> list[object]:
    if not isinstance(told, list | tuple):
        return [] if told is None or told == "" else [told]
    is_pair = len(told) == 2 and all(isinstance(each, str) and _is_clock(each) for each in told)
    return [tuple(told)] if is_pair else [*told]


def _times_of(intervals: Iterable[object]) -> tuple[list[Times], bool]:
    """The times of one day, and whether it is called closed."""
    times: list[Times] = []
    is_closed = False
    for interval in intervals:
        if isinstance(interval, Mapping):
            opens, closes, says_closed = _of_object(interval)
        elif isinstance(interval, list | tuple) and len(interval) == 2:
            opens, closes, says_closed = as_text(interval[0]), as_text(interval[1]), False
        else:
            raise _Doubt("a day of it holds no times")
        is_closed = is_closed or says_closed
        if opens or closes:
            is_whole = closes == "24:00" and _clock(opens) == "00:00"
            times.append((_clock(opens), "23:59" if is_whole else _closing(closes)))
    if is_closed and times:
        raise _Doubt("a day of it is called closed and has times")
    return times, is_closed


def _of_object(interval: Mapping[object, object]) -> tuple[str, str, bool]:
    """Opening and closing of {"open": ..., "close": ...}, and whether it says closed. Other keys may change that."""
    told = {_key(name): value for name, value in interval.items() if value not in (None, "")}
    says = {key: told.pop(key) for key in (*_SAYS_OPEN, *_SAYS_CLOSED) if isinstance(told.get(key), bool)}
    opens = [as_text(told.pop(key)) for key in _OPENING if key in told]
    closes = [as_text(told.pop(key)) for key in _CLOSING if key in told]
    is_closed = any(said is (key in _SAYS_CLOSED) for key, said in says.items())
    is_open_somehow = bool(says) and not is_closed and not opens
    if told or max(len(opens), len(closes)) > 1 or is_open_somehow:
        raise _Doubt("a day of it says something else than its times")
    return next(iter(opens), ""), next(iter(closes), ""), is_closed


def _key(name: object) -> str:
    """ "opens_at", "opensAt" and "Opens at" are one."""
    return fold(str(name)).replace(" ", "").replace("_", "")


def _closing(text: str) -> str:
    return "00:00" if text == "24:00" else _clock(text)


def _is_clock(text: str) -> bool:
    try:
        return bool(_closing(text.strip()))
    except CellError:
        return False


def _clock(text: str) -> str:
    hour, colon, rest = text.partition(":")
    minute, _, second = rest.partition(":")
    is_plain = all(
        part.isdecimal() and part.isascii() and len(part) <= 2 for part in (hour, minute, second or "0")
    )
    if not (colon and is_plain and len(minute) == 2) or int(hour) > 23 or int(minute) > 59:
        raise CellError(f"{text[:20]!r} is not a time such as 09:00")
    return time(int(hour), int(minute)).isoformat("minutes")
