"""Looks through all that an organization tells for traces of a door that is being protected, and cuts them out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, Q, TextField

from directory.actions.refused import Refused
from directory.actions.scrub_places import Around
from directory.models.address import Address
from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
from directory.models.location import Location
from directory.models.metadata import Metadata
from directory.models.organization import Organization
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.models.url import Url
from directory.rules.door_traces import Traces, tells, without


class Cut(NamedTuple):
    """A text that told the door: its keeper has to read what is left of it."""

    entity: str
    record_id: UUID
    field: str


# Other places and their streets are reported and left alone: somebody must decide about them.
LEFT_ALONE = (Location, Address)
OWNERS = ("organization_id", "service_id", "service_at_location_id", "location_id", "contact_id", "phone_id")
DESCRIBED = ("link_id", "resource_id")
NAMELESS = "…"
"""Stands for a name of which nothing is left."""


def records_around(found: Around) -> list[HsdsRecord]:
    """The organizations of these places and services, all their services, and every record that hangs on any."""
    places = Location.objects.filter(pk__in=found.places, organization_id__isnull=False)
    services = Service.objects.filter(pk__in=found.services, organization_id__isnull=False)
    ids = {key for rows in (places, services) for key in rows.values_list("organization_id", flat=True)}
    ids |= set(Service.objects.filter(organization_id__in=ids).values_list("pk", flat=True))
    ids |= {*found.services, *found.sites, *found.places}
    rows: dict[UUID, HsdsRecord] = {}
    # Three steps: a contact, its phone, a language on that phone.
    for names in (OWNERS, OWNERS, OWNERS, DESCRIBED, DESCRIBED):
        for row in _held(names, ids):
            rows[row.pk] = row
        ids |= rows.keys()
    return list(rows.values())


def _held(names: tuple[str, ...], ids: set[UUID]) -> Iterator[HsdsRecord]:
    for model in apps.get_app_config("directory").get_models():
        if not issubclass(model, HsdsRecord) or model in LEFT_ALONE:
            continue
        columns = [f.attname for f in model._meta.concrete_fields if f.attname in names]
        wanted = Q(pk__in=ids) if names is OWNERS else Q()
        for column in columns:
            wanted |= Q(**{f"{column}__in": ids})
        if wanted:
            yield from model._default_manager.filter(wanted).order_by("pk")


def refuse_telling_names(rows: Iterable[HsdsRecord], traces: Traces) -> None:
    """Raise Refused if a name tells the door: no name can be cut, somebody has to give another one."""
    for row in rows:
        if tells(str(getattr(row, "name", "")), traces) and isinstance(row, Organization | Service):
            entity = row._meta.db_table
            raise Refused(
                f"The name of {entity} {row.pk} tells where the place is: give it another one first."
            )


def cut_traces(rows: Iterable[HsdsRecord], traces: Traces) -> list[Cut]:
    """Cut what tells out of every text of `rows`; history, conflicts and web addresses that tell go whole."""
    found: list[Cut] = []
    keys: list[UUID] = []
    for row in rows:
        keys.append(row.pk)
        told = cut_unsaved(row, traces)
        found += [Cut(row._meta.db_table, row.pk, name) for name in told if name != "written"]
        if not told:
            continue
        if isinstance(row, Metadata) or (isinstance(row, Url) and not row.url):
            row.delete()
        else:
            row.save(update_fields=told)
    _cut_sources(keys, traces)
    return found


def cut_unsaved(row: HsdsRecord, traces: Traces) -> list[str]:
    """Cut the texts of a row and save nothing; returns the names of the fields that changed."""
    told = []
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname)
        is_text = isinstance(field, TextField | CharField) and not field.choices
        if is_text and isinstance(text, str) and tells(text, traces):
            left = without(text, traces)
            setattr(row, field.attname, left or (NAMELESS if field.attname == "name" else ""))
            told.append(field.name)
    kept = {name: raw for name, raw in row.written.items() if not tells(str(raw), traces)}
    if kept != row.written:
        row.written = kept
        told.append("written")
    return told


def _cut_sources(keys: list[UUID], traces: Traces) -> None:
    for conflict in ImportConflict.objects.filter(record_id__in=keys).order_by("pk"):
        if tells(conflict.offered, traces):
            conflict.delete()
    for source in FieldSource.objects.filter(record_id__in=keys).order_by("pk"):
        if tells(source.source_url, traces):
            source.source_url = ""
            source.save(update_fields=["source_url"])
