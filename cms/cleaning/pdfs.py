"""PDFs that editors send: written anew without what they tell of their makers; one that does anything is not taken."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from cms.cleaning.faults import FileFault, Why
from cms.cleaning.jpegs import bare_jpeg

MOST_PAGES = 300
TOLD = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/CreationDate",
    "/ModDate",
    "/Author",
    "/Producer",
    "/Creator",
)
"""Wherever they stand: who made a part of it, when, and with what."""
ACTIVE = (
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFiles",
    "/EmbeddedFile",
    "/RichMedia",
    "/XFA",
    "/SubmitForm",
)
ACTIVE += ("/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Screen")
"""Keys and kinds of what runs, plays, sends or brings another file along."""
NOTES = ("/T", "/M", "/NM", "/Contents", "/RC", "/Popup")
"""Of a reviewer's note: who wrote it, when, and what. A link keeps its words, they are read aloud."""


def is_pdf(raw: bytes) -> bool:
    """By its first bytes, never by its name."""
    return raw.startswith(b"%PDF-")


def clean_pdf(raw: bytes) -> bytes:
    """The same pages, with their tags and links. Raises FileFault."""
    try:
        return _written_anew(raw)
    except FileFault:
        raise
    except Exception:  # whatever a reader says of bytes that somebody made
        raise FileFault(Why.BROKEN) from None


def _written_anew(raw: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted:
        raise FileFault(Why.LOCKED)
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise FileFault(Why.TOO_LARGE if reader.pages else Why.BROKEN)
    # What its root does not lead to, such as what an older version said, is left behind.
    writer = PdfWriter(clone_from=reader)
    for part in _parts(writer):
        _refuse_active(part)
        _strip(part)
    # Once more, without what nothing leads to any more.
    return _bytes_of(PdfWriter(clone_from=PdfReader(io.BytesIO(_bytes_of(writer)))))


def _bytes_of(writer: PdfWriter) -> bytes:
    writer.metadata = None
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _parts(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Every dictionary of it, those inside of others too."""
    waiting: list[Any] = list(writer._objects)
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += list(part.values())
        elif isinstance(part, ArrayObject):
            waiting += list(part)


def _refuse_active(part: DictionaryObject) -> None:
    kinds = {str(_value(part, name)) for name in ("/S", "/Subtype", "/Type")}
    if kinds & set(ACTIVE) or any(name in part for name in ACTIVE):
        raise FileFault(Why.ACTIVE)


def _value(part: DictionaryObject, name: str) -> Any:
    """What stands there, or where it leads."""
    found = part.get(name)
    return found.get_object() if isinstance(found, PdfObject) else found


def _strip(part: DictionaryObject) -> None:
    for name in TOLD:
        part.pop(name, None)
    if "/Rect" in part and _value(part, "/Subtype") not in (None, "/Link", "/Widget", "/Form"):
        for name in NOTES:
            part.pop(name, None)
    if isinstance(part, StreamObject) and _value(part, "/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        part._data = bare_jpeg(part._data)
