""" "Did this help?": one tap, a sum of the day, and nothing of who tapped."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from directory.actions.count_help import count_help
from directory.models.help_count import HelpCount
from directory.models.listing import Listing
from directory.views.help_counts import form_token
from safety.audit import AuditEntry
from safety.throttle import DEFAULT_LIMITS, ThrottleMiddleware
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

# Writing is the desk's role's: the door's own connection for it is not that of the public pages.
Sums = list[tuple[date, int, int]]


@pytest.fixture
def clinic(make_service: MakeService) -> str:
    """The id of a listing."""
    return str(Listing.objects.get(service_id=make_service("Clinic").pk).pk)


def sums() -> Sums:
    return list(HelpCount.objects.order_by("on").values_list("on", "yes", "no"))


def form(client: Client, address: str) -> dict[str, str]:
    """The fields of the form at the foot of a listing."""
    page = client.get(address).content.decode()
    found = re.search(r'<form class="helped".*?</form>', page, re.DOTALL)
    assert found
    return dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', found[0])) | {"answer": "yes"}


def test_a_tap_adds_one_to_the_sum_of_the_day(client: Client, clinic: str) -> None:
    fields = form(client, f"/en/listing/{clinic}/")
    for answer in ("yes", "yes", "no"):
        done = client.post("/en/helped/", fields | {"answer": answer})
        assert done.status_code == 303
    assert sums() == [(datetime.now(UTC).date(), 2, 1)]
    assert client.cookies == {}


def test_it_answers_with_thanks_and_the_way_back(client: Client, clinic: str) -> None:
    fields = form(client, f"/en/listing/{clinic}/")
    thanks = client.get(client.post("/en/helped/", fields)["Location"]).content.decode()
    assert "Thank you" in thanks
    assert f'href="/en/listing/{clinic}/"' in thanks
    answer = client.post("/fr/utile/", fields | {"answer": "no"})
    sorry = client.get(answer["Location"]).content.decode()
    assert "18339001010" in sorry
    assert f'href="/fr/fiche/{clinic}/"' in sorry


def test_from_a_search_the_way_back_leads_to_the_search_as_well(client: Client, clinic: str) -> None:
    results = client.get(client.post("/en/find/", {"near": "Kingston"})["Location"]).content.decode()
    listing = re.search(r'href="(/en/listing/[\w-]{80,}/)"', results)
    assert listing
    location = client.post("/en/helped/", form(client, listing[1]))["Location"]
    assert clinic not in location
    back = re.search(r'href="(/en/listing/[\w-]{80,}/)"', client.get(location).content.decode())
    assert back
    assert "Back to the list" in client.get(back[1]).content.decode()


@pytest.mark.promise(23)
def test_nothing_is_kept_but_listing_day_and_sums(client: Client, clinic: str) -> None:
    before = AuditEntry.objects.count()
    client.post("/en/helped/", form(client, f"/en/listing/{clinic}/"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM help_count")
        names = [column.name for column in cursor.description]
    assert names == ["id", "listing_id", "on", "yes", "no"]
    assert AuditEntry.objects.count() == before


def test_the_form_is_the_same_for_everyone_and_good_for_a_day(client: Client, clinic: str) -> None:
    address = f"/en/listing/{clinic}/"
    assert client.get(address).content == Client().get(address).content
    fields, now = form(client, address), datetime.now(UTC)
    for days, status in ((1, 303), (2, 403), (-1, 403)):
        token = form_token(clinic, now - timedelta(days=days))
        assert client.post("/en/helped/", fields | {"token": token}).status_code == status
    assert sum(yes for _day, yes, _no in sums()) == 1


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"token": "x"}, 403),
        ({"token": ""}, 403),
        ({"answer": "maybe"}, 400),
        ({"answer": ""}, 400),
        ({"listing": "x"}, 400),
        ({"listing": str(uuid.UUID(int=5))}, 403),
        ({"from": "A" * 200}, 303),
    ],
)
@pytest.mark.promise(25)
def test_what_was_not_read_here_counts_nothing(
    client: Client, clinic: str, changed: dict[str, str], status: int
) -> None:
    answer = client.post("/en/helped/", form(client, f"/en/listing/{clinic}/") | changed)
    assert answer.status_code == status
    assert bool(sums()) == (status == 303)


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 303)])
def test_another_sites_form_counts_nothing(client: Client, clinic: str, site: str, status: int) -> None:
    fields = form(client, f"/en/listing/{clinic}/")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/helped/", fields, headers={"Sec-Fetch-Site": site, "Origin": "null"})
    assert answer.status_code == status
    assert bool(sums()) == (status == 303)


def test_what_is_not_listed_is_not_counted(client: Client, db: None) -> None:
    unknown = str(uuid.uuid4())
    fields = {"listing": unknown, "token": form_token(unknown, datetime.now(UTC)), "answer": "yes"}
    assert client.post("/en/helped/", fields).status_code == 404
    assert sums() == []


@pytest.mark.promise(3)
def test_the_public_role_cannot_count(visitor: RoleClient, clinic: str) -> None:
    fields = form(visitor, f"/en/listing/{clinic}/")
    visitor.raise_request_exception = False
    assert visitor.post("/en/helped/", fields).status_code == 500


def test_days_are_summed_apart(db: None) -> None:
    id_, day = uuid.uuid4(), date(2026, 11, 22)
    count_help(listing_id=id_, helped=True, on=day)
    count_help(listing_id=id_, helped=False, on=day)
    count_help(listing_id=id_, helped=False, on=date(2026, 11, 23))
    assert sums() == [(day, 1, 1), (date(2026, 11, 23), 0, 1)]


@pytest.mark.promise(23)
@pytest.mark.parametrize("path", ["/en/helped/", "/fr/utile/"])
def test_the_door_is_limited_tightly(path: str, settings: Any) -> None:
    settings.THROTTLE_LIMITS = DEFAULT_LIMITS
    door = ThrottleMiddleware(_let_in)
    statuses = [door(RequestFactory().post(path)).status_code for _ in range(20)]
    assert statuses.count(200) == DEFAULT_LIMITS[path] < 20


def _let_in(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def test_an_old_page_of_thanks_is_gone(client: Client, db: None) -> None:
    assert client.get(f"/en/helped/{'A' * 120}/").status_code == 410
    assert client.get("/en/helped/").status_code == 405
