"""Which services' listings may read otherwise after a record was changed."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q

from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute

HOLDERS = ("service", "service_at_location", "location", "organization", "program")


def model_of(entity: str) -> type[HsdsRecord]:
    """The model of an HSDS entity, by the standard's own name for it. Raises LookupError for any other word."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord) and model._meta.db_table == entity:
            return model
    raise LookupError(entity)


def _held_by(ids: Iterable[UUID]) -> set[UUID]:
    """Services that are, or belong to, any record of these ids, of whatever entity."""
    keys = list(ids)
    own = Q(pk__in=keys) | Q(organization_id__in=keys) | Q(program_id__in=keys)
    found = set(Service.objects.filter(own).values_list("pk", flat=True))
    pairs = ServiceAtLocation.objects.filter(Q(pk__in=keys) | Q(location_id__in=keys))
    return found | {key for key in pairs.values_list("service_id", flat=True) if key}


def _holders(model: type[Model], ids: list[UUID]) -> set[UUID]:
    names = {f.name for f in model._meta.concrete_fields}
    columns = [f"{holder}_id" for holder in HOLDERS if holder in names]
    rows = model._default_manager.filter(pk__in=ids).values_list(*columns) if columns else []
    return {key for row in rows for key in row if key}


def services_concerned(entity: str, ids: Iterable[UUID]) -> set[UUID]:
    """Ids of the services whose listings tell something of these records. A few statements, whatever their number."""
    keys = list(ids)
    if entity in HOLDERS:
        return _held_by(keys)
    if entity == "taxonomy_term":
        tied = Attribute.objects.filter(taxonomy_term_id__in=keys)
        return _held_by(filter(None, tied.values_list("link_id", flat=True)))
    if entity == "attribute":
        tied = Attribute.objects.filter(pk__in=keys)
        return _held_by(filter(None, tied.values_list("link_id", flat=True)))
    return _held_by(_holders(model_of(entity), keys))
