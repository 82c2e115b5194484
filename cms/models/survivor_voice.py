"""What survivors say, in their own words."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.models import Page

from cms.blocks import Section, refuse_markup
from cms.models.fields import rows
from cms.models.guided import GuidedPage


class SurvivorVoicePage(GuidedPage):
    """Shown only under a recorded consent, until the day it ends, and without a name unless the person wants one.

    Who consented is not kept here: the paper lies with the organization that the reference leads to.
    """

    kind: ClassVar[str] = "voice"
    parts: ClassVar[tuple[str, ...]] = ("name_shown", "sections")

    name_shown = models.CharField(
        _("name to show, if the person wants one"), max_length=80, blank=True, validators=[refuse_markup]
    )
    sections = rows(Section, _("sections"))
    consent_on = models.DateField(_("day on which the person agreed"), null=True, blank=True)
    consent_ends = models.DateField(_("last day on which they allow it"), null=True, blank=True)
    consent_reference = models.CharField(
        _("where the signed consent is kept; no name"), max_length=80, blank=True
    )

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("name_shown"),
        FieldPanel("sections"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("consent_on", "consent_ends", "consent_reference")],
            heading=_("Consent"),
        ),
        *GuidedPage.about_panels,
    ]

    class Meta:
        verbose_name = _("survivor's voice")

    @property
    def consent_until(self) -> date | None:
        """The last day of consent."""
        return self.consent_ends

    def refuse_unpublishable(self) -> None:
        """Without a live consent it is shown to nobody."""
        super().refuse_unpublishable()
        day = timezone.localdate()
        is_given = self.consent_on is not None and self.consent_on <= day and self.consent_reference
        if not is_given or self.consent_ends is None or self.consent_ends < day:
            raise ValidationError(_("It needs a consent that is recorded, has begun and has not ended."))
