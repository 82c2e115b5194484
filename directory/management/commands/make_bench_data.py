"""manage.py make_bench_data --services N --seed S --into DIR: a made-up directory of any size, to measure with."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.demo.bench_package import BenchPackage, CannotMake, known_towns, write_package


class Command(BaseCommand):
    """Writes files only. Stopped in the middle, it leaves no package that looks whole."""

    help = "Write an HSDS 3.1 tabular package of made-up services; the same seed makes the same bytes."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How many, which ones, and where."""
        parser.add_argument("--services", type=int, default=1000, help="how many services (1000)")
        parser.add_argument(
            "--seed", type=int, default=1, help="a number; another one makes another directory (1)"
        )
        parser.add_argument("--into", type=Path, help="the folder to write: missing so far, or empty")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how much was written. Raises CommandError if the package can't be made as asked."""
        into, services = options["into"], options["services"]
        if into is None:
            raise CommandError("Say which folder to write the package to: --into DIR")
        try:
            package = BenchPackage(services=services, seed=options["seed"], towns=known_towns())
            rows = write_package(package, into, told=self._tell)
        except CannotMake as fault:
            raise CommandError(str(fault)) from None
        except OSError as fault:
            raise CommandError(f"{into} can't be written: {fault.strerror}.") from None
        self.stdout.write(f"{into}: {services} services, {rows} rows")

    def _tell(self, services: int) -> None:
        self.stderr.write(f"{services} services ...")
