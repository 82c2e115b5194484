"""What waits to be checked goes on waiting when its organization saves something else, and shows in the form."""

import pytest

from accounts.models import User
from directory.models.proposed_change import ProposedChange
from directory.rules.change_states import State
from tests.cast import SignIn
from tests.directory.profiles import House, house, page_of, second
from tests.directory.test_profile_pages import NEW, browser, door, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
pytestmark = [pytest.mark.django_db, pytest.mark.promise(26)]
MAIL = "new@clinic.example"


def _held() -> dict[str, object]:
    found: dict[str, object] = {}
    for change in ProposedChange.objects.held():
        found |= change.after
    return found


def _numbers() -> list[str]:
    phones = _held().get("phones", [])
    assert isinstance(phones, list)
    return [row["number"] for row in phones]


def test_a_new_address_saved_later_leaves_the_number_waiting(house: House, browser: RoleClient) -> None:
    address = door(house, "contact")
    browser.post(address, fields_of(browser.get(address).text) | {"number-0": NEW})
    page = browser.get(address).text
    assert "This waits to be checked" in page
    sent = fields_of(page)
    assert sent["number-0"] == NEW
    browser.post(address, sent | {"email": MAIL})
    assert NEW in _numbers()
    assert _held()["service.email"] == MAIL


def test_a_form_saved_as_it_stands_asks_for_nothing_anew(house: House, browser: RoleClient) -> None:
    address = door(house, "contact")
    browser.post(address, fields_of(browser.get(address).text) | {"number-0": NEW})
    (before,) = ProposedChange.objects.held()
    answer = browser.post(address, fields_of(browser.get(address).text), follow=True)
    assert "Nothing was changed" in answer.text
    assert list(ProposedChange.objects.held()) == [before]


def test_what_is_on_the_site_written_again_takes_it_back(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    address = door(house, "contact")
    stood = fields_of(browser.get(address).text)
    browser.post(address, stood | {"number-0": NEW})
    assert "being checked" in page_of(visitor, house)
    browser.post(address, fields_of(browser.get(address).text) | {"number-0": stood["number-0"]})
    assert not ProposedChange.objects.held().exists()
    assert "being checked" not in page_of(visitor, house)


def test_of_two_parts_that_wait_together_the_other_stays_with_its_author(
    house: House, steward: User, sign_in: SignIn
) -> None:
    (both,) = house.change({"service.email": MAIL, "service.url": "https://clinic.example/new"}, "contact")
    house.change({"service.email": "other@clinic.example"}, "contact")
    both.refresh_from_db()
    assert both.state == State.REPLACED
    rest = ProposedChange.objects.held().get(made_at=both.made_at)
    assert rest.after == {"service.url": "https://clinic.example/new"}
    assert (rest.made_by_id, rest.hold) == (both.made_by_id, both.hold)
    assert _held()["service.email"] == "other@clinic.example"


def test_a_page_opened_before_something_waited_takes_nothing_back(house: House, browser: RoleClient) -> None:
    address = door(house, "contact")
    old = fields_of(browser.get(address).text)
    browser.post(address, old | {"number-0": NEW})
    answer = browser.post(address, old | {"email": MAIL})
    assert answer.status_code == 400
    assert NEW in _numbers()
