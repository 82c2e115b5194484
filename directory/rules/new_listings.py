"""A new listing that an organization asks for: for what it waits, and whether its place is protected from the start.

Its parts are those of a listing (directory/rules/holding.py), and two more: "needs", slugs of what it offers, and
"place", where that is.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from directory.rules.holding import Hold, Listing, hold_of_new
from directory.rules.leading_away import leads_away
from directory.rules.publishing import is_protected_by_default
from directory.rules.shelter_words import sounds_like_shelter

NEW = "new"
"""The task of a change that makes a listing."""

NAMES = ("service.name", "service.name_fr")
TEXTS = (*NAMES, "service.description", "service.description_fr")

Values = Mapping[str, Any]


def digits_of(numbers: Iterable[str]) -> frozenset[str]:
    """Telephone numbers as their digits alone: how they were written does not matter."""
    found = ("".join(c for c in number if c.isdigit()) for number in numbers)
    return frozenset(digits.removeprefix("1") for digits in found if digits)


def hold_of_listing(values: Values, known: Collection[str]) -> Hold:
    """For what it waits; never for nothing. `known`: the digits of numbers that its organization shows already.

    People are drawn in by beds, jobs and peers, and sent elsewhere by a number that nobody knows: then for a call.
    """
    if hold_of_new(Listing(values["needs"])) is Hold.CALL or sounds_like_shelter(*_names(values)):
        return Hold.CALL
    phones = values["phones"]
    if digits_of(row["number"] for row in phones) - set(known):
        return Hold.CALL
    told = [values[key] for key in TEXTS if key in values]
    told += [row[name] for row in phones for name in ("description", "description_fr")]
    return Hold.CALL if leads_away("", "\n".join(told)) else Hold.REVIEW


def has_protected_place(values: Values, groups: Collection[str]) -> bool:
    """True if its place is protected unless a steward opens it. `groups` are those of its needs."""
    needs = values["needs"]
    return is_protected_by_default(needs, groups, ()) or sounds_like_shelter(*_names(values))


def _names(values: Values) -> list[str]:
    return [values.get(key, "") for key in NAMES]
