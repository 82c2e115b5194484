"""One listing, opened: everything a person needs to decide, nothing that claims more than is known."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from directory.actions.project_listings import project_services
from directory.models.listing import Listing
from directory.models.required_document import RequiredDocument
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.rules.opening import OpenState
from directory.views import wording
from tests.directory.conftest import MakeService
from tests.roles import RoleClient


def address(service: Service, language: str = "en") -> str:
    id_ = Listing.objects.get(service_id=service.pk).pk
    return f"/{language}/{'fiche' if language == 'fr' else 'listing'}/{id_}/"


def test_a_listing_opens_at_its_permanent_address_in_both_languages(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Clinic", description="Free advice.", description_fr="Conseils gratuits.")
    assert "Free advice." in visitor.get(address(service)).content.decode()
    assert "Conseils gratuits." in visitor.get(address(service, "fr")).content.decode()


def test_its_number_is_a_link_to_call(visitor: RoleClient, make_service: MakeService) -> None:
    page = visitor.get(address(make_service(phone="613-555-0142"))).content.decode()
    assert 'href="tel:6135550142"' in page


@pytest.mark.parametrize("id_", [uuid.uuid4(), uuid.UUID(int=0)])
def test_an_unknown_listing_is_not_found(visitor: RoleClient, id_: uuid.UUID) -> None:
    assert visitor.get(f"/en/listing/{id_}/").status_code == 404


def test_it_says_what_to_bring_and_in_which_language_that_is_told(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("Clinic", alert="Closed until Monday")
    for position, (paper, papier) in enumerate([("Health card", "Carte santé"), ("Proof of address", "")]):
        RequiredDocument.objects.create(
            publisher=service.publisher,
            service=service,
            position=position,
            document=paper,
            document_fr=papier,
        )
    assert "What to bring" not in visitor.get(address(service)).content.decode()
    project_services([service.pk])
    page = visitor.get(address(service)).content.decode()
    assert page.index("What to bring") < page.index("Health card") < page.index("Proof of address")
    page = visitor.get(address(service, "fr")).content.decode()
    assert "Quoi apporter" in page
    assert "Carte santé" in page
    assert '<ul lang="en">' in page
    assert '<div class="said ask" lang="en">' in page


@pytest.mark.promise(2)
def test_a_protected_place_gives_its_address_by_phone_only(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House", place={"is_protected": True})
    page = visitor.get(address(service)).content.decode()
    assert "The address is given when you call." in page


def test_it_says_who_copied_it_and_that_nobody_checked(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service(copied_on=date(2026, 1, 3))
    page = visitor.get(address(service)).content.decode()
    assert "Copied from list on 3 January 2026, not checked." in page
    assert "Checked" not in page


def test_it_says_when_a_person_checked_it(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service(assured_date=timezone.localdate() - timedelta(days=12))
    page = visitor.get(address(service)).content.decode()
    assert page.count("Checked 12 days ago.") == 1


def test_the_way_back_leads_to_the_same_page_of_results(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(25):
        make_service(f"Service {number}")
    found = visitor.post("/en/find/", {"near": "Kingston"})["Location"]
    second = visitor.get(f"{found}2/")
    link = second.context["cards"][0]["url"]
    opened = visitor.get(link)
    back = opened.context["page"]["back_url"]
    assert back.endswith("/2/")
    assert visitor.get(back).context["cards"][0]["name"] == second.context["cards"][0]["name"]


def test_hours_without_a_statement_are_never_called_open(
    visitor: RoleClient, make_service: MakeService
) -> None:
    page = visitor.get(address(make_service())).content.decode()
    assert "Hours not stated: call first" in page


def test_hours_in_words_alone_are_shown_and_never_called_open(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service()
    Schedule.objects.create(
        publisher=service.publisher, service=service, description="Mon-Thu mornings, by chance"
    )
    project_services([service.pk])
    page = visitor.get(address(service)).content.decode()
    assert "Mon-Thu mornings, by chance" in page
    assert "Hours in words: see the details, or call" in page


def test_text_in_the_other_language_is_marked(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("Clinic", description="Only English.")
    page = visitor.get(address(service, "fr")).content.decode()
    assert 'lang="en"' in page


def test_what_a_publisher_wrote_is_never_markup(visitor: RoleClient, make_service: MakeService) -> None:
    service = make_service("<b>Clinic</b>", description="<script>alert(1)</script>")
    page = visitor.get(address(service)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_made_up_listing_says_so(visitor: RoleClient, make_service: MakeService) -> None:
    made_up, real = make_service("Made up", is_demo=True), make_service("Real")
    mark = "Demonstration: not a real service"
    assert mark in visitor.get(address(made_up)).content.decode()
    assert mark not in visitor.get(address(real)).content.decode()
    results = visitor.get(visitor.post("/en/find/", {"near": "Kingston"})["Location"])
    assert results.content.decode().count(mark) == 1


@pytest.mark.promise(2)
def test_a_protected_place_without_a_number_promises_no_call(
    visitor: RoleClient, make_service: MakeService
) -> None:
    service = make_service("House", place={"is_protected": True}, phone="")
    page = visitor.get(address(service)).content.decode()
    assert "The address is not published." in page
    assert "when you call" not in page


def test_hours_of_what_has_no_place_name_their_city() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    state = OpenState("closed", next=datetime(2026, 11, 23, 14, tzinfo=UTC))
    line = wording.open_line(state, now, "America/Toronto", is_afar=True)
    assert line == "Closed now. Opens 9:00 (Toronto time)"
    assert wording.open_line(state, now, "America/Toronto") == "Closed now. Opens 9:00"
