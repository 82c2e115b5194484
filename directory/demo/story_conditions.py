"""Whom a service takes and how it treats them: facts and the sentences that say them, which never disagree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from directory.demo.story_decks import Decks
from directory.demo.story_words import Statement, Words
from directory.rules.eligibility_terms import DIMENSIONS, Fact

HOUSES = {"emergency_shelter", "youth_housing", "safe_home"}
_OF_NATIONS = {"status_needed", "no_status", "no_religion", "routinely"}
SECRET = {"no_status", "no_report", "consent"}
"""What nobody promises who must report a child in danger."""
MANDATED = {"child_protection", "child_advocacy_centre"}
NEVER_WITH = {
    "newcomers": {"status_needed", "local"},
    "workers": {"status_needed", "local"},
    "indigenous": _OF_NATIONS,
    "indigenous_women": _OF_NATIONS,
    "first_nations": _OF_NATIONS,
    "inuit": _OF_NATIONS,
    "metis": _OF_NATIONS,
    "children": {"companion", "family"} | SECRET,
    "teens": {"family", "record", "no_religion"} | SECRET,
    "seniors": {"no_status", "family"},
    "sex_workers": {"status_needed", "local"},
}
NOT_IN = {
    "safe_home": {"stay_short", "stay_season", "curfew", "no_phone", "no_pets"},
    "youth_housing": {"partner", "stay_season", "no_phone"},
}
"""What such a house doesn't say of itself."""
ADULT = 18
HEALTH = {
    "primary_care", "sexual_assault_care", "reproductive_health", "mental_health", "trauma_counselling", "dental",
    "substance_use", "harm_reduction", "opioid_treatment", "withdrawal_management",
}  # fmt: skip
AFTER_HARM = {
    "victim_services", "compensation", "sexual_assault_care", "trauma_counselling", "emergency_shelter", "exit_program",
    "safety_planning", "protection_order", "temporary_resident_permit", "image_removal", "case_management",
}  # fmt: skip
NIGHTLIFE = {
    "mobile_outreach",
    "drop_in",
    "overnight_dropin",
    "outreach",
    "legal_advice",
    "emergency_shelter",
    "exit_program",
}
ONLY_FOR = {
    "status_needed": {"employment", "education", "long_term_housing", "income_support", "compensation"},
    "no_card": HEALTH,
    "no_report": AFTER_HARM,
    "routinely": {"victim_services", "child_advocacy_centre", "restorative_healing"},
    "sex_work": NIGHTLIFE | HEALTH - {"dental"},
    "record": {
        "long_term_housing",
        "employment",
        "legal_advice",
        "peer_support",
        "education",
        "case_management",
        "food",
    },
}
"""Kinds of service that have a reason to say so."""
RARE = {"status_needed", "routinely", "no_religion", "blind", "cognitive"}


def read_fact(written: str) -> Fact:
    """The fact that "dimension:term", "dimension:term:no" or "dimension:term:low-high" says."""
    dimension, term, *rest = written.split(":")
    if not rest or rest == ["no"]:
        return Fact(dimension, term, stated=not rest)
    low, _, high = rest[0].partition("-")
    return Fact(dimension, term, low=Decimal(low) if low else None, high=Decimal(high) if high else None)


def clash(some: Iterable[str], others: Iterable[str]) -> bool:
    """True if `some` facts can't be stated beside `others`: another answer or gender, or what none says of a child."""
    new, said = set(some), set(others)
    if not new:
        return False
    answers = {_key(fact): fact for fact in said}
    genders = {fact for fact in said if _is_yes(fact, "gender")}
    all_of_them = new | said
    return (
        any(answers.get(_key(fact), fact) != fact for fact in new)
        or bool(genders and any(_is_yes(fact, "gender") and fact not in genders for fact in new))
        or any(one in all_of_them and not all_of_them.isdisjoint(ends) for one, ends in EXCLUDES.items())
        or (not all_of_them.isdisjoint(NOT_OF_MINORS) and any(map(_is_of_minors, all_of_them)))
    )


NOT_OF_MINORS = {"with:children", "accept:no_enforcement_sharing", "tells_police:with_consent"}
EXCLUDES = {
    "accept:no_enforcement_sharing": {
        f"tells_{who}:{when}"
        for who in ("police", "immigration")
        for when in ("with_consent", "only_if_law_requires", "routinely")
    },
    "status:none:no": {"status:expired", "accept:asks_no_status"},
    "accept:self_referral:no": {"intake:self_call", "intake:walk_in"},
}


def _is_yes(written: str, dimension: str) -> bool:
    return written.startswith(f"{dimension}:") and not written.endswith(":no")


@cache
def _is_of_minors(written: str) -> bool:
    fact = read_fact(written)
    return fact.dimension == "age" and fact.high is not None and fact.high < ADULT


@dataclass(slots=True)
class Conditions:
    """What one service states so far."""

    facts: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)
    fr: list[str] = field(default_factory=list)

    def take(self, statement: Statement, decks: Decks, *, is_told: bool = True) -> None:
        """Add a statement unless it would say nothing new or something against another."""
        new = [fact for fact in statement.facts if fact not in self.facts]
        if not new or clash(statement.facts, self.facts):
            return
        self.facts += new
        if is_told:
            say = decks.deal(f"says {statement.says[0].en}", statement.says)
            self.en.append(say.en)
            self.fr.append(say.fr)

    def add(self, facts: Iterable[str]) -> None:
        """Facts that other words of the service say, unless something is said about them already."""
        for fact in facts:
            if fact not in self.facts and not clash([fact], self.facts):
                self.facts.append(fact)

    def age(self) -> tuple[int | None, int | None]:
        """The age band that is stated."""
        for fact in map(read_fact, self.facts):
            if fact.dimension == "age":
                return tuple(None if bound is None else int(bound) for bound in (fact.low, fact.high))  # type: ignore[return-value]
        return (None, None)


@cache
def _key(written: str) -> tuple[str, str]:
    dimension, term, *_ = written.split(":")
    return (dimension, "" if DIMENSIONS[dimension].is_one_of_them else term)


def _named(statements: Sequence[Statement], key: str) -> Statement:
    return next(statement for statement in statements if statement.key == key)


def audience_facts(words: Words, audience: str) -> tuple[str, ...]:
    """What a service for that audience states when it tells for whom it is."""
    return _named(words.statements["audience"], audience).facts


def conditions(
    words: Words, decks: Decks, kind: str, audience: str, *, reach: str, said: Sequence[str] = ()
) -> Conditions:
    """What a service of that kind for that audience states beside what its texts have `said`; sometimes nothing."""
    found, groups = Conditions(list(said)), words.statements
    if decks.happens(f"silent {kind in HOUSES}", 22):
        return found
    is_plain = audience == "everyone" and decks.happens("everyone goes without saying", 45)
    found.take(_named(groups["audience"], audience), decks, is_told=not is_plain)
    if kind in HOUSES:
        fits = [statement.key not in NOT_IN.get(kind, ()) for statement in groups["house"]]
        for _ in range(2):
            statement = decks.deal_fitting(f"house {kind}", groups["house"], fits)
            found.take(statement or groups["house"][0], decks)
    elif kind == "second_stage":
        found.take(decks.deal("long house", groups["long_house"]), decks)
    elif kind == "recovery_residence":
        found.take(_named(groups["house"], "sober"), decks)
    for turn in range(decks.deal("how many conditions", (0, 1, 1, 2))):
        _take_any(found, words, decks, _unfit(kind, audience, reach), is_told=turn == 0)
    return found


def _unfit(kind: str, audience: str, reach: str) -> set[str]:
    """Keys of the statements that such a service wouldn't make."""
    never = NEVER_WITH.get(audience, set()) | {key for key, kinds in ONLY_FOR.items() if kind not in kinds}
    never |= SECRET if kind in MANDATED else set()
    return never | ({"local", "no_religion"} if reach != "place" or kind in HOUSES else set())


def _take_any(found: Conditions, words: Words, decks: Decks, never: set[str], *, is_told: bool) -> None:
    statements = words.statements["any"]
    is_rare = decks.happens("rare condition", 12)
    fits = [
        s.key not in never and (s.key in RARE) == is_rare and not clash(s.facts, found.facts)
        for s in statements
    ]
    if (statement := decks.deal_fitting("conditions", statements, fits)) is not None:
        found.take(statement, decks, is_told=is_told)
