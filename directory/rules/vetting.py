"""What an organization is asked before it is let in, what stewards look at, and when its last day is announced."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum

from directory.rules.standing import GOOD, Standing

CONDUCT_VERSION = "2026-11"
"""The code of conduct that stands on the public page."""
MOU_VERSION = "2026-11"
"""The memorandum of understanding that stands there too."""
SIGNED_FOR = timedelta(days=365)
"""What an organization signs is signed anew each year."""
ENDS_SOON = timedelta(days=60)
ANNOUNCED = (7, 30, 60)
"""Days before the last one on which leads are told, the nearest first."""
LONGEST = 4000
"""Letters of one answer."""


class Point(StrEnum):
    """One point of the stewards' checklist."""

    IDENTITY = "identity"
    SERVICES = "services"
    REFERENCES = "references"
    PRIVACY_LEAD = "privacy_lead"
    TELLS = "tells"
    CONDUCT = "conduct"
    MOU = "mou"
    TRAINING = "training"


NEEDED: dict[Standing, frozenset[Point]] = {
    Standing.APPROVED: frozenset(Point),
    Standing.CONDITIONAL: frozenset({Point.IDENTITY, Point.TELLS, Point.CONDUCT, Point.MOU}),
}
"""What has to be done before an organization is let in: all of it, or what no condition can stand for."""


class Way(StrEnum):
    """By what an organization shows that it is there: papers of its own, or a network that answers for it."""

    LEGAL = "legal"
    SPONSOR = "sponsor"


TOLD = ("only_if_law_requires", "with_consent", "routinely")
"""What is told to police, immigration or child protection. Nothing said is no answer here."""
TELLS = ("tells_police", "tells_immigration", "tells_child_protection")


@dataclass(frozen=True, slots=True)
class Answers:
    """What an application says, as it was typed. `trained_on`: a day as YYYY-MM-DD. "yes": agreed."""

    who: str = ""
    way: str = ""
    legal_identity: str = ""
    sponsor: str = ""
    services: str = ""
    references: str = ""
    privacy_lead: str = ""
    trained_on: str = ""
    tells_police: str = ""
    tells_immigration: str = ""
    tells_child_protection: str = ""
    tells_more: str = ""
    conduct: str = ""
    mou: str = ""


WITHHELD = ("legal_identity", "references", "privacy_lead")
"""For stewards alone: papers, and people who are named. A survivors' adviser reads what the work is like."""


def for_advisers(answers: Answers) -> Answers:
    """Without what only those need who check papers and call references."""
    return replace(answers, **dict.fromkeys(WITHHELD, ""))


NAMES = tuple(field.name for field in fields(Answers))
OPTIONAL = frozenset({"tells_more", "trained_on", "legal_identity", "sponsor"})


def unanswered(answers: Answers) -> list[str]:
    """The names of what is missing before the application can be sent, in the order of the form.

    Either way of showing who one is asks for its own words; the other's are not missed.
    """
    told = {name: getattr(answers, name).strip() for name in NAMES}
    is_known = {
        "way": told["way"] in tuple(Way),
        "conduct": told["conduct"] == "yes",
        "mou": told["mou"] == "yes",
        **{name: told[name] in TOLD for name in TELLS},
    }
    by_way = {Way.LEGAL: "legal_identity", Way.SPONSOR: "sponsor"}
    asked = {by_way[Way(told["way"])]} if is_known["way"] else set()
    return [
        name
        for name in NAMES
        if (name in asked or name not in OPTIONAL) and not is_known.get(name, bool(told[name]))
    ]


def still_to_do(outcome: Standing, done: Iterable[Point]) -> list[Point]:
    """The points that are missing for `outcome`, in the checklist's order. Shutting out needs none."""
    needed = NEEDED.get(outcome, frozenset()) if outcome in GOOD else frozenset()
    kept = set(done)
    return [point for point in Point if point in needed and point not in kept]


def announced_by(day: date, until: date) -> int | None:
    """Which announcement is due on `day`: 60, 30 or 7 days ahead; None before the first and after the last day.

    The nearest that was reached, so that a day on which nobody looked loses none, and none comes late after another.
    """
    left = (until - day).days
    return next((days for days in ANNOUNCED if 0 <= left <= days), None)
