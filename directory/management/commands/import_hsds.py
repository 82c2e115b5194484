"""manage.py import_hsds PATH --publisher SLUG: an HSDS package (folder, zip, CSV or JSON) into the directory."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.beside import get_ready
from directory.actions.import_hsds import CannotImport, PublisherFacts, Wishes, import_hsds
from directory.actions.import_hsds_apart import pays
from directory.actions.import_hsds_report import ImportReport
from directory.finding.places import gazetteer
from directory.hsds.package import opened_package
from directory.models.publisher import Cadence
from directory.rules.hsds_package import PackageError
from safety.viewer import VISITOR

REFUSED = 1
"""Exit status where something was refused and the rest imported; 2: nothing could be done."""


def _slug(text: str) -> str:
    if not text or len(text) > 50 or not all(c.isascii() and (c.isalnum() or c in "-_") for c in text):
        raise argparse.ArgumentTypeError("letters, digits and dashes, 50 at most")
    return text


def _percent(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("a number from 0 to 100")
    return value


class Command(BaseCommand):
    """Can be run again without harm; stopped in the middle, it leaves nothing."""

    help = "Import an HSDS 3.0 or 3.1 package. Every row is accounted for; refused ones say why."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The package, whose it is, and what to do with it."""
        parser.add_argument("path", type=Path, help="a folder or .zip of CSV or JSON files, or one such file")
        parser.add_argument("--publisher", type=_slug, required=True, help="whose records these are")
        parser.add_argument("--publisher-name", help="its name")
        parser.add_argument("--licence", help="the licence of its records")
        parser.add_argument(
            "--may-redistribute", action="store_true", default=None, help="the licence lets us pass them on"
        )
        parser.add_argument("--cadence", choices=Cadence.values, help="how often it brings them up to date")
        parser.add_argument("--remove-missing", action="store_true", help="remove what it no longer has")
        parser.add_argument(
            "--allow-removing", type=_percent, default=5.0, metavar="PERCENT", help="how much may go (5)"
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, write nothing")
        parser.add_argument("--report", type=Path, help="write the report as JSON to this file too")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print counts and refusals; exit with 1 if anything was refused. Raises CommandError (2) for the rest."""
        try:
            report = self._import(options)
        except (PackageError, CannotImport) as fault:
            raise CommandError(str(fault), returncode=2) from None
        self._print(report)
        if options["report"]:
            _write_report(options["report"], report)
        if report.refusals_total:
            sys.exit(REFUSED)

    def _import(self, options: dict[str, Any]) -> ImportReport:
        facts = PublisherFacts(
            slug=options["publisher"],
            name=options["publisher_name"],
            licence=options["licence"],
            may_redistribute=options["may_redistribute"],
            cadence=options["cadence"],
        )
        wishes = Wishes(options["remove_missing"], options["allow_removing"], options["dry_run"])
        with opened_package(options["path"]) as package:
            if pays(package.pieces()):
                get_ready()
            return import_hsds(
                package=package,
                publisher=facts,
                gazetteer=gazetteer(),
                viewer=VISITOR,
                wishes=wishes,
                tell=self._tell_since(time.monotonic()),
            )

    def _tell_since(self, begun: float) -> Callable[[str], None]:
        """Progress with the seconds since `begun` in front."""
        return lambda words: self.stderr.write(f"{time.monotonic() - begun:6.1f} s  {words}")

    def _print(self, report: ImportReport) -> None:
        self.stdout.write(str(report))
        for entity in report.as_json()["entities"]:
            self.stdout.write(
                f"  {entity}: {report.added[entity]} added, {report.changed[entity]} changed,"
                f" {report.unchanged[entity]} unchanged, {report.refused[entity]} refused"
            )
        for line in (*report.refusals, *report.notes, *report.flagged, *report.dangling):
            self.stdout.write(str(line))
        for total, listed, words in (
            (report.refusals_total, report.refusals, "refused"),
            (report.flagged_total, report.flagged, "values kept, but not used"),
            (report.dangling_total, report.dangling, "dangling ids"),
        ):
            if total > len(listed):
                self.stdout.write(f"... and {total - len(listed)} more {words}")
        if report.dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")


def _write_report(path: Path, report: ImportReport) -> None:
    try:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as fault:
        raise CommandError(
            f"The import is done, but {path} can't be written: {fault.strerror}.", returncode=2
        ) from None
