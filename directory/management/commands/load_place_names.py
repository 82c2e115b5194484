"""manage.py load_place_names FILE: more communities and names, from a file that the operator has fetched."""

import argparse
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from directory.actions.load_place_names import load_place_names
from directory.rules.place_rows import BadRow, reader_for
from safety.viewer import VISITOR

CHUNK = 1024 * 1024


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a CSV, or of the only CSV in a zip, never whole in memory. Raises CommandError."""
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(path) as archive:
            inside = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if len(inside) != 1:
                raise CommandError(f"{path.name} holds {len(inside)} CSV files; one was expected.")
            with archive.open(inside[0]) as member:
                yield member  # type: ignore[misc]
    except OSError as fault:
        raise CommandError(f"{path} can't be read: {fault.strerror}.") from None
    except zipfile.BadZipFile:
        raise CommandError(f"{path.name} is no zip file.") from None


def digest_of(path: Path) -> str:
    """SHA-256 of the CSV's bytes, in hex."""
    with opened(path) as file:
        digest = hashlib.sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def numbered(reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line in the file; what a short row lacks is empty."""
    for row in reader:
        yield reader.line_num, {name: value or "" for name, value in row.items() if isinstance(name, str)}


class Command(BaseCommand):
    """Run again, it changes nothing; what the gazetteer has it never takes away."""

    help = (
        "Add communities and names to the gazetteer: the CSV (or its zip) of the Geographical Names of Canada, English"
        " edition, for one province or all, or of First Nations' locations."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="a CSV file, or a zip that holds one")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each refused row and what was done. Raises CommandError if the file can't be read."""
        path: Path = options["file"]
        digest = digest_of(path)
        with opened(path) as file:
            rows = csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""), strict=True)
            try:
                reader = reader_for(rows.fieldnames or ())
                report = load_place_names(rows=numbered(rows), reader=reader, digest=digest, viewer=VISITOR)
            except BadRow as fault:
                raise CommandError(f"{path.name}, row 1: {fault}.") from None
            except UnicodeDecodeError:
                raise CommandError(f"{path.name}, after row {rows.line_num}: this is not UTF-8.") from None
            except csv.Error as fault:
                raise CommandError(f"{path.name}, row {rows.line_num}: {fault}.") from None
        for row, reason in report.refused:
            self.stderr.write(f"row {row}: {reason}" if row else reason)
        self.stdout.write(str(report))
        self.stdout.write("Workers of the site that run already read it when they are started again.")
