"""The keeper's pages: task by task, in both languages; errors at the field, nothing lost; another's is not there."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from directory.finding.profile import phones_of, service_profile
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, employ, house, page_of, second
from tests.directory.test_invitations import grow_old, prove_again
from tests.roles import RoleClient

__all__ = ["house", "second"]
NEW = "613-555-0199"
TASKS = ("hours", "who", "languages", "contact", "name", "closing")


class _Fields(HTMLParser):
    """What a browser would send of the forms of a page, as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self._text = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "input" and name and ("checked" in told or told.get("type") not in ("radio", "checkbox")):
            self.sent[name] = told.get("value") or ""
        if tag == "textarea":
            self._text, self.sent[name] = name, ""
        if tag == "select":
            self._select = name
            self.sent.setdefault(name, "")
        if tag == "option" and "selected" in told:
            self.sent[self._select] = told.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.sent[self._text] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        self._text = "" if tag == "textarea" else self._text


def fields_of(page: str) -> dict[str, Any]:
    """The fields of a page."""
    found = _Fields()
    found.feed(page)
    return found.sent


@pytest.fixture
def browser(house: House, keeper: User, sign_in: SignIn) -> RoleClient:
    """Kim's browser."""
    return sign_in(keeper)


def door(house: House, task: str, language: str = "en") -> str:
    """The address of a task."""
    with translation.override(language):
        return reverse(f"profile_{task}", args=[house.service.pk])


def test_the_list_says_of_each_listing_how_it_stands(house: House, browser: RoleClient) -> None:
    page = browser.get(reverse("profile")).text
    assert "Clinic" in page
    assert "Nobody has checked this yet." in page
    assert "Missing: French, languages, who can come." in page
    address = reverse("profile_all_true")
    assert address in page
    done = browser.post(address, fields_of(browser.get(address).text), follow=True).text
    assert "Checked today." in done
    house.service.refresh_from_db()
    assert house.service.assurer_email == "keeper@relais.example"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("task", TASKS)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(
    task: str, language: str, house: House, browser: RoleClient
) -> None:
    address = door(house, task, language)
    page = browser.get(address)
    assert page.status_code == 200
    answer = browser.post(address, fields_of(page.text))
    assert answer.status_code == 302, re.findall(r'class="error".*', answer.text)
    assert not ProposedChange.objects.exists()


def test_hours_are_changed_looked_at_and_saved(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    address = door(house, "hours")
    sent = fields_of(browser.get(address).text) | {"day-4": "10-12, 13-19", "on_holidays": "closed"}
    looked = browser.post(address, sent | {"preview": "1"}).text
    assert "10:00 to 12:00, 13:00 to 19:00" in looked
    assert "Friday" in looked
    assert "9:00 to 17:00" in looked
    assert not ProposedChange.objects.exists()
    page = browser.post(address, sent, follow=True).text
    assert "Saved. It is on the site now." in page
    assert "10:00 to 12:00, 13:00 to 19:00" in page_of(visitor, house)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"day-4": "9-5"}, "write 17:00"),
        ({"day-4": "sometimes"}, "“sometimes” is not understood"),
        ({f"day-{day}": "" for day in range(7)}, "No day has hours."),
        ({"own-0-on": "Christmas"}, "This is no day."),
        ({"own-0-hours": "9-12"}, "Which day?"),
        ({"own-0-on": "2026-12-24", "own-0-hours": "late"}, "“late” is not understood"),
        (
            {"own-0-on": "2026-12-24", "own-1-on": "2026-12-24"},
            "A day stands here twice.",
        ),
        ({"state": "whenever"}, "whenever is not one of the available choices"),
    ],
)
def test_what_is_wrong_with_hours_stands_beside_them_and_nothing_is_lost(
    sent: dict[str, str], words: str, house: House, browser: RoleClient
) -> None:
    address = door(house, "hours")
    filled = fields_of(browser.get(address).text) | {"note": "Ring twice."} | sent
    answer = browser.post(address, filled)
    assert answer.status_code == 400
    assert words in answer.text
    kept = fields_of(answer.text)
    assert kept["note"] == "Ring twice."
    assert all(kept[name] == value for name, value in sent.items() if name != "state")


def test_other_days_are_told_and_taken_back(house: House, browser: RoleClient, visitor: RoleClient) -> None:
    address = door(house, "hours")
    sent = fields_of(browser.get(address).text)
    browser.post(address, sent | {"own-0-on": "2099-12-24", "own-0-hours": "9-12", "own-1-on": "2099-12-25"})
    page = page_of(visitor, house)
    assert "24 December 2099" in page
    assert "25 December 2099" in page
    again = fields_of(browser.get(address).text)
    assert (again["own-0-hours"], again["own-1-hours"]) == ("9:00-12:00", "closed")
    browser.post(address, again | {"own-1-on": "", "own-1-hours": ""})
    assert "25 December 2099" not in page_of(visitor, house)


def test_hours_of_another_kind_stand_beside(house: House, browser: RoleClient, visitor: RoleClient) -> None:
    address = reverse("profile_hours_of", args=[house.service.pk, house.service.pk, "phone"])
    sent = fields_of(browser.get(address).text)
    browser.post(address, sent | {"state": "always"})
    assert "The phone is answered day and night." in page_of(visitor, house)
    for kind in ("nothing", "Phone"):
        foreign = reverse("profile_hours_of", args=[house.service.pk, house.service.pk, kind])
        assert browser.get(foreign).status_code == 404


def test_who_can_come_is_answered_term_by_term(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    address = door(house, "who")
    sent = fields_of(browser.get(address).text)
    browser.post(address, sent | {"with-pet": "yes", "eligibility_description_fr": "Tout le monde."})
    assert "A pet" in page_of(visitor, house)
    assert "Tout le monde." in page_of(visitor, house, "fr")
    sent = fields_of(browser.get(address).text)
    told = browser.post(address, sent | {"age--low": "16", "with-pet": "no"}, follow=True).text
    assert "Somebody reads it before it is on the site." in told
    assert "from this age on" not in told
    wrong = browser.post(address, sent | {"age--low": "30", "age--high": "20"})
    assert wrong.status_code == 400
    assert "This is more than the other end." in wrong.text


def test_languages_are_added_and_taken_away(house: House, browser: RoleClient, visitor: RoleClient) -> None:
    address = door(house, "languages")
    sent = fields_of(browser.get(address).text)
    added = {"code-0": "fra", "code-1": "spa", "way-1": "interpreter"}
    browser.post(address, sent | added)
    page = page_of(visitor, house)
    assert "French" in page
    assert "Spanish" in page
    sent = fields_of(browser.get(address).text)
    twice = browser.post(address, sent | {"code-2": "fra"})
    assert "stands here twice" in twice.text
    browser.post(address, sent | {"code-0": ""})
    assert [row["code"] for row in service_profile(house.service)["languages"]] == ["spa"]


@pytest.mark.promise(26)
def test_a_new_number_is_kept_back_and_said_so(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    address = door(house, "contact")
    sent = fields_of(browser.get(address).text)
    page = browser.post(address, sent | {"number-0": NEW}, follow=True).text
    assert "we call you back on a number that we know already" in page
    shown = page_of(visitor, house)
    assert NEW not in shown
    assert "A change is being checked: telephone number." in shown
    assert phones_of(house.service.pk).get().number != NEW


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"number-0": "call us"}, "This is not a telephone number."),
        ({"description-1": "Nurse"}, "The number is missing."),
        ({"email": "somewhere"}, "Enter a valid email address."),
    ],
)
def test_what_is_wrong_with_the_contact_stands_beside_it(
    sent: dict[str, str], words: str, house: House, browser: RoleClient
) -> None:
    address = door(house, "contact")
    answer = browser.post(address, fields_of(browser.get(address).text) | sent)
    assert answer.status_code == 400
    assert words in answer.text


def test_one_language_is_enough_and_the_other_is_marked(house: House, browser: RoleClient) -> None:
    address = door(house, "name")
    page = browser.get(address).text
    assert "French is missing." in page
    sent = fields_of(page)
    assert browser.post(address, sent | {"description": "We listen."}).status_code == 302
    nameless = browser.post(address, sent | {"name": "", "name_fr": ""})
    assert "A listing needs a name" in nameless.text


def test_closing_is_read_first_and_a_plain_notice_is_shown_at_once(
    house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    address = door(house, "closing")
    sent = fields_of(browser.get(address).text)
    browser.post(address, sent | {"status": "temporarily closed", "alert": "Flood: we are closed today."})
    shown = page_of(visitor, house)
    assert "Flood: we are closed today." in shown
    assert "Closed for a while" not in shown


def test_a_draft_comes_back_into_the_form(house: House, browser: RoleClient, visitor: RoleClient) -> None:
    address = door(house, "contact")
    sent = fields_of(browser.get(address).text)
    browser.post(address, sent | {"number-1": NEW, "draft": "1"})
    page = browser.get(address).text
    assert "You see a draft." in page
    again = fields_of(page)
    assert again["number-1"] == NEW
    browser.post(address, again)
    assert ProposedChange.objects.held().count() == 1
    assert "You see a draft." not in browser.get(address).text


def test_what_somebody_else_changed_meanwhile_is_not_taken_back(house: House, browser: RoleClient) -> None:
    address = door(house, "name")
    sent = fields_of(browser.get(address).text)
    house.change({"service.description": "Changed meanwhile."})
    late = browser.post(address, sent | {"fees_description": "Free."})
    assert late.status_code == 400
    assert "Somebody changed this while you had the page open." in late.text
    house.service.refresh_from_db()
    assert house.service.description == "Changed meanwhile."


@pytest.mark.parametrize(("language", "words"), [("en", "Friday"), ("fr", "Vendredi")])
def test_the_history_reads_in_words_and_can_be_undone(
    language: str, words: str, house: House, browser: RoleClient, visitor: RoleClient
) -> None:
    key = f"hours/{house.service.pk}/"
    hours = service_profile(house.service)[key]
    house.change({key: hours | {"days": [*hours["days"][:4], [[600, 1080]], [], []]}}, "hours")
    with translation.override(language):
        address = reverse("profile_listing_changes", args=[house.service.pk])
    page = browser.get(address).text
    assert words in page
    assert ("9:00 to 17:00" if language == "en" else "9\xa0h à 17\xa0h") in page
    assert ("10:00 to 18:00" if language == "en" else "10\xa0h à 18\xa0h") in page
    change = ProposedChange.objects.get()
    browser.post(reverse("profile_undo", args=[change.pk]))
    change.refresh_from_db()
    assert change.state == State.UNDONE
    assert "10:00 to 18:00" not in page_of(visitor, house)


def test_the_organizations_own_words_and_numbers(house: House, browser: RoleClient) -> None:
    for name in ("organization_name", "organization_contact"):
        address = reverse(name)
        answer = browser.post(address, fields_of(browser.get(address).text))
        assert answer.status_code == 302
    address = reverse("organization_contact")
    browser.post(address, fields_of(browser.get(address).text) | {"number-0": NEW})
    assert "1 change of your organization waits" in browser.get(reverse("profile")).text


def _doors(service: Service) -> list[str]:
    named = ("hours", "who", "languages", "contact", "name", "closing", "listing", "listing_changes")
    return [reverse(f"profile_{name}", args=[service.pk]) for name in named]


def test_another_organizations_listing_is_answered_as_none(
    house: House, browser: RoleClient, make_service: MakeService
) -> None:
    foreign = make_service("Elsewhere")
    assert isinstance(foreign.organization, Organization)
    for address in _doors(foreign):
        assert browser.get(address).status_code == 404
    other = House(
        foreign, employ(User.objects.get(pk=house.steward.user), foreign.organization), house.steward
    )
    (change,) = other.change({"service.fees_description": "x"})
    for address in (reverse("profile_undo", args=[change.pk]), reverse("profile_true", args=[foreign.pk])):
        assert browser.post(address).status_code == 404


@pytest.mark.parametrize("who", ["navigator", "outsider"])
def test_nobody_else_has_these_pages(
    who: str, house: House, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    person: User = request.getfixturevalue(who)
    if who == "navigator":
        employ(person, house.organization, Role.WORKER)
    other = sign_in(person)
    for address in (reverse("profile"), reverse("organization_name"), *_doors(house.service)):
        assert other.get(address).status_code == 403
    assert other.post(reverse("profile_all_true")).status_code == 403


def test_the_stewards_queue_is_not_for_keepers(house: House, browser: RoleClient) -> None:
    assert browser.get(reverse("review_changes")).status_code == 403


def proved(browser: RoleClient) -> RoleClient:
    """The browser, once its person has proved anew who they are."""
    prove_again(browser)
    return browser


@pytest.mark.promise(26)
def test_a_steward_calls_back_and_shows_it(
    house: House, steward: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    (row,) = service_profile(house.service)["phones"]
    (change,) = house.change({"phones": [row | {"number": NEW}]}, "contact")
    desk = proved(sign_in(steward))
    queue = desk.get(reverse("review_changes")).text
    assert NEW in queue
    address = reverse("review_change", args=[change.pk])
    page = desk.get(address).text
    assert 'value="613-555-0142"' in page
    assert f'value="{NEW}"' not in page
    publish = reverse("review_publish", args=[change.pk])
    for wrong in ({}, {"called": NEW, "spoke_with": "Desk"}, {"called": "613-555-0142", "spoke_with": ""}):
        assert desk.post(publish, wrong).status_code == 400
    assert NEW not in page_of(visitor, house)
    done = desk.post(publish, {"called": "613-555-0142", "spoke_with": "Ana, director"}, follow=True).text
    assert "It is on the site." in done
    assert NEW in page_of(visitor, house)
    assert desk.get(address).status_code == 404


def test_a_steward_sends_back_and_looks_at_a_few(house: House, steward: User, sign_in: SignIn) -> None:
    (held,) = house.change({"service.url": "https://other.example"}, "contact")
    house.change({"service.fees_description": "Free."}, "name")
    desk = proved(sign_in(steward))
    door_back = reverse("review_send_back", args=[held.pk])
    assert desk.post(door_back, {"reason": ""}).status_code == 400
    desk.post(door_back, {"reason": "Nobody knew of it."})
    held.refresh_from_db()
    assert held.state == State.SENT_BACK
    page = desk.get(reverse("review_changes")).text
    assert "Published lately" in page
    key = fields_of(page)["change"]
    desk.post(reverse("review_looked"), {"change": [key, "x"]})
    assert "Published lately" not in desk.get(reverse("review_changes")).text


def test_proof_is_asked_of_a_steward_anew(house: House, steward: User, sign_in: SignIn) -> None:
    (change,) = house.change({"service.url": "https://other.example"}, "contact")
    desk = sign_in(steward)
    assert "reauthenticate" in desk.get(reverse("review_changes"))["Location"]
    grow_old(proved(desk))
    answer = desk.post(reverse("review_send_back", args=[change.pk]), {"reason": "x"})
    assert answer["Location"] == reverse("review_changes")
    change.refresh_from_db()
    assert change.state == State.HELD
