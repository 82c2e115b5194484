"""Who fits: what a service stated against what was asked about a person. Yes, no or ask, each with its reason.

A stated no on anything asked excludes. What is not stated hides nothing and is never taken for a yes: "ask" costs a
call, a wrong yes costs a night at a closed door. What was not asked is not judged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from directory.rules.eligibility_terms import Fact
from directory.rules.person import SEXES, Child, Person

Verdict = Literal["yes", "ask", "no"]
Stated = Mapping[tuple[str, str], Fact]

PEOPLES = ("first_nations", "inuit", "metis")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was asked, and what the service answers. `low` and `high` are the bounds that it states.

    `term` is the one asked; for a child, of whom the fact speaks ("any", "female", "male"; empty: no fact does).
    """

    dimension: str
    term: str
    verdict: Verdict
    low: Decimal | None = None
    high: Decimal | None = None
    child: Child | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The whole answer, and a reason for each thing asked, in the order of the pages."""

    match: Verdict
    reasons: tuple[Reason, ...] = ()


def judge(person: Person, facts: Sequence[Fact]) -> Judgement:
    """Whether a service with these facts takes the person. With nothing asked: yes, without reasons.

    No if any answer is no; else ask if any is; else yes. `facts` are those of one service: each term once.
    """
    stated = {(fact.dimension, fact.term): fact for fact in facts}
    reasons = (*_of_age(person, stated), *_of_terms(person, stated), *_of_children(person, stated))
    return Judgement(combined(reason.verdict for reason in reasons), reasons)


def combined(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of all together: the worst of them, yes for none."""
    given = set(verdicts)
    return "no" if "no" in given else "ask" if "ask" in given else "yes"


def age_verdict(age: int, low: Decimal | None, high: Decimal | None) -> Verdict:
    """Whether somebody of `age` completed years, who is anywhere in [age, age + 1), is within the bounds.

    A bound in whole years counts completed years, as people do: "up to 24" lasts until the 25th birthday. One with a
    fraction ("from 6 months") is an exact age; who passes it within this year of life has to ask.
    """
    if (low is not None and low >= age + 1) or (high is not None and high < age):
        return "no"
    comes_later = low is not None and low > age
    ends_sooner = high is not None and high % 1 != 0 and high < age + 1
    return "ask" if comes_later or ends_sooner else "yes"


def _of_age(person: Person, stated: Stated) -> list[Reason]:
    if person.age is None:
        return []
    fact = stated.get(("age", ""))
    if fact is None or not fact.stated:
        return [Reason("age", "", "ask")]
    return [Reason("age", "", age_verdict(person.age, fact.low, fact.high), fact.low, fact.high)]


def _of_terms(person: Person, stated: Stated) -> list[Reason]:
    """A trans woman is a woman and a trans man a man: `accept:trans_welcome` is asked by itself, never inferred."""
    return [Reason(dimension, term, _answer(dimension, term, stated)) for dimension, term in person.terms()]


def _answer(dimension: str, term: str, stated: Stated) -> Verdict:
    fact = stated.get((dimension, term))
    if fact is not None:
        return "yes" if fact.stated else "no"
    return "yes" if dimension == "indigenous" and _takes_every_people(term, stated) else "ask"


def _takes_every_people(term: str, stated: Stated) -> bool:
    """True if a service for Indigenous people names none of the three peoples: then it is for each of them.

    One that names a people is perhaps for that one alone, and who has no status may be asked to prove one.
    """
    only = stated.get(("indigenous", "only"))
    if term not in PEOPLES or only is None or not only.stated:
        return False
    named = [stated.get(("indigenous", people)) for people in PEOPLES]
    return not any(fact is not None and fact.stated for fact in named)


def _of_children(person: Person, stated: Stated) -> list[Reason]:
    return [_of_child(child, stated) for child in person.children]


def _of_child(child: Child, stated: Stated) -> Reason:
    """No child is taken where children are not; that they are taken says nothing of an age.

    Whose sex was not told is judged as a girl and as a boy: where the answers differ, it depends on that: ask.
    """
    with_children = stated.get(("with", "children"))
    if with_children is not None and not with_children.stated:
        return Reason("child", "", "no", child=child)
    answers = [_of_sex(child, sex, stated) for sex in ([child.sex] if child.sex else SEXES)]
    first = answers[0]
    agree = all(answer.verdict == first.verdict for answer in answers)
    if not agree:
        return Reason("child", "", "ask", child=child)
    same = all(answer == first for answer in answers)
    return first if same else Reason("child", "", first.verdict, child=child)


def child_fact(sex: str, stated: Stated) -> Fact | None:
    """What is stated of children of a sex: of that sex if anything, else of any."""
    return stated.get(("child", sex)) or stated.get(("child", "any"))


def _of_sex(child: Child, sex: str, stated: Stated) -> Reason:
    fact = child_fact(sex, stated)
    if fact is None:
        return Reason("child", "", "ask", child=child)
    within = age_verdict(child.age, fact.low, fact.high)
    if not fact.stated:  # "no boys from 12 on" tells nothing of younger ones
        within = "no" if within == "yes" else "ask"
    return Reason("child", fact.term, within, fact.low, fact.high, child)
