"""Reading single cells of a list: text, dates, numbers, web and mail addresses.

A cell that can't be what its field needs raises CellError; the whole row is then refused with that reason:
a service taken by halves is worse than one that is missing.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from directory.rules.table_dates import read_date

LONGEST_TEXT = 20_000
LONGEST_URL = 500
LONGEST_EMAIL = 254
OLDEST = 120
FIRST_YEAR = 1900
"""Where the calendar of spreadsheets begins."""

# What PostgreSQL can't store (NUL, lone surrogates) or no reader can see; tabs and line breaks stay.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\r]+")
_HOST = re.compile(r"(?=.{4,253}$)(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_YES = frozenset({"true", "yes", "y", "1", "oui", "vrai", "x"})
_NO = frozenset({"false", "no", "n", "0", "non", "faux"})
_LIST = re.compile(r"[,;/|\n\u2022]|(?:(?<=\s)(?:and|et|&)(?=\s))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose value the file itself has lost; `reason` follows upon the column's name."""

    reason: str


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell that is merged with the one to its left, whose `value` is shown across both; of its own it has none."""

    value: object


class CellError(ValueError):
    """A cell that isn't what its field needs; the message says what it holds instead."""


def cell(row: Mapping[str, object], path: str) -> object:
    """Return what stands in column `path`, None for nothing; "a.b" also means column b inside column a."""
    if path in row:
        return row[path]
    value: object = row
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def as_text(value: object) -> str:
    """Return a cell as tidy text; "" for nothing. Raises CellError for lists, objects and overlong text."""
    if value is None or value == "" or isinstance(value, MergedCell):
        return ""
    if isinstance(value, str):
        return _tidy(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | time | timedelta):
        return _moment_text(value)
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, BadCell):
        raise CellError(value.reason)
    raise CellError(f"holds a {_kind(value)} where text was expected")


def _moment_text(value: date | time | timedelta) -> str:
    """A day as 2026-01-31, a time as 09:00, both together with a blank between them."""
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if not isinstance(value, datetime):
        return value.isoformat()
    clock = _moment_text(value.timetz())
    # A sheet's clock that has run over midnight lies in the first days of its calendar.
    if value.year <= FIRST_YEAR:
        return clock
    return (
        value.date().isoformat() if value.timetz() == time(tzinfo=value.tzinfo) else f"{value.date()} {clock}"
    )


def _duration_text(value: timedelta) -> str:
    """Sheets keep a time that is formatted to count on (24:00, 26:30) as hours and minutes."""
    minutes, rest = divmod(value.total_seconds(), 60)
    if rest or not 0 <= minutes <= 48 * 60:
        raise CellError("holds a length of time where text was expected")
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"


def _kind(value: object) -> str:
    if isinstance(value, Mapping):
        return "group of fields"
    return "list" if isinstance(value, list | tuple) else type(value).__name__


def _number_text(value: float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        raise CellError("holds a number without a value")
    if abs(value) >= 1e15:
        raise CellError("holds a number that is too large")
    # Sheets keep phone numbers and keys as 6135550100.0
    if value == int(value):
        return str(int(value))
    # What a sheet shows: of a sum such as 0.1 + 0.2 it keeps more digits than it means
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def _tidy(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise CellError(f"is longer than {LONGEST_TEXT} characters")
    lines = (_SPACES.sub(" ", line).strip() for line in _UNSEEN.sub("", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without(text: str, patterns: Iterable[re.Pattern[str]]) -> str:
    """Return `text` with every match of `patterns` cut out, tidied again."""
    for pattern in patterns:
        text = pattern.sub("", text)
    return _tidy(text)


def as_texts(value: object) -> tuple[str, ...]:
    """Return a list of texts: a list as it is; one text ("a; b, c", "a and b", "a et b") taken apart."""
    if isinstance(value, list | tuple):
        return tuple(text for item in value if (text := as_text(item)))
    return tuple(part.strip(" .") for part in _LIST.split(as_text(value)) if part.strip(" ."))


def as_claim(value: object) -> bool:
    """Return True only for a stated yes."""
    return value is True or (not isinstance(value, bool) and as_text(value).casefold() in _YES)


def as_answer(value: object) -> bool | None:
    """Return a stated yes or no, None for an empty cell. Raises CellError for anything else."""
    if isinstance(value, bool):
        return value
    text = as_text(value).casefold()
    if not text:
        return None
    if text not in _YES | _NO:
        raise CellError(f"{_quoted(text)} is neither yes nor no")
    return text in _YES


def as_years(value: object) -> Decimal | None:
    """Return an age in years, None for an empty cell. Raises CellError for anything else."""
    text = as_text(value)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", text) or Decimal(text) > OLDEST:
        raise CellError(f"{_quoted(text)} is not an age in years")
    return Decimal(text)


def as_date(value: object, *, is_day_first: bool | None = None) -> date | None:
    """Return the day that a cell means, None for an empty one. Raises CellError where it may mean two, or none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    if not text:
        return None
    found = read_date(text, is_day_first=is_day_first)
    if found is None:
        raise CellError(f"{_quoted(text)} is not a date such as 2026-01-31")
    return found


def as_degrees(value: object) -> float | None:
    """Return degrees, None for an empty cell. Raises CellError for what is no number in -180 to 180."""
    text = as_text(value)
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        raise CellError(f"{_quoted(text)} is not a number of degrees") from None
    if not -180 <= degrees <= 180:
        raise CellError(f"{_quoted(text)} is not a number of degrees")
    return degrees


def as_url(value: object) -> str:
    """Return a web address; https is assumed where none is written. Raises CellError for any other scheme."""
    text = as_text(value)
    if not text:
        return ""
    url = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))
        is_plain = parts.username is None and not re.search(r"\s", url)
    except ValueError:
        is_web = is_plain = False
    if not (is_web and is_plain) or len(url) > LONGEST_URL:
        raise CellError(f"{_quoted(text)} is not a web address")
    return url


def host_of(url: str) -> str:
    """Return the host of an address that `as_url` accepted, without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def as_email(value: object) -> str:
    """Return a mail address. Raises CellError for what is none."""
    text = as_text(value)
    if text and not (_EMAIL.fullmatch(text) and len(text) <= LONGEST_EMAIL):
        raise CellError(f"{_quoted(text)} is not an e-mail address")
    return text


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


READERS: dict[str, Callable[[object], str | date | None]] = {
    "url": as_url, "source_url": as_url, "website": as_url, "email": as_email, "copied_on": as_date,
}  # fmt: skip
"""How the text of a field is read; fields without an entry are plain text."""
