"""The two doors to protocols: the public one, the same for everybody, and the desk's, at its viewer's tier."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cms.finding.editions import open_to
from cms.models.edition import Edition
from cms.words import language
from safety.db import public_database
from safety.pages import other_language
from safety.viewer import VISITOR, Viewer


@dataclass(frozen=True, slots=True)
class Door:
    """Who comes in, and by what names its addresses go."""

    viewer: Viewer
    using: str
    prefix: str
    base: str
    search: str
    """The name of the address that a search is sent to."""

    def readable(self, in_language: str = "") -> QuerySet[Edition]:
        """All editions that may be read through it today, in the language of the page or another."""
        return open_to(self.viewer, in_language or language(), timezone.localdate(), self.using)

    def address(self, name: str, **words: object) -> str:
        """Where a page of this door is."""
        return reverse(f"{self.prefix}{name}", kwargs=words)

    def elsewhere(self, edition: Edition, name: str = "protocol") -> str:
        """The same page, or what is named of it, in the other language; its list where there is none."""
        other = other_language(language())
        found = self.readable(other).current().filter(key=edition.key).values_list("slug", flat=True).first()
        with override(other):
            return self.address(name, slug=found) if found else self.address("protocols")

    def elsewhere_then(self, edition: Edition) -> str:
        """The version in the other language that stood while this one did; the page itself where there was none."""
        other = other_language(language())
        found = self.readable(other).filter(key=edition.key).order_by("-number")
        replaced = self.readable().filter(key=edition.key, number__gt=edition.number).order_by("number")
        until = replaced.values_list("published_at", flat=True).first()
        then = (found.filter(published_at__lt=until) if until else found).first()
        if then is None:
            return self.elsewhere(edition)
        with override(other):
            return self.address("protocol_edition", slug=then.slug, number=then.number)


def public_door() -> Door:
    """Everybody's."""
    return Door(VISITOR, public_database(), "", "base.html", "find")


def desk_door_of(viewer: Viewer) -> Door:
    """A signed-in person's; what only vetted organizations may read is there for their members."""
    return Door(viewer, "default", "desk_", "account/base.html", "desk_find")


def desk_door(request: HttpRequest) -> Door:
    """The same, of whoever sent this request."""
    return desk_door_of(request.viewer)  # type: ignore[attr-defined]  # set by ViewerMiddleware
