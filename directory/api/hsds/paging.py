"""Pages of open data: which one is wanted, in which form, and the envelope around it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext as _

from directory.api.hsds.fields import TruthField

PER_PAGE = 50
MOST_PER_PAGE = 500
MOST_PER_FULL_PAGE = 100
"""Fully nested records repeat their organization with all its places: 500 of one could be hundreds of megabytes."""
LAST_PAGE = 2**31 - 1
FORMATS = ("json", "ndjson", "csv")
PACKAGE_FORMATS = ("csv", "json")


class PageForm(forms.Form):
    """Which page, of how many, in which form."""

    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE, help_text="From 1.")
    per_page = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_PER_PAGE, help_text="50 unless told, at most 500."
    )
    format = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in FORMATS],
        help_text="`ndjson`: all results, one a line, without pages; `csv`: the plain fields of a page,"
        " with an apostrophe before a text that a spreadsheet would take for a formula."
        " Without it the header `Accept` decides: `application/x-ndjson`, `text/csv`, or JSON for all else.",
    )


class LanguageForm(forms.Form):
    """In which language to say what is wrong."""

    lang = forms.ChoiceField(
        required=False, choices=[("en", "en"), ("fr", "fr")], help_text="Language of errors."
    )


class PackageForm(LanguageForm):
    """In which of the standard's two forms."""

    format = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in PACKAGE_FORMATS],
        help_text="`csv`: the tabular data package, also without this; `json`: each root's items, fully nested.",
    )


class PlainListForm(PageForm, LanguageForm):
    """Of collections that have one view only."""


class FullListForm(PlainListForm):
    """Of collections that can be told fully nested."""

    full = TruthField(required=False, help_text=f"Fully nested records; at most {MOST_PER_FULL_PAGE} a page.")

    def clean(self) -> dict[str, Any]:
        """Records that are fully nested come in smaller pages."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("full") or cleaned.get("full_service"):
            try:
                MaxValueValidator(MOST_PER_FULL_PAGE)(cleaned.get("per_page") or 0)
            except ValidationError as error:
                self.add_error("per_page", error)
        return cleaned


class ServiceListForm(FullListForm):
    """Of services."""

    minimal = TruthField(
        required=False, help_text="`id` and `last_modified` alone, all on one page; not together with `full`."
    )

    def clean(self) -> dict[str, Any]:
        """One view, or the other: nobody could tell which of them an answer to both would be."""
        cleaned = super().clean()
        if cleaned.get("minimal") and cleaned.get("full"):
            self.add_error("minimal", _("Choose one: minimal for ids alone, or full for whole records."))
        return cleaned


class FullServiceForm(LanguageForm):
    """Of one organization."""

    full_service = TruthField(required=False, help_text="With all that belongs to its services.")


class OrganizationListForm(FullListForm, FullServiceForm):
    """Of organizations."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number` with `size` records of a `total`."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; none where there is nothing."""
        return -(-self.total // self.size)

    @property
    def start(self) -> int:
        """How many records stand before this page."""
        return (self.number - 1) * self.size

    def envelope(self, count: int) -> dict[str, Any]:
        """What stands around the `count` records of this page; a page beyond the last one is empty."""
        return {
            "total_items": self.total,
            "total_pages": self.pages,
            "page_number": self.number,
            "size": count,
            "first_page": self.number == 1,
            "last_page": self.number >= self.pages,
            "empty": count == 0,
        }
