"""Takes away all that hangs on protected places and could lead to their doors; may be run again at any time.

Whoever protects a place, and whoever imports records of one that is protected, calls it at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Model, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL

from directory.finding.arrays import array
from directory.models.accessibility import Accessibility
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.coverage import ServiceCoverage
from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
from directory.models.language import Language
from directory.models.location import NOT_KEPT
from directory.models.metadata import Metadata
from directory.models.phone import Phone
from directory.models.schedule import Schedule
from directory.models.schedule_day import ScheduleDay
from directory.models.service_area import ServiceArea
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute

WRITTEN: dict[str, Any] = {"written": {}, "given_id": ""}
EMPTY_LOCATION: dict[str, Any] = {
    **dict.fromkeys(NOT_KEPT, ""),
    "latitude": None,
    "longitude": None,
    "community": None,
    "written": {},
    "flags": [],
}
"""What `location_protected_has_only_its_area` asks of a place that is or becomes protected, but for its area."""

DATE, TIME = r"\d{4}-\d\d-\d\d(T[\d:.Z+-]{0,20})?", r"\d\d?:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?"
LIST = r"[+-]?\d{0,3}[A-Z]{0,2}(,\s?[+-]?\d{0,3}[A-Z]{0,2}){0,30}"
IN_FORM = {
    **dict.fromkeys(("valid_from", "valid_to", "dtstart", "until"), DATE),
    **dict.fromkeys(("opens_at", "closes_at"), TIME),
    **dict.fromkeys(("byday", "byweekno", "bymonthday", "byyearday"), LIST),
    **dict.fromkeys(("count", "interval"), r"\d{1,4}"),
    "timezone": r"[+-]?\d{1,2}(\.\d+)?",
    "wkst": r"[A-Z]{2}",
    "freq": r"[A-Z]{1,10}",
    "zone": r"[A-Za-z_]{1,20}(/[A-Za-z_]{1,20}){0,2}",
}
"""Hours stay as far as they are hours: what is written otherwise may be anything."""


@dataclass(frozen=True, slots=True)
class Around:
    """Ids of places and of what is tied to them, and the records that hang on either."""

    places: list[UUID]
    sites: list[UUID]
    services: list[UUID]

    @property
    def here(self) -> Q:
        """Hangs on a place, or on a service at it."""
        return Q(location_id__in=these(self.places)) | Q(service_at_location_id__in=these(self.sites))


def these(ids: Sequence[UUID]) -> RawSQL:
    """What to compare with `__in`: by the thousand, as one value."""
    return RawSQL("SELECT unnest(%s::uuid[])", [array(ids)])


def around(places: Sequence[UUID]) -> Around:
    """Find the services and pairs of these places."""
    pairs = ServiceAtLocation.objects.filter(location_id__in=these(places)).order_by("pk")
    tied = list(pairs.values_list("pk", "service_id"))
    services = {service for _, service in tied if service}
    return Around(sorted(places), [pair for pair, _ in tied], sorted(services))


def _ids(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def scrub_places(places: Sequence[UUID]) -> int:
    """Empty these places and all that hangs on them; returns how many records went. Their areas stay as they are."""
    found = around(places)
    gone = _records_that_go(found)
    emptied = _empty_children(found)
    subjects = [*found.places, *found.sites, *emptied, *(pk for ids in gone.values() for pk in ids)]
    count = (
        Attribute.objects.filter(link_id__in=these(subjects))
        .exclude(link_id__in=these(found.sites))
        .delete()[0]
    )
    Attribute.objects.filter(link_id__in=these(found.sites)).update(value="", label="", **WRITTEN)
    count += Metadata.objects.filter(resource_id__in=these([*subjects, *found.services])).delete()[0]
    count += FieldSource.objects.filter(record_id__in=these(subjects)).delete()[0]
    count += ImportConflict.objects.filter(record_id__in=these(subjects)).delete()[0]
    for model, ids in gone.items():
        count += model._default_manager.filter(pk__in=these(ids)).delete()[0]
    fine = ServiceCoverage.objects.filter(
        service_id__in=these(found.services), kind__in=["community", "polygon"]
    )
    return count + fine.delete()[0]


def _records_that_go(found: Around) -> dict[type[Model], list[UUID]]:
    """Streets, ways in, areas of a pair, and people or desks that belong to the place and to nothing else."""
    held_elsewhere = Q(organization_id__isnull=False) | Q(service_id__isnull=False)
    contacts = Contact.objects.filter(found.here)
    gone: dict[type[Model], list[UUID]] = {
        Address: _ids(Address.objects.filter(location_id__in=these(found.places))),
        Accessibility: _ids(Accessibility.objects.filter(location_id__in=these(found.places))),
        Contact: _ids(contacts.exclude(held_elsewhere)),
        ServiceArea: _ids(ServiceArea.objects.filter(service_at_location_id__in=these(found.sites))),
    }
    contacts.filter(held_elsewhere).update(location=None, service_at_location=None)
    return gone


def _empty_children(found: Around) -> list[UUID]:
    """Take the free text off what stays: numbers, hours, languages, areas by name. Returns the ids of these."""
    phones = Phone.objects.filter(found.here)
    schedules = Schedule.objects.filter(found.here)
    languages = Language.objects.filter(location_id__in=these(found.places))
    areas = ServiceArea.objects.filter(service_id__in=these(found.services))
    ids = [pk for rows in (phones, schedules, languages, areas) for pk in _ids(rows)]
    phones.update(description="", description_fr="", **WRITTEN)
    schedules.update(
        **dict.fromkeys(("description", "description_fr", "notes", "schedule_link", "attending_type"), ""),
        **{name: _if_in_form(name, form) for name, form in IN_FORM.items()},
        **WRITTEN,
    )
    of_these = Schedule.objects.filter(found.here | Q(service_id__in=these(found.services)))
    ScheduleDay.objects.filter(schedule__in=of_these).update(note="", note_fr="")
    languages.update(note="", **WRITTEN)
    areas.update(description="", extent="", extent_type="", uri="", **WRITTEN)
    ServiceAtLocation.objects.filter(pk__in=these(found.sites)).update(description="", **WRITTEN)
    return ids


def _if_in_form(name: str, form: str) -> Case:
    return Case(
        When(**{f"{name}__regex": f"^{form}$"}, then=name), default=Value(""), output_field=TextField()
    )
