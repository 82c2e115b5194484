"""The worker's search: vetted listings and fields for who is let in, everybody's for the others, and why."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from directory.models.bed_report import BedReport
from directory.models.listing import Listing
from directory.models.membership import Membership
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from directory.models.service import Reach
from directory.models.vetted_listing import VettedListing
from directory.rules.standing import Kind, Standing
from directory.views.desk_sealed import FIND
from safety.seal import LONGEST_LIFE, seal
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.vetted_cast import CANARIES, decided, employed, for_vetted, with_contact
from tests.roles import RoleClient

FORM = {"en": "/en/desk/find/", "fr": "/fr/bureau/trouver/"}
NEAR = {"near": "Kingston, ON"}


@pytest.fixture
def house(db: None) -> Organization:
    """The navigator's organization."""
    publisher, _ = Publisher.objects.get_or_create(slug="test", defaults={"name": "Test"})
    return Organization.objects.create(publisher=publisher, name="Alder House")


@pytest.fixture
def vetted(house: Organization, navigator: User, steward: User) -> User:
    """A worker of an organization that is let in."""
    employed(navigator, house)
    decided(house, steward)
    return navigator


@pytest.fixture
def listed(make_service: MakeService) -> None:
    """What everybody finds, with somebody to turn to; and what only vetted organizations find."""
    with_contact(make_service("Drop-in", needs=["legal_advice", "emergency_shelter"]))
    for_vetted(make_service(CANARIES[3], reach=Reach.PLACE))
    for_vetted(make_service(f"{CANARIES[3]} line", reach=Reach.COUNTRY))


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


def search(client: RoleClient, language: str = "en", **asked: Any) -> str:
    """What the form leads to."""
    sent = client.post(FORM[language], NEAR | asked)
    assert sent.status_code == 303
    assert not any(word in sent["Location"] for word in ("Kingston", "near=", "tonight"))
    shown = client.get(sent["Location"])
    assert shown.status_code == 200
    return page(shown)


def rows(text: str) -> list[str]:
    return re.findall(r'<li class="row".*?</li>\s*(?=<li class="row"|</ol>)', text, re.DOTALL)


def canaries_in(text: str) -> list[str]:
    return [word for word in CANARIES if word in text]


def everything(client: RoleClient) -> str:
    """All that somebody can come to of the listings at the desk."""
    keys = [
        *Listing.objects.values_list("pk", flat=True),
        *VettedListing.objects.values_list("pk", flat=True),
    ]
    told = [search(client, language) for language in ("en", "fr")]
    told += [search(client, need=["legal_advice", "emergency_shelter"])]
    token = client.post(FORM["en"], {**NEAR, "need": ["legal_advice", "food"]})["Location"]
    told += [page(client.get(f"{token}{more}")) for more in ("", "side-by-side/", "1/sheet/")]
    told += [page(client.get(f"/en/desk/listing/{key}/")) for key in keys]
    told += [page(client.get(f"/fr/bureau/fiche/{key}/")) for key in keys]
    return "\n".join(told)


@pytest.mark.usefixtures("listed")
def test_a_vetted_worker_sees_listings_and_fields_for_workers(vetted: User, sign_in: SignIn) -> None:
    client = sign_in(vetted)
    for language in FORM:
        text = search(client, language)
        assert canaries_in(text) == list(CANARIES)
        assert "you see what everybody sees" not in text
    (key,) = VettedListing.objects.filter(reach="place").values_list("pk", flat=True)
    assert CANARIES[3] in page(client.get(f"/en/desk/listing/{key}/"))
    assert "This whole listing is for workers only" in page(client.get(f"/en/desk/listing/{key}/"))
    (key,) = Listing.objects.values_list("pk", flat=True)
    told = page(client.get(f"/en/desk/listing/{key}/"))
    assert canaries_in(told) == list(CANARIES[:3])
    assert "For workers only: don’t pass on." in told


@pytest.mark.promise(2)
@pytest.mark.promise(27)
@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("unvetted", "Your organization is not vetted yet"),
        ("enforcement", "Your organization enforces the law"),
        ("suspended", "Your organization is suspended"),
        ("declined", "Your organization was not let in"),
        ("nowhere", "You belong to no organization here"),
        ("steward", "You belong to no organization here"),
        ("two hats", "Choose at your desk for which organization you act"),
    ],
)
def test_whoever_is_not_let_in_sees_what_everybody_sees_and_why(
    who: str, why: str, house: Organization, outsider: User, steward: User, sign_in: SignIn
) -> None:
    if who == "enforcement":
        decided(house, steward, kind=Kind.ENFORCEMENT)
    if who == "suspended":
        decided(house, steward)
        decided(house, steward, Standing.SUSPENDED, minutes_ago=30)
    if who == "declined":
        decided(house, steward, Standing.DECLINED)
    if who not in ("nowhere", "steward"):
        employed(outsider, house)
    if who == "two hats":
        decided(house, steward)
        employed(outsider, Organization.objects.create(publisher=house.publisher, name="Stone Clinic"))
    client = sign_in(steward if who == "steward" else outsider)
    assert canaries_in(everything(client)) == []
    assert why in search(client)
    assert "Drop-in" in search(client)


@pytest.mark.usefixtures("listed")
def test_nobody_gets_in_without_signing_in_and_a_second_factor(
    vetted: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    (key,) = VettedListing.objects.filter(reach="place").values_list("pk", flat=True)
    for client in (visitor, sign_in(vetted, second_factor=False)):
        for path in (*FORM.values(), f"/en/desk/listing/{key}/"):
            answer = client.get(path)
            assert answer.status_code == 302
            assert "accounts" in answer["Location"]


@pytest.mark.promise(21)
@pytest.mark.usefixtures("listed")
def test_a_suspension_bites_at_the_next_request_of_an_open_session(
    vetted: User, house: Organization, steward: User, sign_in: SignIn
) -> None:
    client = sign_in(vetted)
    location = client.post(FORM["en"], NEAR)["Location"]
    (key,) = VettedListing.objects.filter(reach="place").values_list("pk", flat=True)
    assert canaries_in(page(client.get(location))) == list(CANARIES)
    assert client.get(f"/en/desk/listing/{key}/").status_code == 200
    decided(house, steward, Standing.SUSPENDED, minutes_ago=0)
    assert canaries_in(page(client.get(location))) == []
    assert client.get(f"/en/desk/listing/{key}/").status_code == 404
    assert canaries_in(everything(client)) == []


@pytest.mark.promise(21)
@pytest.mark.usefixtures("listed")
def test_who_is_taken_out_sees_nothing_more(vetted: User, sign_in: SignIn) -> None:
    client = sign_in(vetted)
    location = client.post(FORM["en"], NEAR)["Location"]
    Membership.objects.update(ended_at=timezone.now())
    assert canaries_in(page(client.get(location))) == []


@pytest.mark.usefixtures("listed")
def test_public_addresses_ignore_the_session(vetted: User, sign_in: SignIn, visitor: RoleClient) -> None:
    client = sign_in(vetted)
    (key,) = Listing.objects.values_list("pk", flat=True)
    paths = [f"/en/listing/{key}/", f"/fr/fiche/{key}/", "/en/find/", "/api/search?near=Kingston,+ON"]
    paths += [visitor.post("/en/find/", NEAR)["Location"]]
    for path in paths:
        mine, theirs = client.get(path), visitor.get(path)
        assert _without_seals(page(mine)) == _without_seals(page(theirs))
        assert canaries_in(page(mine)) == []
    for path in ("/en/find/", "/en/list/"):
        assert client.get(path).cookies == {}
    (alone,) = VettedListing.objects.filter(reach="place").values_list("pk", flat=True)
    assert client.get(f"/en/listing/{alone}/").status_code == 404


def _without_seals(text: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]{80,}", "…", text)


def test_a_sealed_address_of_the_desk_is_good_for_twelve_hours(vetted: User, sign_in: SignIn) -> None:
    client, now = sign_in(vetted), datetime.now(UTC)
    for age, status in ((timedelta(hours=11, minutes=59), 200), (timedelta(hours=12, seconds=2), 410)):
        token = seal("near=Kingston", FIND, now - age, LONGEST_LIFE)
        assert client.get(f"/en/desk/find/{token}/").status_code == status


@pytest.mark.usefixtures("listed")
def test_addresses_of_the_desk_and_of_the_public_are_no_use_to_each_other(
    vetted: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    client = sign_in(vetted)
    desk = client.post(FORM["en"], NEAR)["Location"]
    public = visitor.post("/en/find/", NEAR)["Location"]
    assert visitor.get(desk.replace("/desk", "")).status_code == 410
    assert client.get(public.replace("/en/", "/en/desk/")).status_code == 410


def test_a_status_stands_in_no_address(vetted: User, sign_in: SignIn) -> None:
    client = sign_in(vetted)
    refused = client.get(f"{FORM['en']}?{urlencode({'status': 'none'})}")
    assert refused.status_code == 400
    shown = search(client, status="none")
    assert "Status" in shown
    assert client.get(f"{FORM['en']}?{urlencode(NEAR)}").status_code == 303


@pytest.mark.parametrize("asked", [{"beds": "tonight"}, {"with": "partner"}])
def test_beds_and_a_partner_are_for_vetted_workers_to_ask(
    asked: dict[str, str], vetted: User, outsider: User, sign_in: SignIn
) -> None:
    client = sign_in(outsider)
    assert "Only a worker" in search(client, **asked)
    form = page(client.get(FORM["en"]))
    assert f'value="{next(iter(asked.values()))}"' not in form
    client = sign_in(vetted)
    assert "Only a worker" not in search(client, **asked)
    assert f'value="{next(iter(asked.values()))}"' in page(client.get(FORM["en"]))


def test_beds_tonight_are_found_and_told_as_bands(
    vetted: User, make_service: MakeService, sign_in: SignIn
) -> None:
    told = {"Birch": ("few", 1), "Cedar": ("several", 13), "Dogwood": ("none", 1)}
    for name, (band, hours) in told.items():
        service = make_service(name, needs=["emergency_shelter"])
        at = timezone.now() - timedelta(hours=hours)
        BedReport.objects.create(service_id=service.pk, band=band, reported_at=at)
    client = sign_in(vetted)
    every = search(client, need="emergency_shelter")
    assert "1 or 2 beds, reported at" in every
    assert "No bed, reported at" in every
    assert "3 beds or more" not in every
    tonight = search(client, beds="tonight")
    (row,) = rows(tonight)
    assert "Birch" in row
    assert "With a bed reported" in tonight


@pytest.mark.usefixtures("listed")
def test_a_row_begins_with_the_number_and_has_a_text_to_copy(vetted: User, sign_in: SignIn) -> None:
    text = search(sign_in(vetted), q="drop-in")
    (row,) = rows(text)
    assert row.index("613-555-0142") < row.index("Drop-in")
    (copied,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", row, re.DOTALL)
    assert copied.startswith("Drop-in\n")
    assert "613-555-0142" in copied
    assert canaries_in(copied) == []
    assert CANARIES[1] in row


@pytest.mark.usefixtures("listed")
def test_the_text_of_a_listing_for_workers_says_so_first(vetted: User, sign_in: SignIn) -> None:
    (row, *_) = rows(search(sign_in(vetted), q=CANARIES[3]))
    (copied,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", row, re.DOTALL)
    assert copied.startswith("For workers only: don’t pass on.\n")


@pytest.mark.usefixtures("listed")
def test_the_sheet_holds_what_everybody_may_know(vetted: User, sign_in: SignIn) -> None:
    client = sign_in(vetted)
    location = client.post(FORM["en"], NEAR)["Location"]
    whole = page(client.get(f"{location}1/sheet/"))
    assert "Drop-in" in whole
    assert canaries_in(whole) == []
    assert "2 services are for workers only and are not on this sheet." in whole
    alone = VettedListing.objects.filter(reach="place").get().pk
    picked = page(client.post(f"{location}1/sheet/", {"pick": [str(alone)]}))
    assert "Drop-in" not in picked
    assert "1 service is for workers only and is not on this sheet." in picked
    assert client.post(f"{location}1/sheet/", {"pick": ["nonsense"]}).status_code == 410


@pytest.mark.usefixtures("listed")
def test_needs_stand_side_by_side_each_by_itself(
    vetted: User, make_service: MakeService, sign_in: SignIn
) -> None:
    for number in range(3):
        make_service(f"Kitchen {number}", needs=["food"])
    client = sign_in(vetted)
    asked = {**NEAR, "need": ["legal_advice", "food"]}
    location = client.post(FORM["en"], asked)["Location"]
    assert "Show these needs side by side" in page(client.get(location))
    text = page(client.get(f"{location}side-by-side/"))
    first, second = re.findall(r"<section.*?</section>", text, re.DOTALL)
    assert (first.count("Kitchen"), second.count('<li class="row"')) == (0, 3)
    assert "Drop-in" in first
    assert CANARIES[3] in first


def test_three_needs_side_by_side_are_four_statements(vetted: User, sign_in: SignIn) -> None:
    client = sign_in(vetted)
    asked = {**NEAR, "need": ["legal_advice", "food", "emergency_shelter"]}
    location = client.post(FORM["en"], asked)["Location"]
    client.get(location)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(f"{location}side-by-side/").status_code == 200
    asking = [query for query in caught.captured_queries if "listing" in query["sql"]]
    assert len(asking) == 4


def test_the_form_has_the_focus_and_says_what_was_wrong(vetted: User, sign_in: SignIn) -> None:
    client = sign_in(vetted)
    assert re.search(r'id="near"[^>]*autofocus', page(client.get(FORM["en"])))
    told = page(client.get(client.post(FORM["en"], {"near": "Nowhereville"})["Location"]))
    assert "We don&#x27;t know a place called" in told
    assert 'action="/en/desk/find/"' in told
    assert 'action="/en/find/"' not in told


def test_the_desk_leads_there(vetted: User, sign_in: SignIn) -> None:
    assert 'href="/en/desk/find/"' in page(sign_in(vetted).get("/en/desk/"))
