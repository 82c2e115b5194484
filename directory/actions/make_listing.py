"""A listing that an organization asked for is made: its service, its place, its numbers, and what it offers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.edit_record import tell_anew
from directory.actions.forget_again import forget_again
from directory.actions.keep_rows import make_row
from directory.actions.keep_where import community_of
from directory.actions.refuse_telling import refuse_telling
from directory.actions.refused import Refused
from directory.actions.services_concerned import concerned_by
from directory.actions.state_needs import groups_of, tie_needs
from directory.finding.profile import PHONE_FIELDS
from directory.finding.profile_places import STREET
from directory.models.address import Address
from directory.models.area import Area
from directory.models.location import Location, PlacedBy
from directory.models.opened_place import OpenedPlace
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Reach, Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.new_listings import TEXTS, has_protected_place
from directory.rules.provinces import PROVINCES
from safety import audit
from safety.viewer import Viewer

Values = Mapping[str, Any]


def make_listing(*, organization: Organization, key: UUID, values: Values, viewer: Viewer) -> Service:
    """Store the listing `key` and tell it. Raises Refused for what can't be right, or would tell a protected door."""
    if Service.objects.filter(pk=key).exists():
        raise Refused(_("This is decided already."))
    place = values["place"]
    service = _service(organization, key, values)
    tie_needs(service, values["needs"], organization)
    location = place_of(organization, values) if place["kind"] in ("own", "new", "protected") else None
    if location:
        make_row(ServiceAtLocation, {"service_id": service.pk, "location_id": location.pk}, organization)
    for position, row in enumerate(values["phones"]):
        facts = {name: row[name] for name in PHONE_FIELDS}
        make_row(Phone, facts | {"service_id": service.pk, "position": position}, organization)
    refuse_telling(service, TEXTS_STORED)
    cuts = forget_again([location.pk]) if location and location.is_protected else []
    told = [("service", service.pk), *((("location", location.pk),) if location else ())]
    tell_anew({service.pk} | concerned_by([*told, *(cut[:2] for cut in cuts)]))
    audit.record(viewer, action="make_listing", subject_type="service", subject_id=service.pk)
    return service


TEXTS_STORED = tuple(key.partition(".")[2] for key in TEXTS)


def _service(organization: Organization, key: UUID, values: Values) -> Service:
    facts = {key.partition(".")[2]: values[key] for key in TEXTS}
    if not facts["name"]:
        raise Refused(_("A listing needs a name, in one language at least."))
    place = values["place"]
    reach = {"province": Reach.PROVINCE, "country": Reach.COUNTRY}.get(place["kind"], Reach.PLACE)
    province = place.get("province", "")
    if reach == Reach.PROVINCE and province not in PROVINCES:
        raise Refused(_("Choose the province that it serves."))
    made = make_row(
        Service,
        facts | {"id": key, "organization_id": organization.pk, "reach": reach, "province": province},
        organization,
    )
    assert isinstance(made, Service)
    return made


def place_of(organization: Organization, values: Values) -> Location:
    """The place that `values` ask for ("place", with needs and names of what is given there): its own, or a new one.

    Raises Refused for another's, and where a place would have to be protected and is not.
    """
    place, is_protected = values["place"], has_protected_place(values, groups_of(values["needs"]))
    if place["kind"] == "own":
        return _own(organization, place["location"], is_protected)
    if place["kind"] == "protected":
        return _protected(organization, place)
    if is_protected:
        raise Refused(_("Where people stay or hide, no street is kept: the place is protected."))
    return _new(organization, place)


def _own(organization: Organization, key: str, is_protected: bool) -> Location:  # noqa: FBT001
    found = Location.objects.select_for_update().filter(pk=key, organization_id=organization.pk).first()
    if found is None:
        raise Refused(_("This is not there any more."))
    if is_protected and not found.is_protected and not OpenedPlace.objects.filter(location=found).exists():
        raise Refused(
            _("Where people stay or hide, the place is protected. Choose a protected place, or a new one.")
        )
    return found


def _protected(organization: Organization, place: Values) -> Location:
    """Its published area is all that is known of it. Traces of its town were kept under its id before it was there."""
    area = Area.objects.filter(pk=place["area"]).first() if place["area"] else None
    facts = {
        "id": UUID(place["location"]),
        "organization_id": organization.pk,
        "is_protected": True,
        "placed_by": PlacedBy.AREA if area else PlacedBy.NOTHING,
        "area_id": area.pk if area else None,
    }
    return _stored(facts, organization)


def _new(organization: Organization, place: Values) -> Location:
    community = community_of(place["community"])
    facts: dict[str, Any] = {
        "organization_id": organization.pk,
        "placed_by": PlacedBy.COMMUNITY,
        "community_id": community.id,
    }
    if "location" in place:
        facts["id"] = UUID(place["location"])
    made = _stored(facts, organization)
    if place["address_1"]:
        street = {name: place[name] for name in STREET}
        street |= {"city": community.name, "state_province": community.province, "location_id": made.pk}
        make_row(Address, street, organization)
    return made


def _stored(facts: dict[str, Any], organization: Organization) -> Location:
    made = make_row(Location, facts, organization)
    assert isinstance(made, Location)
    return made
