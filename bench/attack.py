"""Ten thousand houses hide among the made services, told by a feed that knows where; a stranger looks for them.

`python -m bench attack` runs it alone. BENCH_ATTACK says among how many services (100,000), BENCH_HOUSES how many
houses (10,500). What the stranger learns is judged by the feed, which alone knows the truth: the site never stores it.
"""

import json
import random
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psycopg

from bench.watched import run_watched
from config.settings.environment import read_number
from directory.finding.places import gazetteer
from tests.attacker.houses import Country, House, listings, package
from tests.attacker.posterior import Atlas
from tests.attacker.survey import Belief, Verdict, strewn, verdict
from tests.databases import address, cloned, environment
from tests.directory.hsds_packages import folder

SEED = 1
PLANTED = 200
"""Houses whose true points are put into the read model afterwards: he has to find them, or he proves nothing."""
PUBLISHER = ("--publisher", "houses", "--publisher-name", "Made", "--licence", "CC0", "--may-redistribute")
PLANT = "UPDATE listing SET point = ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography WHERE id = %s"


def _load(database: str, services: int, houses: Iterable[House]) -> None:
    """Made services, and the houses by a feed, through the same door as any."""
    env = environment(database)
    asked = ("--services", str(services), "--seed", str(SEED))
    print(run_watched("manage.py", "make_bench_data", *asked, env=env).told(f"{services} services loaded"))
    with tempfile.TemporaryDirectory(prefix="relais-bench-") as path:
        made = folder(Path(path) / "houses", package(Country(tuple(houses), ())))
        run = run_watched("manage.py", "import_hsds", str(made), *PUBLISHER, env=env)
    print(run.told("houses told by a feed"))


def _attacked(database: str, areas: Iterable[str]) -> dict[str, Belief]:
    """What a stranger in a process of its own believes in the end, of each listing that tells an area."""
    command = ("-m", "bench.attack_stranger", *sorted(set(areas)))
    run = run_watched(*command, env=environment(database))
    told: dict[str, Any] = json.loads(run.printed.splitlines()[-1])
    print(run.told(f"{told['asked']} requests of a stranger about {len(told['hidden'])} hidden places"))
    return {id_: Belief(**one) for id_, one in told["hidden"].items()}


def _plant(database: str, houses: Mapping[str, House]) -> None:
    with psycopg.connect(address("OWNER_DATABASE_URL", database)) as connection:
        for listing, house in houses.items():
            connection.execute(PLANT, [house.door[1], house.door[0], listing])


def _say(found: Verdict, words: str) -> None:
    print(
        f"{words}: {found.places} judged, {found.located} located beyond their area, {found.nearer} guessed nearer than"
        f" its point; at least {found.heard} clues about each"
    )


def run() -> dict[str, float]:
    """How many protected places were judged, how many were located better than their area, and what a leak tells."""
    services, count = read_number("BENCH_ATTACK", 100_000), read_number("BENCH_HOUSES", 10_500)
    atlas = Atlas(gazetteer().communities)
    houses = strewn(atlas, count, SEED)
    truth = listings(houses)
    with cloned() as database:
        _load(database, services, houses)
        honest = verdict(_attacked(database, (house.area for house in houses)), truth, atlas)
        _say(honest, "hidden places")
        some = dict(random.Random(SEED).sample(sorted(truth.items()), min(PLANTED, len(truth))))
        _plant(database, some)
        planted = verdict(_attacked(database, (house.area for house in some.values())), some, atlas)
        _say(planted, "with their true points in the read model")
    return {
        "protected_places": float(honest.places),
        "located_better_than_area": float(honest.better_than_area),
        "located_where_a_leak_is_planted": planted.located / max(1, planted.places),
    }
