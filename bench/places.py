"""How long the gazetteer takes to understand a place: as spelled, misspelled, by code, and with an operator's file."""

import random
import statistics
import time
from collections.abc import Iterable, Sequence

from bench.timing import told
from directory.finding.places import gazetteer, plain
from directory.models.place import Place as StoredPlace
from directory.rules.places import Gazetteer, Place
from safety.db import public_database

SAMPLE = 1_000
FED = 45_000
"""Communities that the file of Geographical Names of Canada would add, about."""
PROMISED = 0.002
"""Seconds that 95 of 100 answers may take."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(name: str, dice: random.Random) -> str:
    """One letter left out, doubled by another, swapped with the next, or struck beside."""
    at = dice.randrange(1, max(2, len(name) - 1))
    head, letter, tail = name[:at], name[at : at + 1], name[at + 1 :]
    other = dice.choice(_LETTERS)
    return dice.choice(
        [head + tail, head + other + letter + tail, head + tail[:1] + letter + tail[1:], head + other + tail]
    )


def made_up(places: Sequence[Place], count: int, dice: random.Random) -> list[Place]:
    """Communities whose names are put together from pieces of real ones, and so resemble many."""
    words = sorted({word for place in places for word in place.name.split()})
    made = []
    for number in range(count):
        one, other = dice.choice(words), dice.choice(words)
        near = dice.choice(places)
        name = f"{one[: len(one) // 2 + 1]}{other[len(other) // 2 :]}".capitalize()
        if dice.random() < 0.4:
            name = f"{dice.choice(words)} {name}"
        made.append(
            Place(
                2**52 + number,
                name,
                "",
                near.province,
                near.latitude,
                near.longitude,
                0,
                near.zone,
                "community",
            )
        )
    return made


def _seconds(known: Gazetteer, texts: Iterable[str]) -> list[float]:
    """Processor seconds of each answer: other programs on the machine don't count."""
    found = []
    for text in texts:
        begun = time.thread_time()
        known.resolve(text)
        found.append(time.thread_time() - begun)
    return found


def _measure(label: str, known: Gazetteer, places: Sequence[Place]) -> dict[str, list[float]]:
    dice = random.Random(4)
    drawn = dice.sample(places, min(SAMPLE, len(places)))
    asked = {
        "as spelled": [place.name for place in drawn],
        "with the province": [f"{place.name}, {place.province}" for place in drawn],
        "misspelled": [slip(place.name, dice) for place in drawn],
        "misspelled twice": [slip(slip(place.name, dice), dice) for place in drawn],
        "misspelled, with the province": [f"{slip(place.name, dice)} {place.province}" for place in drawn],
        "by a position": [f"{place.latitude:.2f},{place.longitude:.2f}" for place in drawn],
        "of nowhere": ["".join(dice.choices(_LETTERS + " ", k=dice.randrange(5, 40))) for _ in drawn],
    }
    seconds = {kind: _seconds(known, texts) for kind, texts in asked.items()}
    for kind, each in seconds.items():
        print(told(f"places ({label}), {kind}", each))
    return seconds


def _megabytes() -> float:
    """Memory of this process now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def run() -> dict[str, float]:
    """The worst 95th percentile of all kinds over the promised 2 ms, with the packages alone and with a whole file."""
    before = _megabytes()
    known = gazetteer()
    print(f"places: {len(known)} known, {_megabytes() - before:.0f} MB in each worker")
    stored = StoredPlace.objects.using(public_database()).filter(kind="community").order_by("id")
    places = [plain(place) for place in stored]
    few = _measure("packages", known, places)
    everywhere = [*places, *made_up(places, FED, random.Random(5))]
    before = _megabytes()
    begun = time.perf_counter()
    large = Gazetteer(everywhere)
    print(
        f"places: index of {len(large)} built in {time.perf_counter() - begun:.1f} s, {_megabytes() - before:.0f} MB"
    )
    many = _measure("with a file", large, everywhere)
    return {
        "misspelled_place_over_exact": statistics.median(few["misspelled"])
        / statistics.median(few["as spelled"]),
        "places_p95_over_2ms": max(map(_p95, few.values())) / PROMISED,
        "places_with_a_file_p95_over_2ms": max(map(_p95, many.values())) / PROMISED,
    }


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]
