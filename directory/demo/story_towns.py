"""Who lives where: how many organizations each province and town has, and of which sort."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from math import cos, hypot, radians

from directory.demo.story_decks import Decks
from directory.demo.story_words import Profile, Town

SHARES = {
    "BC": 50, "AB": 40, "SK": 17, "MB": 19, "ON": 88, "QC": 70, "NB": 13, "NS": 14, "PE": 5, "NL": 11,
    "YT": 8, "NT": 12, "NU": 14,
}  # fmt: skip
"""Organizations of each province among 361: more than its people alone would give the North, less than it needs."""
NATION = "nation"
NEIGHBOURS, NEAR = 4, 4.0
"""In how many towns a second door may be, and how far: degrees of latitude, some 450 km."""
NORTH_OF = 58.0
"""Degrees of latitude beyond which a town counts as northern here."""


def _shared_out(weights: Sequence[float], total: int) -> list[int]:
    """`total` in whole numbers by weight, largest remainders first."""
    exact = [weight * total / sum(weights) for weight in weights]
    given = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda i: (given[i] - exact[i], i))
    for i in order[: total - sum(given)]:
        given[i] += 1
    return given


def _in_towns(towns: Sequence[Town], count: int) -> list[Town]:
    """`count` doors in these towns: larger ones get more, by less than their size; none is too far for any."""
    weights = [max(town.people, 3_000) ** 0.5 * (1 + town.remote) for town in towns]
    given = _shared_out(weights, count)
    return [town for town, many in zip(towns, given, strict=True) for _ in range(many)]


def doors(towns: Sequence[Town], count: int) -> list[Town]:
    """The town of each of `count` organizations."""
    found: list[Town] = []
    wanted = dict(zip(SHARES, _shared_out(list(SHARES.values()), count), strict=True))
    for province, here in groupby(sorted(towns, key=lambda t: (t.province, t.name)), lambda t: t.province):
        found += _in_towns(list(here), wanted[province])
    return found


def neighbours(towns: Sequence[Town], home: Town) -> list[Town]:
    """The towns in which an organization may have a second door: its nearest with the area code of its number."""
    alike = [t for t in towns if t.codes[0] == home.codes[0] and t.province == home.province and t != home]
    near = [town for town in alike if _apart(home, town) <= NEAR]
    return sorted(near, key=lambda town: _apart(home, town))[:NEIGHBOURS]


def _apart(one: Town, other: Town) -> float:
    """In degrees of latitude, roughly."""
    north, east = one.point[0] - other.point[0], one.point[1] - other.point[1]
    return float(hypot(north, east * cos(radians(one.point[0]))))


def _suits(profile: Profile, town: Town) -> bool:
    is_north = town.point[0] > NORTH_OF or town.remote
    return (
        town.people >= profile.people
        and (not profile.provinces or town.province in profile.provinces)
        and (not profile.north or is_north)
    )


def settle(
    profiles: Sequence[Profile], towns: Sequence[Town], nations: Sequence[str], decks: Decks
) -> list[tuple[Town, Profile]]:
    """A profile for each door; `nations` are the provinces of those that are Nations.

    Profiles that need a large town or a province of theirs choose first, and keep apart from their like.
    """
    waiting = sorted(_instances(profiles, len(towns), nations), key=_strictness)
    left, found = list(towns), []
    decks.chance("doors").shuffle(left)
    seen: set[tuple[str, str]] = set()
    for profile in waiting:
        suited = [town for town in left if _suits(profile, town)] or left
        apart = [town for town in suited if (profile.key, town.name) not in seen]
        town = (apart or suited)[0]
        left.remove(town)
        seen.add((profile.key, town.name))
        found.append((town, profile))
    return sorted(found, key=lambda pair: (pair[0].province, pair[0].name, pair[1].key))


def _instances(profiles: Sequence[Profile], count: int, nations: Sequence[str]) -> list[Profile]:
    found: list[Profile] = []
    for profile, many in zip(profiles, _shared_out([p.share for p in profiles], count), strict=True):
        if profile.key == NATION:
            found += [replace(profile, provinces=(nations[i % len(nations)],)) for i in range(many)]
        else:
            found += [profile] * many
    return found


def _strictness(profile: Profile) -> tuple[bool, bool, int, str]:
    return (not profile.north, not profile.provinces, -profile.people, profile.key)
