"""manage.py make_bench_data --services N --seed S: a made-up directory of any size, loaded and ready to search.

With --into DIR it writes an HSDS package instead, and loads nothing.
"""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DemoRefused
from directory.actions.load_bench import load_bench
from directory.demo.bench_package import BenchPackage, write_package
from directory.demo.bench_towns import CannotMake, known_towns
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Can be run again: the same number and seed change nothing. Stopped in the middle, it goes on."""

    help = "Load made-up services to measure with, or write them as an HSDS package (--into)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How many, which ones, and where."""
        parser.add_argument("--services", type=int, default=1000, help="how many services (1000)")
        parser.add_argument(
            "--seed", type=int, default=1, help="a number; another one makes another directory (1)"
        )
        parser.add_argument(
            "--into",
            type=Path,
            help="write an HSDS package to this folder, missing so far or empty; load nothing",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how much came. Raises CommandError if it can't be made as asked."""
        into, asked = options["into"], {"services": options["services"], "seed": options["seed"]}
        try:
            if into is None:
                self._load(**asked)
            else:
                package = BenchPackage(**asked, towns=known_towns())
                rows = write_package(
                    package, into, told=lambda services: self._tell(f"{services} services ...")
                )
                self.stdout.write(f"{into}: {asked['services']} services, {rows} rows")
        except (CannotMake, DemoRefused) as fault:
            raise CommandError(str(fault)) from None
        except OSError as fault:
            raise CommandError(f"{into} can't be written: {fault.strerror}.") from None

    def _load(self, *, services: int, seed: int) -> None:
        done = load_bench(services=services, seed=seed, viewer=VISITOR, tell=self._tell)
        if not done.shown:
            self.stdout.write(f"bench: the {services} services of seed {seed} are there, nothing to do")
            return
        loaded = f"{done.services} services loaded in {done.loading:.1f} s"
        self.stdout.write(f"bench: {loaded}, {done.shown} listings shown in {done.showing:.1f} s")

    def _tell(self, words: str) -> None:
        self.stderr.write(words)
