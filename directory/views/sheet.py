"""All listings of an organization as one sheet: downloaded, changed elsewhere, sent back, looked at, confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.keep_sheet import (
    Confirmed,
    Kept,
    confirm_sheet,
    drop_sheet,
    holds_of,
    keep_sheet,
    open_sheet,
)
from directory.actions.refused import Refused
from directory.finding.sheet import language_words, listings_told, profiles_of
from directory.hsds.sheet_files import LARGEST_FILE, read_sheet, write_csv, write_xlsx
from directory.models.service import Service
from directory.models.sheet_draft import SheetDraft
from directory.policies import kept_organizations
from directory.rules.holding import Hold
from directory.rules.sheet_rows import ReadSheet, look_through
from directory.rules.sheet_text import NotRead
from directory.shown_for import asks_for_whom
from directory.views.languages import language
from directory.views.profile import Subject, for_keepers, name_of, subject_of, viewer_of
from directory.views.sheet_upload import bound_upload, was_too_large
from directory.views.sheet_words import file_words, place_words, row_words
from directory.views.wording_changes import diff_of

KINDS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}
NAMES = {"en": "listings", "fr": "fiches"}


@csrf_exempt
def sheet(request: HttpRequest) -> HttpResponse:
    """The limit of the file is set before anything reads the form; then the form is protected as any other."""
    bound_upload(request)
    response: HttpResponse = _sheet(request)
    return response


@csrf_protect
@asks_for_whom
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers
def _sheet(request: HttpRequest) -> HttpResponse:
    """How it works, the download, and the form to send it back."""
    subject = subject_of(request)
    if request.method != "POST":
        return _page(request, subject)
    try:
        return redirect("sheet_look", _kept(request, subject).pk)
    except NotRead as fault:
        return _page(request, subject, file_words(fault), status=400)
    except Refused as fault:
        return _page(request, subject, str(fault), status=400)


def _page(request: HttpRequest, subject: Subject, error: str = "", status: int = 200) -> HttpResponse:
    kept = kept_organizations(viewer_of(request))
    mine = SheetDraft.objects.open_at(timezone.now()).filter(
        organization=subject.organization, made_by_id=viewer_of(request).user
    )
    context = {
        "subject": subject,
        "shut_out": subject.shut_out,
        "error": error,
        "open": mine.first(),
        "most": LARGEST_FILE // 1024**2,
        "count": Service.objects.filter(organization=subject.organization).count(),
        "organizations": len(kept),
        "all_count": Service.objects.filter(organization_id__in=kept).count(),
    }
    return render(request, "directory/sheet.html", context, status=status)


def _kept(request: HttpRequest, subject: Subject) -> SheetDraft:
    """What the file would change. Raises NotRead for a file that can't be read."""
    found = request.FILES.get("file")
    if was_too_large(request):
        raise NotRead("too_large", str(LARGEST_FILE // 1024**2))
    if not isinstance(found, UploadedFile):
        raise NotRead("no_rows")
    read: ReadSheet = read_sheet(found.read())
    kept = kept_organizations(viewer_of(request))
    services = list(Service.objects.filter(organization_id__in=kept).order_by("pk"))
    profiles = {str(key): told for key, told in profiles_of(services).items()}
    return keep_sheet(
        organization=subject.organization.pk,
        looked=look_through(read, profiles, language_words()),
        letters=read.letters,
        unknown=[header[:60] for header in read.unknown[:20]],
        viewer=viewer_of(request),
        now=timezone.now(),
    )


@require_safe
@for_keepers
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """The sheet of the organization acted for."""
    return _file(kind, [subject_of(request).organization.pk])


@require_safe
@for_keepers
def download_all(request: HttpRequest, kind: str) -> HttpResponse:
    """One sheet of all organizations whose listings this person keeps."""
    return _file(kind, kept_organizations(viewer_of(request)))


def _file(kind: str, organizations: Sequence[UUID]) -> HttpResponse:
    """In the language of the page. Browsers keep no copy but the one that the person saves."""
    if kind not in KINDS:
        raise Http404
    write, content_type = KINDS[kind]
    told = listings_told(organizations, language())
    is_network = len(organizations) > 1
    owners = {key: name_of(one.service.organization) for key, one in told.items()} if is_network else {}
    body = write({key: one.cells for key, one in told.items()}, language(), owners)
    name = f"{NAMES[language()]}-{timezone.localdate().isoformat()}.{kind}"
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@for_keepers
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """What would change, listing by listing in words; and what is left out, by row and column."""
    kept = open_sheet(draft=key, viewer=viewer_of(request), now=timezone.now())
    if kept is None:
        messages.info(
            request, _("This upload is not there any more: it was confirmed, dropped, or an hour is over.")
        )
        return redirect("sheet")
    subject = subject_of(request)
    try:
        offers = _offers(request, kept)
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("sheet")
    context = {
        "subject": subject,
        "key": key,
        "offers": offers,
        "waiting": sum(1 for offer in offers if offer["waits"]),
        "faults": _faults(kept),
        "left_rows": len({fault.row for fault in kept.faults}),
        "same": kept.same,
        "unknown": ", ".join(f"“{header}”" for header in kept.unknown),
    }
    return render(request, "directory/sheet_look.html", context)


def _names(listings: Sequence[str]) -> Mapping[str, str]:
    services = Service.objects.in_bulk([UUID(listing) for listing in listings])
    return {str(key): name_of(service) for key, service in services.items()}


def _offers(request: HttpRequest, kept: Kept) -> list[dict[str, Any]]:
    names = _names([offer.listing for offer in kept.offers])
    holds = holds_of(kept.offers, viewer_of(request), timezone.now())
    return [
        {
            "row": offer.row,
            "listing": offer.listing,
            "name": names.get(offer.listing, ""),
            "diff": diff_of(offer.before, offer.values),
            "waits": _waits(wait or set()),
        }
        for offer, wait in zip(kept.offers, holds, strict=True)
    ]


def _waits(holds: set[Hold]) -> str:
    """What of an offer is not shown at once."""
    if Hold.CALL in holds:
        return _("Numbers, addresses and names wait: we call you back on a number that we know already.")
    return _("Somebody reads some of this before it is shown.") if Hold.REVIEW in holds else ""


def _faults(kept: Kept) -> list[dict[str, str]]:
    return [{"place": place_words(fault, kept.letters), "words": row_words(fault)} for fault in kept.faults]


@require_POST
@for_keepers
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Do it, and say what became of it."""
    try:
        done = confirm_sheet(draft=key, viewer=viewer_of(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("sheet")
    return render(request, "directory/sheet_done.html", _done(request, done))


def _done(request: HttpRequest, done: Confirmed) -> dict[str, Any]:
    changes = dict.fromkeys(Hold, 0)
    for change in done.made:
        changes[Hold(change.hold)] += 1
    names = _names([left.listing for left in done.left])
    return {
        "subject": subject_of(request),
        "shown": changes[Hold.NOTHING],
        "read": changes[Hold.REVIEW],
        "called": changes[Hold.CALL],
        "left": [
            {"row": left.row, "name": names.get(left.listing, ""), "reason": left.reason}
            for left in done.left
        ],
    }


@require_POST
@for_keepers
def drop(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forget it."""
    try:
        drop_sheet(draft=key, viewer=viewer_of(request))
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Forgotten. Nothing was changed."))
    return redirect("sheet")
