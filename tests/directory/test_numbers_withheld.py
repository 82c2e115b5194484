"""A protected listing's local numbers: kept from everybody where nobody needs them, and told to workers."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.block_organizations import block_organization
from directory.actions.mark_phone import mark_phone
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.models.listing import ListingPage
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.vetted_listing import VettedFacts
from directory.rules.dead_phones import Heard
from tests.cast import SignIn
from tests.directory.closed_cast import house_of, leads
from tests.directory.conftest import MakeService
from tests.directory.profiles import employ
from tests.directory.read_model import documents
from tests.directory.vetted_cast import decided, employed
from tests.roles import RoleClient

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]

OPTED_IN = ["site", "open_data"]
LOCAL, FREE, OWNERS = "204-555-0142", "1-866-555-0142", ("service", "location", "service_at_location")


def shelter(make_service: MakeService, numbers: Sequence[tuple[str, str, str]], **place: bool) -> Service:
    """One service with numbers (owner, number, what is said of it), in open data too."""
    service = make_service(
        "Haven", "Thompson, MB", phone="", publish_to=OPTED_IN, place={"is_protected": True} | place
    )
    site = ServiceAtLocation.objects.select_related("location").get(service=service)
    owners = {
        "service": service,
        "location": site.location,
        "service_at_location": site,
        "organization": service.organization,
    }
    for position, (owner, number, said) in enumerate(numbers):
        told = {owner: owners[owner], "number": number, "description": said, "position": position}
        Phone.objects.create(publisher=service.publisher, **told)
    Publisher.objects.filter(pk=service.publisher_id).update(may_redistribute=True)
    project_services([service.pk])
    return service


def on_the_page() -> list[str]:
    return [phone["number"] for phone in ListingPage.objects.get().en["phones"]]


def in_open_data() -> set[str]:
    """Numbers anywhere in documents."""
    told = str([documents(entity) for entity in (*OWNERS, "organization")])
    return {number for number in (LOCAL, FREE) if number in told}


def the_listing() -> object:
    """The id of the shelter's."""
    return next(page.pk for page in ListingPage.objects.order_by("pk") if page.en["name"] == "Haven")


def for_workers() -> list[str]:
    found = VettedFacts.objects.first()
    return [phone["number"] for phone in found.en.get("phones", [])] if found else []


@pytest.mark.parametrize("owner", [*OWNERS, "organization"])
def test_beside_a_toll_free_number_it_is_for_workers(make_service: MakeService, owner: str) -> None:
    shelter(make_service, [(owner, LOCAL, ""), (owner, FREE, "")])
    assert on_the_page() == [FREE]
    assert in_open_data() == {FREE}
    assert for_workers() == [LOCAL]


@pytest.mark.parametrize(("local", "free"), [("service", "location"), ("location", "service")])
def test_so_it_is_where_place_and_service_have_one_each(
    make_service: MakeService, local: str, free: str
) -> None:
    shelter(make_service, [(local, LOCAL, ""), (free, FREE, "")])
    assert on_the_page() == [FREE]
    assert in_open_data() == {FREE}
    assert for_workers() == [LOCAL]


@pytest.mark.parametrize("owner", [*OWNERS, "organization"])
def test_the_only_way_to_reach_help_stays(make_service: MakeService, owner: str) -> None:
    shelter(make_service, [(owner, LOCAL, "")])
    assert on_the_page() == [LOCAL]
    assert in_open_data() == {LOCAL}
    assert for_workers() == []


def test_a_crisis_line_stays(make_service: MakeService) -> None:
    shelter(make_service, [("service", LOCAL, "Ligne d’écoute"), ("service", FREE, "")])
    assert on_the_page() == [LOCAL, FREE]
    assert in_open_data() == {LOCAL, FREE}
    assert for_workers() == []


def test_an_open_place_tells_all_its_numbers(make_service: MakeService) -> None:
    shelter(make_service, [("service", LOCAL, ""), ("service", FREE, "")], is_protected=False)
    assert on_the_page() == [LOCAL, FREE]
    assert in_open_data() == {LOCAL, FREE}
    assert for_workers() == []


@pytest.mark.parametrize("is_let_in", [True, False])
def test_the_desk_tells_workers_who_are_let_in(
    make_service: MakeService, navigator: User, steward: User, sign_in: SignIn, is_let_in: bool
) -> None:
    shelter(make_service, [("service", LOCAL, ""), ("service", FREE, "")])
    house = make_service("Drop-in").organization
    employed(navigator, house)
    if is_let_in:
        decided(house, steward)
    page = sign_in(navigator).get(reverse("desk_listing", args=[the_listing()])).text
    assert (LOCAL in page) == is_let_in
    assert FREE in page


def test_a_visitor_reads_it_nowhere(make_service: MakeService, visitor: RoleClient) -> None:
    shelter(make_service, [("service", LOCAL, ""), ("service", FREE, "")])
    page = visitor.get(reverse("listing", args=[the_listing()])).text
    assert FREE in page
    assert LOCAL not in page


@pytest.mark.parametrize("is_protected", [True, False])
def test_the_keeper_is_told_why(
    make_service: MakeService, keeper: User, sign_in: SignIn, is_protected: bool
) -> None:
    service = shelter(make_service, [("service", LOCAL, "")], is_protected=is_protected)
    employ(keeper, service.organization)
    page = sign_in(keeper).get(reverse("profile_contact", args=[service.pk])).text
    assert ("told to vetted workers alone" in page) == is_protected


@pytest.mark.promise(27)
def test_where_a_call_in_vain_is_told_a_listing_has_the_numbers_that_its_reader_is_shown(
    make_service: MakeService, navigator: User, keeper: User, steward: User, sign_in: SignIn
) -> None:
    """Promise 27: whoever is blocked is offered no other, and of one is answered as of a number that nobody has."""
    service = shelter(make_service, [("service", LOCAL, ""), ("service", FREE, "")])
    assert service.organization is not None
    worker = house_of(navigator, "Alder House", steward)
    lead = leads(keeper, service.organization)
    address, now = reverse("desk_listing", args=[the_listing()]), timezone.now()
    assert f"<option>{LOCAL}</option>" in sign_in(navigator).get(address).text
    block_organization(blocked=worker.organization, viewer=lead, now=now)  # type: ignore[arg-type]
    page = sign_in(navigator).get(address).text
    assert f"<option>{FREE}</option>" in page
    assert LOCAL not in page
    says: dict[str, Any] = {"service": service.pk, "heard": Heard.NO_ANSWER, "viewer": worker, "now": now}
    answers = []
    for number in (LOCAL, "204-555-0199"):
        with pytest.raises(Refused) as refused:
            mark_phone(number=number, **says)
        answers.append(str(refused.value))
    assert answers[0] == answers[1]
    assert mark_phone(number=FREE, **says)
