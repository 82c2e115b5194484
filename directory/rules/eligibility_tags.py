"""Eligibility as tags of a listing, and a person as questions to them: the same verdicts as `eligibility.judge`.

Bounds are tags of whole years: a lower one that excludes somebody has FROM (its year) and FROM_STEP (that year's five),
an upper one TO and TO_STEP, so that "above 30" is a short list. A bound that excludes nobody has no tag. BETWEEN marks
a year of life that a fraction cuts: within it one has to ask.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from directory.rules.eligibility import PEOPLES, age_verdict, child_fact
from directory.rules.eligibility_terms import Fact
from directory.rules.person import OLDEST, OLDEST_CHILD, SEXES, Child, Person
from directory.rules.tags import bound_tag, stated_tag

NUMBERS: Mapping[str, int] = {
    "age": 1,
    "gender:woman": 101,
    "gender:man": 102,
    "gender:non_binary": 103,
    "gender:two_spirit": 104,
    "with:children": 201,
    "with:companion": 202,
    "with:partner": 203,
    "with:adult_dependant": 204,
    "with:pet": 205,
    "child:female": 301,
    "child:male": 302,
    "indigenous:only": 401,
    "indigenous:first_nations": 402,
    "indigenous:inuit": 403,
    "indigenous:metis": 404,
    "indigenous:non_status_or_unsure": 405,
    "status:citizen": 501,
    "status:permanent_resident": 502,
    "status:protected_person": 503,
    "status:refugee_claimant": 504,
    "status:trafficking_permit": 505,
    "status:employer_specific_permit": 506,
    "status:open_work_permit": 507,
    "status:student": 508,
    "status:visitor": 509,
    "status:expired": 510,
    "status:none": 511,
    "accept:no_id": 601,
    "accept:no_health_card": 602,
    "accept:no_police_report": 603,
    "accept:no_self_identification": 604,
    "accept:asks_no_status": 605,
    "accept:no_enforcement_sharing": 606,
    "accept:self_referral": 607,
    "accept:out_of_area": 608,
    "accept:substance_use": 609,
    "accept:prescribed_opioids": 610,
    "accept:sex_work": 611,
    "accept:criminal_record": 612,
    "accept:trans_welcome": 613,
    "accept:keep_phone": 614,
    "accept:no_curfew": 615,
    "accept:no_religion": 616,
    "accept:free": 617,
    "access:wheelchair": 701,
    "access:deaf": 702,
    "access:blind": 703,
    "access:cognitive": 704,
    "access:personal_care": 705,
    "access:service_animal": 706,
    "intake:self_call": 801,
    "intake:walk_in": 802,
    "intake:pickup": 803,
    "intake:worker_call": 804,
}
"""The one table of what has a tag. A number never changes its meaning, and one that is given up is never given again.

"Any" child has none: it is told of girls and of boys. What a search can't ask (what the police are told, the stay) has
none either: every tag makes the index a little blunter.
"""

AGE, GIRL, BOY = 1, 2, 3
FROM, FROM_STEP, TO, TO_STEP, BETWEEN, REFUSED = 1, 2, 3, 4, 5, 6
"""What a bound's tag says, and REFUSED: children of this age are not taken, though others may be."""

STEP = 5
WHOSE = {"female": GIRL, "male": BOY}
OLDEST_OF = {AGE: OLDEST, GIRL: OLDEST_CHILD, BOY: OLDEST_CHILD}


@dataclass(frozen=True, slots=True)
class Conditions:
    """A person as query_ints of PostgreSQL's intarray; empty where nothing was asked (as a query_int, a syntax error).

    `no`: a listing that it holds for is excluded. `yes`: one that is not excluded matches if it holds, else "ask". It
    is asked only of what `no` leaves, which keeps it short. `no_by`: what is excluded because of one search parameter.
    """

    no: str = ""
    yes: str = ""
    no_by: Mapping[str, str] = field(default_factory=dict)


def term_tag(dimension: str, term: str, *, is_yes: bool) -> int:
    """The tag of a stated yes or no on one term. Raises KeyError for what has none."""
    return stated_tag(NUMBERS[f"{dimension}:{term}" if term else dimension], is_yes=is_yes)


def eligibility_tags(facts: Iterable[Fact]) -> list[int]:
    """The tags of what one service states, in ascending order. `facts` has each term once."""
    stated = {(fact.dimension, fact.term): fact for fact in facts}
    tags = {
        term_tag(fact.dimension, fact.term, is_yes=fact.stated)
        for fact in stated.values()
        if fact.dimension not in ("age", "child") and f"{fact.dimension}:{fact.term}" in NUMBERS
    }
    age = stated.get(("age", ""))
    if age is not None and age.stated:
        tags |= {term_tag("age", "", is_yes=True), *_bounds(AGE, age.low, age.high)}
    for sex in SEXES:
        if child := child_fact(sex, stated):
            tags |= _child_tags(sex, child)
    return sorted(tags)


def _bounds(whose: int, low: Decimal | None, high: Decimal | None) -> set[int]:
    """The tags of the bounds, as far as they matter to anybody up to the oldest who is asked for."""
    oldest = OLDEST_OF[whose]
    tags = {
        bound_tag(whose, BETWEEN, int(b)) for b in (low, high) if b is not None and b % 1 and int(b) <= oldest
    }
    if low is not None and low >= 1:
        year = min(int(low), oldest + 1)
        tags |= {bound_tag(whose, FROM, year), bound_tag(whose, FROM_STEP, year // STEP)}
    if high is not None and high < oldest:
        tags |= {bound_tag(whose, TO, int(high)), bound_tag(whose, TO_STEP, int(high) // STEP)}
    return tags


def _child_tags(sex: str, fact: Fact) -> set[int]:
    if fact.stated:
        return {term_tag("child", sex, is_yes=True), *_bounds(WHOSE[sex], fact.low, fact.high)}
    if fact.low is None and fact.high is None:
        return {term_tag("child", sex, is_yes=False)}
    ages = range(OLDEST_CHILD + 1)
    within = [age for age in ages if age_verdict(age, fact.low, fact.high) == "yes"]
    return {bound_tag(WHOSE[sex], REFUSED, age) for age in within}


def conditions(person: Person) -> Conditions:
    """What to ask of tags about this person."""
    no_by = {name: groups for name, groups in _excluded(person).items() if groups}
    return Conditions(
        no=_or(group for groups in no_by.values() for group in groups),
        yes="&".join(_confirmed(person)),
        no_by={name: _or(groups) for name, groups in no_by.items()},
    )


def _or(parts: Iterable[object]) -> str:
    return "|".join(dict.fromkeys(map(str, parts)))


def _bracket(parts: Iterable[object]) -> str:
    return f"({_or(parts)})"


def _excluded(person: Person) -> dict[str, list[str]]:
    """By parameter, what excludes: any of the parts."""
    found: dict[str, list[str]] = {"age": []}
    if person.age is not None:
        found["age"] = [str(tag) for tag in _outside(AGE, person.age)]
    for dimension, term in person.terms():
        found.setdefault(dimension, []).append(str(term_tag(dimension, term, is_yes=False)))
    if person.children:
        no_children = str(term_tag("with", "children", is_yes=False))
        found["child"] = [no_children, *map(_not_taken, person.children)]
    return found


def _confirmed(person: Person) -> list[str]:
    """What all must hold for a yes."""
    asked = (
        [] if person.age is None else [f"{term_tag('age', '', is_yes=True)}&{_not_between(AGE, person.age)}"]
    )
    asked += [_stated_yes(dimension, term) for dimension, term in person.terms()]
    return asked + [part for child in person.children for part in _taken(child)]


def _stated_yes(dimension: str, term: str) -> str:
    own = str(term_tag(dimension, term, is_yes=True))
    if dimension != "indigenous" or term not in PEOPLES:
        return own
    only = term_tag("indigenous", "only", is_yes=True)
    named = _bracket(term_tag("indigenous", people, is_yes=True) for people in PEOPLES)
    return f"({own}|({only}&!{named}))"


def _not_between(whose: int, age: int) -> str:
    return f"!{bound_tag(whose, BETWEEN, age)}"


def _outside(whose: int, age: int) -> list[int]:
    """The tags of bounds that leave out whoever is of `age` completed years."""
    step, steps = age // STEP, (OLDEST_OF[whose] + 1) // STEP
    return [
        *(bound_tag(whose, FROM, year) for year in range(age + 1, (step + 1) * STEP)),
        *(bound_tag(whose, FROM_STEP, later) for later in range(step + 1, steps + 1)),
        *(bound_tag(whose, TO, year) for year in range(step * STEP, age)),
        *(bound_tag(whose, TO_STEP, sooner) for sooner in range(step)),
    ]


def _refused(sex: str, age: int) -> list[int]:
    whole = term_tag("child", sex, is_yes=False)
    return [*_outside(WHOSE[sex], age), bound_tag(WHOSE[sex], REFUSED, age), whole]


def _not_taken(child: Child) -> str:
    if child.sex:
        return _or(_refused(child.sex, child.age))
    return "(" + "&".join(_bracket(_refused(sex, child.age)) for sex in SEXES) + ")"


def _taken(child: Child) -> Sequence[str]:
    """A child of a sex that was not told must be taken as a girl and as a boy; one such no alone excludes nothing."""
    sexes = [child.sex] if child.sex else list(SEXES)
    parts = [f"{term_tag('child', sex, is_yes=True)}&{_not_between(WHOSE[sex], child.age)}" for sex in sexes]
    if not child.sex:
        parts += ["!" + _bracket(_outside(WHOSE[sex], child.age)) for sex in sexes]
    return parts
