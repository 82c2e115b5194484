"""An edition as a PDF, to be kept or printed: had by whoever may read that edition."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.finding.papers import paper_of
from cms.views.protocols import door_of, edition_of, version_context


@require_safe
def protocol_paper(request: HttpRequest, slug: str, number: int, *, at_desk: bool = False) -> HttpResponse:
    """404 for what is not for this reader; while the PDF is being made, 404 with the page itself, which prints."""
    door = door_of(request, at_desk=at_desk)
    edition = edition_of(door, slug, number)
    found = paper_of(edition, timezone.localdate(), door.using)
    if found is None:
        told = _("The PDF of this page is being made. Try again in some minutes, or print the page itself.")
        context = version_context(door, edition) | {"notice": told, "paper_url": ""}
        return render(request, "cms/protocol.html", context, status=404)
    headers = {"Content-Disposition": 'attachment; filename="document.pdf"'}
    return HttpResponse(bytes(found.content), content_type="application/pdf", headers=headers)
