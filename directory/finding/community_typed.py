"""The community that somebody typed at the desk: one that is meant for sure, or others to choose from."""

from typing import NamedTuple

from directory.finding.places import place_words
from directory.finding.places_asked import near_of
from directory.rules.places import Place


class Community(NamedTuple):
    """`choices` are words that each lead to one community, where none is meant for sure."""

    place: Place | None = None
    choices: tuple[str, ...] = ()


def community_typed(text: str) -> Community:
    """What `text` names. A postal area and a slip of the pen are no community: where people are sent must be sure."""
    near = near_of(text.strip())
    if near.place and near.place.kind == "community" and not near.is_corrected:
        return Community(near.place)
    meant = (*([near.place] if near.place else []), *near.choices)
    return Community(None, tuple(place_words(place) for place in meant if place.kind == "community"))
