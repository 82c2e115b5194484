"""An HSDS package as the import takes it: its files in writing order, each as a stream of records."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from directory.hsds.package_csv import read_csv
from directory.hsds.package_json import read_json
from directory.hsds.package_source import Member, Source, opened
from directory.rules.hsds_package import (
    PackageError,
    Part,
    Refusal,
    Told,
    entity_of,
    in_writing_order,
    lacking,
)


class FilePackage:
    """A package in files. `digest` is the SHA-256 of its bytes; it can be read once."""

    def __init__(self, source: Source, name: str) -> None:
        self._source = source
        self.digest = source.digest
        self.told = Told(notes=list(source.notes))
        self._members = self._ordered(name)

    def _ordered(self, name: str) -> list[Member]:
        """Files that hold records. Raises PackageError where the core is missing."""
        found = {
            m.name: m
            for m in self._source.members
            if not m.name.lower().endswith(".csv") or entity_of(m.name)
        }
        left_out = [m.name for m in self._source.members if m.name not in found]
        self.told.notes += [f"{n[:100]} is no file of an HSDS package and is left out" for n in left_out]
        tables = [n for n in found if n.lower().endswith(".csv")]
        if len(tables) == len(found) and (sentence := lacking(tables)):
            raise PackageError(f"{name} {sentence}.")
        return [found[n] for n in in_writing_order(list(found))]

    @property
    def files(self) -> list[str]:
        """Names of the files that are read."""
        return [member.name for member in self._members]

    def parts(self) -> Iterator[Part]:
        """Every file, one after another. Raises PackageError where the rest can't be known."""
        for member in self._members:
            entity = entity_of(member.name) if member.name.lower().endswith(".csv") else ""
            if member.size == 0:
                self.told.faults.append(Refusal(member.name, 0, "", "", "the file is empty"))
            elif entity:
                with self._source.reading(member) as file:
                    yield Part(member.name, read_csv(member.name, entity, file, self.told), entity)
            else:
                yield from read_json(member.name, partial(self._source.reading, member), self.told)


@contextmanager
def opened_package(path: Path) -> Iterator[FilePackage]:
    """The package at `path`: a folder, a zip, or one CSV or JSON file. Raises PackageError."""
    with opened(path) as source:
        yield FilePackage(source, path.name)
