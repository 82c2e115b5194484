"""Chips: every part of a search has its own plain words, and goes away without taking others along."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from directory.finding.vocabulary import Vocabulary
from directory.models.focus import Focus
from directory.models.need import Need
from directory.rules.person import COMPANY_AT_DESK, Child, Person
from directory.rules.query import CHOICES, Query, read
from directory.views.chips import chip_label, chips
from directory.views.terms import term_label
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

WORDS = Vocabulary(
    {"food": Need(slug="food", number=1, position=1, name="Food", name_fr="Nourriture")},
    {"men": Focus(slug="men", number=1, position=1, name="Men", name_fr="Hommes")},
)
NAMED = [
    ("near", "Kingston", "Near Kingston"),
    ("within", "25", "Within 25 km"),
    ("away", "100", "At least 100 km away"),
    ("not_in", "ON", "Not in Ontario"),
    ("not_in", "Kingston", "Not in Kingston"),
    ("q", "lawyer", "Words: lawyer"),
    ("need", "food", "Food"),
    ("focus", "men", "Made for: Men"),
    ("language", "pan", "Punjabi"),
    ("age", "16", "16 years old"),
    ("age", "1", "1 year old"),
    ("age", "0", "Under 1 year old"),
    ("gender", "woman", "Woman"),
    ("with", "pet", "With a pet"),
    ("child", "14m", "Child: 14, boy"),
    ("child", "3", "Child: 3"),
    ("child", "0f", "Child: under 1, girl"),
    ("indigenous", "inuit", "Inuit"),
    ("status", "none", "Status"),
    ("accept", "no_id", "No identity papers needed"),
    ("access", "deaf", "Access for Deaf people"),
    ("intake", "walk_in", "You come in"),
    ("open", "now", "Open now"),
    ("open", "2026-11-23T18:00-05:00", "Open on 23 November 2026 at 18:00 (UTC−5)"),
    ("way", "in_person", "In person"),
    ("sort", "distance", "Nearest first"),
]


@pytest.mark.parametrize(("name", "value", "label"), NAMED)
def test_each_part_of_a_search_has_plain_words(name: str, value: str, label: str) -> None:
    assert chip_label(name, value, WORDS) == label


def test_a_moment_is_told_by_the_clock_of_the_place() -> None:
    query = Query(near="Toronto", open_at=(datetime(2026, 12, 25, 17, tzinfo=UTC),), away=1500)
    labels = [chip["label"] for chip in chips(query, WORDS, zone="America/Toronto")]
    assert "Open on 25 December 2026 at 12:00 (Toronto time)" in labels
    assert "At least 1,500 km away" in labels


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_choice_is_left_in_the_words_of_programs(language: str) -> None:
    with override(language):
        asked = {name: values for name, values in CHOICES.items() if name != "beds"}
        for name, values in (asked | {"with": COMPANY_AT_DESK}).items():
            for value in values:
                assert value not in (term_label(name, value), chip_label(name, value, WORDS))


def test_a_status_is_never_named_by_its_chip() -> None:
    labels = {chip_label("status", value, WORDS) for value in CHOICES["status"]}
    assert labels == {"Status"}


def test_every_part_of_a_search_is_a_chip_and_each_goes_alone() -> None:
    query = Query(
        near="Kingston",
        within=100,
        needs=("food",),
        languages=("pan",),
        not_in=("ON",),
        person=Person(
            age=16, company=("pet",), children=(Child(3), Child(14, "male")), status="none", accept=("no_id",)
        ),
        open=("now",),
        open_at=(datetime(2026, 11, 23, 18, tzinfo=UTC),),
        ways=("phone",),
    )
    shown, pairs = chips(query, WORDS), query.pairs()
    assert len(shown) == len(pairs)
    for pair, chip in zip(pairs, shown, strict=True):
        left = [other for other in pairs if other != pair]
        if pair[0] == "near":
            left = [other for other in left if other[0] != "within"]
        assert chip["fields"] == left


def test_without_a_place_nothing_counts_from_it() -> None:
    query = Query(near="Kingston", away=100, within=500, sort="distance", needs=("food",))
    near = next(chip for chip in chips(query, WORDS) if chip["label"] == "Far from Kingston")
    assert near["fields"] == [("need", "food")]
    assert read(near["fields"], {"need": {"food"}}).faults == ()


def test_the_page_shows_chips_and_a_way_to_begin_anew(visitor: RoleClient, make_service: MakeService) -> None:
    make_service()
    sealed = visitor.post("/en/find/", {"near": "Kingston", "age": "30", "status": "none"})["Location"]
    page = visitor.get(sealed)
    assert [chip["label"] for chip in page.context["chips"]] == ["Near Kingston", "30 years old", "Status"]
    assert '<a href="/en/find/">Clear all</a>' in page.content.decode()
