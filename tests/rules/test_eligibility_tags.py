"""Tags and questions give the verdicts of the rules: on made services and people, and the table of numbers is kept."""

import re
from collections.abc import Callable, Collection
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.eligibility import Judgement, judge
from directory.rules.eligibility_tags import NUMBERS, Conditions, conditions, eligibility_tags
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
from directory.rules.query_person import MOST_CHILDREN
from directory.rules.tags import PARTS, SPAN, WAYS, focus_tag, part_tag, way_tag

SEARCHED = ["age", "gender", "with", "child", "indigenous", "status", "accept", "access", "intake"]
TOKENS = re.compile(r"\d+|[!&|()]")


def holds(question: str, tags: Collection[int]) -> bool:
    """What `tags @@ question::query_int` is: brackets, then "not", then "and", then "or"."""
    tokens = [*TOKENS.findall(question), ""]
    assert "".join(tokens) == question

    def series(joint: str, part: Callable[[], bool]) -> list[bool]:
        parts = [part()]
        while tokens[0] == joint:
            tokens.pop(0)
            parts.append(part())
        return parts

    def atom() -> bool:
        token = tokens.pop(0)
        if token == "!":
            return not atom()
        if token == "(":
            inside = either()
            assert tokens.pop(0) == ")"
            return inside
        return int(token) in tags

    def either() -> bool:
        return any(series("|", lambda: all(series("&", atom))))

    told = either()
    assert tokens == [""]
    return told


def test_the_reading_of_questions_binds_as_the_database_does() -> None:
    assert [holds("1|2&3", {number}) for number in (1, 2, 3)] == [True, False, False]
    assert holds("!1&2", {2})
    assert not holds("!(1|2)", {2})


def verdict(asked: Conditions, tags: Collection[int]) -> str:
    if asked.no and holds(asked.no, tags):
        return "no"
    return "yes" if not asked.yes or holds(asked.yes, tags) else "ask"


# Whole years, both edges, and fractions of a year.
BOUNDS = st.none() | st.integers(0, 120).map(Decimal) | st.decimals(0, 20, places=1)
YOUNG = st.none() | st.integers(0, 25).map(Decimal) | st.decimals(0, 20, places=1)
PLAIN = [(d, term.slug) for d in SEARCHED if d not in ("age", "child") for term in DIMENSIONS[d].terms]


def in_order(dimension: str, term: str, stated: bool, ends: list[Decimal | None]) -> Fact:
    given_ends = [end for end in ends if end is not None]
    low, high = sorted(given_ends) if len(given_ends) == 2 else ends
    return Fact(dimension, term, stated, low, high)


ages = (
    st.lists(BOUNDS, min_size=2, max_size=2)
    .filter(lambda ends: ends != [None, None])
    .map(lambda ends: in_order("age", "", True, ends))
)
children = st.builds(
    in_order,
    st.just("child"),
    st.sampled_from(["any", *SEXES]),
    st.booleans(),
    st.lists(YOUNG, min_size=2, max_size=2),
)
plain = st.tuples(st.sampled_from(PLAIN), st.booleans()).map(lambda made: Fact(*made[0], made[1]))
FACTS = st.lists(ages | children | plain, max_size=14, unique_by=lambda fact: (fact.dimension, fact.term))


def some(values: tuple[str, ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=most).map(tuple)


PEOPLE = st.builds(
    Person,
    age=st.none() | st.integers(0, 120) | st.integers(0, 20),
    gender=st.sampled_from(["", *GENDERS]),
    company=some(COMPANY_AT_DESK),
    children=st.lists(
        st.builds(Child, st.integers(0, 18), st.sampled_from(["", *SEXES])), unique=True, max_size=2
    ).map(tuple),
    indigenous=st.sampled_from(["", *NATIONS]),
    status=st.sampled_from(["", *STATUSES]),
    accept=some(CONDITIONS),
    access=some(ACCESS),
    intake=some(WAYS_IN),
)


def few(person: Person) -> list[Person]:
    """The person by each parameter alone."""
    return [
        Person(age=person.age),
        Person(gender=person.gender),
        Person(company=person.company),
        Person(children=person.children),
        Person(indigenous=person.indigenous),
        Person(status=person.status),
        Person(accept=person.accept),
        Person(access=person.access),
        Person(intake=person.intake),
    ]


@given(FACTS, PEOPLE)
@settings(max_examples=150)
def test_tags_say_what_the_rules_say(facts: list[Fact], person: Person) -> None:
    assert check_facts(facts) == []
    tags = set(eligibility_tags(facts))
    for asked in (person, *few(person)):  # alone too: of many things asked at once one is nearly always a no
        assert verdict(conditions(asked), tags) == judge(asked, facts).match


@given(
    facts=st.lists(children, max_size=3, unique_by=lambda fact: fact.term),
    child=st.builds(Child, st.integers(0, 18), st.sampled_from(["", *SEXES])),
    with_children=st.sampled_from(
        [(), (Fact("with", "children"),), (Fact("with", "children", stated=False),)]
    ),
)
@settings(max_examples=300)
def test_tags_say_it_of_a_child(facts: list[Fact], child: Child, with_children: tuple[Fact, ...]) -> None:
    stated, person = [*facts, *with_children], Person(children=(child,))
    assert verdict(conditions(person), eligibility_tags(stated)) == judge(person, stated).match


@given(
    facts=st.lists(
        st.tuples(st.sampled_from(["only", *NATIONS]), st.booleans()),
        max_size=5,
        unique_by=lambda one: one[0],
    ),
    nation=st.sampled_from(NATIONS),
)
def test_tags_say_it_of_a_people(facts: list[tuple[str, bool]], nation: str) -> None:
    stated, person = [Fact("indigenous", *one) for one in facts], Person(indigenous=nation)
    assert verdict(conditions(person), eligibility_tags(stated)) == judge(person, stated).match


@given(FACTS, PEOPLE)
def test_each_parameter_excludes_what_its_own_reasons_exclude(facts: list[Fact], person: Person) -> None:
    asked, tags = conditions(person), set(eligibility_tags(facts))
    excluding = {name for name, question in asked.no_by.items() if holds(question, tags)}
    told: Judgement = judge(person, facts)
    assert excluding == {reason.dimension for reason in told.reasons if reason.verdict == "no"}
    assert set(asked.no_by) == {reason.dimension for reason in told.reasons}


def test_every_age_meets_every_bound_as_the_rules_say() -> None:
    ends = [None, *(Decimal(half) / 2 for half in range(241))]
    for age in range(0, 121, 7):
        person = Person(age=age)
        asked = conditions(person)
        for bound in ends[1:]:
            for low, high in ((bound, None), (None, bound)):
                facts = [Fact("age", "", True, low, high)]
                assert verdict(asked, eligibility_tags(facts)) == judge(person, facts).match, (age, low, high)


@pytest.mark.parametrize("sex", ["", "male"])
def test_every_child_meets_every_bound_as_the_rules_say(sex: str) -> None:
    ends = [Decimal(half) / 2 for half in range(44)]
    services = [
        [Fact("child", "any", stated, *pair)]
        for bound in ends
        for pair in ((bound, None), (None, bound))
        for stated in (True, False)
    ]
    tags = [set(eligibility_tags(facts)) for facts in services]
    for age in (0, 4, 5, 17, 18):
        person = Person(children=(Child(age, sex),))
        asked = conditions(person)
        told = [verdict(asked, own) for own in tags]
        assert told == [judge(person, facts).match for facts in services], age


def test_nothing_asked_asks_nothing() -> None:
    assert conditions(Person()) == Conditions("", "", {})


def test_the_longest_question_is_still_short() -> None:
    person = Person(
        age=33,
        gender="woman",
        company=COMPANY_AT_DESK,
        children=tuple(Child(age) for age in range(MOST_CHILDREN)),
        indigenous="inuit",
        status="none",
        accept=CONDITIONS,
        access=ACCESS,
        intake=WAYS_IN,
    )
    asked = conditions(person)
    longest = max(
        len(re.findall(r"\d+", question)) for question in (asked.no, asked.yes, *asked.no_by.values())
    )
    assert longest < 200


def test_a_service_that_states_much_has_few_tags() -> None:
    """Each tag makes the index blunter: an age and children of both sexes cost eleven."""
    facts = [
        Fact("age", "", True, Decimal(16), Decimal(24)),
        Fact("child", "any", True, Decimal(0), Decimal(12)),
    ]
    assert len(eligibility_tags(facts)) == 11
    assert len(eligibility_tags([Fact("age", "", True, Decimal(18))])) == 3
    assert (
        len(eligibility_tags([Fact("tells_police", "routinely"), Fact("stay", "", True, None, Decimal(30))]))
        == 0
    )


def test_everything_that_can_be_stated_and_asked_has_a_number_of_its_own() -> None:
    stated = {f"{d}:{t.slug}" if t else d for d in SEARCHED for t in DIMENSIONS[d].terms or [None]}
    assert stated - {"child:any"} == set(NUMBERS)
    assert len(set(NUMBERS.values())) == len(NUMBERS)
    assert all(0 < number < SPAN for number in NUMBERS.values())


FIRST = {
    "gender": (101, "woman man non_binary two_spirit"),
    "with": (201, "children companion partner adult_dependant pet"),
    "child": (301, "female male"),
    "indigenous": (401, "only first_nations inuit metis non_status_or_unsure"),
    "status": (
        501,
        "citizen permanent_resident protected_person refugee_claimant trafficking_permit"
        " employer_specific_permit open_work_permit student visitor expired none",
    ),
    "accept": (
        601,
        "no_id no_health_card no_police_report no_self_identification asks_no_status no_enforcement_sharing"
        " self_referral out_of_area substance_use prescribed_opioids sex_work criminal_record trans_welcome"
        " keep_phone no_curfew no_religion free",
    ),
    "access": (701, "wheelchair deaf blind cognitive personal_care service_animal"),
    "intake": (801, "self_call walk_in pickup worker_call"),
}


@pytest.mark.parametrize("dimension", FIRST)
def test_no_number_ever_changes_its_meaning(dimension: str) -> None:
    """Stored tags and the questions of every release must mean the same. Add numbers; change none."""
    start, terms = FIRST[dimension]
    assert [NUMBERS[f"{dimension}:{term}"] for term in terms.split()] == list(
        range(start, start + len(terms.split()))
    )


def test_numbers_of_other_tags_are_kept_too() -> None:
    assert NUMBERS["age"] == 1
    assert list(WAYS.items()) == [(way, n + 1) for n, way in enumerate(WAYS)]
    assert WAYS["mobile"] == 6
    assert PARTS == {"evening": 1, "weekend": 2, "night": 3}


def test_ways_and_parts_of_the_week_have_tags_apart() -> None:
    tags = [way_tag(way) for way in WAYS] + [part_tag(p, is_open=o) for p in PARTS for o in (True, False)]
    assert len({*tags, focus_tag(1)}) == 13
    with pytest.raises(KeyError):
        way_tag("letter")
