"""Write a change into the records: the values of its parts, told anew wherever they show."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.edit_record import edit_record, tell_anew
from directory.actions.keep_area import state_area
from directory.actions.keep_hours import state_hours
from directory.actions.keep_places import state_place
from directory.actions.keep_rows import state_rows
from directory.actions.keep_where import own_place, state_where
from directory.actions.open_location import open_location
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.actions.services_concerned import services_concerned
from directory.actions.state_facts import state_facts
from directory.actions.state_needs import state_needs
from directory.finding.profile import (
    ORGANIZATION_FIELDS,
    SERVICE_FIELDS,
    languages_of,
    organization_phones,
    phones_of,
)
from directory.models.language import Language
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from directory.rules.holding import PROTECTED, facts_of
from safety.viewer import Viewer

Values = Mapping[str, Any]


def concerned(organization: Organization, service: Service | None) -> set[UUID]:
    """The services that tell of these parts."""
    return {service.pk} if service else services_concerned("organization", [organization.pk])


def apply_values(
    *, organization: Organization, service: Service | None, values: Values, viewer: Viewer
) -> None:
    """Write these parts (key -> value) and tell them anew. Raises Refused, ValueError for what has no key."""
    record: Service | Organization = service or organization
    names = SERVICE_FIELDS if service else ORGANIZATION_FIELDS
    table = record._meta.db_table
    left = dict(values)
    fields = {name: left.pop(f"{table}.{name}") for name in names if f"{table}.{name}" in left}
    if fields:
        edit_record(entity=table, record_id=record.pk, values=fields, viewer=viewer)
    for key, value in left.items():
        _apply_part(organization, service, key, value, viewer)
    tell_anew(concerned(organization, service))


def _apply_part(
    organization: Organization, service: Service | None, key: str, value: Any, viewer: Viewer
) -> None:
    if key == "organization.phones" and service is None:
        stored = list(organization_phones(organization.pk))
        owner = {"organization_id": organization.pk}
        state_rows(Phone, stored=stored, wanted=value, owner=owner, beside=organization, viewer=viewer)
    elif service is None:
        raise ValueError(f"an organization has no part {key!r}")
    elif key == "phones":
        _apply_phones(service, value, viewer)
    elif key == "languages":
        spoken = list(languages_of(service.pk))
        owner = {"service_id": service.pk}
        state_rows(Language, stored=spoken, wanted=value, owner=owner, beside=service, viewer=viewer)
    elif key == "needs":
        state_needs(service=service, needs=value)
    elif key == "facts":
        state_facts(service_id=service.pk, facts=facts_of(value), viewer=viewer)
    elif key.startswith("hours/"):
        state_hours(service=service, key=key, hours=value, viewer=viewer)
    else:
        _apply_place(organization, service, key, value, viewer)


def _apply_place(organization: Organization, service: Service, key: str, value: Any, viewer: Viewer) -> None:
    """Whether it is given at a place, where that is, or who may know it."""
    kind, _slash, named = key.partition("/")
    if kind not in ("place", "where", "tier", "area"):
        raise ValueError(f"a service has no part {key!r}")
    try:
        place = UUID(named)
    except ValueError:
        raise Refused(_("This is not there any more.")) from None
    if kind == "place":
        state_place(organization=organization, service=service, place=place, value=value)
    elif kind == "where":
        state_where(service=service, place=place, where=value, viewer=viewer)
    elif kind == "area":
        state_area(service=service, place=place, area=value, viewer=viewer)
    else:
        _apply_tier(service, place, value, viewer)


def _apply_tier(service: Service, place: UUID, value: Any, viewer: Viewer) -> None:
    if own_place(service, place).organization_id is None:
        raise Refused(_("Our records name no organization with this place: a steward has to do this."))
    if value == PROTECTED:
        protect_location(location_id=place, viewer=viewer)
    else:
        open_location(location_id=place, viewer=viewer)


def _apply_phones(service: Service, value: list[dict[str, str]], viewer: Viewer) -> None:
    """New numbers stand where the others stand: a place that has numbers shows those of its service no more."""
    stored = list(phones_of(service.pk))
    places = {row.service_at_location_id for row in stored} - {None}
    if len(places) > 1:
        raise Refused(_("Its places have numbers of their own. Ask a steward to change them."))
    owner = {"service_at_location_id": places.pop()} if places else {"service_id": service.pk}
    state_rows(Phone, stored=stored, wanted=value, owner=owner, beside=service, viewer=viewer)
