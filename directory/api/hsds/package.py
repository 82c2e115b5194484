"""/hsds/export.zip: all open data as a file, written once for each state of it and then served from disk."""

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest
from pathlib import Path
from threading import Lock

from django.db.models import OuterRef, Subquery
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from rest_framework.request import Request

from directory.actions.forget_packages import FOLDER
from directory.api.hsds.doors import Busy, OpenDoor
from directory.api.hsds.paging import PACKAGE_FORMATS, PackageForm
from directory.api.hsds.questions import read_options
from directory.hsds.export import zip_open_data
from directory.models.hsds_document import HsdsDocument, HsdsTotal
from safety.db import public_database

State = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """The file of one state of open data, in one form."""

    form: str
    state: State
    path: Path
    etag: str


_writing = Lock()
_kept: list[_Kept] = []


def state_of_open_data() -> State:
    """Another one as soon as a document is added, changed or taken away: an old file is never served."""
    of_entity = HsdsDocument.objects.filter(entity=OuterRef("entity")).order_by("-modified_at")
    totals = HsdsTotal.objects.using(public_database()).order_by("entity")
    return tuple(totals.values_list("entity", "total", Subquery(of_entity.values("modified_at")[:1])))


@cache
def _folder(process: int) -> tempfile.TemporaryDirectory[str]:
    """This process's own, gone with it; what lies there is public anyway."""
    return tempfile.TemporaryDirectory(prefix=FOLDER)


def _write(form: str, state: State) -> _Kept:
    """The new file; the one before goes, but whoever still reads it has it to the end."""
    folder = Path(_folder(os.getpid()).name)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".zip", delete=False) as file:
        path = Path(file.name)
        try:
            zip_open_data(file, form)
        except BaseException:
            path.unlink()
            raise
    with path.open("rb") as written:
        made = _Kept(form, state, path, f'"{file_digest(written, "sha256").hexdigest()[:40]}"')
    for old in [kept for kept in _kept if kept.form == form]:
        old.path.unlink(missing_ok=True)
        _kept.remove(old)
    _kept.append(made)
    return made


def _current(form: str) -> _Kept:
    """Raises Busy while another thread writes: a queue of askers would stop the whole site."""
    state = state_of_open_data()
    for kept in list(_kept):
        if (kept.form, kept.state) == (form, state) and kept.path.exists():
            return kept
    if not _writing.acquire(blocking=False):
        raise Busy(_("The package is being written. Come back in a minute."))
    try:
        return _write(form, state)
    finally:
        _writing.release()


class Export(OpenDoor):
    """/hsds/export.zip"""

    def get(self, request: Request) -> HttpResponseBase:
        """The file, or 304 for who holds it."""
        asked = request._request
        kept = _current(read_options(asked, PackageForm).get("format") or PACKAGE_FORMATS[0])
        unchanged: HttpResponseBase | None = get_conditional_response(asked, etag=kept.etag)
        if unchanged is not None:
            unchanged["ETag"] = kept.etag
            return unchanged
        headers = {"ETag": kept.etag}
        return FileResponse(
            kept.path.open("rb"),
            filename=f"hsds{'-json' if kept.form == 'json' else ''}.zip",
            as_attachment=True,
            headers=headers,
        )
