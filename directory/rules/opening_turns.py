"""Every so many days: what rules of several weeks mean together, where they mean that.

Hours of every third day are kept as three rules, each for a week of three. No reader thinks so.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from directory.rules.opening_hours import FIRST_MONDAY, Rule
from directory.rules.opening_week import Span, Week

Clock = tuple[int, int]
"""When hours begin and end, in minutes as in `Span`."""


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """Hours on every day whose number, counted from `FIRST_MONDAY`, leaves `rest` when divided by `days`.

    `first` and `last` are a season's days, both included; `date.min` and `date.max` where it has none.
    """

    first: date
    last: date
    days: int
    rest: int
    clocks: tuple[Clock, ...]

    def next_day(self, today: date) -> date | None:
        """Return the first of its days that is not over, None where no more is to come."""
        begin = max(self.first, today)
        ahead = (self.rest - (begin - FIRST_MONDAY).days) % self.days
        found = begin + timedelta(days=ahead)
        return found if found <= self.last else None


def spacing(places: Collection[int], cycle: int) -> int:
    """Return how many days lie between any two neighbours in a cycle that comes again and again.

    0 if not always as many. Whole weeks give 0 too: they are told as weeks.
    """
    days, left = divmod(cycle, len(places))
    is_even = not left and all(later - earlier == days for earlier, later in pairwise(sorted(places)))
    return days if is_even and days % 7 else 0


def turns_apart(rules: Iterable[Rule]) -> tuple[list[Turn], list[Rule]]:
    """Return what comes every so many days, and the rules that are left without it."""
    rest: list[Rule] = []
    alike: dict[tuple[date, date, int], list[Rule]] = {}
    for rule in rules:
        if _may_turn(rule):
            season = (rule.first or date.min, rule.last or date.max)
            alike.setdefault((*season, rule.weeks), []).append(rule)
        else:
            rest.append(rule)
    clocks: dict[tuple[date, date, int, int], list[Clock]] = {}
    for (first, last, weeks), together in alike.items():
        found = _turns(together, weeks)
        for clock, (days, remainder) in found.items():
            clocks.setdefault((first, last, days, remainder), []).append(clock)
        rest += filter(None, (_without(rule, found) for rule in together))
    return [Turn(*key, tuple(sorted(told))) for key, told in sorted(clocks.items())], rest


def _may_turn(rule: Rule) -> bool:
    is_one_day = rule.first is not None and rule.first == rule.last
    return rule.weeks > 1 and not (rule.nths or rule.monthdays or is_one_day)


def _turns(rules: list[Rule], weeks: int) -> dict[Clock, tuple[int, int]]:
    """Of each time of day that comes every so many days, how many, and the rest that they leave."""
    places: dict[Clock, set[int]] = {}
    for rule in rules:
        for span in rule.spans:
            places.setdefault((span.opens, span.closes), set()).add(rule.phase * 7 + span.day)
    spaced = {clock: (spacing(found, weeks * 7), min(found)) for clock, found in places.items()}
    return {clock: (days, place % days) for clock, (days, place) in spaced.items() if days}


def _without(rule: Rule, clocks: Collection[Clock]) -> Rule | None:
    """The rule without these times of day, None if nothing is left of it."""
    left: tuple[Span, ...] = tuple(s for s in rule.spans if (s.opens, s.closes) not in clocks)
    return replace(rule, week=Week(left, stated=True)) if left else None
