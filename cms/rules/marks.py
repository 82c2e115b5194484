"""Who has to have reviewed an assessment tool before anybody may read it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Led(StrEnum):
    """Whose group it is that reviews."""

    SEX_WORKERS = "sex_worker_led"
    MIGRANTS = "migrant_led"


@dataclass(frozen=True, slots=True)
class Mark:
    """One review of one text: by whom, and on what day."""

    by: UUID
    on: date


Marks = Mapping[Led, Mark]


def missing_marks(marks: Marks) -> tuple[Led, ...]:
    """The groups that still have to review it. With one person for both, who speaks for one alone, both are missing."""
    people: Collection[UUID] = {mark.by for mark in marks.values()}
    if len(people) < len(marks):
        return tuple(Led)
    return tuple(led for led in Led if led not in marks)
