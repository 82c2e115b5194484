"""Protocols that hold canaries: one for everybody, one for vetted organizations with a file, one not published yet."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from cms.actions.keep_home import home
from cms.models.attached_file import AttachedFile
from cms.models.guided import GuidedPage
from cms.models.protocol import ProtocolPage
from tests.canaries.words import Aviary
from tests.cms.conftest import fields, rows


@dataclass(frozen=True, slots=True)
class Protocols:
    """`pages`: those that are published, the vetted one first, which carries `file`."""

    pages: tuple[GuidedPage, GuidedPage]
    draft: GuidedPage
    file: AttachedFile


def _file(aviary: Aviary) -> AttachedFile:
    """Bytes as they come out of cleaning, but short."""
    content = f"%PDF-1.7 {aviary.word('edition.file')}".encode()
    told: dict[str, Any] = {"kind": "application/pdf", "size": len(content), "digest": "0" * 64}
    title = aviary.word("edition.file")
    return AttachedFile.objects.create(title=title, content=content, added_at=timezone.now(), **told)


def _page(slug: str, by: UUID | None, **told: Any) -> GuidedPage:
    above = home("en")
    page = ProtocolPage(slug=slug, locale=above.locale, live=False, **fields(**told))
    above.add_child(instance=page)
    page.save_revision(user=User.objects.get(pk=by))
    return page


def plant_protocols(aviary: Aviary, by: UUID | None) -> Protocols:
    """All of it, written by somebody."""
    file = _file(aviary)
    carried = [{"file": str(file.pk), "title": aviary.word("edition.file")}]
    words = {name: aviary.word("edition.facts") for name in ("title", "summary", "when_to_use")}
    vetted = _page("for-workers", by, tier="vetted", attachments=rows(*carried), **words)
    public = _page("first-contact", by)
    for page in (vetted, public):
        page.get_latest_revision().publish(skip_permission_checks=True)
    draft = _page("not-yet", by, summary=aviary.word("edition.draft"))
    return Protocols((vetted, public), draft, file)
