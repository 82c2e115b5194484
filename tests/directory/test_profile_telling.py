"""What a keeper writes of a protected place: words that may tell it are asked about before they are saved."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.models.membership import Role
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import employ, let_in, second
from tests.roles import RoleClient

__all__ = ["second"]

TELLING = {"en": "A safe house behind the church, with a blue door.", "fr": "Une maison près de l’église."}
NAME = {"en": "/en/desk/organization/listing/{}/name/", "fr": "/fr/bureau/organisme/fiche/{}/nom/"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def house(make_service: MakeService, keeper: User, steward: User, second: User) -> Service:
    """A safe house, kept by Kim."""
    service = make_service("Safe house", place={"is_protected": True}, description="A bed.")
    assert service.organization is not None
    let_in(service.organization, steward, second)
    employ(keeper, service.organization, Role.KEEPER)
    return service


@pytest.fixture
def desk(house: Service, keeper: User, sign_in: SignIn) -> RoleClient:
    """Kim at the desk."""
    return sign_in(keeper)


def write(desk: RoleClient, house: Service, text: str, language: str = "en", **more: str) -> Any:
    address = NAME[language].format(house.pk)
    fields = {"name": "Safe house", "description": text, **more}
    return desk.post(address, fields)


def sent_along(page: str) -> dict[str, str]:
    fields = dict(HIDDEN.findall(page))
    fields.pop("csrfmiddlewaretoken", None)
    return {name: unescape(value) for name, value in fields.items()}


@pytest.mark.promise(1)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_words_are_shown_and_nothing_is_saved_until_the_keeper_answers(
    language: str, house: Service, desk: RoleClient
) -> None:
    """Promise 1: street, code, landmark, bus, building and visits are asked about at the keeper's form."""
    asked = write(desk, house, TELLING[language], language)
    assert asked.status_code == 200
    words = {"en": ("“behind the church”", "“blue door”"), "fr": ("“près de l’église”",)}[language]
    assert all(one in unescape(asked.text) for one in words)
    assert not ProposedChange.objects.exists()
    house.refresh_from_db()
    assert house.description == "A bed."
    answer = re.search(r'name="telling"\s+value="(\w+)"', asked.text)
    assert answer
    saved = desk.post(NAME[language].format(house.pk), sent_along(asked.text) | {"telling": answer[1]})
    assert saved.status_code == 302
    # What a place with beds says is read by somebody else before it is shown.
    (change,) = ProposedChange.objects.held()
    assert change.after["service.description"] == TELLING[language]
    entry = AuditEntry.objects.get(action="confirm_tells_nothing")
    assert set(json.loads(entry.details)) == {"kinds"}
    assert "church" not in entry.details


def test_an_answer_is_for_just_these_words(house: Service, desk: RoleClient) -> None:
    asked = write(desk, house, TELLING["en"])
    answer = re.search(r'name="telling"\s+value="(\w+)"', asked.text)
    assert answer
    again = write(desk, house, TELLING["en"] + " Take bus 7.", telling=answer[1])
    assert "“bus 7”" in unescape(again.text)
    assert not ProposedChange.objects.exists()


def test_whoever_wants_to_change_it_gets_the_form_with_all_that_was_typed(
    house: Service, desk: RoleClient
) -> None:
    asked = write(desk, house, TELLING["en"], fees_description="Free.")
    form = desk.post(NAME["en"].format(house.pk), sent_along(asked.text) | {"change": "1"})
    assert form.status_code == 200
    assert "behind the church" in form.text
    assert "Free." in form.text
    assert not ProposedChange.objects.exists()


def test_what_was_said_before_and_what_tells_nothing_is_not_asked_about(
    house: Service, desk: RoleClient
) -> None:
    assert write(desk, house, "A bed for you and your children.").status_code == 302
    Service.objects.filter(pk=house.pk).update(description=TELLING["en"])
    assert write(desk, house, TELLING["en"] + " Free.").status_code == 302


def test_a_draft_is_shown_to_nobody_and_is_not_asked_about(house: Service, desk: RoleClient) -> None:
    assert write(desk, house, TELLING["en"], draft="1").status_code == 302
    assert ProposedChange.objects.get().state == "draft"


def test_an_open_place_may_tell_its_way(
    make_service: MakeService, keeper: User, steward: User, second: User, sign_in: SignIn
) -> None:
    clinic = make_service("Clinic")
    assert clinic.organization is not None
    let_in(clinic.organization, steward, second)
    employ(keeper, clinic.organization, Role.KEEPER)
    assert VettingDecision.objects.exists()
    desk = sign_in(keeper)
    address = NAME["en"].format(clinic.pk)
    assert desk.post(address, {"name": "Clinic", "description": TELLING["en"]}).status_code == 302


def test_texts_of_an_organization_that_hides_a_place_are_asked_about(
    house: Service, desk: RoleClient
) -> None:
    fields = {"name": "Safe house House", "description": "We meet at 12 Mill Lane."}
    asked = desk.post("/en/desk/organization/name/", fields)
    assert "12 Mill Lane" in asked.text
    assert not ProposedChange.objects.exists()


@pytest.mark.promise(1)
def test_a_new_listing_of_a_protected_place_is_asked_about_too(desk: RoleClient) -> None:
    """Promise 1: what an organization asks for is asked about before it waits for a steward."""
    address = reverse("profile_new")
    listing = {"main": "food", "where": "protected", "community": "Kingston, ON"}
    asked = desk.post(address, {"name": "Larch house", "description": TELLING["en"], **listing})
    assert "“behind the church”" in unescape(asked.text)
    assert not ProposedChange.objects.exists()
    form = desk.post(address, sent_along(asked.text) | {"change": "1"})
    assert "behind the church" in form.text
    answer = re.search(r'name="telling"\s+value="(\w+)"', asked.text)
    assert answer
    saved = desk.post(address, sent_along(asked.text) | {"telling": answer[1]})
    assert saved.status_code == 302
    assert ProposedChange.objects.get().after["service.description"] == TELLING["en"]
    assert AuditEntry.objects.filter(action="confirm_tells_nothing").count() == 1
    draft = {"name": "Larch attic", "description": TELLING["en"], "draft": "1", **listing}
    assert desk.post(address, draft).status_code == 302


def test_a_new_listing_at_an_open_place_may_tell_its_way(
    make_service: MakeService, keeper: User, steward: User, second: User, sign_in: SignIn
) -> None:
    clinic = make_service("Clinic")
    assert clinic.organization is not None
    let_in(clinic.organization, steward, second)
    employ(keeper, clinic.organization, Role.KEEPER)
    pantry = {"name": "Larch pantry", "main": "food", "where": "new", "community": "Kingston, ON"}
    pantry |= {"address_1": "12 Larch Street", "description": TELLING["en"]}
    assert sign_in(keeper).post(reverse("profile_new"), pantry).status_code == 302
