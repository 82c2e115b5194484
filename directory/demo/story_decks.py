"""Dealing from shuffled decks: nothing comes again before everything else of its deck has come."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Card = TypeVar("Card")


class Decks:
    """Decks by name, each shuffled once from the seed and then dealt round and round, always in the same order."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._decks: dict[str, list[int]] = {}
        self._next: dict[str, int] = {}

    def chance(self, *path: str) -> Random:
        """Randomness of its own for one thing, so that a change elsewhere doesn't move it."""
        return Random("/".join((str(self._seed), *path)))  # noqa: S311  # a story, no secret

    def turn(self, name: str) -> str:
        """How often this was asked before: "0", "1" ..."""
        self._next[name] = self._next.get(name, 0) + 1
        return str(self._next[name] - 1)

    def deal(self, name: str, cards: Sequence[Card]) -> Card:
        """The next card of the deck `name`, which is always made of the same `cards`."""
        name = f"{name} of {len(cards)}"
        if name not in self._decks:
            order = list(range(len(cards)))
            self.chance("deck", name).shuffle(order)
            self._decks[name] = order
        order, turn = self._decks[name], self._next.get(name, 0)
        self._next[name] = turn + 1
        return cards[order[turn % len(order)]]

    def deal_fitting(self, name: str, cards: Sequence[Card], fits: Sequence[bool]) -> Card | None:
        """The next card that fits; those that don't keep their turn. None if no card fits."""
        if not any(fits):
            return None
        name = f"fitting {name} of {len(cards)}"
        waiting = self._decks.setdefault(name, self._shuffled(name, len(cards)))
        place = next(place for place, card in enumerate(waiting) if fits[card])
        card = waiting.pop(place)
        waiting.append(card)
        return cards[card]

    def _shuffled(self, name: str, count: int) -> list[int]:
        order = list(range(count))
        self.chance("deck", name).shuffle(order)
        return order

    def happens(self, name: str, percent: int) -> bool:
        """True for `percent` of every hundred times it is asked, evenly spread."""
        return self.deal(f"{name} {percent}%", range(100)) < percent
