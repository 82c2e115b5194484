"""The tags of a listing: what it offers, which the index knows, and what it states, which only its row does."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Any

from directory.finding.vocabulary import Vocabulary
from directory.rules.opening_hours import Hours
from directory.rules.opening_parts import WINDOWS, open_in
from directory.rules.tags import (
    ANY_INTERPRETER,
    EVERYWHERE,
    LETTERS,
    interpreter_tag,
    language_tag,
    need_tag,
    part_tag,
    reach_tag,
    way_tag,
)
from directory.rules.telling_numbers import FOR_PAPER, SEEN, TYPED, WRITTEN

Facts = dict[str, Any]
SILENT = TYPED | FOR_PAPER
"""Types of phones by which one neither writes a message, nor is seen, nor talks."""
ON_WHEELS = frozenset({"mobile_outreach"})


def is_code(code: str) -> bool:
    """True for what can be an ISO 639-3 code."""
    return len(code) == 3 and code.isascii() and code.isalpha() and code.islower()


def offered_tags(facts: Facts, focuses: Iterable[str], words: Vocabulary, *, has_place: bool) -> list[int]:
    """Each need and its group, each language of staff and interpreters, for whom it is made, and the ways to it."""
    kinds = [words.needs[slug] for slug in facts["needs"]]
    groups = [words.needs[k.parent] for k in kinds if k.parent]
    tags = {need_tag(n.number) for n in chain(kinds, groups)}
    tags |= {
        (interpreter_tag if row["way"] == "interpreter" else language_tag)(row["code"])
        for row in facts["languages"]
        if is_code(row["code"])
    }
    tags |= {ANY_INTERPRETER} if facts["has_interpreters"] else set()
    tags.update(words.focus_tags([slug for slug in focuses if slug in words.focuses]))
    return sorted(tags | {way_tag(way) for way in ways(facts, has_place=has_place)})


def ways(facts: Facts, *, has_place: bool) -> set[str]:
    """How one may be helped, as far as it is told."""
    types = {phone["type"].strip().casefold() for phone in facts["phones"]}
    found = {"in_person"} if has_place else set()
    found |= {"phone"} if types - WRITTEN - SEEN - SILENT else set()
    found |= {"text"} if types & WRITTEN else set()
    found |= {"video"} if types & SEEN else set()
    found |= {term for dimension, term, is_yes, *_ in facts["stated"] if dimension == "way" and is_yes}
    return found | ({"mobile"} if ON_WHEELS.intersection(facts["needs"]) else set())


@lru_cache(maxsize=1024)
def reach_tags(reach: str, province: str, beside: tuple[str, ...]) -> frozenset[int]:
    """Where a listing without a point is found: in the country, or in `province` and those `beside` it."""
    if reach == "country":
        return frozenset({EVERYWHERE})
    told = {reach_tag(reach, province)} if province in LETTERS else set()
    return frozenset(told.union(reach_tag("beside", other) for other in beside if other in LETTERS))


@lru_cache(maxsize=4096)
def part_tags(hours: Hours) -> frozenset[int]:
    """In which parts of the week these hours open, and in which they do not; nothing of what is not stated."""
    told = {part: open_in(hours, part) for part in WINDOWS}
    return frozenset(part_tag(part, is_open=is_open) for part, is_open in told.items() if is_open is not None)
