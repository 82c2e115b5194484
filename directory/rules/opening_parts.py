"""In which part of the week hours open: in the evening, on the weekend, at night."""

from collections.abc import Iterable
from typing import Literal

from directory.rules.opening_hours import Hours
from directory.rules.opening_week import DAY, Span

Part = Literal["evening", "weekend", "night"]
WEEK = 7 * DAY

WINDOWS: dict[Part, tuple[tuple[int, int], ...]] = {
    "evening": tuple((day * DAY + 18 * 60, day * DAY + 22 * 60) for day in range(5)),
    "weekend": ((5 * DAY, 7 * DAY),),
    "night": tuple((day * DAY + 23 * 60, day * DAY + 30 * 60) for day in range(7)),
}
"""Minutes of the week from Monday's midnight: 18 to 22 Monday to Friday; Saturday and Sunday; 23 to 6 every night."""


def _touches(spans: Iterable[Span], window: tuple[int, int]) -> bool:
    """Say whether a span and a window share a minute; both may run over the end of the week."""
    starts = [(span.day * DAY + span.opens, span.day * DAY + span.closes) for span in spans]
    return any(
        start + turn < window[1] and window[0] < end + turn
        for start, end in starts
        for turn in (-WEEK, 0, WEEK)
    )


def open_in(hours: Hours, part: Part) -> bool | None:
    """Say whether rules that last open at some time of this part; None where nobody said, or only of a season.

    Single dates are not regular, and own days neither.
    """
    regular = [rule for rule in hours.rules if rule.first is None or rule.first != rule.last]
    opening = [rule for rule in regular if any(_touches(rule.spans, window) for window in WINDOWS[part])]
    if any(rule.lasts for rule in opening):
        return True
    return None if opening or not hours.stated or hours.ends is not None else False
