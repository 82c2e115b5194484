"""When two listings are so alike that a steward is asked whether they are one: two of phone, name and place agree."""

from dataclasses import dataclass

NEAR_NAME = 0.6
"""Likeness of two names (share of three-letter pieces in common, 0 to 1) from which on they may be the same."""

NEAR_M = 500
"""Metres within which two places may be one door told twice."""

SWITCHBOARD = 4
"""A number that so many services have says nothing of any of them."""

LATER_DAYS = 30
"""How long a pair rests that a steward put off."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What two listings have in common. `name` and `owner`: likeness of the services' and organizations' names, 0 to 1.

    `metres`: between their public points; None where one has none. `has_phones`: both tell a number.
    """

    same_phone: bool = False
    has_phones: bool = False
    name: float = 0.0
    owner: float = 0.0
    metres: float | None = None
    same_organization: bool = False


def agreeing(found: Alike) -> tuple[str, ...]:
    """What agrees, of "phone", "name" and "place".

    Two records of other bodies that both tell a number, and not the same, need the name of their organization too:
    every town has a "Legal clinic".
    """
    is_named = found.name >= NEAR_NAME
    if found.has_phones and not found.same_phone and not found.same_organization:
        is_named = is_named and found.owner >= NEAR_NAME
    is_near = found.metres is not None and found.metres <= NEAR_M
    told = {"phone": found.same_phone, "name": is_named, "place": is_near}
    return tuple(name for name, is_so in told.items() if is_so)


def may_be_one(found: Alike) -> bool:
    """True if a steward is to look at the two. Of one organization, services at one door and phone are many things:
    there the name has to agree."""
    told = agreeing(found)
    return len(told) >= 2 and ("name" in told or not found.same_organization)


def strength(found: Alike) -> tuple[int, float]:
    """To sort by: those that agree in most things last, then by their names."""
    return len(agreeing(found)), found.name + found.owner
