"""How long the gazetteer takes to understand a place, beside a bare dictionary look-up of the exact name."""

import statistics

from bench.timing import seconds_of, told
from directory.finding.places import gazetteer

ASKED = ["Kingston", "kingston on", "Montréal", "montreal", "Sault Ste Marie", "K7L", "k7l 1a1", "St. John's"]
SLIPS = ["Kingstn", "Winipeg", "Montrael", "Saskaton", "Zzyzxqq"]


def run() -> dict[str, float]:
    """Ratio of a misspelled name to a well-spelled one."""
    known = gazetteer()
    exact = [s for text in ASKED for s in seconds_of(lambda text=text: known.resolve(text), 200)]
    slips = [s for text in SLIPS for s in seconds_of(lambda text=text: known.resolve(text), 50)]
    print(told("places, as spelled", exact))
    print(told("places, misspelled", slips))
    return {"misspelled_place_over_exact": statistics.median(slips) / statistics.median(exact)}
