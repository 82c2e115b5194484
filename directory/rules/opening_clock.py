"""What a place's clock shows, and when it first shows it: the only arithmetic with zones in the opening rules.

A repeated hour counts once: while the clock shows it again, the reading stays at the latest minute already shown.
So readings never go back, and hours end once and stay ended.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from directory.rules.opening_week import DAY

MINUTE = timedelta(minutes=1)


class Reading(NamedTuple):
    """The latest minute that a place's clock has shown: its date, and minutes after midnight (0 to 1439)."""

    day: date
    minute: int

    @property
    def position(self) -> int:
        """Minutes since the calendar began, as clocks count them."""
        return self.day.toordinal() * DAY + self.minute


def clock_reading(now: datetime, zone: ZoneInfo) -> Reading:
    """Return what the clock of `zone` shows at `now`, or in a repeated hour the latest minute shown before.

    Raises ValueError if `now` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware of its zone")
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    local = now.astimezone(zone)
    if local.fold:
        local = _last_before_repeat(now, local, zone)
    return Reading(local.date(), local.hour * 60 + local.minute)


def _last_before_repeat(now: datetime, local: datetime, zone: ZoneInfo) -> datetime:
    """Return the last minute that the clock showed before it was put back, at a time which it shows again."""
    shown_first = local.replace(fold=0)
    before, after = shown_first.astimezone(UTC), now
    offset = shown_first.utcoffset()
    while (gap := (after - before) // MINUTE) > 1:
        middle = before + gap // 2 * MINUTE
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return before.astimezone(zone)


def first_moment(position: int, zone: ZoneInfo) -> datetime:
    """Return the first instant (UTC) when the clock shows `position` (as `Reading.position`), or later."""
    day, minutes = divmod(position, DAY)
    wanted = datetime.combine(date.fromordinal(day), time.min) + timedelta(minutes=minutes)
    after = wanted.replace(tzinfo=zone).astimezone(UTC)
    if after.astimezone(zone).replace(tzinfo=None) == wanted:
        return after
    # The clock skips this time: the change lies between the two readings that zoneinfo offers.
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while (gap := (after - before) // MINUTE) > 1:
        middle = before + gap // 2 * MINUTE
        if middle.astimezone(zone).replace(tzinfo=None) >= wanted:
            after = middle
        else:
            before = middle
    return after
