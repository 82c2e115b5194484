"""Opens a protected place on purpose: from now on it may be told where it is, and its feed may bring its street again.

The deliberate act that undoes what an import protects by itself (docs/adr/0030). Nothing comes back by it: there is
nothing here to come back.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.keep_traces import forget_traces
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.actions.services_concerned import concerned_by
from directory.models.location import Location, PlacedBy
from directory.models.opened_place import OpenedPlace
from directory.models.protected_address import ProtectedAddress
from directory.policies import is_steward, refuse_unless_custodian
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def open_location(*, location_id: UUID, viewer: Viewer) -> None:
    """The place is protected no longer, and no import protects it again by itself.

    At the desk a steward reads the wish first (`propose_change`). Raises Location.DoesNotExist, PermissionDenied, and
    Refused where it isn't protected or keeps a sealed street.
    """
    location = Location.objects.select_for_update().get(pk=location_id)
    if not is_steward(viewer):
        refuse_unless_custodian(viewer, location.organization_id)
    if not location.is_protected:
        raise Refused(_("This place is not protected."))
    if ProtectedAddress.objects.filter(location_id=location_id).exists():
        raise Refused(_("A sealed street is kept of this place: remove it first."))
    Location.objects.filter(pk=location_id).update(
        is_protected=False, area=None, community=None, placed_by=PlacedBy.NOTHING
    )
    forget_traces(location_id)
    facts = {"opened_by": viewer.user, "opened_at": timezone.now()}
    OpenedPlace.objects.update_or_create(location_id=location_id, defaults=facts)
    project_services(sorted(concerned_by([("location", location_id)])))
    audit.record(viewer, action="open_location", subject_type="location", subject_id=location_id)
