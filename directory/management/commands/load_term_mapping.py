"""manage.py load_term_mapping FILE.csv: what the codes of a foreign taxonomy mean in our vocabulary."""

import argparse
import csv
import hashlib
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.actions.load_term_mapping import BadMapping, MappingRow, load_term_mapping
from safety.viewer import VISITOR

COLUMNS = ("taxonomy", "code", "need")


def read_rows(file: str, data: bytes) -> list[MappingRow]:
    """The rows of a CSV with the columns taxonomy, code and need, in any order. Raises CommandError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise CommandError(f"{file}, row {line}: this is not UTF-8; save the file as UTF-8.") from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise CommandError(f"{file}, row {line}: a NUL character.")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or [])]:
            raise CommandError(f"{file}, row 1: there is no column {', '.join(missing)}.")
        return [
            MappingRow(reader.line_num, *((row[name] or "").strip() for name in COLUMNS)) for row in reader
        ]
    except csv.Error as fault:
        raise CommandError(f"{file}, row {reader.line_num}: {fault}.") from None


class Command(BaseCommand):
    """Whole or not at all; run again, it changes nothing."""

    help = "Load what codes of a foreign taxonomy mean: a CSV with the columns taxonomy, code, need."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="a CSV file with the columns taxonomy, code, need")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was done, or each bad row. Raises CommandError."""
        path: Path = options["file"]
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise CommandError(f"{path} can't be read: {fault.strerror}.") from None
        rows = read_rows(path.name, data)
        try:
            digest = hashlib.sha256(data).hexdigest()
            self.stdout.write(str(load_term_mapping(rows=rows, digest=digest, viewer=VISITOR)))
        except BadMapping as bad:
            for row, reason in bad.faults:
                self.stderr.write(f"{path.name}, row {row}: {reason}")
            raise CommandError(str(bad)) from None
