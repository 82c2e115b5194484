"""Hours that differ as they do in life: by style ("office", "night", "season" ...), never by lot alone."""

from collections.abc import Callable
from datetime import date
from random import Random

from directory.rules.opening import WEEKDAYS

ALWAYS = "24/7"
WEEKDAY_STYLES = dict(
    zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True)
)
OFFICE_DAYS = ("MO-FR", "MO-FR", "MO-FR", "MO-TH", "TU-FR", "TU-SA", "MO,WE,FR", "MO-WE,FR", "MO,TU,TH")
PAIRS = ("TU,TH", "MO,WE", "WE,FR", "MO,TH", "TU,SA", "TH,SU", "SA,SU", "WE,SA")
SEASONS = {
    "season": ((4, 15), (11, 15)),
    "season_winter": ((1, 10), (3, 31)),
    "winter_night": ((11, 1), (4, 15)),
    "term": ((9, 8), (6, 20)),
    "harvest": ((6, 15), (10, 31)),
    "tax": ((2, 20), (4, 30)),
    "baskets": ((11, 20), (12, 23)),
    "coats": ((10, 1), (3, 31)),
}
"""First and last day of what doesn't run all year."""
TOLD = {"harvest", "tax", "baskets", "coats", "winter_night"}
"""Seasons that the name of a service must tell."""


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _span(chance: Random, days: str, opens: tuple[int, int], lasts: tuple[int, int], step: int = 30) -> str:
    """`opens` and `lasts` are (least, most), in half hours."""
    start = chance.randint(*opens) * step
    return f"{days} {_clock(start)}-{_clock(start + chance.randint(*lasts) * step)}"


def _office(chance: Random) -> tuple[str, ...]:
    days = chance.choice(OFFICE_DAYS)
    if chance.random() < 0.25:
        noon = chance.choice((720, 690, 750))
        after = noon + chance.choice((60, 30, 90))
        start, end = chance.choice((480, 510, 540, 555)), chance.choice((960, 990, 1020))
        return (f"{days} {_clock(start)}-{_clock(noon)}", f"{days} {_clock(after)}-{_clock(end)}")
    return (_span(chance, days, (16, 20), (12, 17)),)


def _office_evening(chance: Random) -> tuple[str, ...]:
    evening = chance.choice(("TU", "WE", "TH"))
    return (_span(chance, "MO-FR", (16, 19), (14, 16)), _span(chance, evening, (35, 37), (4, 7)))


def _shelter(chance: Random) -> tuple[str, ...]:
    return ("phone: 24/7", "intake: " + _span(chance, "MO-SU", (16, 20), (16, 26)))


def _weekly(chance: Random) -> tuple[str, ...]:
    return (_span(chance, chance.choice((*WEEKDAYS[1:5], *PAIRS)), (20, 38), (3, 6)),)


def _term(chance: Random) -> tuple[str, ...]:
    return (_span(chance, chance.choice(("MO-TH", "TU,TH", "MO,WE", "MO-FR")), (18, 36), (4, 8)),)


STYLES: dict[str, Callable[[Random], tuple[str, ...]]] = {
    "always": lambda c: (c.choice((ALWAYS, ALWAYS, "phone: 24/7")),),
    "office": _office,
    "office_evening": _office_evening,
    "shelter": _shelter,
    "clinic": lambda c: (
        _span(c, c.choice(("MO-FR", "MO-TH", "TU-SA")), (15, 18), (16, 22)),
        *((_span(c, "SA", (18, 20), (6, 9)),) if c.random() < 0.3 else ()),
    ),
    "dropin": lambda c: (
        "drop_in: " + _span(c, c.choice(("MO-FR", "MO-SA", "TU-SU", "MO-SU", "WE-SU")), (16, 24), (8, 16)),
    ),
    "evening": lambda c: (_span(c, c.choice(("MO-FR", "MO-TH", *PAIRS)), (33, 38), (5, 9)),),
    "line_evening": lambda c: (
        "phone: " + _span(c, c.choice(("MO-SU", "MO-FR", "TH-SU")), (32, 38), (8, 14)),
    ),
    "night": lambda c: (
        _span(c, c.choice(("MO-SU", "TH-SU", "WE-SA", "FR,SA", "MO-FR")), (40, 45), (10, 18)),
    ),
    "winter_night": lambda c: (_span(c, "MO-SU", (38, 44), (20, 26)),),
    "afternoon": lambda c: (_span(c, c.choice(("MO-FR", "TU-SA", "MO,WE,FR")), (25, 28), (6, 9)),),
    "morning": lambda c: (_span(c, c.choice(("TU", "WE,FR", "MO-FR", "TH")), (15, 18), (6, 8)),),
    "lunch": lambda c: (_span(c, c.choice(("MO-FR", "MO-SA", "TU,TH")), (22, 23), (3, 5)),),
    "daycare": lambda c: (_span(c, "MO-FR", (13, 15), (20, 23)),),
    "weekend": lambda c: (_span(c, c.choice(("SA", "SU", "SA,SU")), (18, 25), (6, 12)),),
    "weekly": _weekly,
    "term": _term,
    "season": lambda c: (_span(c, c.choice(("WE-SU", "FR-SU", "TU-SA", "SU")), (18, 30), (8, 14)),),
    "season_winter": lambda c: (_span(c, c.choice(("FR-SU", "SA,SU")), (17, 20), (10, 14)),),
    "harvest": lambda c: (_span(c, c.choice(("SU", "SA,SU", "TU,SU", "TH,SU", "WE-SU")), (28, 35), (6, 10)),),
    "tax": lambda c: (_span(c, c.choice(("TU,TH", "SA", "MO-FR", "WE,SA")), (19, 26), (6, 10)),),
    "baskets": lambda c: (_span(c, c.choice(("MO-FR", "TU-SA", "TH,FR")), (18, 24), (6, 10)),),
    "coats": lambda c: (_span(c, c.choice(("TU,TH", "SA", "MO,WE,FR", "FR")), (20, 28), (4, 8)),),
    "monthly": lambda c: (_span(c, c.choice(("1SA", "2SA", "3WE", "1TH", "4TU")), (20, 34), (5, 8)),),
}


def hours_of(style: str, chance: Random) -> tuple[str, ...]:
    """Weekly hours as reading.py reads them; none for "none" and "appointment", which have a note."""
    if day := WEEKDAY_STYLES.get(style):
        return (_span(chance, day, (20, 36), (4, 8)),)
    return STYLES[style](chance) if style in STYLES else ()


def season_of(style: str, today: date) -> tuple[str, ...]:
    """First and last day (ISO) of the season of that style that runs on `today`, or of the next; () all year round."""
    if style not in SEASONS:
        return ()
    (first_month, first_day), (last_month, last_day) = SEASONS[style]
    for year in (today.year - 1, today.year, today.year + 1):
        first = date(year, first_month, first_day)
        ends = year + ((last_month, last_day) < (first_month, first_day))
        last = date(ends, last_month, last_day)
        if last >= today:
            return (first.isoformat(), last.isoformat())
    raise AssertionError("every season comes again within two years")
