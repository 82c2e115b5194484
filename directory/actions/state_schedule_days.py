"""The own days of a schedule: replaced whole, or not at all."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions.edit_record import tell_anew
from directory.actions.keep_traces import is_any_kept
from directory.actions.refuse_telling import refuse_if_told
from directory.actions.refused import Refused
from directory.actions.services_concerned import services_concerned
from directory.models.schedule import Schedule
from directory.models.schedule_day import ScheduleDay
from directory.models.service import Service
from directory.rules.door_traces import tells
from directory.rules.opening_own import DayFault, StatedDay, check_days
from safety import audit
from safety.viewer import Viewer

FAULTS = {
    "too_many": gettext_lazy("These are too many lines of own days: at most %(value)s."),
    "no_time": gettext_lazy("One of the two times is missing. For a day that is closed leave both empty."),
    "not_a_time": gettext_lazy("“%(value)s” is not a time of day. Write hours and minutes, such as 09:00."),
    "unreadable": gettext_lazy("This holds characters that can't be read. Type it again."),
    "too_long": gettext_lazy("A note is too long: at most %(value)s characters."),
    "closed_and_open": gettext_lazy("It is closed, and something else beside it. Take one of them away."),
    "overlap": gettext_lazy("Its hours overlap. Make one line of them."),
}
"""The codes of `DayFault` in words."""


@transaction.atomic
def state_schedule_days(*, schedule_id: UUID, days: Sequence[StatedDay], viewer: Viewer) -> int:
    """From now on the schedule has exactly these own days; how many lines. Past ones may stay out.

    Raises Refused with every problem, one a line, or where a note tells a protected door.
    The audit row says how many lines there are, and no date or word of them.
    """
    if faults := check_days(days):
        raise Refused("\n".join(map(_sentence, faults)))
    schedule = Schedule.objects.select_for_update().get(pk=schedule_id)
    services = services_concerned("schedule", [schedule_id])
    _refuse_telling(schedule, services, [note for day in days for note in (day.note, day.note_fr) if note])
    ScheduleDay.objects.filter(schedule=schedule).delete()
    ScheduleDay.objects.bulk_create(ScheduleDay(schedule=schedule, **day._asdict()) for day in days)
    tell_anew(services)
    audit.record(
        viewer,
        action="state_schedule_days",
        subject_type="schedule",
        subject_id=schedule_id,
        details={"lines": len(days)},
    )
    return len(days)


def _sentence(fault: DayFault) -> str:
    told = FAULTS[fault.code] % {"value": fault.value}
    return f"{fault.on.isoformat()}: {told}" if fault.on else told


def _refuse_telling(schedule: Schedule, services: set[UUID], notes: list[str]) -> None:
    """A schedule at a protected place has no notes; others may not tell its door."""
    place = schedule.location or (schedule.service_at_location and schedule.service_at_location.location)
    if notes and place and place.is_protected:
        raise Refused(_("Hours at a protected place have no notes."))
    if not notes or not is_any_kept():
        return
    run = Service.objects.filter(pk__in=services).values_list("organization_id", flat=True)
    owners = [owner for owner in run if owner]
    refuse_if_told(lambda traces: any(tells(note, traces) for note in notes), owners, services)
