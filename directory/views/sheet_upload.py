"""A file that a browser sends: taken into memory up to a limit, and never written to a disk."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from directory.hsds.sheet_files import LARGEST_FILE

TOO_LARGE = "sheet_too_large"
"""In `request.META`: the file had more bytes than are taken."""


class BoundedUpload(FileUploadHandler):
    """Keeps one file in memory; stops reading at its limit, whatever the browser said of its length."""

    most = LARGEST_FILE
    """Bytes."""

    def new_file(self, *given: Any, **named: Any) -> None:
        """Begin."""
        super().new_file(*given, **named)
        self.kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a chunk; None: nobody else gets it."""
        if start + len(raw_data) > self.most:
            assert self.request is not None
            self.request.META[TOO_LARGE] = True
            raise StopUpload(connection_reset=False)
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
        )


def bound_upload(request: HttpRequest) -> None:
    """From here on files of this request are taken by BoundedUpload. To be called before anything reads the form."""
    request.upload_handlers = [BoundedUpload(request)]


def was_too_large(request: HttpRequest) -> bool:
    """True if reading stopped at the limit; to be asked after the form was read."""
    return bool(request.META.get(TOO_LARGE))
