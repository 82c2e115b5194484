"""Pages of an organization that is suspended: what its people can do and can't, and nothing that they typed is lost."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from directory.models.membership import Role
from directory.models.proposed_change import ProposedChange
from directory.models.sheet_draft import SheetDraft
from directory.models.told_answer import ToldAnswer
from directory.models.vetting import VettingDecision
from tests.cast import SignIn
from tests.directory.profiles import House, employ, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_new_pages import PANTRY
from tests.directory.test_profile_pages import browser, door, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
SUSPENDED = {"en": "Your organization is suspended: nobody of it", "fr": "Votre organisme est suspendu"}
MAILBOX = 'href="mailto:stewards@relais.example"'
TASKS = ("hours", "who", "languages", "contact", "name", "where", "shown", "closing")
TYPED = "We are three now, and there is soup on Fridays."


def suspend(house: House, outcome: str = "suspended") -> None:
    VettingDecision.objects.create(
        organization=house.organization,
        kind="community",
        outcome=outcome,
        reason="We look into it.",
        decided_by_id=house.steward.user,
        decided_at=moment() - timedelta(seconds=1),
    )


def forms(page: str) -> set[str]:
    """Where the forms of a page lead, but for those that every page has."""
    return set(re.findall(r'<form[^>]*action="([^"]*)"', page))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_say_so_and_show_no_form_that_would_be_refused(
    language: str, house: House, browser: RoleClient
) -> None:
    house.change({"service.fees_description": "Free."})
    suspend(house)
    prefix = "/en/desk/organization/" if language == "en" else "/fr/bureau/organisme/"
    listing = f"{prefix}{'listing' if language == 'en' else 'fiche'}/{house.service.pk}/"
    changes = f"{listing}{'changes' if language == 'en' else 'changements'}/"
    for path in (prefix, listing, changes):
        page = browser.get(path).text
        assert SUSPENDED[language] in page, path
        assert MAILBOX in page, path
        assert forms(page) == set(), path
    page = browser.get(reverse("sheet")).text
    assert 'type="file"' not in page
    assert reverse("sheet_download", args=["csv"]) in page


@pytest.mark.parametrize("task", TASKS)
def test_the_address_of_a_form_leads_to_where_it_is_said_why(
    task: str, house: House, browser: RoleClient
) -> None:
    assert browser.get(door(house, task)).status_code == 200
    suspend(house)
    answer = browser.get(door(house, task))
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("profile_listing", args=[house.service.pk])


def test_who_was_not_let_in_is_told_that(house: House, browser: RoleClient) -> None:
    suspend(house, "declined")
    page = browser.get(reverse("profile")).text
    assert "Your organization was not let in: nobody of it" in page
    assert "is suspended" not in page


@pytest.mark.parametrize("button", ["", "draft", "preview"])
def test_what_was_typed_when_it_was_suspended_comes_back(
    button: str, house: House, browser: RoleClient
) -> None:
    sent = fields_of(browser.get(door(house, "name")).text) | {"description": TYPED}
    suspend(house)
    answer = browser.post(door(house, "name"), sent | ({button: "1"} if button else {}))
    assert TYPED in answer.text
    assert not ProposedChange.objects.exists()
    if button != "preview":
        assert answer.status_code == 400
        assert "Nothing was saved: your organization is suspended." in answer.text
        assert "copy what you need" in answer.text
        assert 'name="draft"' not in answer.text


def test_a_new_listing_that_was_typed_comes_back_too(house: House, browser: RoleClient) -> None:
    sent = fields_of(browser.get(reverse("profile_new")).text) | PANTRY | {"description": TYPED}
    suspend(house)
    answer = browser.post(reverse("profile_new"), sent)
    assert answer.status_code == 400
    assert TYPED in answer.text
    assert "Nothing was saved: your organization is suspended." in answer.text


def test_a_press_on_all_true_is_told_why_not(house: House, browser: RoleClient) -> None:
    suspend(house)
    answer = browser.post(reverse("profile_all_true"), follow=True)
    assert answer.status_code == 200
    assert "Nothing was saved: your organization is suspended." in answer.text


def test_an_upload_that_waits_for_a_yes_stays(house: House, browser: RoleClient) -> None:
    file = browser.get(reverse("sheet_download", args=["csv"])).content
    changed = file.replace(b"Clinic", b"Clinic of the east")
    looked = browser.post(reverse("sheet"), {"file": SimpleUploadedFile("a.csv", changed)})
    assert looked.status_code == 302
    suspend(house)
    key = SheetDraft.objects.get().pk
    for answer in (
        browser.get(reverse("sheet_look", args=[key]), follow=True),
        browser.post(reverse("sheet_confirm", args=[key]), follow=True),
    ):
        assert answer.status_code == 200
        assert "Nothing was saved: your organization is suspended." in answer.text
    assert SheetDraft.objects.filter(pk=key).exists()


def test_answers_are_read_and_not_confirmed(
    house: House, browser: RoleClient, navigator: User, steward: User
) -> None:
    ToldAnswer.objects.create(
        service_id=house.service.pk,
        dimension="with",
        term="pet",
        told_for_id=house.organization.pk,
        told_by=navigator,
        told_at=moment(),
    )
    assert reverse("answers") in browser.get(reverse("desk")).text
    suspend(house)
    assert reverse("answers") not in browser.get(reverse("desk")).text
    assert forms(browser.get(reverse("answers")).text) == set()


def test_a_protected_place_keeps_its_sealed_street_within_reach(
    house: House, keeper: User, sign_in: SignIn
) -> None:
    house.change({f"tier/{house.service.sites.get().location_id}": "protected"})
    suspend(house)
    page = sign_in(keeper).get(door(house, "where")).text
    assert SUSPENDED["en"] in page
    assert "Keep, read or remove the street" in page
    assert forms(page) == set()


def test_who_leads_may_still_take_members_out(
    house: House, outsider: User, keeper: User, sign_in: SignIn
) -> None:
    employ(outsider, house.organization, Role.LEAD)
    suspend(house)
    browser = sign_in(outsider)
    prove_again(browser)
    assert "Take keeper@relais.example out" in browser.get(reverse("members")).text
