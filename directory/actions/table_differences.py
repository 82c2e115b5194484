"""Compares what a list says with what is stored, and writes the difference in a fixed number of statements."""

import uuid
from dataclasses import dataclass, field, fields

from django.db.models import QuerySet

from directory.actions.table_confirmed import confirmed_fields, keep_confirmed, to_ask
from directory.actions.table_rows_stored import Built, Model
from directory.models.address import Address
from directory.models.import_conflict import ImportConflict
from directory.models.language import Language
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.record import HsdsRecord
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from directory.rules.table_records import (
    AddressFacts,
    DocumentFacts,
    LanguageFacts,
    OrganizationFacts,
    PhoneFacts,
    ScheduleFacts,
    ServiceFacts,
)

BATCH = 1000
"""Rows in one INSERT."""


def _of(facts: type, *more: str, without: str = "") -> tuple[str, ...]:
    return tuple(f.name for f in fields(facts) if f.name != without) + more


# What an import states of each model, in the order in which rows are written: nothing else is ever changed.
STATED: dict[Model, tuple[str, ...]] = {
    Organization: _of(OrganizationFacts, without="key"),
    Service: _of(ServiceFacts, "organization_id", "source_key"),
    Location: (
        "organization_id", "location_type", "description", "latitude", "longitude", "is_protected",
        "placed_by", "community_id", "area_id",
    ),
    ServiceAtLocation: ("service_id", "location_id"),
    Address: _of(AddressFacts, "location_id", without="note"),
    Phone: _of(PhoneFacts, "service_id", "position"),
    Schedule: _of(ScheduleFacts, "service_id", "position"),
    Language: _of(LanguageFacts, "service_id", "position"),
    RequiredDocument: _of(DocumentFacts, "service_id", "position"),
    Attribute: ("link_entity", "link_id", "taxonomy_term_id", "position"),
}  # fmt: skip


@dataclass(slots=True)
class Difference:
    """Rows to write and ids to remove, by model; ids of services that are new, and that are no longer the same."""

    write: dict[Model, list[HsdsRecord]] = field(default_factory=dict)
    remove: dict[Model, list[uuid.UUID]] = field(default_factory=dict)
    added: set[uuid.UUID] = field(default_factory=set)
    changed: set[uuid.UUID] = field(default_factory=set)
    left_organizations: set[uuid.UUID] = field(default_factory=set)
    conflicts: list[ImportConflict] = field(default_factory=list)


def _stored(model: Model, built: Built) -> QuerySet[HsdsRecord]:
    """What is stored of this model for the services of the list, as this publisher's own."""
    services, places = list(built.services), list(built.places)
    own = model._default_manager.filter(publisher=built.publisher)
    if model is Location:
        return own.filter(pk__in=places)
    if model is Address:
        return own.filter(location_id__in=places)
    if model is Attribute:
        return own.filter(link_entity="service", link_id__in=services)
    if model in (Phone, Schedule, Language, RequiredDocument, ServiceAtLocation):
        return own.filter(service_id__in=services)
    return own.filter(pk__in=list(built.models[model]))


def _service_of(model: HsdsRecord, built: Built) -> uuid.UUID:
    """The service that a stored row describes."""
    match model:
        case Location():
            return built.places[model.pk]
        case Address():
            return built.places[model.location_id]
        case Attribute():
            return model.link_id
        case _:
            found: uuid.UUID = model.service_id  # type: ignore[attr-defined]  # all others have one
            return found


def differences(built: Built) -> Difference:
    """Return what has to be written and removed so that the stored records say what the list says."""
    found = Difference()
    for model, names in STATED.items():
        _compare(model, names, built, found)
    found.changed -= found.added
    return found


def _compare(model: Model, names: tuple[str, ...], built: Built, found: Difference) -> None:
    wanted = built.models[model]
    stored = {row.pk: row for row in _stored(model, built).order_by("pk")}
    confirmed = confirmed_fields(model, stored)
    found.conflicts += keep_confirmed(built.publisher, wanted, stored, confirmed)
    stale = [row for pk, row in stored.items() if pk not in wanted and pk not in confirmed]
    found.remove[model] = [row.pk for row in stale]
    found.changed |= {_service_of(row, built) for row in stale}
    found.write[model] = [row for pk, row in wanted.items() if not _is_same(row, stored.get(pk), names)]
    for row in found.write[model]:
        found.changed |= built.services_of[row.pk]
    if model is Service:
        found.added = set(wanted) - set(stored)
        found.left_organizations = _left(wanted, stored)


def _is_same(row: HsdsRecord, stored: HsdsRecord | None, names: tuple[str, ...]) -> bool:
    return stored is not None and all(getattr(row, name) == getattr(stored, name) for name in names)


def _left(wanted: dict[uuid.UUID, HsdsRecord], stored: dict[uuid.UUID, HsdsRecord]) -> set[uuid.UUID]:
    """Organizations that a service had before and no longer has."""
    before = {pk: row.organization_id for pk, row in stored.items() if isinstance(row, Service)}
    now = {pk: row.organization_id for pk, row in wanted.items() if isinstance(row, Service)}
    return {owner for pk, owner in before.items() if now[pk] != owner}


def remove(found: Difference) -> None:
    """Remove what the list no longer says, the innermost first."""
    for model in reversed(STATED):
        if ids := found.remove[model]:
            model._default_manager.filter(pk__in=ids).delete()


def write(found: Difference) -> None:
    """Add and change rows; `position` and `last_modified` follow, other fields of a stored row stay."""
    ImportConflict.objects.bulk_create(to_ask(found.conflicts), ignore_conflicts=True)
    for model, names in STATED.items():
        rows = found.write[model]
        written = {*names, "position", "last_modified"}
        columns = [f.name for f in model._meta.concrete_fields if f.attname in written]
        if rows:
            model._default_manager.bulk_create(
                rows,
                batch_size=BATCH,
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=columns,
            )
