"""Whether what a service states takes fewer people than before: asked of everybody whom a search knows."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from directory.rules.eligibility import judge
from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.rules.person import (
    ACCESS,
    COMPANY_AT_DESK,
    CONDITIONS,
    GENDERS,
    NATIONS,
    OLDEST,
    OLDEST_CHILD,
    SEXES,
    STATUSES,
    WAYS_IN,
    Child,
    Person,
)

RANKS = {"no": 0, "ask": 1, "yes": 2}
TOLD = ("tells_police", "tells_immigration", "tells_child_protection")
"""What others are told. Of these, what is told more freely takes people away as surely as a no."""
DISCRETION = {"routinely": 0, "": 1, "only_if_law_requires": 2, "with_consent": 3}


@lru_cache(maxsize=1)
def everybody() -> tuple[Person, ...]:
    """One person for each single thing that can be asked: a search for several is answered by the worst of them."""
    return tuple(_people())


def _people() -> Iterator[Person]:
    yield from (Person(age=age) for age in range(OLDEST + 1))
    yield from (Person(gender=slug) for slug in GENDERS)
    yield from (Person(company=(slug,)) for slug in COMPANY_AT_DESK)
    yield from (Person(indigenous=slug) for slug in NATIONS)
    yield from (Person(status=slug) for slug in STATUSES)
    yield from (Person(accept=(slug,)) for slug in CONDITIONS)
    yield from (Person(access=(slug,)) for slug in ACCESS)
    yield from (Person(intake=(slug,)) for slug in WAYS_IN)
    for age in range(OLDEST_CHILD + 1):
        yield from (Person(children=(Child(age, sex),)) for sex in ("", *SEXES))


def _stay(facts: Iterable[Fact]) -> Decimal:
    """The longest stay in days; what nobody bounds is longest."""
    highs = [fact.high for fact in facts if fact.dimension == "stay" and fact.high is not None]
    return min(highs, default=Decimal(DIMENSIONS["stay"].counted.value + 1))


def told_of(facts: Iterable[Fact], dimension: str) -> int:
    """How little is told to whom `dimension` names: 3 with consent alone, 1 where nothing is stated, 0 routinely."""
    terms = [fact.term for fact in facts if fact.dimension == dimension and fact.stated]
    return min(DISCRETION.get(term, 0) for term in terms or [""])


def _is_only(facts: Iterable[Fact]) -> bool:
    return any(fact.dimension == "indigenous" and fact.term == "only" and fact.stated for fact in facts)


def narrows(before: Sequence[Fact], after: Sequence[Fact]) -> bool:
    """True if anybody is answered worse by `after` than by `before`, may stay less long, or is told on more freely."""
    for person in everybody():
        if RANKS[judge(person, after).match] < RANKS[judge(person, before).match]:
            return True
    shorter = _stay(after) < _stay(before)
    freer = any(told_of(after, dimension) < told_of(before, dimension) for dimension in TOLD)
    return shorter or freer or (_is_only(after) and not _is_only(before))
