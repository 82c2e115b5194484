"""A pack: pages in one zip, for where there is no network, with a list of what is in it and a signature of that list.

The same files on the same day make the same bytes.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

LIST, SIGNATURE = "MANIFEST.json", "MANIFEST.sig"
HOLDS = timedelta(days=90)
"""After this time a pack should be taken anew, whatever the reviews of its pages say."""
LARGEST = 64 * 1024 * 1024
"""Bytes that are read when a pack is checked: more is a bomb."""

Sign = Callable[[bytes], bytes]
Is = Callable[[bytes, bytes], bool]


def good_until(day: date, reviews: Iterable[date | None]) -> date:
    """Until when one may go by a pack of `day` without looking online: its pages' next review, at most HOLDS."""
    return min([day + HOLDS, *(review for review in reviews if review and review >= day)])


def _entry(name: str, day: date) -> ZipInfo:
    info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    return info


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def packed(files: Mapping[str, bytes], about: Mapping[str, object], day: date, sign: Sign) -> bytes:
    """The zip: `files` by name, their list with what is told `about` them, and the signature of the list."""
    told = {**about, "files": {name: _digest(content) for name, content in sorted(files.items())}}
    listed = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in (*sorted(files.items()), (LIST, listed), (SIGNATURE, sign(listed))):
            archive.writestr(_entry(name, day), content)
    return buffer.getvalue()


def faults(raw: bytes, is_signed: Is) -> list[tuple[str, str]]:
    """What is wrong with a pack: (kind, file); none if it is as it was made.

    Kinds: "unreadable" (no zip), "unsigned" (its list is not by that key), "missing", "changed", "added".
    """
    found = _unpacked(raw)
    if found is None:
        return [("unreadable", "")]
    listed, signature = found.pop(LIST, None), found.pop(SIGNATURE, None)
    if listed is None or signature is None or not is_signed(listed, signature):
        return [("unsigned", LIST)]
    told: dict[str, str] = json.loads(listed)["files"]
    wrong = [("missing", name) for name in told if name not in found]
    wrong += [("changed", name) for name in told if name in found and _digest(found[name]) != told[name]]
    return wrong + [("added", name) for name in found if name not in told]


def _unpacked(raw: bytes) -> dict[str, bytes] | None:
    """The files by name; None for what is no whole zip, is a bomb, or has two files of one name."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(names) != len(entries) or sum(entry.file_size for entry in entries) > LARGEST:
                return None
            return {entry.filename: archive.read(entry) for entry in entries}
    # Of bytes that somebody damaged, zipfile raises all of these.
    except (
        BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ):
        return None
