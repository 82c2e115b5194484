"""Which words about hours a row tells, each of them once, and which of those left out still say hours of their own.

A column may be told by another that holds its words; what it means is not lost with them.
"""

import re
from collections.abc import Iterator, Mapping

from directory.rules.phrase_hours import Hours, read_hours, schedule_rows
from directory.rules.phrase_text import phrase
from directory.rules.table_mapping import TableMapping
from directory.rules.table_records import ScheduleFacts
from directory.rules.table_texts import Row, text_of
from directory.rules.text import fold

Notes = dict[str, ScheduleFacts]


def written(mapping: TableMapping, row: Row) -> Notes:
    """Return a schedule of words alone for each column that has any; columns of single days are called "days"."""
    hours, found = mapping.hours, Notes()
    for at, column in enumerate(hours.text or hours.text_fr):
        text = _kept(mapping, row, column) if hours.text else ""
        french = _kept(mapping, row, hours.text_fr[at]) if at < len(hours.text_fr) else ""
        found[column] = ScheduleFacts(description=text, description_fr=french)
    found["days"] = ScheduleFacts(description=_by_day(mapping, row))
    return {name: note for name, note in found.items() if fold(_text(note))}


def _kept(mapping: TableMapping, row: Row, column: str) -> str:
    text = text_of(mapping, row, column)
    return "" if any(pattern.search(text) for pattern in mapping.drop.get("hours", ())) else text


def _by_day(mapping: TableMapping, row: Row) -> str:
    """Columns of single days as one phrase: "Monday: 9-5; Tuesday: closed"."""
    told = ((day, text_of(mapping, row, column, across=True)) for day, column in mapping.hours.days.items())
    return "; ".join(f"{day.capitalize()}: {text}" for day, text in told if text)


def _text(note: ScheduleFacts) -> str:
    return note.description or note.description_fr


def tellers(notes: Mapping[str, ScheduleFacts]) -> dict[str, str]:
    """Return, for each column whose words need not be told, the column that tells them."""
    return {name: teller for name in notes if (teller := next(_tellers(name, notes), ""))}


def _tellers(name: str, notes: Mapping[str, ScheduleFacts]) -> Iterator[str]:
    """Columns that hold the words of `name` among others; of two with the same words or meaning the earlier one."""
    own, is_earlier = notes[name], True
    for other, note in notes.items():
        if other == name:
            is_earlier = False
        elif fold(_text(own)) == fold(_text(note)):
            yield from [other] if is_earlier else []
        elif _holds(_text(note), _text(own)):
            yield other
        elif is_earlier and _means_the_same(own.description, note.description):
            # Of "24/7" and then "24/7 service" the second tells the first, and so has to stay.
            yield from [] if _holds(_text(own), _text(note)) else [other]


def _means_the_same(one: str, other: str) -> bool:
    """Words that can mean one thing only, and the same one."""
    said = read_hours(one)
    return said.is_sure and said == read_hours(other)


def _holds(text: str, part: str) -> bool:
    """Whether `text` has the words of `part`, and not with other hours: "Mon 9-5" is not said by "Mon 9-5:30"."""
    if not _pattern(part, r"(?<!\w)(?<!\d[:.,])", r"(?!\w|[:.,]\d)").search(phrase(text).folded):
        return False
    whole, own = read_hours(text), read_hours(part)
    return not (whole.is_sure and own.is_sure) or _times(own) <= _times(whole)


def _times(said: Hours) -> set[tuple[str, str, str]]:
    return {(day, opens, closes) for days, opens, closes in schedule_rows(said) for day in days.split(",")}


def stands_alone(part: str, text: str) -> bool:
    """True if the words of `part` are whole sentences of `text`: "24/7" in "24/7. Text us." but not in "24/7 in May".

    What stands in one sentence with them may take back what they say, or say it of something else.
    """
    return bool(_pattern(part, r"(?:^|[.;\n])\W*", r"\s*(?:$|\n|[.;](?=\s|$))").search(phrase(text).folded))


def _pattern(part: str, before: str, behind: str) -> re.Pattern[str]:
    return re.compile(before + r"[\W_]+".join(map(re.escape, fold(part).split())) + behind)


def is_read(note: ScheduleFacts) -> bool:
    """Whether the words of a column are understood as a whole."""
    return read_hours(_text(note)).is_sure


def is_sentence_of(note: ScheduleFacts, teller: ScheduleFacts) -> bool:
    """Whether the words of `note` stand alone in those of the column that tells them."""
    return stands_alone(_text(note), _text(teller))
