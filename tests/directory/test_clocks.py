"""A statement judges hours as the rules do: to the minute, in every zone, holidays and clock changes included."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from directory.finding.clocks import clock_sql, clock_values, open_rank_sql
from directory.finding.hours import is_holiday
from directory.finding.hours_columns import columns_of
from directory.finding.places import gazetteer
from directory.rules.opening import state_at
from directory.rules.opening_hours import BEFORE_ANY_SEARCH, Hours
from tests.rules.opening_compared import hours_of
from tests.rules.opening_made import Maker

ASKED = 600
RANKS = {"open": 0, "call_first": 1, "unknown": 1, "closed": 2}
ROW = """(SELECT nullif(%(week)s, '')::int4multirange AS week, nullif(%(odd_hours)s, '')::jsonb AS odd_hours,
    %(on_holidays)s::text AS on_holidays, %(by_appointment)s::boolean AS by_appointment,
    %(zone)s::text AS zone, %(province)s::text AS province) e"""


def rank(hours: Hours, now: datetime, zone: str, said: Any, *, by_appointment: bool = False) -> int:
    sql = (
        f"WITH {clock_sql(0)} SELECT {open_rank_sql(0)} FROM {ROW} LEFT JOIN clock_0 ON clock_0.zone = e.zone"
    )
    told = columns_of(hours, said)._asdict() | {
        "zone": zone, "province": "ON", "by_appointment": by_appointment,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, clock_values([now]) | told)
        return int(cursor.fetchall()[0][0])


@pytest.mark.django_db
def test_a_statement_says_of_made_hours_what_the_rules_say() -> None:
    maker, zones = Maker(20261122), gazetteer().zones
    seen = set()
    for _ in range(ASKED):
        made, zone = maker.schedule(), maker.zone()
        zone = zone if zone in zones else "America/Toronto"
        hours = hours_of(made)
        for now in maker.instants(made, zone, 3):
            if now.date() <= BEFORE_ANY_SEARCH:
                continue
            said = state_at(hours, now, zone, lambda day: is_holiday("ON", day), made.on_holidays)
            told = rank(hours, now, zone, made.on_holidays)
            assert told == RANKS[said.state], (made, zone, now, said)
            is_odd = bool(columns_of(hours, made.on_holidays).odd_hours)
            seen.add((said.state, is_odd))
    assert seen >= {(state, odd) for state in ("open", "closed") for odd in (True, False)}


@pytest.mark.django_db
def test_an_appointment_is_to_be_asked_for_even_while_it_is_open() -> None:
    always = hours_of_week_always()
    noon = datetime.fromisoformat("2026-11-23T17:00:00+00:00")
    assert rank(always, noon, "America/Toronto", "open") == 0
    assert rank(always, noon, "America/Toronto", "open", by_appointment=True) == 1


@pytest.mark.django_db
def test_a_clock_that_nobody_knows_is_asked_about() -> None:
    noon = datetime.fromisoformat("2026-11-23T17:00:00+00:00")
    assert rank(hours_of_week_always(), noon, "Mars/Olympus", "open") == 1


def hours_of_week_always() -> Hours:
    from directory.rules.opening_hours import hours_of_week
    from directory.rules.opening_week import Week

    return hours_of_week(Week(always=True, stated=True))
