"""Towns by the words that their names begin with: who types "Sainte-Agathe" may mean Sainte-Agathe-des-Monts."""

from collections.abc import Iterable

from directory.rules.place_answers import MOST_OFFERED, Choice, Place, rank, within
from directory.rules.place_names import place_key
from directory.rules.place_twins import SMALL

SHORTEST = 4
"""Letters of a beginning that tell something by themselves: "St" and "The" do not."""


class Beginnings:
    """Filled once, then only read."""

    def __init__(self) -> None:
        self._towns: dict[str, list[Place]] = {}

    def add(self, place: Place) -> None:
        """Keep a place of SMALL and more people by each beginning of its name that is not the whole of it."""
        if place.population < SMALL:
            return
        words = place_key(place.name).split()
        for begun in (" ".join(words[:n]) for n in range(1, len(words))):
            self._towns.setdefault(begun, []).append(place)

    def towns(self, readings: Iterable[tuple[str, str | None]], *, above: int = 0) -> list[Place]:
        """Return the towns of more than `above` people that begin with a name, in its province; the largest first."""
        towns = (town for name, province in readings for town in within(self._towns.get(name, ()), province))
        return sorted(dict.fromkeys(town for town in towns if town.population > above), key=rank)

    def question(self, readings: Iterable[tuple[str, str | None]]) -> Choice | None:
        """Ask about the towns of whose name the beginning was typed; nothing if it is too short to tell."""
        towns = self.towns((name, province) for name, province in readings if len(name) >= SHORTEST)
        return Choice(tuple(towns[:MOST_OFFERED]), corrected=True) if towns else None
