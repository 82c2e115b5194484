"""A place on the directory's pages that an app above may fill with its guides; config says who does (ADR 0060).

The directory knows neither that app nor what a guide is about: it asks for kinds of help, and shows titles.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

from safety.viewer import Viewer


class Guide(NamedTuple):
    """Something to read: its title, where it is, and what one has to know before; "" for nothing."""

    title: str
    url: str
    mark: str


Filler = Callable[[Collection[str], str, Viewer], list[Guide]]
"""Gives the guides for these kinds of help, or else for these words, that a viewer may read; few, best first."""

_fillers: list[Filler] = []


def fill_guides(filler: Filler) -> None:
    """From now on this one is asked; called once, when the site starts."""
    _fillers[:] = [filler]


def guides(needs: Collection[str], words: str, viewer: Viewer) -> list[Guide]:
    """What fits; none where nobody fills the place, or where nothing is asked for."""
    return [guide for fill in _fillers if needs or words for guide in fill(needs, words, viewer)]
