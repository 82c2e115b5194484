"""The rules beside the oracle: what each says of made hours, and every difference in words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from directory.rules.opening import HORIZON, SEASON_HORIZON, OpenState, state_at
from directory.rules.opening_clock import clock_reading
from directory.rules.opening_codes import code_is_open, hours_code
from directory.rules.opening_hours import Hours
from directory.rules.opening_own import StatedDay, own_day
from directory.rules.opening_rows import WrittenRow, hours_from
from tests.rules.opening_made import Maker, is_holiday
from tests.rules.opening_oracle import Made, Oracle


def hours_of(made: Made) -> Hours:
    """Made hours as the rules read them."""
    own = [
        own_day(StatedDay(on, *times)) for on, found in made.own_days.items() for times in found or [("", "")]
    ]
    return hours_from([WrittenRow(**row) for row in made.rows], own)


def judged(seed: int, schedules: int, instants: int) -> Iterator[tuple[Made, str, datetime, Hours, Oracle]]:
    """Made hours and instants at which to judge them."""
    maker = Maker(seed)
    for _ in range(schedules):
        made, zone = maker.schedule(), maker.zone()
        hours, oracle = hours_of(made), Oracle(made, zone, is_holiday)
        for now in maker.instants(made, zone, instants):
            yield made, zone, now, hours, oracle


def state_of(made: Made, hours: Hours, now: datetime, zone: str) -> OpenState:
    """What the rules say."""
    return state_at(hours, now, zone, is_holiday, made.on_holidays)


def differences_of_state(seed: int, schedules: int, instants: int) -> list[str]:
    """Where the rules' state isn't the oracle's, or a code judges otherwise than the rules."""
    found = []
    for made, zone, now, hours, oracle in judged(seed, schedules, instants):
        told, wanted = state_of(made, hours, now, zone).state, oracle.answer(now)
        reading = clock_reading(now, ZoneInfo(zone))
        by_code = code_is_open(hours_code(hours, made.on_holidays), reading, is_holiday)
        if told != wanted or by_code != (wanted == "open"):
            found.append(f"{now.isoformat()} {zone}: {told}, {by_code}; oracle {wanted}; {made}")
    return found


def differences_of_moments(seed: int, schedules: int) -> list[str]:
    """Where `until` or `next` isn't what walking the minutes finds."""
    found = []
    for made, zone, now, hours, oracle in judged(seed, schedules, 1):
        answer, begun = state_of(made, hours, now, zone), now.astimezone(UTC)
        until = oracle.until(now, begun + HORIZON) if answer.state in ("open", "call_first") else None
        horizon = HORIZON if hours.is_plain else SEASON_HORIZON
        opens = oracle.next_open(begun, begun + horizon)
        # In UTC: Python calls a time of a repeated hour unequal to every other zone's.
        told = [moment and moment.astimezone(UTC) for moment in (answer.until, answer.next)]
        if told != [until, opens]:
            found.append(f"{now.isoformat()} {zone}: {answer}; walked {until}, {opens}; {made}")
    return found
