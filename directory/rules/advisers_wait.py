"""How long a second yes waits for survivors' advisers: working days, from Monday to Friday, counted by the hour."""

from datetime import datetime, time, timedelta

from directory.rules.standing import LAST_ZONE

SATURDAY = 5


def counts_from(proposed_at: datetime, days: int) -> datetime:
    """From when on a second steward may agree to what was proposed then: `days` whole working days later.

    With none it is the moment of the proposal. Counted where a day ends last in Canada. A weekend counts for nothing;
    holidays, which differ by province, count.
    """
    if not days:
        return proposed_at
    moment = _on_a_working_day(proposed_at.astimezone(LAST_ZONE))
    for _day in range(days):
        moment = _on_a_working_day(moment + timedelta(days=1), keeps_hour=True)
    return moment


def _on_a_working_day(moment: datetime, *, keeps_hour: bool = False) -> datetime:
    """The moment itself, or the Monday after: its beginning, or its same hour."""
    if moment.weekday() < SATURDAY:
        return moment
    monday = moment + timedelta(days=7 - moment.weekday())
    return monday if keeps_hour else datetime.combine(monday, time(), LAST_ZONE)
