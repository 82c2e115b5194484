"""An HSDS package as the import takes it: its files in writing order, each as a stream of records."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from directory.hsds.package_csv import read_csv
from directory.hsds.package_descriptor import LARGEST, ToldTwice, named_and_missing
from directory.hsds.package_json import read_json
from directory.hsds.package_source import Member, Source, opened, reopened
from directory.rules.hsds_package import (
    DESCRIPTOR,
    PackageError,
    Part,
    Refusal,
    Told,
    entity_of,
    in_writing_order,
    lacking,
)

NOT_THERE = (
    f"{DESCRIPTOR} names this file, but the package doesn't hold it:"
    f" send it along, or take it out of {DESCRIPTOR}"
)
STANDS_TWICE = "key {!r} stands twice in one object: which one counts? Nobody asked what the file names"


@dataclass(frozen=True, slots=True)
class FilePiece:
    """A CSV file of the package at `path`."""

    path: Path
    member: Member
    entity: str

    @property
    def name(self) -> str:
        """The file's."""
        return self.member.name

    @property
    def size(self) -> int:
        """Bytes."""
        return self.member.size

    def parts(self, told: Told) -> Iterator[Part]:
        """The file's records. Raises PackageError."""
        with reopened(self.path) as source:
            yield from _csv_parts(source, self.member, self.entity, told)


def _csv_parts(source: Source, member: Member, entity: str, told: Told) -> Iterator[Part]:
    if member.size == 0:
        told.faults.append(Refusal(member.name, 0, "", "", "the file is empty"))
        return
    with source.reading(member) as file:
        yield Part(member.name, read_csv(member.name, entity, file, told), entity)


class FilePackage:
    """A package in files. `digest` is the SHA-256 of its bytes; it can be read once."""

    def __init__(self, source: Source, path: Path) -> None:
        self._source, self._path = source, path
        self.digest = source.digest
        self.told = Told(notes=list(source.notes))
        self._members = self._ordered(path.name)

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
        self._tell_missing(list(found))
        return [found[n] for n in in_writing_order(list(found))]

    def _tell_missing(self, held: list[str]) -> None:
        """Each file that is named and isn't there counts as one that can't be taken."""
        if self._source.descriptor is None:
            return
        with self._source.reading(self._source.descriptor) as file:
            text = file.read(LARGEST + 1)
        try:
            missing = named_and_missing(text, held)
        except ToldTwice as fault:
            self.told.faults.append(Refusal(DESCRIPTOR, 0, "", "", STANDS_TWICE.format(str(fault)[-200:])))
            return
        except ValueError as fault:
            reason = " ".join(str(fault).split())[:120]
            self.told.notes.append(f"{DESCRIPTOR} can't be read, and nobody asked what it names ({reason})")
            return
        self.told.missing |= set(missing)
        self.told.faults += [Refusal(name, 0, "", "", NOT_THERE) for name in missing]

    @property
    def files(self) -> list[str]:
        """Names of the files that are read."""
        return [member.name for member in self._members]

    def pieces(self) -> list[FilePiece]:
        """Its files, if all are CSV."""
        entities = [_entity_of(member) for member in self._members]
        if not all(entities):
            return []
        return [FilePiece(self._path, m, e) for m, e in zip(self._members, entities, strict=True)]

    def parts(self) -> Iterator[Part]:
        """Every file, one after another. Raises PackageError where the rest can't be known."""
        for member in self._members:
            if entity := _entity_of(member):
                yield from _csv_parts(self._source, member, entity, self.told)
            elif member.size == 0:
                self.told.faults.append(Refusal(member.name, 0, "", "", "the file is empty"))
            else:
                yield from read_json(member.name, partial(self._source.reading, member), self.told)


def _entity_of(member: Member) -> str:
    """What the rows of a CSV file are; "" of JSON, which may hold anything."""
    return entity_of(member.name) if member.name.lower().endswith(".csv") else ""


@contextmanager
def opened_package(path: Path) -> Iterator[FilePackage]:
    """The package at `path`: a folder, a zip, or one CSV or JSON file. Raises PackageError."""
    with opened(path) as source:
        yield FilePackage(source, path)
