"""How the parts of a phrase of hours belong together: days and times in turn, closings, holidays, appointments.

Days come before their times through the whole phrase ("Mon 9-5, Wed 12-8") or after them ("9-5 Mon, 12-8 Wed").
"""

from collections.abc import Sequence

from directory.rules.opening import DAY
from directory.rules.phrase_clock import Clock, Part, by_24_hours, read_clock, read_pair
from directory.rules.phrase_hours_lists import DAY_KINDS, DAY_LONG, closes_behind, is_list_clear
from directory.rules.phrase_hours_said import DoubtError, Group, Pair, Said
from directory.rules.phrase_hours_words import DAYS, zone_of
from directory.rules.phrase_text import Token

PARTS: dict[str, Part] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}
SEPARATORS = ("comma", "break", "list")
_SETS = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7)}
_END = Token("end", "", 0, 0)


def read_tokens(found: Sequence[Token]) -> Said:
    """Return what the tokens say together. Raises DoubtError where they may mean two things, or nothing."""
    return _Reader(found).read()


class _Reader:
    def __init__(self, found: Sequence[Token]) -> None:
        self.found = list(found)
        self.at = 0
        self.said = Said()
        self.appointments: list[tuple[Token, Token]] = []
        first = next((t.kind for t in found if t.kind in ("time", "between", *DAY_LONG, *DAY_KINDS)), "")
        self.times_first = first not in DAY_KINDS
        clocks = [clock for t in found if t.kind == "time" and (clock := read_clock(t.text))]
        self.by_24_hours = by_24_hours(*clocks)
        # "M" is Monday only where no French letter stands beside it.
        if any(t.text.strip(". ") == "m" for t in found) and any(t.text in ("a", "au", "et") for t in found):
            raise DoubtError

    def peek(self, ahead: int = 0) -> Token:
        return self.found[self.at + ahead] if self.at + ahead < len(self.found) else _END

    def before(self, back: int = 0) -> Token:
        """The token last taken, or one before it."""
        return self.found[self.at - 1 - back] if self.at > back else _END

    def take(self, *kinds: str) -> Token | None:
        """The next token if it is of one of the kinds, which is then behind us."""
        token = self.peek()
        if token.kind not in kinds:
            return None
        self.at += 1
        return token

    def need(self, *kinds: str) -> Token:
        if token := self.take(*kinds):
            return token
        raise DoubtError

    def read(self) -> Said:
        while self.take("colon", "break"):
            pass
        while self.peek().kind != "end":
            if not self.take(*SEPARATORS):
                self.item()
        return self.settled()

    def item(self) -> None:
        kind = self.peek().kind
        if kind in DAY_KINDS and not self.times_first:
            self.group_after_days()
        elif kind in ("time", "between", *DAY_LONG) and self.times_first:
            self.group_before_days()
        else:
            self.remark()

    def remark(self) -> None:
        """Anything but days with their times."""
        token = self.peek()
        self.at += 1
        if token.kind in ("always", "whole_year"):
            self.day_and_night(whole_year=token.kind == "whole_year")
        elif token.kind == "closed":
            self.closing()
        elif token.kind == "open":
            self.opening()
        elif token.kind in ("holidays", "except", "include", "year"):
            self.holidays(token)
        else:
            self.aside(token)

    def aside(self, token: Token) -> None:
        if token.kind == "appointment":
            before = self.found[self.at - 2] if self.at > 1 else _END
            self.appointments.append((before, self.peek()))
            self.take("colon")
        elif token.kind == "season" and not self.said.season:
            self.season(token)
        elif token.kind == "zone":
            self.zone(token)
        elif not (token.kind == "no_appointment" or (token.kind == "service" and self.said.always)):
            raise DoubtError

    def day_and_night(self, *, whole_year: bool) -> None:
        self.said.always = True
        if whole_year:
            self.said.holidays("open")

    def opening(self) -> None:
        if self.take("holidays"):
            self.said.holidays("open")
        elif self.peek().kind not in (
            "time",
            "between",
            "always",
            "whole_year",
            "season",
            *DAY_LONG,
            *DAY_KINDS,
            "colon",
        ):
            raise DoubtError
        self.take("colon")

    def season(self, token: Token) -> None:
        """A season stands before all hours, or behind the only ones."""
        is_last = all(t.kind in SEPARATORS for t in self.found[self.at :])
        if self.said.groups and not (is_last and len(self.said.groups) == 1):
            raise DoubtError
        self.said.season = token.text
        self.take("colon")

    def zone(self, token: Token) -> None:
        zone = zone_of(token.text)
        # "9-5 ET/PT", "ET & PT": beside another sign the first is taken for the French "and".
        is_english = not token.text.startswith(("h", "heure"))
        if self.before(1).kind == "list" or (
            is_english and any(t.text == "et" for t in self.found if t.kind == "list")
        ):
            raise DoubtError
        if not (self.said.groups or self.said.always) or self.said.zone not in ("", zone):
            raise DoubtError
        self.said.zone = zone

    def holidays(self, token: Token) -> None:
        """ "holidays: closed", "except holidays", "including holidays", "365 days a year", "except Wednesdays"."""
        if token.kind == "year":
            self.said.holidays("open")
        elif token.kind == "include":
            self.need("holidays")
            self.said.holidays("open")
        elif token.kind == "except":
            self.closed_list()
        else:
            self.take("colon", "range")
            answer = self.need("closed", "open", "include")
            self.said.holidays("closed" if answer.kind == "closed" else "open")

    def closing(self) -> None:
        is_daily = bool(self.take("daily"))
        self.take("lunch")
        if self.peek().kind in ("time", "between"):
            pair = self.pair("")
            is_daily = bool(self.take("daily")) or is_daily
            self.take("lunch")
            self.said.cut(pair, is_daily=is_daily)
        elif is_daily:
            raise DoubtError
        else:
            self.closed_list()

    def closed_list(self) -> None:
        """Days and holidays in any order: "closed Saturdays, Sundays and holidays"."""
        while True:
            if self.take("holidays"):
                self.said.holidays("closed")
            else:
                days, _ = self.days()
                self.said.closed |= days
            follows = self.peek(1).kind
            is_more = follows == "holidays" and self.peek(2).kind not in (
                "colon",
                "open",
                "closed",
                "include",
            )
            if not (self.peek().kind in ("list", "comma") and is_more):
                break
            self.at += 1
        # "Closed Mon Tue 9-5": whether Tuesday is closed, nobody knows.
        if self.peek().kind in ("time", "between", "colon", *PARTS, *DAY_KINDS):
            raise DoubtError

    def days(self) -> tuple[set[int], set[int]]:
        """Return the days of "Mon-Thu, Sat and Sun", and those that stand alone in it."""
        days, named = self.day_range()
        while self.peek().kind in ("list", "comma") and self.peek(1).kind in DAY_KINDS:
            # "closed Sat, Mon-Fri 9-5": days with times of their own are not of this list.
            self.at += 1
            more, alone = self.day_range()
            if days & more:
                raise DoubtError
            days, named = days | more, named | alone
        return days, named

    def day_range(self) -> tuple[set[int], set[int]]:
        token = self.need(*DAY_KINDS)
        if token.kind != "day":
            return set(_SETS[token.kind]), set()
        first = DAYS[token.text.strip(". ")]
        if self.peek().kind != "range" or self.peek(1).kind != "day":
            return {first}, {first}
        self.at += 1
        last = DAYS[self.need("day").text.strip(". ")]
        if first == last:
            raise DoubtError
        return {(first + step) % 7 for step in range((last - first) % 7 + 1)}, set()

    def group_after_days(self) -> None:
        days, named = self.days()
        if self.take("except"):
            if self.take("holidays"):
                self.said.holidays("closed")
            else:
                days = self.less(days, self.days()[0])
        was_open = self.links()
        part = self.part()
        was_open = self.links() or was_open
        if self.take("closed"):
            self.said.closed |= days
        elif self.take("until") or (was_open and self.peek().kind == "range" and self.take("range")):
            self.until(days, named)
        else:
            self.said.groups.append(Group(days, named, self.times(part)))

    def less(self, days: set[int], without: set[int]) -> set[int]:
        if not without < days:
            raise DoubtError
        self.said.closed |= without
        return days - without

    def part(self) -> Part:
        token = self.take(*PARTS)
        return PARTS[token.kind] if token else ""

    def links(self) -> bool:
        """Pass what may stand between days and times; say whether one of it was "open"."""
        was_open = False
        while self.peek().kind in ("colon", "comma", "open") or (
            self.peek().kind == "range" and self.peek().text == "-" and self.peek(1).kind in ("time", "open")
        ):
            was_open = self.peek().kind == "open" or was_open
            self.at += 1
        return was_open

    def group_before_days(self) -> None:
        pairs = self.times("")
        self.take("comma", "colon")
        if self.peek().kind in DAY_KINDS:
            self.said.groups.append(self.days_behind(pairs))
        elif (
            self.found[self.at - 1].kind == "day_and_night" or self.found[self.at - 2].kind == "day_and_night"
        ):
            self.said.always = True
        else:
            raise DoubtError

    def days_behind(self, pairs: list[Pair]) -> Group:
        """The days after their times, and closings that follow: "Mon-Fri, Sat and holidays closed"."""
        start = self.at
        days, named = self.day_range()
        if not named and closes_behind(self.found[self.at :]):
            self.at += 1
            self.said.closed |= self.closed_days()
            return Group(days, named, pairs)
        self.at = start
        days, named = self.days()
        if self.take("except"):
            days = self.less(days, self.days()[0])
        if not is_list_clear(self.found[start : self.at], self.found[self.at :]):
            raise DoubtError
        return Group(days, named, pairs)

    def closed_days(self) -> set[int]:
        """ "Sat and holidays: closed"."""
        days, _ = self.day_range()
        while self.take("list"):
            if self.take("holidays"):
                self.said.holidays("closed")
            else:
                days |= self.day_range()[0]
        self.take("colon")
        self.need("closed")
        return days

    def times(self, part: Part) -> list[Pair]:
        if self.take(*DAY_LONG):
            return [(0, DAY)]
        pairs = [self.pair(part)]
        while self.peek().kind in ("list", "comma") and self.peek(1).kind in ("time", "between"):
            if self.times_first and self.peek(2).kind not in ("range", "until", "list"):
                break
            self.at += 1
            pairs.append(self.pair(part))
        return pairs

    def pair(self, part: Part) -> Pair:
        is_between = bool(self.take("between"))
        opens = self.clock()
        self.need("list") if is_between else self.need("range", "until")
        closes = self.clock()
        readings = {read_pair(opens, closes, part)}
        if self.by_24_hours and opens.mark == closes.mark == "" and not by_24_hours(opens, closes):
            # Beside "08:00", "10:00-10:15" is of 24 hours too, and "1:00-4:00" may be of either clock.
            readings.add(read_pair(Clock(opens.minutes, "24"), Clock(closes.minutes, "24"), part))
        pairs = [pair for pair in readings if pair is not None]
        if len(pairs) != 1 or (len(readings) > 1 and opens.minutes < 480):
            raise DoubtError
        return pairs[0]

    def clock(self) -> Clock:
        # "0 h à 24 h": what is a whole day elsewhere is midnight here.
        clock = read_clock(self.need("time", "day_long").text)
        if clock is None:
            raise DoubtError
        return clock

    def until(self, days: set[int], named: set[int]) -> None:
        """ "Mon-Thu 9-5, Fri until 3", "Mon-Fri 9-5, Wed until 8": opens like the days just before."""
        before = self.said.groups[-1] if self.said.groups else None
        if before is None or len(before.pairs) != 1:
            raise DoubtError
        opens = before.pairs[0][0]
        pair = read_pair(Clock(opens, "word"), self.clock())
        if pair is None or self.peek().kind == "range":
            raise DoubtError
        taken = days & before.days
        if taken and not (taken == days and days < before.days and not taken & before.named):
            raise DoubtError
        before.days -= taken
        self.said.groups.append(Group(days, named, [pair]))

    def settled(self) -> Said:
        """The whole phrase is read: put together what its parts say of one another."""
        said = self.said
        said.settle_closed()
        said.settle_groups()
        self.settle_appointments()
        if said.always and (said.groups or said.closed):
            raise DoubtError
        if not said.always and {d for g in said.groups if g.pairs == [(0, DAY)] for d in g.days} == set(
            range(7)
        ):
            said.spans()
            said.always = True
        if not (
            said.always
            or said.groups
            or said.closed
            or said.by_appointment
            or said.on_holidays != "not_stated"
        ):
            raise DoubtError
        if (said.season or said.zone) and not (said.groups or said.always):
            raise DoubtError
        return said

    def settle_appointments(self) -> None:
        """ "By appointment" is of all hours where there is one group of them, or in a sentence of its own."""
        several = len(self.said.groups) > 1 or (self.said.groups and self.said.closed)
        for before, after in self.appointments:
            is_alone = (
                before.kind == "break"
                and before.text != "("
                and after.kind in ("break", "end")
                and after.text != ")"
            )
            if before.kind in ("holidays", "closed", "list", "except") or (several and not is_alone):
                raise DoubtError
            self.said.by_appointment = True
