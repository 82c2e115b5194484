"""What a worker may pass on of what a service did not state: "they take cats". Never a no, which would narrow it."""

from collections.abc import Iterable

from directory.rules.eligibility_terms import DIMENSIONS, Fact

TELLABLE = ("with", "accept", "access", "intake")
"""Dimensions whose plain yes only widens whom a service takes."""


def can_be_told(dimension: str, term: str, stated: Iterable[Fact]) -> bool:
    """True of a known term of these dimensions of which the service says neither yes nor no."""
    if dimension not in TELLABLE or DIMENSIONS[dimension].term(term) is None:
        return False
    return not any((fact.dimension, fact.term) == (dimension, term) for fact in stated)


def open_terms(stated: Iterable[Fact]) -> list[tuple[str, str]]:
    """All that could be told of a service, in the order of the pages."""
    told = list(stated)
    return [
        (dimension, term.slug)
        for dimension in TELLABLE
        for term in DIMENSIONS[dimension].terms
        if can_be_told(dimension, term.slug, told)
    ]
