"""Files for pages, at the editors' surface: sent, looked at, and removed while no edition carries them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from cms.actions.keep_files import add_file, may_keep_files, remove_file
from cms.cleaning.faults import FileFault, Why
from cms.cleaning.files import LARGEST
from cms.finding.files import listed_files
from cms.models.attached_file import AttachedFile
from cms.views.files import download
from directory.views.sheet_upload import was_too_large

REASONS: Mapping[Why, Any] = MappingProxyType(
    {
        Why.UNKNOWN: gettext_lazy("Only PDF, JPEG, PNG and WebP files are taken."),
        Why.TOO_LARGE: gettext_lazy(
            "The file is too large: at most 10 MB, 300 pages, or 40 million pixels are taken."
        ),
        Why.BROKEN: gettext_lazy("The file can't be read. It may be damaged."),
        Why.LOCKED: gettext_lazy("The PDF is locked by a password. Save it without one."),
        Why.ACTIVE: gettext_lazy(
            "The PDF runs programs, plays media or brings other files along. Save it as plain pages."
        ),
    }
)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """All of them, and the form to send one."""
    if request.method != "POST":
        return _page(request)
    try:
        add_file(title=request.POST.get("title", ""), raw=_sent(request), viewer=request.viewer)  # type: ignore[attr-defined]
    except FileFault as fault:
        return _page(request, str(REASONS[fault.why]), 400)
    except ValidationError as fault:
        return _page(request, " ".join(fault.messages), 400)
    messages.success(request, _("The file is here. Pages can carry it now; nobody reads it before one does."))
    return redirect("cms_files")


def _sent(request: HttpRequest) -> bytes:
    """Raises FileFault."""
    found = request.FILES.get("file")
    if was_too_large(request):
        raise FileFault(Why.TOO_LARGE)
    if not isinstance(found, UploadedFile):
        raise FileFault(Why.UNKNOWN)
    return bytes(found.read())


def _page(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "files": listed_files(),
        "error": error,
        "most": LARGEST // 1024**2,
        "may_keep": may_keep_files(request.user),
        "title": request.POST.get("title", ""),
    }
    return render(request, "cms/files.html", context, status=status)


@require_admin_access
@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """For those who write and review."""
    found = AttachedFile.objects.filter(pk=key).first()
    if found is None:
        raise Http404
    return download(found)


@require_admin_access
@require_POST
def removed(request: HttpRequest, key: UUID) -> HttpResponse:
    """Gone for good; what an edition carries stays."""
    try:
        remove_file(key=key, viewer=request.viewer)  # type: ignore[attr-defined]
    except AttachedFile.DoesNotExist:
        raise Http404 from None
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return redirect("cms_files")
