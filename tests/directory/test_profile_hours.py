"""Hours that hold for a time, at the desk and on the public page; what no form can tell stays as it is."""

import re
from typing import Any

import pytest

from directory.actions.project_listings import project_services
from directory.actions.propose_change import undo_change
from directory.finding.profile import service_profile
from directory.models.proposed_change import ProposedChange
from directory.models.schedule import Schedule
from directory.rules.change_states import State
from tests.directory.profiles import House, house, moment, page_of, second
from tests.directory.test_profile_pages import browser, door, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
SUMMER = {
    "season-0-first": "2099-06-29",
    "season-0-last": "2099-08-31",
    "season-0-hours": "Mon-Thu 10:00-14:00; Fri 10-12",
}


def hours(house: House) -> dict[str, Any]:
    found: dict[str, Any] = service_profile(house.service)[f"hours/{house.service.pk}/"]
    return found


def send(house: House, browser: RoleClient, language: str = "en", **more: str) -> Any:
    address = door(house, "hours", language)
    return browser.post(address, fields_of(browser.get(address).text) | more, follow=True)


def text_of(page: str) -> str:
    """The words of a page, blanks as one."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_season_stands_beside_the_week_and_comes_back_into_the_form(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    looked = send(house, browser, **SUMMER, preview="1").text
    assert "From 29 June 2099 to 31 August 2099" in looked
    assert not ProposedChange.objects.exists()
    page = send(house, browser, **SUMMER).text
    assert "Saved. It is on the site now." in page
    assert "Other hours for a time" in page
    assert "from 29 June 2099 to 31 August 2099: Mon-Thu 10:00-14:00; Fri 10:00-12:00" in text_of(page)
    shown = text_of(page_of(visitor, house))
    for words in ("From 29 June 2099 to 31 August 2099", "Until 28 June 2099", "From 1 September 2099 on"):
        assert words in shown, words
    assert "9:00 to 20:00" in shown
    assert "10:00 to 14:00" in shown
    kept = fields_of(browser.get(door(house, "hours")).text)
    assert kept["season-0-hours"] == "Mon-Thu 10:00-14:00; Fri 10:00-12:00"
    assert kept["day-0"] == "9:00-20:00"
    assert (kept["season-0-first"], kept["season-0-last"]) == ("2099-06-29", "2099-08-31")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_hours_with_seasons_that_are_sent_as_they_stand_stay(
    language: str, house: House, browser: RoleClient
) -> None:
    send(house, browser, **SUMMER)
    before = hours(house)
    send(house, browser, language)
    assert ProposedChange.objects.count() == 1
    assert hours(house) == before
    assert before["is_plain"] is False
    assert len(before["seasons"]) == 1


def test_a_season_is_taken_back_and_undone(house: House, browser: RoleClient) -> None:
    plain = hours(house)
    send(house, browser, **SUMMER)
    told = hours(house)
    send(house, browser, **dict.fromkeys(SUMMER, ""))
    assert hours(house) == plain
    last = ProposedChange.objects.order_by("-made_at").first()
    assert last is not None
    undo_change(change=last.pk, viewer=house.keeper, now=moment())
    assert hours(house) == told


def test_resting_for_long_is_read_first(house: House, browser: RoleClient, visitor: RoleClient) -> None:
    send(house, browser, **SUMMER | {"season-0-hours": "closed"})
    (change,) = ProposedChange.objects.all()
    assert change.state == State.HELD
    assert "Until 28 June 2099" not in page_of(visitor, house)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"season-0-last": ""}, "When do these hours end?"),
        ({"season-0-last": "2099-06-01"}, "This day comes before the first one."),
        ({"season-0-first": "summer"}, "This is no day."),
        ({"season-0-hours": "mornings"}, "which days?"),
        ({"season-0-hours": "Mon 9-5"}, "write 17:00"),
    ],
)
def test_what_is_wrong_with_a_season_stands_beside_it(
    sent: dict[str, str], words: str, house: House, browser: RoleClient
) -> None:
    answer = send(house, browser, **SUMMER | sent)
    assert answer.status_code == 400
    assert words in answer.text
    kept = fields_of(answer.text)
    assert all(kept[name] == value for name, value in (SUMMER | sent).items())
    assert not ProposedChange.objects.exists()


def test_two_seasons_that_share_a_day_are_refused(house: House, browser: RoleClient) -> None:
    send(house, browser, **SUMMER)
    more = {"season-1-first": "2099-08-31", "season-1-last": "2099-09-30", "season-1-hours": "Mon 9-12"}
    answer = send(house, browser, **more)
    assert answer.status_code == 400
    assert "share a day" in answer.text


def feed(house: House, **row: str) -> None:
    """A feed's hours in place of the clinic's."""
    Schedule.objects.filter(service=house.service).delete()
    told = {"service": house.service, "publisher": house.service.publisher}
    Schedule.objects.create(**told, **{"opens_at": "09:00", "closes_at": "17:00"} | row)
    project_services([house.service.pk])


def test_a_feeds_season_is_kept_when_something_else_is_saved(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    feed(house, byday="MO,TU", freq="WEEKLY", valid_from="2026-05-01", valid_to="2099-09-30")
    shown = "Until 30 September 2099"
    assert shown in page_of(visitor, house)
    send(house, browser, on_holidays="closed", note="Ring twice.")
    page = page_of(visitor, house)
    assert shown in page
    assert "Ring twice." in page
    told = hours(house)
    assert (told["on_holidays"], told["days"], told["seasons"][0]["last"]) == ("closed", [], "2099-09-30")


FIRST_MONDAY = {"byday": "1MO", "freq": "MONTHLY"}


def test_hours_that_no_form_can_tell_stay_unless_others_are_chosen(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    feed(house, **FIRST_MONDAY)
    page = browser.get(door(house, "hours")).text
    assert "They stay as they are unless you choose other ones." in page
    assert fields_of(page)["state"] == "kept"
    assert "First Monday of the month" in page
    before = hours(house)
    send(house, browser)
    assert not ProposedChange.objects.exists()
    send(house, browser, note="Ring twice.", on_holidays="closed")
    assert "First Monday of the month" in page_of(visitor, house)
    assert "Ring twice." in page_of(visitor, house)
    assert hours(house)["rows"] == before["rows"]
    send(house, browser, state="times", **{"day-0": "9-12"})
    assert "First Monday" not in page_of(visitor, house)
    last = ProposedChange.objects.order_by("-made_at").first()
    assert last is not None
    undo_change(change=last.pk, viewer=house.keeper, now=moment())
    assert "First Monday of the month" in page_of(visitor, house)


def test_nobody_makes_up_rows_that_no_form_showed(house: House, browser: RoleClient) -> None:
    answer = send(house, browser, state="kept")
    assert answer.status_code == 400
    assert not ProposedChange.objects.exists()
