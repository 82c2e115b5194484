"""A yes confirms what its page showed, all of it, and nothing that was changed meanwhile."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.ask_still_true import answer_question, ask_still_true, token_of
from directory.actions.assure_listings import assure_listings
from directory.actions.edit_record import edit_record
from directory.actions.project_listings import project_services
from directory.actions.refuse_unseen import Unseen
from directory.finding.whole import PAGE, changed_since, marks_of, whole_of
from directory.models.address import Address
from directory.models.contact import Contact
from directory.models.language import Language
from directory.models.phone import Phone
from directory.models.required_document import RequiredDocument
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.truth_asked import TruthAsked
from directory.views import profile_true
from tests.cast import SignIn
from tests.directory.conftest import MakeService, _location
from tests.directory.profiles import House, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.directory.test_profile_pages import browser, fields_of
from tests.roles import RoleClient

__all__ = ["browser", "house", "second"]
CHANGED = "something was changed while you had the page open"


def is_checked(service: Service) -> bool:
    service.refresh_from_db()
    return service.assured_date == timezone.localdate()


def link(house: House) -> str:
    """The path of the letter's link."""
    ask_still_true(moment())
    return reverse("still_true", args=[token_of(TruthAsked.objects.get())])


def add_place(house: House, street: str) -> None:
    """A second place of the clinic."""
    service = house.service
    place = _location(service.publisher, house.organization, "Ottawa, ON")
    ServiceAtLocation.objects.create(publisher=service.publisher, service=service, location=place)
    facts = {"city": "Ottawa", "state_province": "ON"}
    Address.objects.create(publisher=service.publisher, location=place, address_1=street, **facts)
    project_services([service.pk])


def test_everything_that_is_confirmed_is_shown(house: House, browser: RoleClient) -> None:
    add_place(house, "7 Wren Road")
    service, publisher = house.service, house.service.publisher
    Service.objects.filter(pk=service.pk).update(
        description="Care.", description_fr="Des soins.", fees_description="Free.", wait_time="Two days"
    )
    house.organization.website = "https://house.example"
    house.organization.save()
    Language.objects.create(publisher=publisher, service=service, code="spa")
    RequiredDocument.objects.create(publisher=publisher, service=service, document="Any paper")
    person = Contact.objects.create(publisher=publisher, service=service, name="Mona Reed", title="Intake")
    Phone.objects.create(publisher=publisher, contact=person, number="613-555-0166")
    project_services([service.pk])
    told = [
        "613-555-0142",
        "9:00 to 20:00",
        "7 Wren Road",
        "Care.",
        "Des soins.",
        "Free.",
        "Two days",
        "Spanish",
    ]
    told += [
        "https://house.example",
        "Any paper",
        "Mona Reed",
        "613-555-0166",
        "Nobody has checked this yet.",
    ]
    for address in (reverse("profile_listing", args=[service.pk]), reverse("profile_all_true")):
        page = browser.get(address).text
        assert [words for words in told if words not in page] == []


CHANGES: list[tuple[str, Any]] = [
    ("Cost", lambda s: {"entity": "service", "record_id": s.pk, "values": {"fees_description": "Fifty."}}),
    (
        "What you get (French)",
        lambda s: {"entity": "service", "record_id": s.pk, "values": {"description_fr": "x"}},
    ),
    (
        "Telephone",
        lambda s: {
            "entity": "phone",
            "record_id": Phone.objects.get(service=s).pk,
            "values": {"number": "613-555-0199"},
        },
    ),
    (
        "How long one waits",
        lambda s: {"entity": "service", "record_id": s.pk, "values": {"wait_time": "A week"}},
    ),
    (
        "Website",
        lambda s: {
            "entity": "organization",
            "record_id": s.organization_id,
            "values": {"website": "https://x.example"},
        },
    ),
]


@pytest.mark.parametrize(("label", "edit"), CHANGES)
def test_what_was_changed_meanwhile_is_not_confirmed_and_is_named(
    label: str, edit: Any, house: House, browser: RoleClient
) -> None:
    page = browser.get(reverse("profile_listing", args=[house.service.pk])).text
    edit_record(**edit(house.service), viewer=house.steward)
    done = browser.post(reverse("profile_true", args=[house.service.pk]), fields_of(page), follow=True).text
    assert CHANGED in done
    assert f"Clinic: {label}" in done
    assert not is_checked(house.service)
    browser.post(reverse("profile_true", args=[house.service.pk]), fields_of(done))
    assert is_checked(house.service)


def test_a_yes_without_a_page_confirms_nothing(house: House, browser: RoleClient) -> None:
    browser.post(reverse("profile_true", args=[house.service.pk]))
    browser.post(reverse("profile_all_true"))
    assert not is_checked(house.service)


def test_of_many_each_page_confirms_what_it_shows(
    house: House, make_service: MakeService, browser: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile_true, "A_PAGE", 1)
    other = make_service("Kitchen")
    Service.objects.filter(pk=other.pk).update(organization=house.organization)
    project_services([other.pk])
    address = reverse("profile_all_true")
    page = browser.get(address).text
    assert "Clinic" in page
    assert "Kitchen" not in page
    browser.post(address, fields_of(page))
    assert is_checked(house.service)
    assert not is_checked(other)


def test_the_letters_link_confirms_what_it_showed(house: House) -> None:
    path, reader = link(house), RoleClient()
    page = reader.get(path).text
    house.change({"service.fees_description": "Fifty."})
    assert CHANGED in reader.post(path, fields_of(page), follow=True).text
    assert not is_checked(house.service)
    with pytest.raises(Unseen):
        answer_question(asked=TruthAsked.objects.get().pk, services=[house.service.pk], now=moment(), seen={})


def test_the_letters_link_neither_shows_nor_confirms_what_is_for_workers(house: House) -> None:
    path, reader = link(house), RoleClient()
    marks = fields_of(reader.get(path).text)
    Contact.objects.create(publisher=house.service.publisher, service=house.service, name="Mona Reed")
    project_services([house.service.pk])
    page = reader.get(path).text
    assert "Mona Reed" not in page
    assert "613-555-0142" not in page
    assert "These you read after signing in" in page
    assert reverse("profile_listing", args=[house.service.pk]) in page
    now_told = {f"seen-{house.service.pk}": marks_of(whole_of(Service.objects.get(pk=house.service.pk)))}
    reader.post(path, marks | now_told)
    assert not is_checked(house.service)


def test_a_steward_confirms_what_was_read_out(house: House, steward: User, sign_in: SignIn) -> None:
    desk = sign_in(steward)
    prove_again(desk)
    address = reverse("review_call", args=[house.service.pk])
    page = desk.get(address).text
    assert reverse("review_correct", args=[house.service.pk]) in page
    house.change({"service.fees_description": "Fifty."})
    done = desk.post(address, fields_of(page) | {"decision": "reached"}, follow=True).text
    assert CHANGED in done
    assert "Clinic: Cost" in done
    assert not is_checked(house.service)
    desk.post(address, fields_of(done) | {"decision": "reached"})
    assert is_checked(house.service)


def test_a_part_that_is_gone_was_changed(house: House) -> None:
    whole = whole_of(house.service)
    seen = marks_of(whole)
    assert changed_since(seen, whole) == []
    hours = next(key for key in whole if key.startswith("hours/"))
    assert changed_since(seen, {key: value for key, value in whole.items() if key != hours})
    assert set(changed_since("", whole)) == set(whole) - {PAGE}


def test_a_check_is_no_change(house: House) -> None:
    seen = marks_of(whole_of(house.service))
    assure_listings(organization=house.organization.pk, services=None, viewer=house.keeper, now=moment())
    assert changed_since(seen, whole_of(Service.objects.get(pk=house.service.pk))) == []
