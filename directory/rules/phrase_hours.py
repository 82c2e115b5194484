"""Hours in a sentence of English or French, read only where nothing else can be meant.

"Mon-Fri 9-5; closed holidays", "du lundi au vendredi de 9 h à 17 h", "24/7", "sur rendez-vous". One word that is
not understood, or two readings, and the phrase stays text: a door that is said to be open must be.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from directory.rules.opening import DAY, WEEKDAYS, OnHolidays, Span
from directory.rules.phrase_hours_grammar import read_tokens
from directory.rules.phrase_hours_said import DoubtError, Said
from directory.rules.phrase_hours_words import KINDS, LABEL, LABEL_BEHIND, season_of
from directory.rules.phrase_text import Phrase, Token, phrase, tokens, unknown_words

LONGEST_TEXT = 500
"""Longer texts are prose and stay so."""
HoursOf = Literal["", "office", "phone", "intake", "drop_in"]


class Season(NamedTuple):
    """First and last day of every year as (month, day), both in; `last` before `first` runs over New Year."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """What a phrase says of hours. Where `is_sure` is False everything else is empty but `rest`.

    `spans` hold the weekly hours, in and out of `season` alike: outside of it nothing is said. `always` is day and
    night, without spans. `closed` are weekdays (0 is Monday) that are called closed. `zone` is an IANA name where the
    phrase names one. `of` says what the hours are the hours of. `rest` is what was not understood, in its own words.
    """

    is_sure: bool
    spans: tuple[Span, ...] = ()
    always: bool = False
    closed: tuple[int, ...] = ()
    on_holidays: OnHolidays = "not_stated"
    by_appointment: bool = False
    season: Season | None = None
    zone: str = ""
    of: HoursOf = ""
    rest: str = ""


# A list says the same few phrases again and again.
@lru_cache(maxsize=2048)
def read_hours(text: str) -> Hours:
    """Return what `text` says of hours; not sure where it may mean two things. Never raises."""
    if len(text) > LONGEST_TEXT:
        return Hours(is_sure=False, rest=text.strip())
    said = phrase(text)
    label = LABEL.match(said.folded)
    behind = None if label else LABEL_BEHIND.search(said.folded)
    start, end = label.end() if label else 0, behind.start() if behind else len(said.folded)
    found = [token for token in tokens(said, KINDS) if start <= token.start < end]
    label = label or behind
    if unknown := unknown_words(said, found) or _cut_off(said, found, text):
        return Hours(is_sure=False, rest=unknown)
    try:
        read = read_tokens(found)
        if behind and len(read.groups) > 1:
            # "Mon 9-5, Tue 9-12 (phone)": of the last day, or of both.
            raise DoubtError
        return _hours(read, _of(label.lastgroup) if label else "")
    except DoubtError:
        return Hours(is_sure=False, rest=text.strip())


_ENGLISH_CLOCK = re.compile(r"\d\s?[ap]\.?m\b")


def _cut_off(said: Phrase, found: list[Token], text: str) -> str:
    """ "Mondays 9-5 et" is cut off in French; eastern time is "ET", or small where all is small and English."""
    if text == text.lower() and _ENGLISH_CLOCK.search(text):
        return ""
    small = (
        said.words(token.start, token.end) for token in found if (token.kind, token.text) == ("zone", "et")
    )
    return next((word for word in small if word != "ET"), "")


def _of(group: str | None) -> HoursOf:
    names: dict[str | None, HoursOf] = {"phone": "phone", "intake": "intake", "drop_in": "drop_in"}
    return names.get(group, "office")


def _hours(said: Said, of: HoursOf) -> Hours:
    season = season_of(said.season) if said.season else None
    if said.season and season is None:
        raise DoubtError
    return Hours(
        is_sure=True,
        spans=() if said.always else said.spans(),
        always=said.always,
        closed=tuple(sorted(said.closed)),
        on_holidays=said.on_holidays,
        by_appointment=said.by_appointment,
        season=Season(*season) if season else None,
        zone=said.zone,
        of=of,
    )


def schedule_rows(hours: Hours) -> tuple[tuple[str, str, str], ...]:
    """Return (byday, opens_at, closes_at) of HSDS schedules: one row for the days with equal hours.

    `opening.week_from` reads them back; a whole day is 00:00-23:59, a closing at midnight 00:00.
    """
    spans = tuple(Span(day, 0, DAY) for day in range(7)) if hours.always else hours.spans
    days: dict[tuple[int, int], list[int]] = {}
    for span in spans:
        days.setdefault((span.opens, span.closes), []).append(span.day)
    return tuple(
        (",".join(WEEKDAYS[day] for day in sorted(on)), _clock(opens), _closing(opens, closes))
        for (opens, closes), on in days.items()
    )


def _closing(opens: int, closes: int) -> str:
    return "23:59" if (opens, closes) == (0, DAY) else _clock(closes % DAY)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
