"""What a page of the CMS is put together from: named texts, never free markup.

Nobody can make a heading of the wrong level, an empty link, a table for its looks or a picture without words: there is
no block for it. Texts hold paragraphs and lists (cms/rules/texts.py).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.rules.content import MARKUP
from cms.words import choices, jurisdictions


def refuse_markup(text: str) -> None:
    """Raise ValidationError where somebody tries to write markup: it would be shown as it stands."""
    if any(mark in text for mark in MARKUP):
        raise ValidationError(
            _("Write plain text. Leave a line empty for a new paragraph, begin a line with “- ” for a list.")
        )


def _line(label: Any, *, required: bool = True, **more: Any) -> blocks.CharBlock:
    return blocks.CharBlock(label=label, required=required, validators=[refuse_markup], **more)


def _text(label: Any, *, required: bool = True) -> blocks.TextBlock:
    return blocks.TextBlock(label=label, required=required, rows=3, validators=[refuse_markup])


def kinds_of_service() -> list[tuple[str, str]]:
    """Kinds of help of the directory's vocabulary."""
    return choices("needs")


class Step(blocks.StructBlock):
    """One thing to do, and when."""

    title = _line(_("What to do"), max_length=160)
    text = _text(_("How"), required=False)
    when = _line(_("When, such as “first 5 minutes”"), required=False, max_length=60)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class Say(blocks.StructBlock):
    """Words that help."""

    text = _text(_("Words"))

    class Meta:
        label = _("Say")
        icon = "openquote"


class DoNotSay(blocks.StructBlock):
    """Words that do harm, and why."""

    text = _text(_("Words"))
    why = _text(_("Why not"))

    class Meta:
        label = _("Do not say")
        icon = "cross"


class Risk(blocks.StructBlock):
    """What may go wrong, and what to do then."""

    text = _text(_("What may go wrong"))
    what_to_do = _text(_("What to do then"))

    class Meta:
        label = _("Risk")
        icon = "warning"


class Law(blocks.StructBlock):
    """What the law of one place says."""

    jurisdiction = blocks.ChoiceBlock(label=_("Where it holds"), choices=jurisdictions)
    text = _text(_("What it says, in plain words"))
    source = _line(_("Where it is written"), max_length=300)

    class Meta:
        label = _("Law")
        icon = "doc-full"


class Role(blocks.StructBlock):
    """Whom to call, by the kind of service and never by name."""

    kind = blocks.ChoiceBlock(label=_("Kind of service"), choices=kinds_of_service)
    text = _text(_("What they do here"))

    class Meta:
        label = _("Who does what")
        icon = "group"


class Source(blocks.StructBlock):
    """Where it comes from, so that anybody can look."""

    title = _line(_("Title"), max_length=300)
    publisher = _line(_("Published by"), required=False, max_length=200)
    date = _line(_("Date"), required=False, max_length=40)
    address = blocks.URLBlock(label=_("Address"), required=False)
    fact = _text(_("What was taken from it"), required=False)

    class Meta:
        label = _("Source")
        icon = "link"


class Endorsement(blocks.StructBlock):
    """An organization that stands behind the page."""

    organization = _line(_("Organization"), max_length=200)
    date = _line(_("Since"), required=False, max_length=40)

    class Meta:
        label = _("Endorsement")
        icon = "tick"


class Section(blocks.StructBlock):
    """A part of a longer text, under a heading of the right level."""

    title = _line(_("Heading"), max_length=160)
    text = _text(_("Its text"))

    class Meta:
        label = _("Section")
        icon = "title"
