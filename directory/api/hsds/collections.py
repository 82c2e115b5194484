"""The doors of open data: five collections, their records, and the forms in which both are told."""

import csv
import io
from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django_filters import FilterSet
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from directory.api.hsds import filters
from directory.api.hsds.doors import CSV, JSON, OpenDoor, answered, as_json, as_liked, form_liked, streamed
from directory.api.hsds.paging import (
    PER_PAGE,
    FullListForm,
    FullServiceForm,
    LanguageForm,
    OrganizationListForm,
    Paging,
    PlainListForm,
    ServiceListForm,
)
from directory.api.hsds.questions import Question, read_options, read_question
from directory.api.hsds.stamps import stamp_of
from directory.finding.moved import service_now
from directory.hsds.composed import View, compose, full_view, is_public, list_view, organization_view, plain
from directory.hsds.composed_rows import Row, chunks, minimal_text, moment, rows_of
from directory.rules.hsds_shape import ENTITIES, Kind

CHUNK = 500
FULL_CHUNK = 100
MINIMAL = ("id", "last_modified")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell begins with that a spreadsheet would work out, and not show."""


def view_of(question: Question) -> View:
    """How deep the records of a list go."""
    if question.says("full_service"):
        return full_view(question.entity)
    if question.says("full"):
        return organization_view() if question.entity == "organization" else full_view(question.entity)
    return list_view(question.entity)


def csv_columns(entity: str) -> tuple[str, ...]:
    """The public plain fields of an entity, and the ids by which it names others."""
    fields = (f for f in ENTITIES[entity].fields if is_public(entity, f.name))
    return tuple(f.name for f in fields if f.kind is not Kind.REF or f.name in Row._fields)


def _csv_cells(row: Row, columns: tuple[str, ...]) -> list[Any]:
    known = {name: row.names(name) for name in columns if name.endswith("_id") and name in Row._fields}
    told = {name: value for name, value in known.items() if value} | plain(row)
    return [_as_text(told.get(name, "")) for name in columns]


def _as_text(cell: Any) -> Any:
    """A text that a spreadsheet shows as it is, behind an apostrophe where it would take it for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell


def csv_text(entity: str, rows: list[Row], *, is_minimal: bool = False) -> str:
    """The records as CSV with a line of names."""
    text = io.StringIO()
    writer = csv.writer(text)
    columns = MINIMAL if is_minimal else csv_columns(entity)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.id, moment(row.modified_at)] if is_minimal else _csv_cells(row, columns))
    return text.getvalue()


class Collection(OpenDoor):
    """The records of one entity, page by page; subclasses say which."""

    entity: ClassVar[str]
    filters: ClassVar[type[FilterSet]]
    form: ClassVar[type[forms.Form]]

    def get(self, request: Request) -> HttpResponseBase:
        """One page, or all in a stream."""
        asked = request._request
        question = read_question(asked, self.entity, self.filters, self.form)
        told = question.cleaned["format"]
        form = told or form_liked(asked)
        if form == "ndjson":
            answer = streamed(asked, self._lines(question), stamp_of(question))
        else:
            answer = self._page(asked, question, is_csv=form == "csv")
        return answer if told else as_liked(answer, form)

    def post(self, request: Request) -> HttpResponseBase:
        """The same, asked in a body."""
        return self.get(request)

    def _page(self, request: HttpRequest, question: Question, *, is_csv: bool) -> HttpResponseBase:
        cleaned, total = question.cleaned, question.total()
        is_minimal = question.says("minimal")
        usual = max(total, 1) if is_minimal else PER_PAGE
        paging = Paging(cleaned["page"] or 1, cleaned["per_page"] or usual, total)
        if is_minimal and not is_csv:
            return answered(request, self._minimal(question, paging))
        ids = question.ids(total, paging.start, paging.size)
        rows = rows_of(self.entity, ids)
        if is_csv:
            return answered(request, csv_text(self.entity, rows, is_minimal=is_minimal), CSV)
        contents = compose(rows, view_of(question))
        return answered(request, as_json(paging.envelope(len(contents)) | {"contents": contents}), JSON)

    def _minimal(self, question: Question, paging: Paging) -> str:
        """The envelope, and contents that the database has put together as text."""
        is_all = paging.size >= paging.total and paging.number == 1
        ids = [] if is_all else question.ids(paging.total, paging.start, paging.size)
        text = minimal_text(question.found if is_all else question.found.filter(id__in=ids), ",")
        envelope = as_json(paging.envelope(text.count('{"id"')))
        return f'{envelope[:-1]},"contents":[{text}]}}'

    def _lines(self, question: Question) -> Iterator[str]:
        view, is_minimal = view_of(question), question.says("minimal")
        is_plain = is_minimal or view == list_view(self.entity)
        for rows in chunks(question.found, CHUNK if is_plain else FULL_CHUNK):
            if is_minimal:
                told = [
                    dict(zip(MINIMAL, (str(row.id), moment(row.modified_at)), strict=True)) for row in rows
                ]
            else:
                told = compose(rows, view)
            yield from (f"{as_json(record)}\n" for record in told)


class Services(Collection):
    """/hsds/services"""

    entity = "service"
    filters = filters.ServiceFilters
    form = ServiceListForm


class Organizations(Collection):
    """/hsds/organizations"""

    entity = "organization"
    filters = filters.TaggedFilters
    form = OrganizationListForm


class ServiceAtLocations(Collection):
    """/hsds/service_at_locations"""

    entity = "service_at_location"
    filters = filters.PlaceFilters
    form = FullListForm


class Taxonomies(Collection):
    """/hsds/taxonomies"""

    entity = "taxonomy"
    filters = filters.WordsFilters
    form = PlainListForm


class TaxonomyTerms(Collection):
    """/hsds/taxonomy_terms"""

    entity = "taxonomy_term"
    filters = filters.TermFilters
    form = PlainListForm


class Item(OpenDoor):
    """One record, fully nested."""

    entity = ""
    form: type[forms.Form] = LanguageForm

    def get(self, request: Request, id: str) -> HttpResponseBase:  # noqa: A002  # as the address names it
        """404 for what is no id as for what isn't there."""
        options = read_options(request._request, self.form)
        rows = rows_of(self.entity, [_uuid(id)])
        if not rows:
            return self.instead(_uuid(id))
        is_simple = self.entity == "organization" and not options["full_service"]
        view = organization_view() if is_simple else full_view(self.entity)
        return answered(request._request, as_json(compose(rows, view)[0]), JSON)

    def instead(self, id_: UUID) -> HttpResponseBase:
        """What is answered for an id that has no document. Raises NotFound."""
        raise NotFound


def _uuid(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError as error:
        raise NotFound from error
    if str(found) != text.lower():
        raise NotFound
    return found


class Service(Item):
    """/hsds/services/{id}"""

    entity = "service"

    def instead(self, id_: UUID) -> HttpResponseBase:
        """301 to the service that is told in place of this one: who kept its id finds it."""
        kept = service_now(id_)
        if kept is None or not rows_of(self.entity, [kept]):
            raise NotFound
        return HttpResponsePermanentRedirect(reverse("hsds_service", kwargs={"id": kept}))


class Organization(Item):
    """/hsds/organizations/{id}"""

    entity = "organization"
    form = FullServiceForm


class ServiceAtLocation(Item):
    """/hsds/service_at_locations/{id}"""

    entity = "service_at_location"


class Taxonomy(Item):
    """/hsds/taxonomies/{id}"""

    entity = "taxonomy"


class TaxonomyTerm(Item):
    """/hsds/taxonomy_terms/{id}"""

    entity = "taxonomy_term"


COLLECTIONS: dict[str, tuple[type[Collection], type[Item]]] = {
    "services": (Services, Service),
    "organizations": (Organizations, Organization),
    "service_at_locations": (ServiceAtLocations, ServiceAtLocation),
    "taxonomies": (Taxonomies, Taxonomy),
    "taxonomy_terms": (TaxonomyTerms, TaxonomyTerm),
}
"""The doors of each collection by the word in its address: of the list, and of one record."""
