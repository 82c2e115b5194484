"""The names of a search that tell whom it is for, read into a Person and written back."""

import re

from directory.rules.person import (
    ACCESS,
    COMPANY,
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
from directory.rules.query_sent import Sent

ABOUT_ONE = ("age", "gender", "indigenous", "status")
ABOUT_MANY = ("with", "child", "accept", "access", "intake")
"""Names that repeat: all of what is given must be met."""

CHOICES: dict[str, tuple[str, ...]] = {
    "gender": GENDERS,
    "with": COMPANY,
    "indigenous": NATIONS,
    "status": STATUSES,
    "accept": CONDITIONS,
    "access": ACCESS,
    "intake": WAYS_IN,
}
MOST_CHILDREN = 7
"""Children told apart by age and sex; a question to the database has to stay short."""

_CHILD = re.compile(r"([0-9]{1,3})\s*([fFmM]?)")


def read_person(sent: Sent, *, at_desk: bool, may_tell_status: bool) -> Person:
    """The person that was told of; faults are kept by `sent`."""
    return Person(
        age=sent.whole("age", 0, OLDEST, "not_an_age"),
        gender=sent.choice("gender", GENDERS),
        company=_company(sent, at_desk=at_desk),
        children=_children(sent),
        indigenous=sent.choice("indigenous", NATIONS),
        status=_status(sent, may_tell_status=may_tell_status),
        accept=sent.choices("accept", CONDITIONS),
        access=sent.choices("access", ACCESS),
        intake=sent.choices("intake", WAYS_IN),
    )


def _company(sent: Sent, *, at_desk: bool) -> tuple[str, ...]:
    asked = sent.choices("with", COMPANY_AT_DESK)
    if at_desk:
        return asked
    for value in asked:
        if value not in COMPANY:
            sent.fault("with", "desk_only", value)
    return tuple(value for value in asked if value in COMPANY)


def _status(sent: Sent, *, may_tell_status: bool) -> str:
    """Never read from an address, which others may read later; and then not repeated in the fault either."""
    if not any(sent.values.get("status", [])):
        return ""
    if not may_tell_status:
        sent.fault("status", "status_in_address")
        return ""
    return sent.choice("status", STATUSES)


def _children(sent: Sent) -> tuple[Child, ...]:
    """Each age and sex once: what holds for one of two twins holds for both."""
    found = [child for value in sent.many("child") if (child := _child(sent, value))]
    told_apart = tuple(dict.fromkeys(found))
    if len(told_apart) > MOST_CHILDREN:
        sent.fault("child", "too_many", str(MOST_CHILDREN))
    return told_apart[:MOST_CHILDREN]


def _child(sent: Sent, value: str) -> Child | None:
    found = _CHILD.fullmatch(value)
    if found is None or int(found[1]) > OLDEST_CHILD:
        sent.fault("child", "not_a_child", value)
        return None
    sex = next((sex for sex in SEXES if sex[0] == found[2].lower()), "")
    return Child(int(found[1]), sex)


def person_pairs(person: Person) -> list[tuple[str, str]]:
    """Names and values that read back as this person."""
    age = [] if person.age is None else [("age", str(person.age))]
    return [*age, *person.terms(), *(("child", child.text) for child in person.children)]
