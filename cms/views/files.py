"""A file that an edition carries: had by whoever may read that edition, at its address and at no other."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.cleaning.files import ENDINGS
from cms.models.attached_file import AttachedFile
from cms.views.doors import desk_door, public_door


def download(file: AttachedFile) -> HttpResponse:
    """To be kept, never to be shown in a page of ours; under a name that tells nothing of it."""
    name = f"document.{ENDINGS[file.kind]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(file.content), content_type=file.kind, headers=headers)


@require_safe
def protocol_file(
    request: HttpRequest, slug: str, number: int, key: UUID, *, at_desk: bool = False
) -> HttpResponse:
    """404 alike for what is not there, for what another edition carries, and for what is not for this reader."""
    door = desk_door(request) if at_desk else public_door()
    edition = door.readable().filter(slug=slug, number=number, files__contains=[key]).only("pk").first()
    found = AttachedFile.objects.using(door.using).filter(pk=key).first() if edition else None
    if found is None:
        raise Http404
    return download(found)
