"""manage.py import_table FILE --mapping MAP.toml: somebody's list, in any shape that a mapping describes."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.import_table import CannotImport, import_table
from directory.actions.table_report import ImportReport, report_csv
from directory.finding.places import gazetteer
from directory.hsds.table_faults import TableFileError
from directory.hsds.table_files import check_columns, read_mapping, read_table
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Can be run again without harm; stopped in the middle, it leaves nothing."""

    help = "Import a list of services (CSV, JSON, XLSX). Every row is accounted for; refused ones say why."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, how to read it, and what to do with it."""
        parser.add_argument("file", type=Path, help="the list: .csv, .tsv, .json or .xlsx")
        parser.add_argument("--mapping", type=Path, required=True, help="a mapping, see docs/import-table.md")
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, write nothing")
        parser.add_argument(
            "--report",
            type=Path,
            help="write what became of every row to this file: CSV, or JSON if it ends so",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the counts, each refusal and each warning. Raises CommandError if file or mapping can't be read."""
        if options["report"]:
            _try_to_write(options["report"])
        try:
            report = self._import(options["file"], options["mapping"], dry_run=options["dry_run"])
        except (TableFileError, CannotImport) as fault:
            raise CommandError(str(fault)) from None
        self._tell(report)
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
        if options["report"]:
            _write_report(options["report"], report)

    def _tell(self, report: ImportReport) -> None:
        self.stdout.write(str(report))
        for row in report.rows:
            for told in filter(None, (row.reason, *(f"note: {warning}" for warning in row.warnings))):
                self.stdout.write(f"row {row.row} ({row.key or 'no key'}): {told}")
        if report.candidates:
            self.stdout.write(
                f"{report.candidates} rows share a phone number with another service: perhaps the same, see --report."
            )

    def _import(self, file: Path, mapping_file: Path, *, dry_run: bool) -> ImportReport:
        mapping = read_mapping(mapping_file)
        table = read_table(file, mapping.file)
        self.stderr.write(f"{table.name}: {len(table.rows)} rows read")
        check_columns(table, mapping)
        report = import_table(
            file_name=table.name,
            digest=table.digest,
            rows=table.rows,
            mapping=mapping,
            gazetteer=gazetteer(),
            viewer=VISITOR,
            dry_run=dry_run,
            tell=lambda told: self.stderr.write(f"{table.name}: {told}"),
        )
        self.stderr.write(f"{table.name}: done")
        return report


def _try_to_write(path: Path) -> None:
    """Before anything is imported: a report that can't be kept is told while there is still time."""
    is_new = not path.exists()
    try:
        path.open("a", encoding="utf-8").close()
        if is_new:
            path.unlink()
    except OSError as fault:
        raise CommandError(f"{path} can't be written: {fault.strerror}. Nothing was imported.") from None


def _write_report(path: Path, report: ImportReport) -> None:
    is_json = path.suffix.lower() == ".json"
    told = (
        json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"
        if is_json
        else report_csv(report.rows)
    )
    try:
        # The mark lets spreadsheet programs see that it is UTF-8.
        path.write_text(told, encoding="utf-8" if is_json else "utf-8-sig")
    except OSError as fault:
        raise CommandError(f"The import is done, but {path} can't be written: {fault.strerror}.") from None
