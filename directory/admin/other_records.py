"""Everything else of the standard, as it came, for stewards to look at."""

from django.contrib import admin
from django.db.models import Model

from directory.admin.record import ReadOnlyAdmin, column
from directory.admin.site import stewards
from directory.models.accessibility import Accessibility
from directory.models.contact import Contact
from directory.models.cost_option import CostOption
from directory.models.field_source import FieldSource
from directory.models.funding import Funding
from directory.models.language import Language
from directory.models.organization_identifier import OrganizationIdentifier
from directory.models.place import Place
from directory.models.program import Program
from directory.models.required_document import RequiredDocument
from directory.models.service_area import ServiceArea
from directory.models.service_capacity import ServiceCapacity
from directory.models.service_fact import ServiceFact
from directory.models.taxonomy import Attribute, Taxonomy
from directory.models.url import Url

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Taxonomy: ("name", "version", "publisher"),
    Attribute: ("taxonomy_term", "link_entity", "link_id", "publisher"),
    Program: ("name", "organization", "publisher"),
    Language: ("code", "name", "service", "location", "publisher"),
    ServiceArea: ("name", "service", "publisher"),
    ServiceFact: ("service", "dimension", "term", "stated"),
    ServiceCapacity: ("service", "available", "maximum", "updated"),
    Accessibility: ("location", "description", "publisher"),
    RequiredDocument: ("document", "service", "publisher"),
    CostOption: ("option", "amount", "service", "publisher"),
    Contact: ("organization", "service", "publisher"),
    Funding: ("source", "organization", "service"),
    OrganizationIdentifier: ("identifier_type", "identifier", "organization"),
    Url: ("label", "url", "organization", "service"),
    FieldSource: ("entity", "record_id", "field", "confirmed_on"),
    Place: ("name", "kind", "province", "population"),
}
"""What each list shows; records that a column names are fetched in the same statement."""


def _admin_of(model: type[Model], names: tuple[str, ...]) -> type[admin.ModelAdmin]:
    keys = {field.name for field in model._meta.concrete_fields if field.many_to_one}
    facts = {
        "list_display": tuple(map(column, names)),
        "list_select_related": tuple(name for name in names if name in keys) or False,
        "search_fields": ("name",) if model is Place else (),
    }
    return type(f"{model.__name__}Admin", (ReadOnlyAdmin,), facts)


for _model, _names in COLUMNS.items():
    stewards.register(_model, _admin_of(_model, _names))
