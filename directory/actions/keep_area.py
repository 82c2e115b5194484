"""The published area of a protected place: another one, once a steward has read it."""

from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.edit_record import edit_record
from directory.actions.keep_where import own_place
from directory.actions.refused import Refused
from directory.models.area import Area
from directory.models.location import Location, PlacedBy
from directory.models.service import Service
from safety.viewer import Viewer


def state_area(*, service: Service, place: UUID, area: str, viewer: Viewer) -> None:
    """From now on this protected place is told by this region, and no text names its community. Raises Refused."""
    found = own_place(service, place)
    known = Area.objects.filter(pk=area, is_by_agreement=False).exists()
    if not found.is_protected or not known:
        raise Refused(_("This is not there any more."))
    if _is_named(found):
        raise Refused(_("Its community is named by agreement: that has to be withdrawn first."))
    values = {"area_id": area, "placed_by": PlacedBy.AREA}
    edit_record(entity="location", record_id=found.pk, values=values, viewer=viewer)


def _is_named(place: Location) -> bool:
    return bool(place.area and place.area.is_by_agreement)
