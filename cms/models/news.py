"""News among the organizations."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from cms.blocks import Section
from cms.models.fields import rows
from cms.models.guided import GuidedPage


class NewsPage(GuidedPage):
    """What is new: a protocol that changed, a training that begins, a finding worth knowing."""

    kind: ClassVar[str] = "news"
    parts: ClassVar[tuple[str, ...]] = ("sections",)

    sections = rows(Section, _("sections"))

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("sections"),
        *GuidedPage.about_panels,
    ]

    class Meta:
        verbose_name = _("news item")
