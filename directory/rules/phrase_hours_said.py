"""What a phrase of hours has said so far, and how its parts agree in the end."""

from dataclasses import dataclass, field

from directory.rules.opening import DAY, OnHolidays, Span

Pair = tuple[int, int]


class DoubtError(Exception):
    """The phrase may mean something else."""


@dataclass(slots=True)
class Group:
    """Days with the same hours; `named` are those of them that stand alone, not inside "Mon-Fri"."""

    days: set[int]
    named: set[int]
    pairs: list[Pair]


@dataclass(slots=True)
class Said:
    """What the grammar has found so far."""

    groups: list[Group] = field(default_factory=list)
    always: bool = False
    closed: set[int] = field(default_factory=set)
    on_holidays: OnHolidays = "not_stated"
    by_appointment: bool = False
    season: str = ""
    zone: str = ""

    def spans(self) -> tuple[Span, ...]:
        """The weekly hours. Raises DoubtError where they overlap."""
        pairs = [(day, pair) for group in self.groups for day in group.days for pair in group.pairs]
        spans = sorted(Span(day, opens, closes) for day, (opens, closes) in pairs)
        ends = sorted((span.day * DAY + span.opens, span.day * DAY + span.closes) for span in spans)
        following = [*ends[1:], (ends[0][0] + 7 * DAY, 0)] if ends else []
        if any(end > start for (_, end), (start, _) in zip(ends, following, strict=True)):
            raise DoubtError
        return tuple(spans)

    def holidays(self, answer: OnHolidays) -> None:
        """Holidays are said once, or twice the same."""
        if self.on_holidays not in ("not_stated", answer):
            raise DoubtError
        self.on_holidays = answer

    def cut(self, gap: Pair, *, is_daily: bool) -> None:
        """Take a break such as "closed 12-1" out of the hours before it."""
        groups = self.groups
        if not groups or (len(groups) > 1 and not is_daily):
            raise DoubtError
        for group in groups:
            around = [pair for pair in group.pairs if pair[0] < gap[0] and gap[1] < pair[1]]
            touched = [pair for pair in group.pairs if pair[0] < gap[1] and gap[0] < pair[1]]
            if len(around) != 1 or touched != around:
                raise DoubtError
            opens, closes = around[0]
            group.pairs.remove(around[0])
            group.pairs += [(opens, gap[0]), (gap[1], closes)]

    def settle_closed(self) -> None:
        """Days called closed leave the hours of their group, never all of it."""
        if len(self.closed) == 7:
            raise DoubtError
        for group in self.groups:
            if group.named & self.closed or not group.days - self.closed:
                raise DoubtError
            group.days -= self.closed

    def settle_groups(self) -> None:
        """Two groups share all their days ("Mon-Fri 9-12; Mon-Fri 1-4") or none."""
        groups = self.groups
        for at, group in enumerate(groups):
            if any(group.days & other.days and group.days != other.days for other in groups[at + 1 :]):
                raise DoubtError
