"""Asks the database what was found, as the public role, or as the desk for vetted workers. Two statements in all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from directory.finding.alike import Alike, read_alike
from directory.finding.asked import Asked
from directory.finding.search_sql import PER_PAGE, elsewhere_sql, page_sql
from directory.finding.windows import EVERYBODY, Window, through
from safety.db import public_database

DEEPER = 8
"""How many times as many are looked at where too few of the nearest fit, or are open when somebody needs them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One found listing: its distance in metres (None without a point), how it answers, and its public facts."""

    id: UUID
    metres: float | None
    has_exact_point: bool
    spoken: int
    overdue: bool
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of services. `is_capped`: there are more than the thousand nearest that were looked at.

    `first_rank` of the total have the first rank of languages; `speaking` is the nearest of these, at `speaking_at` of
    the whole list, from 1. `nearest` is the nearest beyond the radius, where nothing is within. `shut` fits and is
    nearer than all that may be open when it must be, by a step at least. `tags` counts the found services by tag;
    `left_out` those that are not shown, by what was asked.
    """

    total: int
    first_rank: int
    seen: int
    is_capped: bool
    rows: list[Row]
    nearest: Row | None = None
    shut: Row | None = None
    speaking: Row | None = None
    speaking_at: int = 0
    is_afar: bool = False
    alike: Alike = field(default_factory=dict)
    tags: dict[int, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundElsewhere:
    """What has no place but serves this one. `total` services were judged; `is_capped`: there may be more of them."""

    total: int
    is_capped: bool
    rows: list[Row]


def fetch(sql: str, values: dict[str, Any], window: Window = EVERYBODY) -> list[tuple[Any, ...]]:
    """The rows of a statement, asked as the public may; through a window of the desk as the desk, which reads more."""
    alias = public_database() if window.is_everybodys else DEFAULT_DB_ALIAS
    with connections[alias].cursor() as cursor:
        cursor.execute(through(sql, window), values | window.values())
        return list(cursor.fetchall())


class Counted(Protocol):
    """What was found: `total` services among `seen` listings.

    `is_afar`: though no place bears words that are alike, something without a place does. `alike`: where nothing was
    found, what the typed words may have been meant for.
    """

    @property
    def total(self) -> int: ...
    @property
    def seen(self) -> int: ...
    @property
    def is_afar(self) -> bool: ...
    @property
    def alike(self) -> Alike: ...


Found = TypeVar("Found", bound=Counted)


def looked_for(asks: Callable[..., Asked], find: Callable[[Asked], Found]) -> tuple[Asked, Found]:
    """What `find` finds, and what it was asked in the end: with forgiven slips where nothing bears the words as typed.

    Where nothing at all bears all of them, not even from afar, any of the known ones will do: who tells what happened
    to her in a sentence is not left without an answer. A list and its map look alike, so that the two show the same.
    """
    asked = asks()
    found = _far_enough(asked, find)
    if asked.words and not found.seen:
        asked = asks(alike=found.alike)
        found = _far_enough(asked, find)
    if asked.known and not found.seen and not found.is_afar:
        asked = asks(is_loose=True)
        found = find(_farther(asked) if _leaves_out(asked) else asked)
    return asked, found


def _leaves_out(asked: Asked) -> bool:
    return bool(asked.opens or asked.person.no)


def _farther(asked: Asked) -> Asked:
    return replace(asked, candidates=asked.candidates * DEEPER)


def _far_enough(asked: Asked, find: Callable[[Asked], Found]) -> Found:
    """Farther around where too few fit or are open: alike for every page, so that none repeats what another showed."""
    found = find(asked)
    is_short = _leaves_out(asked) and found.total < PER_PAGE
    if is_short and found.seen >= asked.candidates:
        return find(_farther(asked))
    return found


def _row(told: Sequence[Any]) -> Row:
    return Row(*told[:4], bool(told[4]), facts_of(told[5]))


def find_page(asked: Asked) -> FoundPage:
    """The services of one page, each once at its best place. One statement."""
    rows = fetch(page_sql(asked), asked.values(), asked.window)
    total, first_rank, seen, farthest, tags, left_out, shut, is_afar, alike = rows[0][:9]
    found = [row[9:] for row in rows if row[11] is not None]
    parts = {part: (position, _row(told)) for part, position, *told in found if part != "page"}
    nothing = (0, None)
    speaking_at, speaking = parts.get("speaks", nothing)
    hidden = {name: count for name, count in _json(left_out).items() if count}
    return FoundPage(
        total=total,
        first_rank=first_rank,
        seen=seen,
        is_capped=seen >= asked.candidates and (farthest is None or farthest < max(asked.limits)),
        rows=[_row(told) for part, _, *told in found if part == "page"],
        nearest=parts.get("beyond", nothing)[1],
        shut=parts.get("shut", nothing)[1],
        speaking=speaking,
        speaking_at=speaking_at,
        is_afar=is_afar,
        alike=read_alike(alike),
        tags={int(tag): count for tag, count in _json(tags).items()},
        left_out=hidden | ({"open": shut} if shut else {}),
    )


def find_elsewhere(asked: Asked) -> FoundElsewhere:
    """What has no place but serves this place, its province or the country: how many, and the first. One statement."""
    if not asked.province:
        return FoundElsewhere(0, is_capped=False, rows=[])
    rows = fetch(elsewhere_sql(asked), asked.values(), asked.window)
    total, is_capped = rows[0][:2]
    found = [(spoken, overdue, facts_of(stored)) for _, _, spoken, overdue, stored in rows if stored]
    return FoundElsewhere(
        total,
        is_capped,
        [
            Row(
                UUID(facts["id"]),
                None,
                has_exact_point=False,
                spoken=spoken,
                overdue=bool(overdue),
                facts=facts,
            )
            for spoken, overdue, facts in found
        ],
    )


def _json(stored: Any) -> dict[str, Any]:
    return json.loads(stored) if stored else {}


def facts_of(stored: Any) -> dict[str, Any]:
    """The JSON of a page; a raw cursor gives it as text or already read, as psycopg was told."""
    return json.loads(stored) if isinstance(stored, str) else dict(stored)
