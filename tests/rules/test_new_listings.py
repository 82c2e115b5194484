"""New listings: beds, jobs, peers and unknown numbers wait for a call, others for a reader; shelters are protected."""

from typing import Any

import pytest

from directory.rules.holding import Hold, Listing, hold_of
from directory.rules.lures import LURES
from directory.rules.new_listings import digits_of, has_protected_place, hold_of_listing

pytestmark = pytest.mark.promise(26)
KNOWN = digits_of(["613-555-0142"])


def listing(needs: list[str] | None = None, **more: Any) -> dict[str, Any]:
    texts = {f"service.{name}": "" for name in ("name_fr", "description", "description_fr")}
    told = {"service.name": "Pantry", "needs": needs or ["food"], "phones": []}
    return texts | told | {f"service.{name}": text for name, text in more.items()}


def phone(number: str, description: str = "") -> dict[str, str]:
    return {"number": number, "description": description, "description_fr": ""}


@pytest.mark.parametrize("need", sorted(LURES))
def test_beds_jobs_and_peers_wait_for_a_call(need: str) -> None:
    assert hold_of_listing(listing(["food", need]), KNOWN) is Hold.CALL


@pytest.mark.parametrize("name", ["Safe house for girls", "Refuge pour femmes", "Emergency beds"])
def test_what_is_called_like_a_shelter_waits_for_a_call_and_is_protected(name: str) -> None:
    for told in (listing(name=name), listing(name_fr=name)):
        assert hold_of_listing(told, KNOWN) is Hold.CALL
        assert has_protected_place(told, {"daily_life"})


def test_anything_else_is_read() -> None:
    assert hold_of_listing(listing(), KNOWN) is Hold.REVIEW
    known = [phone("1 (613) 555-0142")]
    assert hold_of_listing(listing() | {"phones": known}, KNOWN) is Hold.REVIEW
    assert not has_protected_place(listing(), {"daily_life"})


@pytest.mark.parametrize(
    "more",
    [
        {"phones": [phone("613-555-0199")]},
        {"phones": [phone("613-555-0142", "or 613-555-0199")]},
        {"service.description": "Call 613-555-0199"},
        {"service.description_fr": "aide arobase example point org"},
        {"service.name": "Pantry: 6 1 3 5 5 5 0 1 9 9"},
    ],
)
def test_a_way_that_nobody_knows_waits_for_a_call(more: dict[str, Any]) -> None:
    assert hold_of_listing(listing() | more, KNOWN) is Hold.CALL


@pytest.mark.parametrize("needs", [["emergency_shelter"], ["food", "second_stage"], ["housing"]])
def test_places_where_people_stay_are_protected(needs: list[str]) -> None:
    assert has_protected_place(listing(needs), {"housing"})


PLACE = "8c9f0f5c-5c7b-4c6e-8a52-0a9f7f7a2b11"
HERE = {"community": "Kingston, ON", "address_1": "1 Main Street", "address_2": "", "directions": ""}
OPEN = Listing(["legal_advice"])
UNKNOWN = Listing(["legal_advice"], is_let_in=False)
SHELTER = Listing(["emergency_shelter"])


@pytest.mark.parametrize(
    ("key", "before", "after", "about", "wanted"),
    [
        (f"where/{PLACE}", HERE, HERE | {"address_1": "12345 Other Street"}, OPEN, Hold.REVIEW),
        (f"where/{PLACE}", HERE, HERE | {"directions": "Bus 2"}, OPEN, Hold.REVIEW),
        (f"where/{PLACE}", HERE, HERE | {"directions": "Call 613-555-0199"}, OPEN, Hold.CALL),
        (f"where/{PLACE}", HERE, HERE | {"address_2": "613-555-0199"}, OPEN, Hold.CALL),
        (f"tier/{PLACE}", "open", "protected", OPEN, Hold.NOTHING),
        (f"tier/{PLACE}", "open", "protected", UNKNOWN, Hold.NOTHING),
        (f"tier/{PLACE}", "protected", "open", OPEN, Hold.REVIEW),
        ("service.publish_to", None, ["vetted"], OPEN, Hold.REVIEW),
        ("service.publish_to", None, [], SHELTER, Hold.REVIEW),
        ("service.publish_to", ["vetted"], ["site"], OPEN, Hold.REVIEW),
        ("service.publish_to", ["vetted"], ["site"], SHELTER, Hold.CALL),
    ],
)
def test_where_and_who_may_find_it_wait(
    key: str, before: Any, after: Any, about: Listing, wanted: Hold
) -> None:
    assert hold_of(key, before, after, about) is wanted


WEEK: dict[str, Any] = {"state": "times", "days": [[[540, 1020]], [], [], [], [], [], []]}


def season(first: str, last: str, days: Any = ()) -> dict[str, Any]:
    return {"first": first, "last": last, "days": list(days)}


@pytest.mark.parametrize(
    ("after", "wanted"),
    [
        (WEEK | {"seasons": [season("2027-07-01", "2027-07-31")]}, Hold.NOTHING),
        (WEEK | {"seasons": [season("2027-07-01", "2027-08-01")]}, Hold.REVIEW),
        (WEEK | {"seasons": [season("", "2027-07-31")]}, Hold.REVIEW),
        (WEEK | {"seasons": [season("2027-07-01", "2028-07-31", WEEK["days"])]}, Hold.NOTHING),
        (WEEK | {"days": [], "seasons": [season("2027-07-01", "2027-07-02", WEEK["days"])]}, Hold.REVIEW),
        (WEEK | {"own_days": [{"on": f"2027-07-{day:02}"} for day in range(1, 32)]}, Hold.NOTHING),
        (
            WEEK
            | {
                "own_days": [{"on": f"2027-07-{day:02}"} for day in range(1, 32)],
                "seasons": [season("2027-09-01", "2027-09-01")],
            },
            Hold.REVIEW,
        ),
    ],
)
def test_closing_for_more_than_a_month_is_read_however_it_is_told(after: Any, wanted: Hold) -> None:
    assert hold_of("hours/x/", WEEK, after, OPEN) is wanted
    assert hold_of("hours/x/", {"state": "kept", "rows": []}, after, OPEN) is wanted


def test_what_opens_in_a_season_alone_is_read_when_that_season_changes() -> None:
    summer = WEEK | {"days": [], "seasons": [season("2027-07-01", "2027-08-31", WEEK["days"])]}
    later = WEEK | {"days": [], "seasons": [season("2099-07-01", "2099-08-31", WEEK["days"])]}
    assert hold_of("hours/x/", summer, summer | {"note": "Ring."}, OPEN) is Hold.NOTHING
    assert hold_of("hours/x/", summer, later, OPEN) is Hold.REVIEW
    assert hold_of("hours/x/", summer, WEEK, OPEN) is Hold.NOTHING


def test_what_rested_for_long_already_is_not_asked_about_again() -> None:
    rests = WEEK | {"seasons": [season("2027-07-01", "2027-09-01")]}
    assert hold_of("hours/x/", rests, rests | {"note": "Ring."}, OPEN) is Hold.NOTHING
