"""A question to open data, read and checked: which records, and which page and view of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_filters import FilterSet
from rest_framework.exceptions import ParseError

from directory.api.hsds.asked import language_of, pairs_of, read_pairs
from directory.filters import fault_texts
from directory.hsds.composed_marks import marked_ids
from directory.hsds.composed_rows import documents, page_ids, total_of

Errors = dict[str, list[str]]


class Refused(Exception):
    """What is wrong with a question, in the asker's language: reasons by name."""

    def __init__(self, errors: Errors) -> None:
        super().__init__("a question that can't be answered")
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: as it was sent (`asked`), `cleaned` options by name, and the records that match."""

    entity: str
    cleaned: dict[str, Any]
    found: Any
    is_narrowed: bool
    asked: tuple[tuple[str, str], ...] = ()

    def total(self) -> int:
        """How many records match: counted only where something narrows them."""
        return int(self.found.count()) if self.is_narrowed else total_of(self.entity)

    def ids(self, total: int, start: int, size: int) -> list[UUID]:
        """The ids of one page of the `total` that match."""
        if self.is_narrowed:
            return page_ids(self.found, total, start, size)
        return marked_ids(self.entity, total, start, size)

    def says(self, name: str) -> bool:
        """True if that was asked for."""
        return bool(self.cleaned.get(name))


def read_values(request: HttpRequest, known: set[str]) -> tuple[dict[str, str], str, Errors]:
    """Values by name, the language to answer in, and what is wrong so far."""
    try:
        values, faults = read_pairs(pairs_of(request), known)
    except ParseError as error:
        with override(language_of({}, request)):
            reason = _("Send one JSON object of names and plain values.")
            raise Refused({"request": [reason]}) from error
    language = language_of(values, request)
    with override(language):
        return values, language, fault_texts(faults)


def _errors(form: forms.BaseForm) -> Errors:
    return {name: [str(reason) for reason in reasons] for name, reasons in form.errors.items()}


def read_options(request: HttpRequest, form_class: type[forms.Form]) -> dict[str, Any]:
    """The cleaned values of a door that has options and no filters. Raises Refused."""
    values, language, errors = read_values(request, set(form_class.base_fields))
    with override(language):
        form = form_class(values)
        errors = _errors(form) | errors
    if errors:
        raise Refused(errors)
    return dict(form.cleaned_data)


def read_question(
    request: HttpRequest, entity: str, filters: type[FilterSet], form_class: type[forms.Form]
) -> Question:
    """The question that a request puts to a collection. Raises Refused with every reason at once."""
    known = set(filters.base_filters) | set(form_class.base_fields)
    values, language, errors = read_values(request, known)
    with override(language):
        form, asked = form_class(values), filters(values, queryset=documents(entity))
        errors = _errors(form) | _errors(asked.form) | errors
        if errors:
            raise Refused(errors)
        found: Any = asked.qs
    is_narrowed = any(value not in (None, "", False) for value in asked.form.cleaned_data.values())
    return Question(entity, dict(form.cleaned_data), found, is_narrowed, tuple(sorted(values.items())))
