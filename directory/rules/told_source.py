"""Who told what a steward corrects where an organization has nobody here: person or page, channel, day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST = 300


class Via(StrEnum):
    """How it was told. `TRANSLATION`: by the listing itself; `UNDOING`: a steward takes back what stewards wrote."""

    TELEPHONE = "telephone"
    WEBSITE = "website"
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    LIST = "list"
    TRANSLATION = "translation"
    UNDOING = "undoing"


@dataclass(frozen=True, slots=True)
class Source:
    """`by`: the person, with what they do there, or the page or list where it stands. `on`: the day of it."""

    by: str
    via: Via
    on: date


def is_told(source: Source, today: date) -> bool:
    """True if it names somebody or something, in few words, and a day that has been."""
    return bool(source.by.strip()) and len(source.by) <= LONGEST and source.on <= today
