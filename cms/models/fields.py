"""Fields that pages of the CMS share."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from cms.words import choices

ROW = "row"
"""The one kind of block in each list of rows."""


class SlugsField(ArrayField):
    """Some words of one of the lists in cms.words, chosen by ticking boxes. `of`: which list."""

    def __init__(self, *, of: str, **more: Any) -> None:
        self.of = of
        super().__init__(
            **{"base_field": models.CharField(max_length=63), "default": list, "blank": True} | more
        )

    def deconstruct(self) -> Any:
        """What makes the same field again."""
        name, path, words, more = super().deconstruct()
        return name, path, words, more | {"of": self.of}

    def formfield(self, **more: Any) -> forms.Field:
        """Boxes, read from the list at each time the form is shown."""
        return forms.MultipleChoiceField(
            choices=lambda: choices(self.of),
            required=not self.blank,
            label=more.get("label", self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def rows(block: type[blocks.StructBlock], label: Any) -> StreamField:
    """A list of rows of one kind; a page may do without."""
    return StreamField([(ROW, block())], blank=True, verbose_name=label)


def plain_rows(value: Any) -> list[dict[str, str]]:
    """The rows of such a list as plain texts."""
    return [{name: str(text or "") for name, text in child.value.items()} for child in value]
