"""Assessment tools: questions to think with, and what helps; no score, no verdict, and nothing is sent."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Page, Workflow

from cms.blocks import kinds_of_service, refuse_markup
from cms.models.fields import ROW, rows
from cms.models.guided import GuidedPage
from cms.models.instructed import LISTS, InstructedPage
from cms.rules.questions import Unasked, asked_about

WORKFLOW = "Assessment tools"
"""The way from a draft to its readers, by the groups that have to review it as well (cms/actions/keep_home.py)."""
REASONS = {
    Unasked.APPEARANCE: _(
        "“%(words)s” asks how somebody looks. That tells nothing: ask what somebody can decide."
    ),
    Unasked.NATIONALITY: _(
        "“%(words)s” asks where somebody is from. That tells nothing: ask what somebody can decide."
    ),
    Unasked.OCCUPATION: _(
        "“%(words)s” asks what somebody does for a living. That tells nothing: ask what somebody can decide."
    ),
}


def refuse_unasked(question: str) -> None:
    """Raise ValidationError where a question is about what no tool may ask."""
    if found := [str(REASONS[what]) % {"words": words} for what, words in asked_about(question)]:
        raise ValidationError(found)


class Question(blocks.StructBlock):
    """One question in plain words, what to do where the answer is yes, and what to look for."""

    title = blocks.CharBlock(
        label=_("Question"),
        max_length=200,
        validators=[refuse_markup, refuse_unasked],
        help_text=_("About what somebody can decide. Never about looks, origin or work."),
    )
    text = blocks.TextBlock(label=_("Guidance"), rows=4, validators=[refuse_markup])
    needs = blocks.MultipleChoiceBlock(
        label=_("Kinds of help to look for"), choices=kinds_of_service, required=False
    )

    class Meta:
        label = _("Question")
        icon = "help"


class AssessmentPage(InstructedPage):
    """What trafficking can look like, for workers. Nobody's answers are kept, counted or asked for by a service."""

    kind: ClassVar[str] = "assessment"
    parts: ClassVar[tuple[str, ...]] = ("when_to_use", *LISTS)

    questions = rows(Question, _("questions"))

    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("summary", "when_to_use", "questions", *LISTS)),
        *GuidedPage.about_panels,
    ]

    class Meta:
        verbose_name = _("assessment tool")

    def get_workflow(self) -> Workflow | None:
        """Its own, in the place of the one above it; none where that is not there, so that nothing is approved."""
        return Workflow.objects.filter(name=WORKFLOW, active=True).first()

    def refuse_unpublishable(self) -> None:
        """Without a question it is no tool; what no question may ask is refused by every door."""
        super().refuse_unpublishable()
        asked = [str(row.value["title"]) for row in self.questions if row.block_type == ROW]
        if not asked:
            raise ValidationError(_("It needs at least one question."))
        for question in asked:
            refuse_unasked(question)

    def facts(self) -> dict[str, Any]:
        """With its questions, and filed under the kinds of help that they lead to."""
        told = super().facts()
        asked = [
            {"title": row.value["title"], "text": row.value["text"], "needs": list(row.value["needs"] or [])}
            for row in self.questions
        ]
        needs = dict.fromkeys([*told["needs"], *(slug for row in asked for slug in row["needs"])])
        return told | {"questions": asked, "needs": list(needs)}
