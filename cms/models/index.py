"""The page above all others, one for each language."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page


class ProtocolIndexPage(Page):
    """Where protocols of one language are kept; readers see the list of their editions instead."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "cms.ProtocolPage",
        "cms.TrainingPage",
        "cms.AssessmentPage",
        "cms.NewsPage",
        "cms.StandardPage",
        "cms.SurvivorVoicePage",
    ]
    preview_modes: ClassVar[list[tuple[str, Any]]] = []
    max_count = 2

    class Meta:
        verbose_name = _("protocols of one language")

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str]:
        """The list in its language."""
        with override(self.locale.language_code):
            return 0, "", reverse("protocols")
