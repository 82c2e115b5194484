"""Whom a search is for, read from its names: a status never from an address, a partner never from the public."""

import pytest

from directory.rules.person import OLDEST_CHILD, Child, Person
from directory.rules.query import CHOICES, Fault, Reading, read
from directory.rules.query_person import ABOUT_MANY, ABOUT_ONE, MOST_CHILDREN

KNOWN = {"need": {"food"}, "language": {"pan"}, "focus": {"men"}}
FIELDS = {
    "gender": "gender",
    "with": "company",
    "indigenous": "indigenous",
    "status": "status",
    "accept": "accept",
    "access": "access",
    "intake": "intake",
}
VALUES = [(name, value) for name in FIELDS for value in CHOICES[name]]


def reading(*pairs: tuple[str, str], at_desk: bool = False, may_tell_status: bool = True) -> Reading:
    return read(pairs, KNOWN, at_desk=at_desk, may_tell_status=may_tell_status)


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_each_value_is_read(name: str, value: str) -> None:
    asked = reading((name, value))
    told = value if name in ABOUT_ONE else (value,)
    assert (asked.query.person, asked.faults) == (Person(**{FIELDS[name]: told}), ())


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", ["nobody", "Woman ", "only", "x" * 90])
def test_another_value_is_told_by_itself(name: str, value: str) -> None:
    asked = reading((name, value))
    assert asked.query.person.is_untold
    assert asked.faults == (Fault(name, "not_a_choice", value.strip()[:60]),)


@pytest.mark.parametrize("name", ABOUT_ONE)
def test_one_person_has_one_of_each(name: str) -> None:
    values = CHOICES.get(name, ("17", "18"))
    assert reading((name, values[0]), (name, values[1])).faults == (Fault(name, "twice"),)


@pytest.mark.parametrize("name", [name for name in ABOUT_MANY if name != "child"])
def test_what_repeats_keeps_its_order_and_each_counts_once(name: str) -> None:
    first, second = CHOICES[name][:2]
    asked = reading((name, second), (name, ""), (name, first), (name, second))
    assert (getattr(asked.query.person, FIELDS[name]), asked.faults) == ((second, first), ())


@pytest.mark.parametrize(("typed", "age"), [("0", 0), ("16", 16), ("120", 120), ("", None), (" 18 ", 18)])
def test_an_age_is_a_number_of_years(typed: str, age: int | None) -> None:
    asked = reading(("age", typed))
    assert (asked.query.person.age, asked.faults) == (age, ())


@pytest.mark.parametrize("typed", ["121", "-1", "17.5", "17 years", "٢٥", "1e1"])
def test_anything_else_is_no_age(typed: str) -> None:
    asked = reading(("age", typed))
    assert (asked.query.person.age, asked.faults) == (None, (Fault("age", "not_an_age", "120"),))


@pytest.mark.parametrize(
    ("typed", "child"),
    [
        ("14m", Child(14, "male")),
        ("3", Child(3)),
        ("9F", Child(9, "female")),
        ("0", Child(0)),
        ("18 m", Child(18, "male")),
        ("03", Child(3)),
    ],
)
def test_a_child_is_an_age_and_perhaps_a_sex(typed: str, child: Child) -> None:
    asked = reading(("child", typed))
    assert (asked.query.person.children, asked.faults) == ((child,), ())


@pytest.mark.parametrize("typed", ["19", "14x", "m", "m14", "3.5", "-1", "٣", "3mf", "9999"])
def test_anything_else_is_no_child(typed: str) -> None:
    asked = reading(("child", "3"), ("child", typed))
    assert asked.query.person.children == (Child(3),)
    assert asked.faults == (Fault("child", "not_a_child", typed),)


def test_twins_are_one_question_and_a_crowd_is_told() -> None:
    assert reading(("child", "3"), ("child", "03")).query.person.children == (Child(3),)
    asked = reading(*(("child", str(age)) for age in range(MOST_CHILDREN + 1)))
    assert len(asked.query.person.children) == MOST_CHILDREN
    assert asked.faults == (Fault("child", "too_many", str(MOST_CHILDREN)),)
    assert OLDEST_CHILD >= MOST_CHILDREN


def test_a_partner_comes_along_only_where_a_worker_asks() -> None:
    asked = reading(("with", "partner"), ("with", "pet"))
    assert asked.query.person.company == ("pet",)
    assert asked.faults == (Fault("with", "desk_only", "partner"),)
    assert reading(("with", "partner"), at_desk=True).query.person.company == ("partner",)


@pytest.mark.parametrize("value", ["none", "no such status"])
def test_a_status_in_an_address_is_refused_and_not_repeated(value: str) -> None:
    asked = reading(("status", value), may_tell_status=False)
    assert asked.query.person.is_untold
    assert asked.faults == (Fault("status", "status_in_address"),)
    assert reading(("status", ""), may_tell_status=False).faults == ()


def test_a_door_that_says_nothing_of_it_reads_no_status() -> None:
    assert read([("status", "none")], KNOWN).faults == (Fault("status", "status_in_address"),)
