"""Who fits, for each thing that can be asked: a stated no hides, unknown says "ask", a stated yes says why."""

from decimal import Decimal

import pytest

from directory.rules.eligibility import PEOPLES, Judgement, Reason, age_verdict, combined, judge
from directory.rules.eligibility_terms import Fact
from directory.rules.person import (
    ACCESS,
    COMPANY_AT_DESK,
    CONDITIONS,
    GENDERS,
    NATIONS,
    STATUSES,
    WAYS_IN,
    Child,
    Person,
)

ASKED: list[tuple[str, str, Person]] = [
    *(("gender", term, Person(gender=term)) for term in GENDERS),
    *(("with", term, Person(company=(term,))) for term in COMPANY_AT_DESK),
    *(("indigenous", term, Person(indigenous=term)) for term in NATIONS),
    *(("status", term, Person(status=term)) for term in STATUSES),
    *(("accept", term, Person(accept=(term,))) for term in CONDITIONS),
    *(("access", term, Person(access=(term,))) for term in ACCESS),
    *(("intake", term, Person(intake=(term,))) for term in WAYS_IN),
]
NAMES = [f"{dimension}:{term}" for dimension, term, _ in ASKED]
BOY, GIRL, EITHER = Child(14, "male"), Child(14, "female"), Child(14)


def bounds(dimension: str, term: str, low: str, high: str, *, stated: bool = True) -> Fact:
    return Fact(dimension, term, stated, Decimal(low) if low else None, Decimal(high) if high else None)


def match(person: Person, *facts: Fact) -> str:
    return judge(person, facts).match


def of_child(child: Child, *facts: Fact) -> str:
    return match(Person(children=(child,)), *facts)


@pytest.mark.parametrize(("dimension", "term", "person"), ASKED, ids=NAMES)
def test_a_stated_no_excludes(dimension: str, term: str, person: Person) -> None:
    told = judge(person, [Fact(dimension, term, stated=False)])
    assert told == Judgement("no", (Reason(dimension, term, "no"),))


@pytest.mark.parametrize(("dimension", "term", "person"), ASKED, ids=NAMES)
def test_what_is_not_stated_says_ask(dimension: str, term: str, person: Person) -> None:
    others = [
        Fact("tells_police", "routinely"),
        Fact("with", "pet") if term != "pet" else Fact("with", "children"),
    ]
    assert judge(person, others) == Judgement("ask", (Reason(dimension, term, "ask"),))


@pytest.mark.parametrize(("dimension", "term", "person"), ASKED, ids=NAMES)
def test_a_stated_yes_says_so(dimension: str, term: str, person: Person) -> None:
    assert judge(person, [Fact(dimension, term)]) == Judgement("yes", (Reason(dimension, term, "yes"),))


def test_nothing_asked_is_a_yes_without_reasons_whatever_is_stated() -> None:
    facts = [Fact("gender", "woman", stated=False), bounds("age", "", "16", "24"), Fact("indigenous", "only")]
    assert judge(Person(), facts) == Judgement("yes")
    assert Person().is_untold
    assert not Person(age=0).is_untold


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        ("16", "", "yes"),
        ("", "16", "yes"),
        ("16", "16", "yes"),
        ("0", "120", "yes"),
        ("17", "", "no"),
        ("", "15", "no"),
        ("16.5", "", "ask"),
        ("", "16.5", "ask"),
        ("", "15.9", "no"),
        ("15.5", "17.5", "yes"),
        ("16.25", "16.75", "ask"),
    ],
)
def test_sixteen_lasts_until_the_seventeenth_birthday(low: str, high: str, verdict: str) -> None:
    told = judge(Person(age=16), [bounds("age", "", low, high)])
    assert told.match == verdict
    assert [(r.low, r.high) for r in told.reasons] == [
        (fact.low, fact.high) for fact in [bounds("age", "", low, high)]
    ]


def test_an_age_that_is_not_stated_says_ask() -> None:
    assert judge(Person(age=16), []) == Judgement("ask", (Reason("age", "", "ask"),))


def test_bounds_that_are_not_there_are_open() -> None:
    assert [age_verdict(age, None, None) for age in (0, 120)] == ["yes", "yes"]


def test_what_a_service_says_of_trans_people_changes_no_gender() -> None:
    woman = Person(gender="woman")
    assert match(woman, Fact("gender", "woman")) == "yes"
    assert match(woman, Fact("gender", "woman"), Fact("accept", "trans_welcome", stated=False)) == "yes"
    assert match(woman, Fact("accept", "trans_welcome")) == "ask"
    both = Person(gender="woman", accept=("trans_welcome",))
    assert match(both, Fact("gender", "woman")) == "ask"


@pytest.mark.parametrize("people", PEOPLES)
def test_a_service_for_indigenous_people_that_names_no_people_is_for_each(people: str) -> None:
    only = Fact("indigenous", "only")
    assert match(Person(indigenous=people), only) == "yes"
    assert match(Person(indigenous=people), only, Fact("indigenous", people, stated=False)) == "no"
    others = [Fact("indigenous", other) for other in PEOPLES if other != people]
    assert match(Person(indigenous=people), only, others[0]) == "ask"
    assert match(Person(indigenous=people), Fact("indigenous", "only", stated=False)) == "ask"


def test_who_has_no_status_or_is_not_sure_asks_there_too() -> None:
    unsure, only = Person(indigenous="non_status_or_unsure"), Fact("indigenous", "only")
    assert match(unsure, only) == "ask"
    assert match(unsure, only, Fact("indigenous", "non_status_or_unsure")) == "yes"


def test_who_did_not_speak_of_it_is_not_judged_by_it() -> None:
    assert match(Person(age=30), Fact("indigenous", "only"), bounds("age", "", "18", "")) == "yes"


@pytest.mark.parametrize("child", [BOY, GIRL, EITHER])
def test_no_child_is_taken_where_children_are_not(child: Child) -> None:
    facts = [Fact("with", "children", stated=False), bounds("child", "any", "0", "17")]
    assert judge(Person(children=(child,)), facts).reasons == (Reason("child", "", "no", child=child),)


def test_that_children_are_taken_says_nothing_of_an_age() -> None:
    assert of_child(BOY, Fact("with", "children")) == "ask"
    assert of_child(BOY) == "ask"


def test_a_child_outside_the_bounds_is_excluded_and_inside_is_taken() -> None:
    boys, girls = bounds("child", "male", "0", "12"), bounds("child", "female", "", "17")
    assert of_child(BOY, boys, girls) == "no"
    assert of_child(GIRL, boys, girls) == "yes"
    assert of_child(Child(12, "male"), boys, girls) == "yes"
    assert of_child(Child(13, "male"), bounds("child", "male", "", "13.5")) == "ask"


def test_what_is_said_of_its_sex_counts_before_what_is_said_of_any_child() -> None:
    everybody, boys = bounds("child", "any", "0", "17"), bounds("child", "male", "", "12")
    assert of_child(BOY, everybody, boys) == "no"
    assert of_child(GIRL, everybody, boys) == "yes"
    assert of_child(BOY, bounds("child", "any", "", "12"), bounds("child", "male", "", "17")) == "yes"


def test_of_a_child_whose_sex_was_not_told_both_answers_must_agree() -> None:
    boys, girls = bounds("child", "male", "0", "12"), bounds("child", "female", "0", "17")
    assert of_child(EITHER, boys, girls) == "ask"
    assert of_child(Child(12), boys, girls) == "yes"
    assert of_child(Child(18), boys, girls) == "no"
    assert of_child(EITHER, boys) == "ask"
    assert of_child(EITHER, Fact("child", "male", stated=False)) == "ask"
    assert of_child(EITHER, Fact("child", "any", stated=False)) == "no"


def test_no_boys_is_a_no_and_no_boys_from_twelve_says_nothing_of_younger_ones() -> None:
    assert of_child(BOY, Fact("child", "male", stated=False)) == "no"
    no_older = bounds("child", "male", "12", "", stated=False)
    assert of_child(BOY, no_older) == "no"
    assert of_child(Child(11, "male"), no_older) == "ask"
    assert of_child(GIRL, no_older) == "ask"


def test_each_child_has_a_reason_with_the_bounds_that_decided() -> None:
    boys = bounds("child", "male", "0", "12")
    told = judge(Person(children=(Child(3, "male"), GIRL)), [boys, Fact("with", "children")])
    assert told.match == "ask"
    assert told.reasons == (
        Reason("child", "male", "yes", boys.low, boys.high, Child(3, "male")),
        Reason("child", "", "ask", child=GIRL),
    )


def test_one_no_is_stronger_than_any_ask_and_one_ask_than_any_yes() -> None:
    assert combined(["yes", "ask", "no"]) == "no"
    assert combined(["yes", "ask", "yes"]) == "ask"
    person = Person(age=20, gender="woman", company=("pet",), accept=("free", "no_id"))
    facts = [
        bounds("age", "", "16", ""),
        Fact("gender", "woman"),
        Fact("accept", "free"),
        Fact("accept", "no_id"),
    ]
    assert match(person, *facts) == "ask"
    assert match(person, *facts, Fact("with", "pet")) == "yes"
    assert match(person, *facts, Fact("with", "pet", stated=False)) == "no"


def test_each_of_several_conditions_must_be_met() -> None:
    person = Person(accept=("free", "no_id"), access=("deaf", "wheelchair"), intake=("walk_in", "pickup"))
    terms = [(r.dimension, r.term) for r in judge(person, []).reasons]
    assert terms == list(person.terms())
    facts = [Fact(dimension, term) for dimension, term in terms]
    assert match(person, *facts) == "yes"
    for number in range(len(facts)):
        assert match(person, *facts[:number], *facts[number + 1 :]) == "ask"
