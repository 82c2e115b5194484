"""75 phrases in English as lists write them, and what each must give; written before the parsers."""

from typing import NamedTuple

from directory.rules.eligibility_terms import Fact
from directory.rules.opening import WEEKDAYS, Span
from directory.rules.phrase_hours import Hours, Season


class AgesSaid(NamedTuple):
    """`low` and `high` as decimal text, "" for none; None in place of all this means: not sure."""

    low: str
    high: str


def week(*lines: str) -> tuple[Span, ...]:
    """Return spans of lines such as "MO-FR 09:00-12:00 13:00-17:00"; "22:00-06:00" ends on the next day."""
    spans = []
    for line in lines:
        days, *hours = line.split()
        first, _, last = days.partition("-")
        numbers = range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)
        for day in numbers:
            for pair in hours:
                opens, closes = (int(clock[:2]) * 60 + int(clock[3:]) for clock in pair.split("-"))
                spans.append(Span(day, opens, closes if closes > opens else closes + 1440))
    return tuple(sorted(spans))


def sure(*lines: str, **facts: object) -> Hours:
    """Hours that were read without doubt."""
    return Hours(is_sure=True, spans=week(*lines), **facts)  # type: ignore[arg-type]


def facts(*said: str) -> tuple[Fact, ...]:
    """Return facts of "gender:woman" (stated yes) and "-gender:man" (stated no), in any order."""
    words = [text.removeprefix("-").split(":") for text in said]
    found = [Fact(dimension, term, said[at][0] != "-") for at, (dimension, term) in enumerate(words)]
    return tuple(sorted(found, key=lambda fact: (fact.dimension, fact.term)))


UNSURE = None
ALWAYS = Hours(is_sure=True, always=True)

HOURS: tuple[tuple[str, Hours | None], ...] = (
    ("Mon-Fri 9-5; closed holidays", sure("MO-FR 09:00-17:00", on_holidays="closed")),
    ("M-F 8:30am - 4:30pm", sure("MO-FR 08:30-16:30")),
    ("Monday to Thursday, 9 a.m. to 5 p.m., Friday until 3", sure("MO-TH 09:00-17:00", "FR 09:00-15:00")),
    ("weekdays 9 to noon and 1 to 4:30", sure("MO-FR 09:00-12:00 13:00-16:30")),
    ("Tues & Thurs evenings 6-9", sure("TU 18:00-21:00", "TH 18:00-21:00")),
    ("24/7", ALWAYS),
    ("Open 24 hours a day, 7 days a week.", ALWAYS),
    ("24 hours/day, 7 days/week, 365 days a year", Hours(is_sure=True, always=True, on_holidays="open")),
    ("Mon-Sun 00:00-23:59", ALWAYS),
    ("Open Sat", UNSURE),
    ("9-5", UNSURE),
    ("9-5 Mon, 12-8 Wed", sure("MO 09:00-17:00", "WE 12:00-20:00")),
    ("Mon\u2013Fri:\u00a08:30 AM \u2013 4:30 PM (Closed 12-1pm)", sure("MO-FR 08:30-12:00 13:00-16:30")),
    ("DAILY 6:00 PM \u2014 2:00 AM", sure("MO-SU 18:00-02:00")),
    ("Mon/Wed/Fri 11am-2pm", sure("MO 11:00-14:00", "WE 11:00-14:00", "FR 11:00-14:00")),
    ("Mon, Tue, Thu 9am-5pm; Fri 9am-3pm (Closed Wed)",
     sure("MO-TU 09:00-17:00", "TH 09:00-17:00", "FR 09:00-15:00", closed=(2,))),
    ("By appointment only", Hours(is_sure=True, by_appointment=True)),
    ("Monday - Friday: 8:30 AM - 4:30 PM (By appointment only).",
     sure("MO-FR 08:30-16:30", by_appointment=True)),
    ("Every day except Sunday, 10 to 6", sure("MO-SA 10:00-18:00", closed=(6,))),
    ("Mon-Fri 9-5, Thurs until 8", sure("MO-WE 09:00-17:00", "TH 09:00-20:00", "FR 09:00-17:00")),
    ("Sat and Sun noon to midnight", sure("SA-SU 12:00-24:00")),
    ("Office hours: Mon-Thu 09:00-16:30, Fri 09:00-12:00", sure("MO-TH 09:00-16:30", "FR 09:00-12:00", of="office")),
    ("Crisis line: 24/7", Hours(is_sure=True, always=True, of="phone")),
    ("May 1 to Oct 31: Sundays 9 am to 2 pm", sure("SU 09:00-14:00", season=Season((5, 1), (10, 31)))),
    ("Mon-Fri 9am-5pm ET", sure("MO-FR 09:00-17:00", zone="America/Toronto")),
    ("Mon-Fri 8-8", UNSURE),
    ("Wed 7-9", UNSURE),
    ("Mon-Fri 8:30-4:30, hours vary in summer", UNSURE),
    ("1st and 3rd Tuesday of the month, 1-4 pm", UNSURE),
    ("Mon-Fri 9-5 and Wed 9-8", UNSURE),
    ("Mon-Fri 9 am - 5 am", UNSURE),
    ("Call 613-555-0134 for hours", UNSURE),
    ("Mon-Fri 9-5 or by appointment", UNSURE),
    ("Mon-Fri Business Hours", UNSURE),
    ("Closed", UNSURE),
)  # fmt: skip

AGES: tuple[tuple[str, AgesSaid | None], ...] = (
    ("18+", AgesSaid("18", "")),
    ("18 and over", AgesSaid("18", "")),
    ("must be 19 years of age or older", AgesSaid("19", "")),
    ("under 12", AgesSaid("", "11")),
    ("Under the age of 18", AgesSaid("", "17")),
    ("12 and under", AgesSaid("", "12")),
    ("ages 16-24", AgesSaid("16", "24")),
    ("Youth aged 16 \u2013 24", AgesSaid("16", "24")),
    ("youth (13 to 19)", AgesSaid("13", "19")),
    ("0-6 years", AgesSaid("0", "6")),
    ("6 months to 5 years", AgesSaid("0.5", "5")),
    ("seniors 55+", AgesSaid("55", "")),
    ("all ages", AgesSaid("", "")),
    ("adults", UNSURE),
    ("Youth under 18 (or under 25 if homeless)", UNSURE),
    ("usually 16 to 24", UNSURE),
    ("Children 0-6 years and their parents", UNSURE),
    ("over 18", UNSURE),
)

ELIGIBILITY: tuple[tuple[str, tuple[Fact, ...]], ...] = (
    ("No referral needed", facts("accept:self_referral")),
    ("Referral required", facts("-accept:self_referral")),
    ("Women only", facts("gender:woman", "-gender:man")),
    ("Women and children", facts("gender:woman", "with:children")),
    ("All genders", facts("gender:woman", "gender:man", "gender:non_binary", "gender:two_spirit")),
    ("Pets welcome. Photo ID required.", facts("with:pet", "-accept:no_id")),
    ("No pets", facts("-with:pet")),
    ("No ID or health card needed; walk-ins welcome",
     facts("accept:no_id", "accept:no_health_card", "intake:walk_in")),
    ("Free", facts("accept:free")),
    ("Sliding scale", facts("-accept:free")),
    ("Wheelchair accessible", facts("access:wheelchair")),
    ("Not wheelchair accessible", facts("-access:wheelchair")),
    ("Self-referral or by agency", facts("accept:self_referral")),
    ("By referral only", facts("-accept:self_referral")),
    ("First Nations, Inuit and Métis",
     facts("indigenous:first_nations", "indigenous:inuit", "indigenous:metis")),
    ("Must be sober", facts("-accept:substance_use")),
    ("ID usually required", facts()),
    ("Some services are free", facts()),
    ("Pets may be accepted if possible", facts()),
    ("Free. Membership fees apply to some programs.", facts()),
    ("Smoke-free building; free parking", facts()),
    ("No police report needed. No curfew.", facts("accept:no_police_report", "accept:no_curfew")),
)  # fmt: skip
