"""What a service states about whom it takes, between its rows, the read model's JSON, and the pure rules."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from directory.finding.gathered import ServiceRow
from directory.rules.eligibility_tags import eligibility_tags
from directory.rules.eligibility_terms import DIMENSIONS, Fact, check_fact
from directory.rules.tellings import lines_with, signed_terms

StatedJson = list[list[Any]]
"""Dimension, term, yes or no, lower and upper bound as texts or None."""


class Stated(NamedTuple):
    """What a service states: as the pages keep it, and as tags. `signed`: what its organization did, with the day."""

    told: StatedJson
    tags: frozenset[int]
    signed: dict[str, str]


def stated_of(service: ServiceRow) -> Stated:
    """What it states; of a feed that tells only HSDS's own two ages, those. Nobody may change what is returned."""
    lines = (service.organization.tells or "").splitlines()
    terms, days = signed_terms(lines)
    stored, believed = lines_with(service.stated or "", terms) if lines else (service.stated or "", ())
    told, tags = _stated(stored, service.minimum_age, service.maximum_age)
    return Stated(told, tags, {dimension: days[dimension] for dimension in sorted(believed)})


@lru_cache(maxsize=4096)
def _stated(
    stored: str, minimum: Decimal | None, maximum: Decimal | None
) -> tuple[StatedJson, frozenset[int]]:
    """Many services state the same."""
    facts = [_fact(*line.split("|")) for line in stored.splitlines()]
    if not any(fact.dimension == "age" for fact in facts):
        age = Fact("age", low=minimum or None, high=maximum)
        is_sound = not check_fact("age", "", stated=True, low=age.low, high=age.high)
        facts += [age] if is_sound else []
    return facts_json(facts), frozenset(eligibility_tags(facts))


def _fact(dimension: str, term: str, stated: str, low: str, high: str) -> Fact:
    return Fact(dimension, term, stated == "true", _number(low or None), _number(high or None))


def facts_json(facts: Iterable[Fact]) -> StatedJson:
    """As the read model keeps them, in the order of the pages."""
    order = list(DIMENSIONS)
    facts = (fact for fact in facts if fact.dimension in DIMENSIONS)
    known = sorted(facts, key=lambda fact: (order.index(fact.dimension), fact.term))
    return [[f.dimension, f.term, f.stated, _text(f.low), _text(f.high)] for f in known]


def _text(bound: Decimal | None) -> str | None:
    if bound is None:
        return None
    plain = f"{bound:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def facts_from_json(stored: StatedJson) -> list[Fact]:
    """What `facts_json` stored."""
    return [Fact(d, term, stated, _number(low), _number(high)) for d, term, stated, low, high in stored]


def _number(bound: object) -> Decimal | None:
    return None if bound is None else Decimal(str(bound))
