"""The bench of finding asks what can be asked, and compares two that answer the same."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from rest_framework.test import APIRequestFactory

from bench.finding_plain import PlainSearch
from bench.finding_questions import QUESTIONS, Question
from directory.finding.answer import known_values
from directory.finding.places_asked import near_of
from directory.rules.query import read
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

KINGSTON = {"latitude": 44.23, "longitude": -76.49}
NAPANEE = {"latitude": 44.25, "longitude": -76.95}
FAR = {"latitude": 45.42, "longitude": -75.7}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_is_valid_and_its_place_is_one_place(question: Question, db: None) -> None:
    reading = read(question.pairs(), known_values(), also=["lang"])
    near = near_of(reading.query.near)
    assert reading.faults == ()
    assert near.faults == ()
    assert (near.place is not None) == ("near" in question.body)


def test_there_are_twelve_questions_and_no_two_bear_one_name() -> None:
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS) == 12


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    request = APIRequestFactory().post("/api/bench/plain", body, format="json")
    answer: dict[str, Any] = PlainSearch.as_view()(request).data
    return answer


def _names(answer: Mapping[str, Any]) -> list[str]:
    return [result["service"] for result in answer["results"]]


def test_the_plain_view_finds_what_the_search_finds_in_the_same_order(
    make_service: MakeService, visitor: RoleClient
) -> None:
    make_service("Here", "Kingston, ON", place=KINGSTON)
    make_service("Next town", "Napanee, ON", place=NAPANEE)
    make_service("Far away", "Ottawa, ON", place=FAR)
    make_service("Other help", "Kingston, ON", place=KINGSTON, needs=["food"])
    body = {"near": "Kingston", "need": "legal_help", "within": "50"}
    sent = visitor.post("/api/search", json.dumps(body), content_type="application/json").json()
    plain = _plain(body)
    assert _names(plain) == _names(sent) == ["Here", "Next town"]
    assert plain["total"] == sent["total"] == 2
    assert plain["facets"]["need"] == {"legal_advice": 2}


def test_the_plain_view_leaves_out_who_said_no_and_keeps_who_said_nothing(make_service: MakeService) -> None:
    refuses = make_service("No pets", place=KINGSTON)
    refuses.stated_facts.create(dimension="with", term="pet", stated=False)
    grown = make_service("From 30 on", place=KINGSTON)
    grown.stated_facts.create(dimension="age", stated=True, low=30)
    make_service("Silent", place=KINGSTON)
    assert _names(_plain({"near": "Kingston", "with": ["pet"], "age": 20})) == ["Silent"]


def test_the_plain_view_hides_closed_doors_and_not_those_that_state_no_hours(
    make_service: MakeService,
) -> None:
    make_service("By day", place=KINGSTON, hours=[("MO,TU,WE,TH,FR", "09:00", "17:00")])
    make_service("Late", place=KINGSTON, hours=[("MO,TU,WE,TH,FR", "12:00", "20:00")])
    make_service("Silent", place=KINGSTON)
    assert set(_names(_plain({"near": "Kingston", "open": "evening"}))) == {"Late", "Silent"}


def test_the_plain_view_knows_what_is_open_now_and_since_last_night(
    make_service: MakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    sunday_at_one = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    monkeypatch.setattr("bench.finding_plain.timezone", SimpleNamespace(now=lambda: sunday_at_one))
    make_service("Sunday", place=KINGSTON, hours=[("SU", "00:00", "24:00")])
    make_service("Saturday night", place=KINGSTON, hours=[("SA", "20:00", "04:00")])
    make_service("Saturday", place=KINGSTON, hours=[("SA", "00:00", "24:00")])
    make_service("Sunday night", place=KINGSTON, hours=[("SU", "20:00", "04:00")])
    assert set(_names(_plain({"near": "Kingston", "open": "now"}))) == {"Sunday", "Saturday night"}
