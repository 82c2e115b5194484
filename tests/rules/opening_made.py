"""Made schedules, and instants at which hours tend to go wrong, in all Canadian zones, 2026 to 2028."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from tests.rules.opening_oracle import WEEKDAYS, Made

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
HOLIDAYS = {(1, 1), (7, 1), (9, 30), (11, 11), (12, 25), (12, 26)}
# Sundays on which clocks change, or did until 2026.
HOLIDAY_SUNDAYS = {date(2026, 3, 8), date(2026, 11, 1), date(2027, 3, 14), date(2028, 11, 5)}


def is_holiday(day: date) -> bool:
    """The public holidays of the made country."""
    return (day.month, day.day) in HOLIDAYS or day in HOLIDAY_SUNDAYS


@lru_cache(maxsize=1)
def canadian_zones() -> tuple[str, ...]:
    """Every zone that tzdata's own table gives to Canada."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if line.startswith("CA\t"))
    return tuple(sorted(line[2] for line in lines))


@lru_cache(maxsize=64)
def changes_of(zone: str) -> tuple[datetime, ...]:
    """The hours in which a zone's clocks change, by looking at each hour of the days on which they do."""
    local, hour = ZoneInfo(zone), timedelta(hours=1)
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    days = [begun + timedelta(days=ahead) for ahead in range(3 * 366)]
    found = []
    for day in days:
        if _offset(day, local) != _offset(day + 24 * hour, local):
            hours = [day + ahead * hour for ahead in range(24)]
            found += [h + hour for h in hours if _offset(h, local) != _offset(h + hour, local)]
    return tuple(found)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()


class Maker:
    """Makes schedules and instants; the same seed makes the same."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def _day(self) -> date:
        return FIRST + timedelta(days=self._chance.randrange((LAST - FIRST).days))

    def _clock(self) -> str:
        pick = self._chance.random()
        if pick < 0.2:
            return self._chance.choice(
                ["00:00", "23:59", "01:30", "02:00", "02:30", "03:00", "00:30", "01:00"]
            )
        minute = self._chance.randrange(60) if pick < 0.5 else self._chance.choice([0, 30])
        return f"{self._chance.randrange(24):02d}:{minute:02d}"

    def _early(self) -> str:
        """A time in the hours that clock changes skip or repeat, or beside them."""
        return f"{self._chance.choice([0, 1, 1, 1, 2, 2, 2, 3]):02d}:{self._chance.randrange(60):02d}"

    def _times(self) -> dict[str, str]:
        pick = self._chance.random()
        if pick < 0.1:
            return {"opens_at": "00:00", "closes_at": "23:59"}
        if pick < 0.35:
            return {"opens_at": self._early(), "closes_at": self._early()}
        return {"opens_at": self._clock(), "closes_at": self._clock()}

    def _weekdays(self) -> str:
        few = self._chance.randint(1, 7)
        return ",".join(self._chance.sample(WEEKDAYS, few if self._chance.random() < 0.7 else 7))

    def _recurrence(self) -> dict[str, str]:
        chance, start = self._chance, self._day().isoformat()
        some = chance.sample([*map(str, range(1, 32)), "-1", "-1"], chance.randint(1, 4))
        nths = [f"{chance.choice(['1', '2', '3', '4', '5', '-1'])}{day}" for day in WEEKDAYS]
        weeks = {"interval": str(chance.randint(2, 5)), "wkst": chance.choice(["", "MO", "SU", "WE"])}
        kinds: list[tuple[int, dict[str, str]]] = [
            (40, {"freq": chance.choice(["", "WEEKLY"]), "byday": self._weekdays()}),
            (12, {"freq": "WEEKLY", "byday": self._weekdays(), "dtstart": start} | weeks),
            (12, {"freq": "MONTHLY", "byday": ",".join(chance.sample(nths, chance.randint(1, 3)))}),
            (6, {"freq": "MONTHLY", "bymonthday": ",".join(some)}),
            (2, {"freq": "MONTHLY", "byday": "FR", "bymonthday": "13"}),
            (6, {"dtstart": start}),
            (4, {"freq": "DAILY", "byday": chance.choice(["", self._weekdays()])}),
            (4, {"freq": "DAILY", "interval": str(chance.choice([2, 3, 5, 10, 14])), "dtstart": start}),
            (6, {"freq": "DAILY", "count": str(chance.randint(1, 40)), "dtstart": start}),
            (2, {"freq": "WEEKLY", "dtstart": start}),
        ]
        weights = [weight for weight, _ in kinds]
        return chance.choices([row for _, row in kinds], weights)[0]

    def _season(self, row: dict[str, str]) -> dict[str, str]:
        if "count" in row or (not row.get("freq") and not row.get("byday")):
            return {}
        first = date.fromisoformat(row["dtstart"]) if "dtstart" in row else self._day()
        last = first + timedelta(days=self._chance.randrange(200))
        season = {}
        if "dtstart" not in row and self._chance.random() < 0.3:
            season["valid_from"] = first.isoformat()
        if self._chance.random() < 0.3:
            season[self._chance.choice(["valid_to", "until"])] = last.isoformat()
        return season

    def _own_days(self, around: list[date]) -> dict[date, tuple[tuple[str, str], ...]]:
        found = {}
        for day in self._chance.sample(around, min(len(around), self._chance.choice([0, 0, 1, 3]))):
            found[day] = tuple(
                (self._clock(), self._clock()) for _ in range(self._chance.choice([0, 1, 1, 2]))
            )
        return found

    def _early_riser(self) -> Made:
        """Hours of every day that begin or end while clocks change."""
        times = {"opens_at": self._early(), "closes_at": self._chance.choice([self._early(), self._clock()])}
        days = {"byday": self._chance.choice([",".join(WEEKDAYS), "SU"])}
        return Made((days | times,), on_holidays=self._chance.choice(["open", "not_stated"]))

    def schedule(self) -> Made:
        """Made hours: one to three rows, now and then with own days, now and then unreadable."""
        if self._chance.random() < 0.25:
            return self._early_riser()
        rows = []
        for _ in range(self._chance.choice([1, 1, 2, 3])):
            row = self._recurrence()
            rows.append(row | self._season(row) | self._times())
        is_unreadable = self._chance.random() < 0.03
        if is_unreadable:
            rows[0] |= self._chance.choice([{"freq": "YEARLY"}, {"byweekno": "4"}, {"opens_at": "noon"}])
        on_holidays = self._chance.choice(["open", "closed", "not_stated", "own_list"])
        own_days = self._own_days([*self._borders(rows), *(self._day() for _ in range(3))])
        return Made(tuple(rows), own_days, on_holidays, is_unreadable)  # type: ignore[arg-type]

    def _borders(self, rows: list[dict[str, str]]) -> list[date]:
        """Days at which something begins or ends, and holidays."""
        named = ("valid_from", "valid_to", "until", "dtstart")
        found = {date.fromisoformat(row[name]) for row in rows for name in named if name in row}
        found |= {date(self._chance.randint(2026, 2028), *day) for day in HOLIDAYS} | HOLIDAY_SUNDAYS
        return sorted(found)

    def instants(self, made: Made, zone: str, count: int) -> Iterator[datetime]:
        """Instants near clock changes, borders of seasons, own days, holidays, midnights, and anywhere."""
        changes, local = changes_of(zone), ZoneInfo(zone)
        borders = [*self._borders([dict(row) for row in made.rows]), *made.own_days]
        for _ in range(count):
            pick, seconds = self._chance.random(), timedelta(seconds=self._chance.randrange(60))
            if pick < 0.3 and changes:
                near = timedelta(minutes=self._chance.randint(-150, 90))
                yield self._chance.choice(changes) + near + seconds
                continue
            day = self._chance.choice(borders) if pick < 0.7 else self._day()
            minute = self._minute(made)
            at = datetime.combine(day, time(), local) + timedelta(minutes=minute)
            fold = self._chance.randrange(2)
            yield at.replace(fold=fold).astimezone(UTC) + seconds

    def _minute(self, made: Made) -> int:
        """A minute around midnight, around the times of a row, or any."""
        pick, near = self._chance.random(), self._chance.randint(-2, 2)
        if pick < 0.3:
            return near
        written = self._chance.choice(made.rows)[self._chance.choice(["opens_at", "closes_at"])]
        if pick < 0.7 and written[:1].isdigit():
            return int(written[:2]) * 60 + int(written[3:]) + near
        return self._chance.randrange(1440)

    def zone(self) -> str:
        """Any zone of Canada; every other time one whose clocks still change."""
        zones = canadian_zones()
        changing = [zone for zone in zones if len(changes_of(zone)) > 1]
        return self._chance.choice(zones if self._chance.random() < 0.5 else changing)
