"""Whom a search is for: what was told about the person, and nothing that was not."""

from dataclasses import dataclass

from directory.rules.eligibility_terms import DIMENSIONS

LATEST_MAJORITY = 19
"""Years; in some provinces it is 18. A notice about minors harms nobody, its absence might."""

OLDEST = 120
OLDEST_CHILD = 18
"""Completed years. Somebody older who comes along is a companion, or an adult who depends on the person."""


def _slugs(dimension: str, *without: str) -> tuple[str, ...]:
    return tuple(term.slug for term in DIMENSIONS[dimension].terms if term.slug not in without)


GENDERS = _slugs("gender")
COMPANY_AT_DESK = _slugs("with")
COMPANY = _slugs("with", "partner")
"""Who may be said to come along. A "partner" may be the trafficker: only a worker who knows the person asks it."""

SEXES = _slugs("child", "any")
NATIONS = _slugs("indigenous", "only")
STATUSES = _slugs("status")
CONDITIONS = _slugs("accept")
ACCESS = _slugs("access")
WAYS_IN = _slugs("intake")


@dataclass(frozen=True, slots=True)
class Child:
    """A child who comes along: completed years, and "female" or "male" if it was told."""

    age: int
    sex: str = ""

    @property
    def text(self) -> str:
        """As in a search: "14m", "3"."""
        return f"{self.age}{self.sex[:1]}"


@dataclass(frozen=True, slots=True)
class Person:
    """What was asked. All are slugs of `eligibility_terms`; empty or None: not told, and then nothing is judged by it.

    `age` is in completed years. `company`, `children`, `accept`, `access` and `intake` must all be met.
    """

    age: int | None = None
    gender: str = ""
    company: tuple[str, ...] = ()
    children: tuple[Child, ...] = ()
    indigenous: str = ""
    status: str = ""
    accept: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    intake: tuple[str, ...] = ()

    @property
    def is_untold(self) -> bool:
        """True if nothing was told about the person."""
        return self == Person()

    @property
    def is_young(self) -> bool:
        """True if a worker may have to report what this person tells: under the latest age of majority."""
        return self.age is not None and self.age < LATEST_MAJORITY

    def terms(self) -> tuple[tuple[str, str], ...]:
        """Dimension and term of what a service answers with a plain yes or no, in the order of the pages."""
        asked = {
            "gender": (self.gender,),
            "with": self.company,
            "indigenous": (self.indigenous,),
            "status": (self.status,),
            "accept": self.accept,
            "access": self.access,
            "intake": self.intake,
        }
        return tuple((dimension, term) for dimension, terms in asked.items() for term in terms if term)
