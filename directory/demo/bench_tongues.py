"""In which languages a made service answers: its own, those of its province, those of people who came."""

from collections.abc import Mapping
from random import Random

from directory.demo import bench_shares as shares
from directory.demo.bench_organizations import Draft
from directory.demo.story_tongues import LARGE, NEWCOMERS

SILENT = 0.2
"""Share of those that say nothing about it."""


def tongues(of: Draft, need: str, chance: Random) -> list[str]:
    """ISO 639-3 codes, the main one first, each once."""
    if chance.random() < SILENT:
        return []
    is_french, province = of.manner.is_french, of.town.province
    found = ["fra" if is_french else "eng"]
    if chance.random() < (0.6 if province in ("QC", "NB") else 0.08):
        found.append("eng" if is_french else "fra")
    if (of.profile.governed or of.town.is_remote) and chance.random() < 0.75:
        found.append(_drawn(shares.OWN[province], chance))
    found += [_drawn(shares.HEARD, chance) for _ in range(_many(of, need, chance))]
    if of.profile.signs or chance.random() < 0.02:
        found.append(shares.SIGNED.get(province, "ase"))
    return list(dict.fromkeys(found))


def _many(of: Draft, need: str, chance: Random) -> int:
    """Many in a newcomers' centre, some in a large town, hardly any elsewhere."""
    if of.town.is_remote:
        return 0
    if of.profile.key in NEWCOMERS or need == "interpretation":
        return chance.choice((2, 3, 4, 5, 6))
    if of.town.population >= LARGE:
        return chance.choice((0, 0, 1, 1, 2))
    return int(chance.random() < 0.2)


def _drawn(weights: Mapping[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
