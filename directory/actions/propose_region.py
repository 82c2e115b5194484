"""The region that is told of a protected place: asked for by its community, which is forgotten at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.keep_names import keep_town
from directory.actions.keep_where import community_of
from directory.actions.propose_change import propose_change
from directory.actions.refused import Refused
from directory.finding.profile_places import AREA
from directory.models.place import Place
from directory.models.proposed_change import ProposedChange
from safety.viewer import Viewer


@transaction.atomic
def propose_region(
    *, organization: UUID, service: UUID, place: UUID, community: str, viewer: Viewer, now: datetime
) -> list[ProposedChange]:
    """Ask that a protected place be told by the region of this community; a steward reads it first.

    From now on no text of the organization may name the community, where it is smaller than its region. Raises
    PermissionDenied and Refused.
    """
    town = Place.objects.select_related("area").get(pk=community_of(community).id)
    if town.area_id is None:
        raise Refused(_("We know no region of this community."))
    made = propose_change(
        organization=organization,
        service=service,
        task="where",
        values={f"{AREA}{place}": town.area_id},
        viewer=viewer,
        now=now,
    )
    keep_town(place, town, town.area)
    return made
