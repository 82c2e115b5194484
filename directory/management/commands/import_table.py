"""manage.py import_table FILE --mapping MAP.toml: somebody's list, in any shape that a mapping describes."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.import_table import CannotImport, ImportReport, import_table
from directory.finding.places import gazetteer
from directory.hsds.table_files import TableFileError, read_mapping, read_table
from directory.rules.table_rows import unseen_columns
from safety.viewer import VISITOR


class Command(BaseCommand):
    """Can be run again without harm; stopped in the middle, it leaves nothing."""

    help = "Import a list of services (CSV, JSON, XLSX). Every row is accounted for; refused ones say why."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, how to read it, and what to do with it."""
        parser.add_argument("file", type=Path, help="the list: .csv, .json or .xlsx")
        parser.add_argument("--mapping", type=Path, required=True, help="a mapping, see fixtures/mappings/")
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, write nothing")
        parser.add_argument("--report", type=Path, help="write the report as JSON to this file too")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the counts and each refusal. Raises CommandError if the file or the mapping can't be read."""
        try:
            report = self._import(options["file"], options["mapping"], dry_run=options["dry_run"])
        except (TableFileError, CannotImport) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(str(report))
        for refusal in report.refused:
            self.stdout.write(f"row {refusal.row} ({refusal.key or 'no key'}): {refusal.reason}")
        if options["dry_run"]:
            self.stdout.write("Nothing was written: this was a dry run.")
        if options["report"]:
            _write_report(options["report"], report)

    def _import(self, file: Path, mapping_file: Path, *, dry_run: bool) -> ImportReport:
        mapping = read_mapping(mapping_file)
        table = read_table(file, mapping.file)
        self.stderr.write(f"{table.name}: {len(table.rows)} rows read")
        for column in unseen_columns(mapping, (row.row for row in table.rows)):
            self.stderr.write(f"no row has the column {column!r} that {mapping_file.name} names")
        report = import_table(
            file_name=table.name,
            digest=table.digest,
            rows=table.rows,
            mapping=mapping,
            gazetteer=gazetteer(),
            viewer=VISITOR,
            dry_run=dry_run,
        )
        self.stderr.write(f"{table.name}: done")
        return report


def _write_report(path: Path, report: ImportReport) -> None:
    try:
        path.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as fault:
        raise CommandError(f"The import is done, but {path} can't be written: {fault.strerror}.") from None
