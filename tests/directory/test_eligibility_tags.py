"""The database answers questions of eligibility as the rules do: intarray, on dozens of services and people."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import connection

from directory.rules.eligibility import judge
from directory.rules.eligibility_tags import conditions, eligibility_tags
from directory.rules.eligibility_terms import DIMENSIONS, Fact, check_facts
from directory.rules.person import (
    ACCESS,
    COMPANY_AT_DESK,
    CONDITIONS,
    GENDERS,
    NATIONS,
    SEXES,
    STATUSES,
    WAYS_IN,
    Child,
    Person,
)

MADE = Random(20261122)
SAID = ("gender", "with", "indigenous", "status", "accept", "access", "intake")
PLAIN = [(name, term.slug) for name in SAID for term in DIMENSIONS[name].terms]


def _bounded(dimension: str, term: str, most: int, *, stated: bool = True) -> Fact:
    low, high = sorted(
        MADE.choice([Decimal(MADE.randint(0, most)), Decimal(MADE.randint(0, 40)) / 2]) for _ in "ab"
    )
    ends = MADE.choice([(low, high), (low, None), (None, high)])
    return Fact(dimension, term, stated, *ends)


def _service() -> list[Fact]:
    facts = [Fact(name, term, MADE.random() < 0.7) for name, term in MADE.sample(PLAIN, MADE.randint(0, 25))]
    facts += [_bounded("age", "", 60)] if MADE.random() < 0.7 else []
    children = MADE.sample(["any", *SEXES], MADE.randint(0, 3))
    return facts + [_bounded("child", term, 18, stated=MADE.random() < 0.8) for term in children]


def _some(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(MADE.sample(values, MADE.choice([0, 0, 1, 2])))


def _person() -> Person:
    """One who asks for one thing, or for several: of many things at once one is nearly always a no."""
    children = {
        Child(MADE.randint(0, 18), MADE.choice(["", *SEXES])): None for _ in range(MADE.randint(1, 2))
    }
    told: dict[str, Any] = {
        "age": MADE.randint(0, 80),
        "gender": MADE.choice(GENDERS),
        "company": _some(COMPANY_AT_DESK),
        "children": tuple(children),
        "indigenous": MADE.choice(NATIONS),
        "status": MADE.choice(STATUSES),
        "accept": _some(CONDITIONS),
        "access": _some(ACCESS),
        "intake": _some(WAYS_IN),
    }
    return Person(**{name: told[name] for name in MADE.sample(sorted(told), MADE.choice([1, 1, 2, 3, 9]))})


def holds(question: str, tags: list[list[int]]) -> list[bool]:
    """What the database says of each service's tags."""
    rows = " UNION ALL ".join(["SELECT %s AS place, %s::integer[] AS tags"] * len(tags))
    values = [value for place, own in enumerate(tags) for value in (place, own)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tags @@ %s::query_int FROM ({rows}) made ORDER BY place", [question, *values])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.usefixtures("db")
def test_the_database_and_the_rules_give_the_same_verdicts() -> None:
    services = [[], *(_service() for _ in range(60))]
    assert [check_facts(facts) for facts in services] == [[]] * len(services)
    tags = [eligibility_tags(facts) for facts in services]
    met: set[str] = set()
    for person in (_person() for _ in range(150)):
        asked = conditions(person)
        excluded = holds(asked.no, tags) if asked.no else [False] * len(tags)
        confirmed = holds(asked.yes, tags) if asked.yes else [True] * len(tags)
        told = ["no" if no else "yes" if yes else "ask" for no, yes in zip(excluded, confirmed, strict=True)]
        judged = [judge(person, facts) for facts in services]
        assert told == [judgement.match for judgement in judged], person
        for name, question in asked.no_by.items():
            because = [any(r.verdict == "no" and r.dimension == name for r in j.reasons) for j in judged]
            assert holds(question, tags) == because, (name, person)
        met.update(told)
    assert met == {"yes", "ask", "no"}


@pytest.mark.usefixtures("db")
def test_a_question_with_not_holds_for_a_listing_without_tags() -> None:
    assert holds("!5", [[], [5], [6]]) == [True, False, True]
    assert holds("7&!(5|6)", [[7], [7, 6], []]) == [True, False, False]
