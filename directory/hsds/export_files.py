"""Where an export is written: a folder or a zip, under its final name only once it is whole."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

OPENING_DAY = (1980, 1, 1, 0, 0, 0)
"""The moment of every file in a zip, so that the same data are the same bytes."""

Tell = Callable[[IO[str]], None]
Write = Callable[[str, Tell], None]
"""`write("services.csv", tell)` makes the file and has `tell` fill it."""


class CannotExport(Exception):
    """The export can't be written there; the message says why."""


def refuse_taken(path: Path) -> None:
    """Raise CannotExport if something stands at `path` already; an empty folder may."""
    try:
        if path.is_dir() and not any(path.iterdir()):
            return
        if path.exists() or path.is_symlink():
            raise CannotExport(f"{path} is there already: name another, nothing is overwritten.")
        if not path.absolute().parent.is_dir():
            raise CannotExport(f"The folder {path.absolute().parent} does not exist.")
    except OSError as fault:
        raise CannotExport(f"{path} can't be used: {fault.strerror}.") from None


@contextmanager
def folder(path: Path) -> Iterator[Write]:
    """A new folder; readable by its owner alone, since it may hold more than the public sees."""
    with _unfinished(path) as draft:
        draft.mkdir(mode=0o700)
        yield lambda name, tell: _write_file(draft / name, tell)


@contextmanager
def archive(path: Path) -> Iterator[Write]:
    """A new zip file."""
    with _unfinished(path) as draft, draft.open("xb") as file:
        draft.chmod(0o600)
        with zip_of(file) as write:
            yield write


@contextmanager
def zip_of(file: IO[bytes]) -> Iterator[Write]:
    """A zip in `file`, which need not be seekable: the same data give the same bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        yield lambda name, tell: _write_member(packed, name, tell)


def _write_file(path: Path, tell: Tell) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        path.chmod(0o600)
        tell(file)


def _write_member(packed: zipfile.ZipFile, name: str, tell: Tell) -> None:
    member = zipfile.ZipInfo(name, OPENING_DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 3
    member.external_attr = 0o644 << 16
    raw = packed.open(member, "w", force_zip64=True)
    with raw, TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        tell(file)


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A name beside `path`; what is written there takes the final name at the end, and goes if anything fails."""
    refuse_taken(path)
    path = path.absolute()
    draft = path.with_name(f".{path.name}.unfinished")
    try:
        _remove(draft)
        yield draft
        draft.rename(path)
    except OSError as fault:
        raise CannotExport(f"{path} can't be written: {fault.strerror}.") from None
    finally:
        _remove(draft)


def _remove(draft: Path) -> None:
    """What a killed run left, or this one if it failed."""
    if draft.is_dir() and not draft.is_symlink():
        shutil.rmtree(draft)
    else:
        draft.unlink(missing_ok=True)
