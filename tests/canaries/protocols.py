"""Protocols that hold canaries: one for everybody, one for vetted organizations with a file, one not published yet.

And an assessment tool for vetted organizations, whose questions hold canaries as well.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from cms.actions.keep_home import home
from cms.actions.make_papers import make_papers
from cms.actions.publish_edition import publish_edition
from cms.models.assessment import AssessmentPage
from cms.models.attached_file import AttachedFile
from cms.models.guided import GuidedPage
from cms.models.protocol import ProtocolPage
from cms.rules.marks import Led, Mark
from tests.canaries.words import Aviary
from tests.cms.conftest import fields, rows


@dataclass(frozen=True, slots=True)
class Protocols:
    """`pages`: those that are published, the vetted one first, which carries `file`."""

    pages: tuple[GuidedPage, ...]
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


def _tool(aviary: Aviary, by: UUID | None) -> GuidedPage:
    """Read at the desk; its two groups have reviewed it."""
    above, word = home("en"), aviary.word("edition.facts")
    asked = [{"type": "row", "value": {"title": word, "text": word, "needs": ["food"]}}]
    page = AssessmentPage(
        slug="what-it-looks-like", locale=above.locale, live=False, **fields(tier="vetted", questions=asked)
    )
    above.add_child(instance=page)
    marks = {led: Mark(uuid4(), timezone.localdate()) for led in Led}
    publish_edition(page=page, by=by, marks=marks)
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
    tool = _tool(aviary, by)
    make_papers(today=timezone.localdate())
    draft = _page("not-yet", by, summary=aviary.word("edition.draft"))
    return Protocols((vetted, public, tool), draft, file)
