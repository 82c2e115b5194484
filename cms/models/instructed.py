"""What protocols and trainings have in common: steps, words that help, risks, the law, and who does what."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page

from cms.blocks import DoNotSay, Law, Risk, Role, Say, Step, refuse_markup
from cms.models.fields import plain_rows, rows
from cms.models.guided import GuidedPage

LISTS = ("steps", "say", "do_not_say", "risks", "law", "roles")


class InstructedPage(GuidedPage):
    """A page that one works by."""

    when_to_use = models.TextField(_("when to use it"), validators=[refuse_markup])
    steps = rows(Step, _("steps"))
    say = rows(Say, _("say"))
    do_not_say = rows(DoNotSay, _("do not say"))
    risks = rows(Risk, _("risks"))
    law = rows(Law, _("what the law says"))
    roles = rows(Role, _("who does what"))

    parts: ClassVar[tuple[str, ...]] = ("when_to_use", *LISTS)
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("summary", "when_to_use", *LISTS)),
        *GuidedPage.about_panels,
    ]

    class Meta:
        abstract = True

    def refuse_unpublishable(self) -> None:
        """Without a source or a day of review nobody could tell what it rests on."""
        super().refuse_unpublishable()
        if not self.sources or self.review_by is None:
            raise ValidationError(_("It needs at least one source, and a day by which it is reviewed."))

    def facts(self) -> dict[str, Any]:
        """With the jurisdictions that its law tells of, to be found by."""
        told = super().facts()
        places = dict.fromkeys(row["jurisdiction"] for row in plain_rows(self.law))
        return told | {"jurisdictions": list(places)}
