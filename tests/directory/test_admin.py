"""The stewards' administration: who gets in, what is shown with how few questions, what cannot be changed there."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from directory.admin.paging import MOST, ShortCountPaginator
from directory.admin.site import stewards
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

MODELS = sorted(model._meta.model_name for model in stewards._registry)
STATEMENTS = 12
"""The most that a list may ask the database, whatever stands in it; sign-in and its context are five of them."""


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, with a second factor."""
    return sign_in(steward)


def _list(model: str) -> str:
    return reverse(f"admin:directory_{model}_changelist")


@pytest.mark.promise(17)
@pytest.mark.parametrize(
    "path", ["", "login/", "directory/service/", "directory/service/add/", "jsi18n/", "x/"]
)
def test_a_password_alone_opens_nothing_of_it(path: str, steward: User, sign_in: SignIn) -> None:
    answer = sign_in(steward, second_factor=False).get(f"/admin/{path}")
    assert answer.status_code == 302
    assert "/accounts/" in answer["Location"]


@pytest.mark.promise(17)
@pytest.mark.parametrize("path", ["", "login/", "directory/service/", "x/"])
def test_who_is_no_steward_is_refused_though_signed_in_with_both(
    path: str, keeper: User, sign_in: SignIn
) -> None:
    assert sign_in(keeper).get(f"/admin/{path}").status_code == 403


@pytest.mark.promise(17)
def test_without_the_gate_the_pages_themselves_ask_for_the_second_factor(
    steward: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.second_factor.asks_for_proof", lambda request: False)
    assert sign_in(steward, second_factor=False).get("/admin/").status_code == 403


@pytest.mark.parametrize("path", ["password_change/", "password_change/done/"])
def test_passwords_are_not_changed_here(path: str, desk: RoleClient) -> None:
    assert desk.get(f"/admin/{path}").status_code == 404


def test_signing_in_and_out_is_the_same_everywhere(desk: RoleClient) -> None:
    assert desk.get("/admin/login/")["Location"] == "/admin/"
    assert "/accounts/logout/" in desk.post("/admin/logout/")["Location"]


def test_it_has_the_headers_of_signed_in_work(desk: RoleClient) -> None:
    answer = desk.get("/admin/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("model", MODELS)
def test_every_list_asks_little_and_says_nothing_twice(
    model: str, desk: RoleClient, make_service: MakeService
) -> None:
    for name in ("One", "Two", "Three"):
        make_service(name, street="1 Main Street", hours=[("MO", "09:00", "17:00")], languages=["eng"])
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(_list(model)).status_code == 200
    assert len(asked) <= STATEMENTS, [query["sql"][:120] for query in asked]
    assert not [q for q in asked if "count(*)" in q["sql"].lower() or "distinct" in q["sql"].lower()]


@pytest.mark.parametrize("model", ["service", "organization", "location", "phone", "schedule", "address"])
def test_a_longer_list_asks_no_more(model: str, desk: RoleClient, make_service: MakeService) -> None:
    counts = []
    for _ in range(2):
        for name in ("One", "Two", "Three"):
            make_service(name, street="1 Main Street", hours=[("MO", "09:00", "17:00")])
        with CaptureQueriesContext(connection) as asked:
            desk.get(_list(model))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_one_service_is_shown_with_what_hangs_on_it(desk: RoleClient, make_service: MakeService) -> None:
    service = make_service("Clinic", needs=["legal_advice", "dental"])
    with CaptureQueriesContext(connection) as asked:
        answer = desk.get(reverse("admin:directory_service_change", args=[service.pk]))
    page = answer.content.decode()
    # Two of them ask at each request which factor was shown, and for whom the person acts; one whether the steward
    # holds the glass of its organization.
    assert len(asked) <= STATEMENTS + 4, [query["sql"][:120] for query in asked]
    for told in ("Clinic House", "613-555-0142", "Legal advice", "Dental care", "Kingston"):
        assert told in page


@pytest.mark.parametrize("model", MODELS)
def test_every_search_and_every_id_answers(model: str, desk: RoleClient, make_service: MakeService) -> None:
    for words in ("a", "'; --", "\x00", "x" * 300, "6fa1e5f4-0000-4000-8000-000000000000", "é"):
        answer = desk.get(_list(model), {"q": words})
        assert answer.status_code == 200, words
    assert desk.get(reverse(f"admin:directory_{model}_change", args=["nothing"])).status_code == 302


def test_a_part_of_a_name_or_an_id_finds_a_service(desk: RoleClient, make_service: MakeService) -> None:
    one, two = make_service("Juniper clinic"), make_service("Alder house")
    for words in ("juni", "JUNIPER CLI", str(one.pk)):
        page = desk.get(_list("service"), {"q": words}).content.decode()
        assert str(one.pk) in page, words
        assert str(two.pk) not in page, words


def test_a_record_that_names_another_that_never_came_is_shown(desk: RoleClient) -> None:
    publisher = Publisher.objects.create(slug="feed", name="Feed")
    lost = "6fa1e5f4-0000-4000-8000-000000000000"
    service = Service.objects.create(publisher=publisher, name="Lost", organization_id=lost, program_id=lost)
    phone = Phone.objects.create(publisher=publisher, number="613-555-0100", service_id=lost)
    pair = ServiceAtLocation.objects.create(publisher=publisher, service=service, location_id=lost)
    for record in (service, phone, pair):
        model = record._meta.model_name
        assert desk.get(_list(str(model))).status_code == 200
        assert desk.get(reverse(f"admin:directory_{model}_change", args=[record.pk])).status_code == 200


def test_nothing_is_deleted_in_heaps_and_organizations_not_at_all(
    desk: RoleClient, make_service: MakeService
) -> None:
    organization = make_service().organization
    page = desk.get(_list("organization")).content.decode()
    assert "delete_selected" not in page
    delete = reverse("admin:directory_organization_delete", args=[organization.pk])
    assert desk.post(delete, {"post": "yes"}).status_code == 403
    both = {"action": "delete_selected", "_selected_action": str(organization.pk), "post": "yes"}
    desk.post(_list("organization"), both)
    assert Organization.objects.filter(pk=organization.pk).exists()


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("service", ["name", "name_fr", "email", "url", "assured_date", "id"]),
        ("organization", ["name", "name_fr", "email", "website"]),
        ("phone", ["number", "extension"]),
        ("location", ["name", "url", "is_protected", "area"]),
    ],
)
def test_what_waits_for_a_call_is_shown_and_not_edited(
    model: str, fields: list[str], desk: RoleClient, make_service: MakeService
) -> None:
    make_service()
    record = {"service": Service, "organization": Organization, "phone": Phone, "location": Location}[model]
    address = reverse(f"admin:directory_{model}_change", args=[record.objects.order_by("pk")[0].pk])
    page = desk.get(address).content.decode()
    for field in fields:
        assert f'name="{field}"' not in page, field
    before = record.objects.order_by("pk").values(*fields)[0]
    desk.post(address, dict.fromkeys(fields, "changed"))
    assert record.objects.order_by("pk").values(*fields)[0] == before


@pytest.mark.parametrize("model", MODELS)
def test_djangos_own_log_stays_empty_and_history_is_not_shown(
    model: str, desk: RoleClient, make_service: MakeService
) -> None:
    service = make_service()
    address = reverse("admin:directory_service_change", args=[service.pk])
    desk.post(address, {"description": "Other words", "status": "active"})
    assert not LogEntry.objects.exists()
    assert desk.get(reverse(f"admin:directory_{model}_history", args=[service.pk])).status_code == 404


def test_a_long_list_is_not_counted_to_its_end(db: None) -> None:
    publisher = Publisher.objects.create(slug="feed", name="Feed")
    some = [Organization(publisher=publisher, name=f"House {n}") for n in range(MOST + 5)]
    Organization.objects.bulk_create(some)
    houses = Organization.objects.filter(publisher=publisher)
    assert ShortCountPaginator(houses, 50).count == MOST
    assert ShortCountPaginator(houses.filter(name="House 7"), 50).count == 1
    assert ShortCountPaginator(Organization.objects.all(), 50).count >= MOST


def test_the_pages_speak_french(desk: RoleClient) -> None:
    page = desk.get(_list("service"), HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert '<html lang="fr"' in page
