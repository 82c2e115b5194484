"""What all pages of the CMS have in common: a summary, whom it is for, a tier, a day of review, and sources."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel, PublishingPanel
from wagtail.models import Page

from cms.blocks import Endorsement, Source, refuse_markup
from cms.models.attached_file import Attachment, told_files
from cms.models.fields import SlugsField, plain_rows, rows
from cms.shown import shown
from cms.words import EVIDENCE, TIERS

PARENT = "cms.ProtocolIndexPage"
WHO = ("sector", "role", "forms", "situations", "needs")


class GuidedPage(Page):
    """A page that readers get only as an edition (cms/models/edition.py), never from its own row."""

    kind: ClassVar[str] = ""
    """Which of cms.words.KINDS."""
    parts: ClassVar[tuple[str, ...]] = ()
    """Its own fields that readers see: texts, or lists of rows."""

    summary = models.TextField(_("summary"), max_length=600, validators=[refuse_markup])
    tier = models.CharField(_("who may read it"), max_length=8, choices=list(TIERS.items()), default="public")
    sector = SlugsField(of="sector", verbose_name=_("sectors"))
    role = SlugsField(of="role", verbose_name=_("roles"))
    forms = SlugsField(of="forms", verbose_name=_("forms of trafficking"))
    situations = SlugsField(of="situations", verbose_name=_("situations"))
    needs = SlugsField(of="needs", verbose_name=_("kinds of help"))
    evidence = models.CharField(
        _("on what ground"), max_length=16, choices=list(EVIDENCE.items()), default="practice"
    )
    review_by = models.DateField(_("to be reviewed by"), null=True, blank=True)
    is_urgent = models.BooleanField(
        _("concerns immediate safety: not shown any more when the review is long overdue"), default=False
    )
    attachments = rows(Attachment, _("files"))
    sources = rows(Source, _("sources"))
    endorsements = rows(Endorsement, _("endorsements"))

    parent_page_types: ClassVar[list[str]] = [PARENT]
    subpage_types: ClassVar[list[str]] = []
    preview_modes: ClassVar[list[tuple[str, Any]]] = [("", _("Page"))]

    about_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel([FieldPanel(name) for name in WHO], heading=_("Filed under")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("tier", "evidence", "review_by", "is_urgent")],
            heading=_("Standing"),
        ),
        FieldPanel("attachments"),
        FieldPanel("sources"),
        FieldPanel("endorsements"),
    ]
    promote_panels: ClassVar[list[Panel]] = [FieldPanel("slug")]
    settings_panels: ClassVar[list[Panel]] = [PublishingPanel()]

    class Meta:
        abstract = True

    @property
    def language(self) -> str:
        """ "en" or "fr"."""
        return str(self.locale.language_code)

    @property
    def consent_until(self) -> Any:
        """The last day on which a person allows it to be shown; None where nobody has to."""
        return None

    def refuse_unpublishable(self) -> None:
        """Raise ValidationError where it must not be shown to anybody."""
        if self.tier not in TIERS:
            raise ValidationError({"tier": _("Nobody could read it.")})

    def facts(self) -> dict[str, Any]:
        """All that readers see of it, as plain values; words of lists by their slugs."""
        told: dict[str, Any] = {"kind": self.kind, "slug": self.slug, "language": self.language}
        told |= {"title": self.title, "summary": self.summary}
        told |= {name: list(getattr(self, name)) for name in WHO}
        told |= {part: _plain(getattr(self, part)) for part in self.parts}
        told |= {"evidence": self.evidence, "review_by": self.review_by and self.review_by.isoformat()}
        told |= {"attachments": told_files(plain_rows(self.attachments))}
        return told | {name: plain_rows(getattr(self, name)) for name in ("sources", "endorsements")}

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Where readers find it: its address in its language, not by Wagtail's tree."""
        with override(self.language):
            try:
                return 0, "", reverse("protocol", kwargs={"slug": self.slug})
            except NoReverseMatch:
                return None

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The readers' own."""
        return "cms/preview.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as readers would see it, for its editors."""
        with override(self.language):
            page = shown(self.facts(), reviewed_on=None, today=timezone.localdate())
            context = {"page": page, "current_language": self.language}
            return TemplateResponse(request, self.get_preview_template(request, mode_name), context).render()


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else plain_rows(value)
