"""A file that an editor sends: known by its bytes, bounded, and without what it tells of who made it."""

from typing import NamedTuple

from cms.cleaning.faults import FileFault, Why
from cms.cleaning.pdfs import clean_pdf, is_pdf
from cms.cleaning.pictures import clean_picture, is_picture

LARGEST = 10 * 1024 * 1024
"""Bytes of a file as it is sent, and as it is kept."""
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class CleanFile(NamedTuple):
    """What is kept of it: media type and bytes. Its name is not: names of files tell of people."""

    kind: str
    content: bytes


def clean_file(raw: bytes) -> CleanFile:
    """A PDF or a picture. Raises FileFault for anything else, and for one that can't be made clean."""
    if len(raw) > LARGEST:
        raise FileFault(Why.TOO_LARGE)
    if is_pdf(raw):
        made = CleanFile("application/pdf", clean_pdf(raw))
    elif is_picture(raw):
        made = CleanFile(*clean_picture(raw))
    else:
        raise FileFault(Why.UNKNOWN)
    if len(made.content) > LARGEST:
        raise FileFault(Why.TOO_LARGE)
    return made
