"""The line of a result says why it may fit: what is accepted first, then what to ask; only of what was asked."""

from decimal import Decimal

import pytest

from directory.rules.eligibility import Reason, judge
from directory.rules.eligibility_terms import DIMENSIONS, Fact
from directory.rules.person import COMPANY_AT_DESK, NATIONS, STATUSES, Child, Person
from directory.views.reasons import SAID, reasons_line

PLAIN = [
    (name, term.slug)
    for name in ("gender", "with", "indigenous", "accept", "access", "intake")
    for term in DIMENSIONS[name].terms
    if term.slug != "only"
]


def line(person: Person, *facts: Fact, language: str = "en") -> str:
    return reasons_line(judge(person, facts).reasons, language)


def age(low: str = "", high: str = "") -> Fact:
    return Fact("age", "", True, Decimal(low) if low else None, Decimal(high) if high else None)


def child(term: str, low: str = "", high: str = "") -> Fact:
    return Fact("child", term, True, Decimal(low) if low else None, Decimal(high) if high else None)


SIXTEEN_WITH_PET = Person(age=17, company=("pet",))


def test_the_line_says_what_is_accepted_and_what_to_ask() -> None:
    assert line(SIXTEEN_WITH_PET, age("16")) == "Accepts 16 and over. Pets: ask."


def test_the_line_is_said_in_french_too() -> None:
    told = line(SIXTEEN_WITH_PET, age("16"), language="fr")
    assert told == "Accepte les personnes de 16\u00a0ans et plus. Animaux\u00a0: demandez."
    boys = Person(children=(Child(1, "male"),))
    assert line(boys, child("male", "", "1"), language="fr") == "Garçons\u00a0: jusqu’à 1\u00a0an."
    assert line(boys, language="fr") == "Un garçon de 1\u00a0an\u00a0: demandez."


def test_nothing_asked_says_nothing() -> None:
    assert line(Person(), age("16"), Fact("with", "pet")) == ""


def test_what_to_ask_stands_together_after_what_is_accepted() -> None:
    person = Person(gender="woman", company=("pet", "children"), accept=("no_id", "free"))
    told = line(person, Fact("accept", "no_id"), Fact("gender", "woman"))
    assert told == "Accepts women. No ID needed. Pets, your children, free of charge: ask."


def test_a_no_is_told_last_where_somebody_looks_at_a_listing_that_does_not_fit() -> None:
    person = Person(accept=("no_id", "free"), company=("pet",))
    told = line(person, Fact("accept", "no_id", stated=False), Fact("accept", "free"))
    assert told == "Free. Pets: ask. Without ID: no."


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        ("16", "", "Accepts 16 and over."),
        ("", "24", "Accepts people up to 24."),
        ("16", "24", "Accepts 16 to 24."),
        ("0", "", "Accepts all ages."),
        ("0", "24", "Accepts people up to 24."),
        ("16.500", "", "Accepts 16.5 and over."),
        ("10", "120", "Accepts 10 to 120."),
        ("20", "20", "Accepts people aged 20."),
    ],
)
def test_ages_are_told_as_people_say_them(low: str, high: str, told: str) -> None:
    assert line(Person(age=20), age(low, high)) == told


@pytest.mark.parametrize(
    ("facts", "asked", "told"),
    [
        ([child("male", "", "12")], Child(3, "male"), "Boys: up to 12."),
        ([child("female", "5", "12")], Child(6, "female"), "Girls: 5 to 12."),
        ([child("any", "5")], Child(6), "Children: 5 and over."),
        ([child("any", "6", "6")], Child(6), "Children: 6."),
        ([child("any")], Child(6), "Children: all ages."),
        ([child("male", "", "12"), child("female", "", "17")], Child(6), "A child of 6 can come."),
        ([], Child(14, "male"), "A boy of 14: ask."),
        ([], Child(9, "female"), "A girl of 9: ask."),
        ([], Child(9), "A child of 9: ask."),
        ([], Child(0, "male"), "A baby: ask."),
        ([child("male", "", "12")], Child(14, "male"), "A boy of 14: no."),
    ],
)
def test_children_are_told_by_what_was_stated_of_them(facts: list[Fact], asked: Child, told: str) -> None:
    assert line(Person(children=(asked,)), *facts) == told


def test_two_boys_of_one_rule_are_told_once() -> None:
    boys = Person(children=(Child(3, "male"), Child(5, "male")))
    assert line(boys, child("male", "", "12")) == "Boys: up to 12."


def test_a_child_is_asked_about_once() -> None:
    person = Person(company=("children", "pet"), children=(Child(4),))
    assert line(person) == "Pets, a child of 4: ask."
    assert line(person, Fact("with", "children"), Fact("with", "pet")).endswith("A child of 4: ask.")


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_never_named(status: str) -> None:
    person = Person(status=status)
    assert line(person, Fact("status", status)) == "Accepts your immigration status."
    assert line(person) == "Your immigration status: ask."


def test_an_age_that_is_not_stated_is_to_be_asked() -> None:
    assert line(Person(age=17)) == "Your age: ask."


@pytest.mark.parametrize(("dimension", "term"), PLAIN)
def test_everything_that_can_be_asked_has_its_words(dimension: str, term: str) -> None:
    accepted = reasons_line([Reason(dimension, term, "yes")], "en")
    to_ask = reasons_line([Reason(dimension, term, "ask")], "en")
    assert accepted.endswith(".")
    assert accepted[0].isupper()
    assert len(accepted) < 60
    assert to_ask.endswith(": ask.")
    assert to_ask[0].isupper()


def test_no_words_stand_for_what_cannot_be_asked() -> None:
    assert set(SAID) == {f"{dimension}:{term}" for dimension, term in PLAIN}
    assert {term for name, term in PLAIN if name == "with"} == set(COMPANY_AT_DESK)
    assert {term for name, term in PLAIN if name == "indigenous"} == set(NATIONS)
