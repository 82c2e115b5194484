"""A steward corrects a listing whose organization has nobody here, and says who told it.

By the same rule as a keeper's change (promise 26): what could redirect a survivor waits for another steward, who calls
back on a number that was known before. Where somebody keeps the listings, they change them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.propose_change import (
    held_listing,
    held_to_undo,
    listing_of_any,
    refuse_unreadable,
    undoing,
    write_change,
)
from directory.actions.refused import Refused
from directory.models.proposed_change import ProposedChange
from directory.policies import refuse_unless_corrects, refuse_unless_steward
from directory.rules.told_source import Source, Via, is_told
from safety.viewer import Viewer

Values = Mapping[str, Any]


@transaction.atomic
def correct_listing(
    *,
    organization: UUID,
    service: UUID | None,
    task: str,
    values: Values,
    source: Source,
    viewer: Viewer,
    now: datetime,
    undoes: ProposedChange | None = None,
) -> list[ProposedChange]:
    """Change parts (key -> value) of a listing, or of its organization, as `source` told them.

    Returns the changes, published or held, as `propose_change` does. An organization that stewards know nothing of
    publishes plain facts this way: its standing judges its own people's word. A feed changes none of this any more.
    Raises PermissionDenied, and Refused for what can't be right.
    """
    refuse_unless_steward(viewer)
    refuse_unreadable({"told": source.by, "values": dict(values)})
    if not is_told(source, timezone.localtime(now).date()):
        raise Refused(_("Say who told you, how, and on which day."))
    owner, listing = held_listing(organization, service)
    refuse_unless_corrects(viewer, organization)
    about = replace(listing_of_any(owner, listing, now), is_let_in=True)
    told = {"told_by": source.by.strip(), "told_via": source.via, "told_on": source.on}
    return write_change((owner, listing, about), task, values, viewer, now, undoes, told)


@transaction.atomic
def undo_correction(*, change: UUID, viewer: Viewer, now: datetime) -> list[ProposedChange]:
    """Bring back what was said before a published change, as a correction of its own, which may be held.

    Raises PermissionDenied, and Refused where what it changed was changed again since.
    """
    refuse_unless_steward(viewer)
    found = held_to_undo(change)
    task, values = undoing(found)
    email = User.objects.get(pk=viewer.user).email
    return correct_listing(
        organization=found.organization_id,
        service=found.service_id,
        task=task,
        values=values,
        source=Source(email, Via.UNDOING, timezone.localtime(now).date()),
        viewer=viewer,
        now=now,
        undoes=found,
    )
