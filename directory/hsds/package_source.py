"""Opening an HSDS package: a folder, a zip or one file. Nothing is unpacked to disk, nothing is read whole."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from directory.rules.hsds_package import DESCRIPTOR, PackageError

LARGEST_PACKAGE = 8 * 1024**3
"""Bytes of a package, unpacked."""

MOST_PACKED = 200
"""How many times smaller a file in a zip may be than unpacked; written text comes to 5 or 20."""

PACKED_FREELY = 1024**2
"""Bytes below which nobody asks how well a file is packed."""

MOST_FILES = 10_000
CHUNK = 1024**2
SUFFIXES = (".csv", ".json", ".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package: `name` is the last part of its path, `place` opens it."""

    name: str
    size: int
    place: str


class Source:
    """A package's files. Use as `with opened(path) as source`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile | None) -> None:
        self._path = path
        self._archive = archive
        self.digest = ""
        self.members: list[Member] = []
        self.descriptor: Member | None = None
        self.notes: list[str] = []

    @contextmanager
    def reading(self, member: Member) -> Iterator["Careful"]:
        """The bytes of a file. Raises PackageError where the disk or the archive gives way."""
        opening = (
            partial(self._archive.open, member.place) if self._archive else partial(open, member.place, "rb")
        )
        with _telling(member.name):
            file = opening()
        with file:
            yield Careful(member.name, file)


class Careful:
    """A file that tells in one sentence where it can't be read on."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name, self._file = name, file

    def read(self, size: int = -1) -> bytes:
        """As of any file. Raises PackageError."""
        with _telling(self._name):
            return self._file.read(size)

    def readline(self, size: int = -1) -> bytes:
        """As of any file. Raises PackageError."""
        try:
            return self._file.readline(size)
        except _FAULTS as fault:
            raise _told(self._name, fault) from None

    def seek(self, place: int) -> None:
        """As of any file. Raises PackageError."""
        with _telling(self._name):
            self._file.seek(place)


_FAULTS = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError, ValueError)


@contextmanager
def _telling(name: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise _told(name, fault) from None


def _told(name: str, fault: Exception) -> PackageError:
    if isinstance(fault, OSError):
        return PackageError(f"{name} can't be read: {fault.strerror or fault}.")
    return PackageError(f"{name}: the archive is damaged or cut off ({fault}).")


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The package at `path`. Raises PackageError for what is missing, no archive, too large or a trap."""
    try:
        if path.is_dir():
            yield _folder(path)
        elif _is_zip(path):
            with _archive(path) as archive:
                yield _zip(path, archive)
        else:
            yield _single(path)
    except OSError as fault:
        raise PackageError(f"{path.name} can't be opened: {fault.strerror or fault}.") from None


@contextmanager
def reopened(path: Path) -> Iterator[Source]:
    """The package at `path`, which was opened and found sound, to read a file of it. Raises PackageError."""
    with _telling(path.name):
        archive = _archive(path) if path.is_file() and _is_zip(path) else None
    if archive is None:
        yield Source(path, None)
        return
    with archive:
        yield Source(path, archive)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06") or path.suffix.lower() == ".zip"


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeDecodeError):
        raise PackageError(f"{path.name} is no zip archive, or it was cut off.") from None


def _hash(paths: list[Path], *, with_names: bool) -> str:
    found = hashlib.sha256()
    for path in paths:
        if with_names:
            found.update(f"{path.name}\n{path.stat().st_size}\n".encode())
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                found.update(chunk)
    return found.hexdigest()


def _folder(path: Path) -> Source:
    source = Source(path, None)
    files = sorted(p for p in path.iterdir() if not p.name.startswith("."))
    kept = [p for p in files if p.suffix.lower() in SUFFIXES and p.is_file()]
    _note_others(source, [p.name for p in files if p not in kept])
    found = [Member(p.name, p.stat().st_size, str(p)) for p in kept]
    source.members = [member for member in found if member.name != DESCRIPTOR]
    source.descriptor = next((member for member in found if member.name == DESCRIPTOR), None)
    _check_size(path.name, sum(m.size for m in source.members), len(files))
    source.digest = _hash(kept, with_names=True)
    return source


def _single(path: Path) -> Source:
    source = Source(path, None)
    if path.suffix.lower() not in SUFFIXES:
        raise PackageError(f"{path.name} is neither a folder nor a .zip, .csv, .json or .ndjson file.")
    size = path.stat().st_size
    _check_size(path.name, size, 1)
    source.members = [Member(path.name, size, str(path))]
    source.digest = _hash([path], with_names=False)
    return source


def _zip(path: Path, archive: zipfile.ZipFile) -> Source:
    source = Source(path, archive)
    # Python's own `is_dir` fails on a member without a name, which a damaged index holds.
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    _check_size(path.name, sum(info.file_size for info in infos), len(infos))
    taken: dict[str, str] = {}
    for info in infos:
        _check_member(path.name, info)
        name = info.filename.rpartition("/")[2]
        if name.startswith(".") or info.filename.startswith("__MACOSX/"):
            continue
        if name == DESCRIPTOR:
            source.descriptor = source.descriptor or Member(name, info.file_size, info.filename)
            continue
        if not name.lower().endswith(SUFFIXES):
            _note_others(source, [name])
        elif name.lower() in taken:
            raise PackageError(f"{path.name} holds {name} twice: which one counts?")
        else:
            taken[name.lower()] = name
            source.members.append(Member(name, info.file_size, info.filename))
    source.digest = _hash([path], with_names=False)
    return source


def _check_size(name: str, size: int, count: int) -> None:
    if size > LARGEST_PACKAGE:
        most = LARGEST_PACKAGE / 1024**3
        raise PackageError(f"{name} has {size / 1024**3:.1f} GB unpacked, the most is {most:.0f} GB.")
    if count > MOST_FILES:
        raise PackageError(f"{name} holds {count} files, the most is {MOST_FILES}.")


def _check_member(archive: str, info: zipfile.ZipInfo) -> None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
        raise PackageError(f"{archive} holds a file whose name leads out of it: {info.filename[:100]!r}.")
    if info.flag_bits & 1:
        raise PackageError(f"{archive}: {name} is locked with a password.")
    is_large = info.file_size > PACKED_FREELY
    if is_large and info.file_size > MOST_PACKED * max(info.compress_size, 1):
        raise PackageError(
            f"{archive}: {name} unpacks to {info.file_size / max(info.compress_size, 1):.0f} times its size,"
            f" the most is {MOST_PACKED}: this is no package but a trap (a zip bomb)."
        )


def _note_others(source: Source, names: list[str]) -> None:
    source.notes += [
        f"{name[:100] or 'A member without a name'} is no file of an HSDS package and is left out"
        for name in names
    ]
