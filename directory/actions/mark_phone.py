"""Somebody called a number of a listing and got nowhere: kept for stewards and the keeper, and nothing goes for it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.decide_change import numbers_to_call
from directory.actions.refused import Refused
from directory.finding.numbers_shown import numbers_shown
from directory.finding.seers import window_of
from directory.models.membership import Role
from directory.models.phone_mark import PhoneMark
from directory.models.service import Service
from directory.policies import is_steward, refuse_unless_steward, refuse_unless_works_for
from directory.rules.dead_phones import Heard
from safety import audit
from safety.viewer import Viewer

MOST_A_DAY = 20
"""Calls that one person says led nowhere: a stolen account must not mark the whole list."""
MOST_A_DAY_OF_STEWARDS = 200
"""They call all day, from a list."""


@transaction.atomic
def mark_phone(*, service: UUID, number: str, heard: Heard, viewer: Viewer, now: datetime) -> bool:
    """Say that a number of this listing led nowhere today; once a day of a number. False if that was said already.

    By a steward, or a member of a vetted organization. Raises PermissionDenied, and Refused for a number that the
    listing does not show.
    """
    found = Service.objects.listable().filter(pk=service).exclude(organization=None).first()
    if not is_steward(viewer):
        refuse_unless_works_for(viewer, viewer.organization or UUID(int=0), tuple(Role))
        is_shown = number in numbers_shown(service, window_of(viewer, now))
        found = found if is_shown else None
    if found is None or number not in numbers_to_call(found.organization_id, service):  # type: ignore[arg-type]
        raise Refused(_("This listing does not show this number any more."))
    day = timezone.localtime(now).date()
    mine = PhoneMark.objects.filter(marked_by_id=viewer.user, on=day)
    if mine.count() >= (MOST_A_DAY_OF_STEWARDS if is_steward(viewer) else MOST_A_DAY):
        raise Refused(_("You have marked many numbers today. Tell a steward if there are more."))
    if not _made(service, number, heard, viewer, now):
        return False
    details = {"heard": heard.value}
    audit.record(viewer, action="mark_phone", subject_type="service", subject_id=service, details=details)
    return True


def _made(service: UUID, number: str, heard: Heard, viewer: Viewer, now: datetime) -> bool:
    facts = {"service_id": service, "number": number, "heard": heard, "on": timezone.localtime(now).date()}
    try:
        with transaction.atomic():
            PhoneMark.objects.create(**facts, marked_at=now, marked_by_id=viewer.user)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def clear_phone(*, service: UUID, number: str, viewer: Viewer, now: datetime) -> int:
    """A steward got through: what was said of this number is over. How many marks. Raises PermissionDenied."""
    refuse_unless_steward(viewer)
    marks = PhoneMark.objects.filter(service_id=service, number=number, cleared_at=None)
    cleared = marks.update(cleared_at=now, cleared_by_id=viewer.user)
    if cleared:
        details = {"marks": cleared}
        audit.record(
            viewer, action="clear_phone", subject_type="service", subject_id=service, details=details
        )
    return cleared
