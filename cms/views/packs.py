"""Packs of pages to be taken where there is no network: one for each sector, signed and dated."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.views.doors import desk_door, public_door
from cms.views.packed import made, pack_of
from cms.words import SECTORS, language
from safety.signing import public_keys


@require_safe
def protocol_pack(request: HttpRequest, sector: str, *, at_desk: bool = False) -> HttpResponse:
    """The zip of a sector in the language of the address; 404 for one without pages and for what is none alike."""
    door = desk_door(request) if at_desk else public_door()
    pack = pack_of(door, sector, language(), timezone.localdate()) if sector in SECTORS else None
    if pack is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="pages-{pack.day.isoformat()}.zip"'}
    return HttpResponse(made(pack), content_type="application/zip", headers=headers)


@require_safe
def protocol_pack_key(request: HttpRequest) -> HttpResponse:
    """The public keys by which packs are checked, newest first."""
    headers = {"Content-Disposition": 'attachment; filename="key.pem"'}
    return HttpResponse(b"".join(public_keys()), content_type="application/x-pem-file", headers=headers)
