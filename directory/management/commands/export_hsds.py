"""manage.py export_hsds PATH: the directory's records at a tier, as the standard's files."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.hsds.export import FORMATS, TIERS, export_hsds
from directory.hsds.export_files import CannotExport
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Stopped in the middle, it leaves nothing under the name that was asked for."""

    help = "Export HSDS 3.1: a folder of CSV files, the same as a zip, or a folder of JSON files."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where to, for whom, in which form, and of whom."""
        parser.add_argument("path", type=Path, help="a new or empty folder, or a new .zip file")
        parser.add_argument(
            "--tier", choices=[*TIERS], default="public", help="who it is for (public: open data)"
        )
        parser.add_argument("--format", choices=FORMATS, default="csv", help="tabular or nested")
        parser.add_argument("--publisher", default="", metavar="SLUG", help="only what this publisher gave")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was written. Raises CommandError if the path can't be used or the publisher is unknown."""
        path: Path = options["path"]
        try:
            counts = export_hsds(
                path=path,
                tier=TIERS[options["tier"]],
                format_=options["format"],
                publisher=options["publisher"],
                viewer=VISITOR,
                progress=self.stderr.write,
            )
        except CannotExport as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(
            f"{path}: {counts.total} records in {len(counts.by_file)} files ({options['tier']})"
        )
