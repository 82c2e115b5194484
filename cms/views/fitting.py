"""The protocols that the directory shows beside a listing, and where a search finds no service."""

from collections.abc import Collection

from cms.finding.editions import best_by_words, fitting
from cms.models.edition import Edition
from cms.views.doors import Door, desk_door_of, public_door
from cms.views.marks import mark
from cms.words import language
from directory.views.slots import Guide
from safety.viewer import VISITOR, Viewer

MOST = 3


def _found(door: Door, needs: Collection[str], words: str) -> list[Edition]:
    """By kinds of help; where none is named, by the words that were typed."""
    if needs:
        return fitting(door.readable(), needs, MOST)
    return best_by_words(words, language(), door.using, MOST)


def guides(needs: Collection[str], words: str, viewer: Viewer) -> list[Guide]:
    """At most three, at the viewer's door: everybody's, or the desk's for who is signed in."""
    door = public_door() if viewer == VISITOR else desk_door_of(viewer)
    return [
        Guide(edition.title, door.address("protocol", slug=edition.slug), mark(edition))
        for edition in _found(door, needs, words)
    ]
