"""A steward decides about a pair that may be one service: one is kept, both stay, or it is asked again later."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.link_services import keep_apart, link_services
from directory.actions.refused import Refused
from directory.actions.tell_people import tell_organization
from directory.models.same_service import SameService, Verdict
from directory.models.service import Service
from directory.policies import refuse_unless_steward
from directory.rules.likely_twins import LATER_DAYS
from safety import audit
from safety.viewer import Viewer


def _held(pair: int, verdict: Verdict) -> SameService:
    found = SameService.objects.select_for_update().filter(pk=pair, verdict=verdict).first()
    if found is None:
        raise Refused(_("This is decided already."))
    return found


@transaction.atomic
def keep_one(*, pair: int, kept: UUID, viewer: Viewer, now: datetime) -> None:
    """The two are one: `kept` is shown, and the other's addresses lead there. Raises PermissionDenied and Refused.

    Whoever looks after the other one's organization is told that something waits: their page says what.
    """
    refuse_unless_steward(viewer)
    found = _held(pair, Verdict.SUGGESTED)
    if kept not in (found.kept_id, found.other_id):
        raise Refused(_("There is no such service."))
    other = found.other_id if kept == found.kept_id else found.kept_id
    link_services(kept_id=kept, other_id=other, viewer=viewer)
    owner = Service.objects.values_list("organization_id", flat=True).get(pk=other)
    if owner is not None:
        tell_organization(owner, now)


@transaction.atomic
def say_two(*, pair: int, viewer: Viewer) -> None:
    """They are two services, and nobody is asked again. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = _held(pair, Verdict.SUGGESTED)
    keep_apart(kept_id=found.kept_id, other_id=found.other_id, viewer=viewer)


@transaction.atomic
def take_apart(*, pair: int, viewer: Viewer) -> None:
    """Undo: both are shown again, under their own addresses. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = _held(pair, Verdict.LINKED)
    keep_apart(kept_id=found.kept_id, other_id=found.other_id, viewer=viewer)


@transaction.atomic
def put_off(*, pair: int, day: date, viewer: Viewer) -> None:
    """Ask again a month after `day`. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = _held(pair, Verdict.SUGGESTED)
    found.later_until = day + timedelta(days=LATER_DAYS)
    found.save(update_fields=["later_until"])
    details = {"other": str(found.other_id)}
    audit.record(
        viewer, action="put_off_twins", subject_type="service", subject_id=found.kept_id, details=details
    )
