"""Where an open place of an organization is: its community, its street, the way there. Of a protected one: nothing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.edit_record import edit_record, tell_anew
from directory.actions.keep_rows import make_row
from directory.actions.refused import Refused
from directory.actions.services_concerned import concerned_by
from directory.finding.community_typed import community_typed
from directory.finding.profile_places import STREET, first_streets, where_of
from directory.models.address import Address
from directory.models.location import Location, PlacedBy
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.places import Place
from directory.rules.publishing import RESERVED_PUBLISHERS
from safety.viewer import Viewer

Where = Mapping[str, str]
MOVES = ("address_1", "postal_code")
"""What changes where a place stands, beside its community: the point that was known of it is not its own any more."""


def own_place(service: Service, place: UUID) -> Location:
    """A place of this service that its organization may change, held. Raises Refused for any other."""
    is_here = ServiceAtLocation.objects.filter(service=service, location_id=place).exists()
    found = Location.objects.select_for_update().filter(pk=place).first() if is_here else None
    if found is None:
        raise Refused(_("This is not there any more."))
    if not _is_its_own(found, service.organization_id):
        raise Refused(
            _("This place stands in another organization’s record too: a steward has to change it.")
        )
    return found


def _is_its_own(place: Location, organization: UUID | None) -> bool:
    if organization is None or place.organization_id not in (None, organization):
        return False
    here = ServiceAtLocation.objects.filter(location=place, service__isnull=False)
    return not here.exclude(service__organization_id=organization).exists()


def community_of(text: str) -> Place:
    """The one community of these words. Raises Refused."""
    found = community_typed(text).place
    if found is None:
        raise Refused(_("Write the community and its province, for example Kingston, ON."))
    return found


def state_where(*, service: Service, place: UUID, where: Where, viewer: Viewer) -> None:
    """From now on this open place is there. Raises Refused.

    Who moved is placed by the community: the old point is forgotten.
    """
    found = own_place(service, place)
    if found.is_protected:
        raise Refused(_("A protected place keeps no street, no coordinates and no directions."))
    street = first_streets([place]).get(place)
    before, community = where_of(found, street), community_of(where["community"])
    told: dict[str, Any] = {"transportation": where["directions"]}
    if found.community_id != community.id or any(where[name] != before[name] for name in MOVES):
        told |= {
            "community_id": community.id,
            "placed_by": PlacedBy.COMMUNITY,
            "latitude": None,
            "longitude": None,
        }
    edit_record(entity="location", record_id=found.pk, values=told, viewer=viewer)
    _state_street(found, street, where, community, viewer)
    tell_anew(concerned_by([("location", found.pk)]))


def _state_street(
    place: Location, street: Address | None, where: Where, community: Place, viewer: Viewer
) -> None:
    facts = {name: where[name] for name in STREET}
    facts |= {"city": community.name, "state_province": community.province}
    if street is None:
        if where["address_1"]:
            make_row(Address, facts | {"location_id": place.pk}, place)
    elif where["address_1"]:
        edit_record(entity="address", record_id=street.pk, values=facts, viewer=viewer)
    elif street.publisher_id in RESERVED_PUBLISHERS:
        street.delete()
    else:
        raise Refused(
            _("This street came with a feed, and would come back with it. To hide it, protect the place.")
        )
