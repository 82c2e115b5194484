"""The Atom feed of public protocols in one language: what came and what changed."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.views.doors import public_door
from cms.views.marks import mark
from cms.words import language

MOST = 40


class Feed(Atom1Feed):
    """One that says when its newest entry came, and of an empty one always the same: the clock is nobody's news."""

    def latest_post_date(self) -> datetime:
        """Django says "now" of a feed without entries, which no reader could compare with the last time."""
        return super().latest_post_date() if self.items else datetime(2026, 1, 1, tzinfo=UTC)


@require_safe
def protocols_feed(request: HttpRequest) -> HttpResponse:
    """The newest versions first; each entry leads to the version for good."""
    door = public_door()
    feed = Feed(
        title=_("Protocols and training"),
        link=f"{settings.SITE_URL}{door.address('protocols')}",
        feed_url=f"{settings.SITE_URL}{door.address('protocols_feed')}",
        description="",
        language=language(),
    )
    for edition in door.readable().current().order_by("-published_at", "slug")[:MOST]:
        address = door.address("protocol_edition", slug=edition.slug, number=edition.number)
        feed.add_item(
            title=edition.title,
            link=f"{settings.SITE_URL}{address}",
            description=" - ".join(filter(None, (mark(edition), edition.facts["summary"]))),
            unique_id=f"urn:uuid:{edition.pk}",
            pubdate=edition.published_at,
            updateddate=edition.published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
