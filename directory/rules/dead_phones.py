"""When a number is told to stewards and to its keeper as one that nobody answers. It takes nothing off the list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from directory.rules.look_alikes import number_key

DAYS = 2
"""Nobody answered on so many days: one call in the wrong hour says nothing."""


class Heard(StrEnum):
    """What somebody heard who called."""

    NO_ANSWER = "no_answer"
    NOT_IN_SERVICE = "out"


@dataclass(frozen=True, slots=True)
class Mark:
    """One call that led nowhere, and its day."""

    number: str
    heard: Heard
    on: date


@dataclass(frozen=True, slots=True)
class Dead:
    """What is told of a number: `heard`, on how many `days`, the first and the last of them."""

    heard: Heard
    days: int
    first: date
    last: date


def same_number(number: str) -> str:
    """By what one number is known however it is written: ten digits, or all there are of a short code."""
    return number_key(number) or re.sub(r"\D", "", number)


def dead_numbers(
    marks: Iterable[Mark], shown: Iterable[str], checked_on: date | None, days: int = DAYS
) -> dict[str, Dead]:
    """By number as it is shown now, those that lead nowhere.

    What was heard by the day on which somebody last said that the listing is true is over, and what was heard of a
    number that is shown no more. "Not in service" is told at once; "no answer", once it was heard on so many `days`.
    """
    found = {}
    newer = [mark for mark in marks if checked_on is None or mark.on > checked_on]
    for number in shown:
        mine = [mark for mark in newer if same_number(mark.number) == same_number(number)]
        on = sorted({mark.on for mark in mine})
        is_out = any(mark.heard == Heard.NOT_IN_SERVICE for mark in mine)
        if is_out or len(on) >= days:
            heard = Heard.NOT_IN_SERVICE if is_out else Heard.NO_ANSWER
            found[number] = Dead(heard, len(on), on[0], on[-1])
    return found
