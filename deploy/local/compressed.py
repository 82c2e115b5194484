"""Compressed copies beside our own static files, as the site sends them: a slow line waits a third as long.

Standard library only. Run at every start; what is up to date stays. The copies (`*.gz`) are never committed.
"""

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
FOLDERS = ("css", "js", "vendor")
TEXT = (".css", ".js", ".json", ".svg")


def _files(static: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (static / folder).rglob("*") if path.is_file())


def _is_fresh(copy: Path, source: Path) -> bool:
    """The copy bears its source's own moment: a file that was put back to an older state is not taken for it."""
    try:
        return copy.stat().st_mtime_ns == source.stat().st_mtime_ns
    except FileNotFoundError:
        return False


def _compress(source: Path, copy: Path) -> None:
    told = source.stat()
    # Several sites may start at once: each writes a draft of its own.
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    draft.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))
    os.utime(draft, ns=(told.st_atime_ns, told.st_mtime_ns))
    os.replace(draft, copy)


def compress_static(static: Path = STATIC) -> int:
    """Make the copies that are missing or old, remove those whose file is gone. Returns how many were made."""
    made = 0
    for path in list(_files(static)):
        if path.suffix == ".gz" and not path.with_suffix("").exists():
            path.unlink(missing_ok=True)
        copy = path.with_name(f"{path.name}.gz")
        if path.suffix in TEXT and not _is_fresh(copy, path):
            _compress(path, copy)
            made += 1
    return made
