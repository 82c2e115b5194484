"""The list of picked services: in the sealed address alone, showing what is public today."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from directory.actions.project_listings import project_services
from directory.actions.protect_location import protect_location
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.required_document import RequiredDocument
from directory.models.service import Service
from directory.rules.query import pairs_of
from directory.views.kept import MOST, ROOM, kept_ids, kept_value, taken_apart, text_apart, text_with
from directory.views.shortlist import open_shortlist, shortlist_address
from safety.seal import MOST_BYTES, seal
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

LONG_TOKEN = 2600
ROUTE = {"en": "/en/list/", "fr": "/fr/liste/"}


def id_of(service: Service) -> str:
    return str(Listing.objects.get(service_id=service.pk).pk)


def search(visitor: RoleClient, **asked: str) -> str:
    """The sealed address of a search."""
    return str(visitor.post("/en/find/", asked)["Location"])


def token_of(address: str) -> str:
    return address.strip("/").split("/")[2].partition("#")[0]


def add(visitor: RoleClient, address: str, id_: str, at: str = "find") -> str:
    """Press the button of a card on the page at `address`; where that leads."""
    sent = {"at": at, "from": token_of(address), "page": "1", "add": f"{id_} near-3"}
    answer = visitor.post("/en/list/", sent)
    assert answer.status_code == 303
    return str(answer["Location"])


def list_link(page: str) -> str:
    """The way from a page to the list."""
    found = re.search(r'href="(/(?:en/list|fr/liste)/[\w-]{80,}/)"', page)
    assert found
    return found[1]


def words(visitor: RoleClient, address: str) -> str:
    return visitor.get(address.partition("#")[0]).content.decode()


def picked_list(visitor: RoleClient, *services: Service) -> str:
    address = search(visitor, near="Kingston")
    for service in services:
        address = add(visitor, address, id_of(service))
    return list_link(words(visitor, address))


@pytest.mark.promise(19)
def test_services_are_picked_without_javascript_and_the_search_stays(
    visitor: RoleClient, make_service: MakeService
) -> None:
    clinic, kitchen, bank = (make_service(name) for name in ("Clinic", "Kitchen", "Food bank"))
    address = add(visitor, search(visitor, near="Kingston"), id_of(clinic))
    assert address.startswith("/en/find/")
    assert address.endswith("/#near-3")
    results = words(visitor, address)
    assert "1 service on your list" in results
    assert results.count(">On your list<") == 1
    shown = words(visitor, list_link(words(visitor, add(visitor, address, id_of(bank)))))
    assert "Clinic" in shown
    assert "Food bank" in shown
    assert "Kitchen" not in shown
    assert kitchen.name == "Kitchen"


def test_a_pick_leaves_no_cookie_and_the_address_no_word(
    visitor: RoleClient, make_service: MakeService
) -> None:
    clinic = make_service("Clinic")
    address = picked_list(visitor, clinic)
    assert visitor.cookies == {}
    for word in ("kingston", id_of(clinic), clinic.name.lower(), kept_value([uuid.UUID(id_of(clinic))])):
        assert word not in address
    assert visitor.get(address)["Cache-Control"] == "no-store"


def test_the_list_tells_what_one_needs_at_the_door(visitor: RoleClient, make_service: MakeService) -> None:
    clinic = make_service(
        "Clinic", street="12 Made Up Street", languages=["pan"], hours=[("MO", "09:00", "17:00")]
    )
    RequiredDocument.objects.create(publisher=clinic.publisher, service=clinic, document="Health card")
    project_services([clinic.pk])
    shown = words(visitor, picked_list(visitor, clinic))
    for told in ("Clinic", "tel:6135550142", "12 Made Up Street", "Punjabi", "9:00 to 17:00", "Health card"):
        assert told in shown
    assert "Call first" in shown


def test_the_way_back_keeps_search_and_list(visitor: RoleClient, make_service: MakeService) -> None:
    shown = words(visitor, picked_list(visitor, make_service("Clinic")))
    back = re.search(r'href="(/en/find/[\w-]{80,}/)"', shown)
    assert back
    results = words(visitor, back[1])
    assert "Services near Kingston" in results
    assert "1 service on your list" in results


def test_a_service_is_taken_off_and_the_list_emptied(visitor: RoleClient, make_service: MakeService) -> None:
    clinic, bank = make_service("Clinic"), make_service("Food bank")
    address = picked_list(visitor, clinic, bank)
    sent = {"at": "list", "from": token_of(address)}
    shown = words(visitor, visitor.post("/en/list/", sent | {"remove": id_of(clinic)})["Location"])
    assert "Food bank" in shown
    assert "Clinic" not in shown
    pressed = visitor.post(
        "/en/list/", sent | {"remove": f"{id_of(clinic)} near-1"}
    )  # as a card's button sends it
    assert pressed.status_code == 303
    shown = words(visitor, visitor.post("/en/list/", sent | {"clear": "1"})["Location"])
    assert "Nothing is on your list" in shown


def test_a_listing_adds_itself_with_or_without_a_search(
    visitor: RoleClient, make_service: MakeService
) -> None:
    clinic = make_service("Clinic")
    id_ = id_of(clinic)
    assert "Add to my list" in words(visitor, f"/en/listing/{id_}/")
    started = visitor.post("/en/list/", {"at": "", "from": "", "add": f"{id_} keep-1"})
    assert "Clinic" in words(visitor, started["Location"])
    results = words(visitor, search(visitor, near="Kingston"))
    listing = re.search(r'href="(/en/listing/[\w-]{80,}/)"', results)
    assert listing
    address = add(visitor, listing[1], id_, at="listing")
    assert address.startswith("/en/listing/")
    shown = words(visitor, address)
    assert "On your list" in shown
    assert "Clinic" in words(visitor, list_link(shown))


def test_changing_the_search_keeps_the_list(visitor: RoleClient, make_service: MakeService) -> None:
    clinic = make_service("Clinic")
    results = words(visitor, add(visitor, search(visitor, near="Kingston"), id_of(clinic)))
    value = kept_value([uuid.UUID(id_of(clinic))])
    forms = re.findall(r'<form[^>]*action="/en/find/".*?</form>', results, re.DOTALL)
    assert len(forms) >= 2
    assert all(f'name="kept" value="{value}"' in form for form in forms)
    assert "1 service on your list" in words(visitor, search(visitor, near="Winnipeg", kept=value))
    unknown = words(visitor, search(visitor, near="Qqqqxxxxville", kept=value))
    assert f'name="kept" value="{value}"' in unknown


def test_the_longest_search_travels_with_a_full_list(visitor: RoleClient, make_service: MakeService) -> None:
    ids = [uuid.uuid4() for _ in range(MOST)]
    text = "q=" + "".join(chr(65 + (i * i * 7919) % 58) for i in range(MOST_BYTES - 2))
    address = shortlist_address(text_with(text, ids), 50)
    assert len(token_of(address)) <= LONG_TOKEN
    assert visitor.get(address).status_code == 200
    _page, _text, found = open_shortlist(token_of(address))
    assert found == tuple(ids)


def test_no_more_than_twelve_fit_and_the_page_says_so(visitor: RoleClient, make_service: MakeService) -> None:
    services = [make_service(f"Clinic {number}") for number in range(MOST + 1)]
    address = search(visitor, near="Kingston")
    for service in services[:MOST]:
        address = add(visitor, address, id_of(service))
    results = words(visitor, address)
    assert "The list is full" in results
    assert "Add to my list" not in results
    shown = words(visitor, list_link(words(visitor, add(visitor, address, id_of(services[MOST])))))
    assert f"Clinic {MOST}" not in shown


@pytest.mark.promise(2)
def test_what_was_protected_or_taken_off_meanwhile_shows_what_is_public_now(
    visitor: RoleClient, make_service: MakeService
) -> None:
    house = make_service("House", street="12 Made Up Street", phone="1-800-555-0142")
    gone = make_service("Vanished")
    address = picked_list(visitor, house, gone)
    assert "12 Made Up Street" in words(visitor, address)
    Service.objects.filter(pk=gone.pk).update(status="defunct")
    project_services([gone.pk])
    location = Location.objects.get(organization=house.organization)
    protect_location(location_id=location.pk, viewer=Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN))
    shown = words(visitor, address)
    assert "Vanished" not in shown
    assert "1 service of your list is no longer listed here." in shown
    assert "House" in shown
    assert "12 Made Up Street" not in shown
    assert "The address is given when you call." in shown


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_expired_or_altered_address_is_an_empty_list_that_says_so(
    visitor: RoleClient, language: str
) -> None:
    old = seal("1 near=Kingston", "shortlist", datetime.now(UTC) - timedelta(hours=2))
    other = seal("near=Kingston", "find", datetime.now(UTC))
    for token in (old, other, "A" * 120):
        answer = visitor.get(f"{ROUTE[language]}{token}/")
        assert answer.status_code == 410
        told = {"en": "This list has expired", "fr": "Cette liste a expiré"}[language]
        assert told in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"add": "x"},
        {"at": "find", "from": "A" * 120, "add": str(uuid.UUID(int=1))},
        {"at": "list", "from": "", "remove": "x"},
        {"at": "listing", "from": "\x00", "add": str(uuid.UUID(int=1))},
    ],
)
@pytest.mark.promise(25)
def test_a_form_that_says_nothing_readable_gets_an_answer(visitor: RoleClient, sent: dict[str, str]) -> None:
    assert visitor.post("/en/list/", sent).status_code == 410
    assert visitor.get("/en/list/").status_code == 200


def test_a_list_reads_back_whole_and_junk_is_an_empty_one() -> None:
    ids = tuple(uuid.uuid4() for _ in range(MOST))
    assert kept_ids(kept_value(ids)) == ids
    assert len(text_with("near=a", ids)) <= len("near=a") + ROOM
    assert text_apart(text_with("near=a", ids)) == ("near=a", ids)
    assert taken_apart(pairs_of("near=a&kept=!!&kept=")) == ([("near", "a")], ())
    for junk in ("", "A", "AAAA", "é", "=" * 30, "A" * 21):
        assert kept_ids(junk) == ()
    assert kept_ids(kept_value([ids[0]] * 40)) == (ids[0],)


def test_the_api_knows_no_list(visitor: RoleClient) -> None:
    assert visitor.get("/api/search?kept=AAAA").status_code == 400
