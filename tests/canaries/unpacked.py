"""Everything that an answer says, as texts: its headers and cookies, and its body out of whatever it is packed in."""

import base64
import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pypdf import PdfReader
from pypdf.errors import PyPdfError

STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
PACKED = re.compile(r"[A-Za-z0-9_-]{40,}")


def texts_of(answer: Any, body: bytes) -> Iterator[str]:
    """All texts of an answer, and of its body, which can be read once."""
    for name, value in answer.headers.items():
        yield from readings(f"{name}: {value}")
    for name, morsel in answer.cookies.items():
        yield from readings(f"{name}={morsel.value}")
        yield from _unsigned(morsel.value)
    yield from unpacked(body)


def body_of(answer: Any) -> bytes:
    """The whole body, also of an answer that streams."""
    found: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return found


def unpacked(data: bytes) -> Iterator[str]:
    """The texts in a body: of an archive or workbook each of its files, of a PDF each of its streams."""
    if data[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(data))
    elif data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from unpacked(archive.read(name))
    elif data[:5] == b"%PDF-":
        yield from readings(data.decode("latin-1"))
        yield from _streams(data)
        yield from _set(data)
    else:
        yield from readings(data.decode("utf-8", "replace"))


def _streams(data: bytes) -> Iterator[str]:
    for packed in STREAM.findall(data):
        try:
            inside = zlib.decompress(packed)
        except zlib.error:
            continue
        yield inside.decode("latin-1")
        # Text is set in pieces with the room between them: [(Qu) 12 (ill)] TJ
        yield re.sub(rb"\)[^()]*\(", b"", inside).decode("latin-1")


def _set(data: bytes) -> Iterator[str]:
    """The words of a PDF whose fonts have numbers of their own for letters, and what it tells of itself."""
    try:
        reader = PdfReader(io.BytesIO(data))
        yield from (page.extract_text() for page in reader.pages)
        yield str(reader.metadata)
    except PyPdfError:
        return  # a fragment: its bytes were read above


def readings(text: str) -> Iterator[str]:
    """A text as it stands, and as whoever reads HTML, an address or JSON takes it."""
    yield text
    if "&#" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: json.loads(f'"\\u{found[1]}"'), text)


def _unsigned(value: str) -> Iterator[str]:
    """What a signed cookie holds: anybody can read it."""
    for part in PACKED.findall(value):
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        yield raw.decode("utf-8", "replace")
        try:
            yield zlib.decompress(raw).decode("utf-8", "replace")
        except zlib.error:
            continue
