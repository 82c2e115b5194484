"""/hsds/: what is told of open data, and how deep it goes."""

import json
from typing import Any

import pytest
from django.test import override_settings

from directory.models.hsds_document import HsdsDocument
from tests.directory.hsds_api_documents import documents, id_of  # noqa: F401  # a fixture
from tests.roles import RoleClient

pytestmark = pytest.mark.usefixtures("documents")
COLLECTIONS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
ENVELOPE = ["total_items", "total_pages", "page_number", "size"]
ENVELOPE += ["first_page", "last_page", "empty", "contents"]


def told(visitor: RoleClient, address: str, **asked: Any) -> Any:
    answer = visitor.get(f"/hsds/{address}", asked)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def names(found: Any) -> set[str]:
    return {record["name"] for record in found["contents"]}


@override_settings(SITE_URL="https://relais.example/")
@pytest.mark.parametrize("path", ["/hsds", "/hsds/"])
def test_the_root_says_which_standard_it_speaks_and_whose_it_is(visitor: RoleClient, path: str) -> None:
    about = visitor.get(path).json()
    assert about["version"] == "3.1"
    assert about["openapi_url"] == "https://relais.example/hsds/openapi.json"
    assert about["profile"].startswith("https://")
    assert about["publisher"] == {"name": "Relais", "website": "https://relais.example/"}
    assert about["description"]


def test_an_operator_may_say_more_of_itself(visitor: RoleClient) -> None:
    more = {"name": "Network", "email": "data@network.example", "identifier": ""}
    with override_settings(OPEN_DATA_PUBLISHER=more, SITE_URL="https://relais.example"):
        found = visitor.get("/hsds/").json()["publisher"]
    assert found == {"name": "Network", "email": "data@network.example", "website": "https://relais.example/"}


@pytest.mark.parametrize("word", COLLECTIONS)
def test_every_collection_answers_with_and_without_a_slash(visitor: RoleClient, word: str) -> None:
    plain, slashed = visitor.get(f"/hsds/{word}"), visitor.get(f"/hsds/{word}/")
    assert plain.status_code == slashed.status_code == 200
    assert plain.content == slashed.content
    assert list(plain.json()) == ENVELOPE


def test_services_of_a_list_hold_plain_fields_with_their_organization_and_program(
    visitor: RoleClient,
) -> None:
    advice = told(visitor, "services", search="advice")["contents"][0]
    assert advice == {
        "id": str(id_of("Advice")),
        "name": "Advice",
        "status": "active",
        "minimum_age": 16,
        "last_modified": "2026-05-02T12:00:00.000000Z",
        "organization": {
            "id": str(id_of("House")),
            "name": "House",
            "description": "",
            "parent_organization_id": str(id_of("nobody")),
        },
        "program": {"id": str(id_of("Outreach")), "name": "Outreach", "description": ""},
    }


def test_one_service_holds_all_that_belongs_to_it_and_does_not_lead_back(visitor: RoleClient) -> None:
    advice = told(visitor, f"services/{id_of('Advice')}")
    assert advice["schedules"][0]["byday"] == "MO,TU"
    assert advice["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["name"] == "Kinds of help"
    assert [place["name"] for place in advice["organization"]["locations"]] == ["Hall"]
    assert [one["name"] for one in advice["organization"]["programs"]] == ["Outreach"]
    assert "services" not in advice["organization"]
    (at,) = advice["service_at_locations"]
    assert at["location"]["addresses"][0]["address_1"] == "1 Canary Street"
    assert "service" not in at


def test_full_services_of_a_list_are_the_same_as_one_by_one(visitor: RoleClient) -> None:
    found = told(visitor, "services", full="true")["contents"]
    assert found == [told(visitor, f"services/{service['id']}") for service in found]
    assert len(found) == 3


def test_an_organization_tells_its_services_plainly_unless_asked_for_more(visitor: RoleClient) -> None:
    house = f"organizations/{id_of('House')}"
    simple, full = told(visitor, house), told(visitor, house, full_service="true")
    assert {tuple(service) for service in simple["services"]} == {
        ("id", "name", "status", "minimum_age", "last_modified")
    }
    advice = next(s for s in full["services"] if s["name"] == "Advice")
    assert advice["service_at_locations"][0]["location"]["name"] == "Hall"
    assert advice["program"]["name"] == "Outreach"
    assert "organization" not in advice


def test_organizations_of_a_list_are_plain_or_full_as_asked(visitor: RoleClient) -> None:
    plain = {o["name"]: o for o in told(visitor, "organizations")["contents"]}
    full = {o["name"]: o for o in told(visitor, "organizations", full="true")["contents"]}
    fullest = {o["name"]: o for o in told(visitor, "organizations", full_service="true")["contents"]}
    assert "services" not in plain["House"]
    assert "schedules" not in full["House"]["services"][0]
    assert "schedules" in fullest["House"]["services"][0]
    assert fullest["House"] == told(visitor, f"organizations/{id_of('House')}", full_service=1)


def test_a_service_at_a_location_nests_both_and_the_organization(visitor: RoleClient) -> None:
    listed = told(visitor, "service_at_locations", search="advice")["contents"][0]
    assert listed["description"] == "Second floor"
    assert listed["service"]["organization"]["name"] == "House"
    assert listed["service"]["program"]["name"] == "Outreach"
    assert "addresses" not in listed["location"]
    assert "schedules" not in listed["service"]
    full = told(visitor, f"service_at_locations/{id_of('Advice at Hall')}")
    assert full["location"]["addresses"][0]["city"] == "Kingston"
    assert full["service"]["schedules"]
    assert full["service"]["organization"]["locations"][0]["name"] == "Hall"
    assert "service_at_locations" not in full["service"]
    assert "services" not in full["service"]["organization"]
    assert told(visitor, "service_at_locations", search="advice", full="true")["contents"] == [full]


def test_a_term_tells_its_taxonomy_and_what_stands_above_it(visitor: RoleClient) -> None:
    clinic = told(visitor, f"taxonomy_terms/{id_of('clinic')}")
    assert clinic["parent_id"] == str(id_of("legal"))
    assert clinic["taxonomy_detail"]["name"] == "Kinds of help"
    assert clinic in told(visitor, "taxonomy_terms")["contents"]
    assert told(visitor, f"taxonomies/{id_of('taxonomy')}")["name"] == "Kinds of help"


@pytest.mark.promise(2)
def test_what_is_named_and_not_public_is_left_out(visitor: RoleClient) -> None:
    HsdsDocument.objects.filter(entity__in=["location", "program"]).delete()
    advice = told(visitor, f"services/{id_of('Advice')}")
    assert "program" not in advice
    assert "location" not in advice["service_at_locations"][0]
    assert "locations" not in advice["organization"]


@pytest.mark.parametrize("word", COLLECTIONS)
@pytest.mark.parametrize("id_", [str(id_of("nobody")), "x", "%00", "1" * 300, "{" + "0" * 32 + "}", "%ff"])
def test_an_unknown_or_broken_id_is_not_found(visitor: RoleClient, word: str, id_: str) -> None:
    answer = visitor.get(f"/hsds/{word}/{id_}")
    assert answer.status_code == 404
    assert list(answer.json()) == ["errors"]


@pytest.mark.parametrize(
    "path", ["/hsds/nothing", "/hsds/services/a/b", "/hsds/locations", "/hsds//services"]
)
def test_other_addresses_are_not_found_in_json(visitor: RoleClient, path: str) -> None:
    for answer in (visitor.get(path), visitor.post(path)):
        assert answer.status_code == 404
        assert list(answer.json()["errors"]) == ["request"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_can_be_written(visitor: RoleClient, method: str) -> None:
    for path in ("/hsds/", "/hsds/services", f"/hsds/services/{id_of('Advice')}"):
        answer = getattr(visitor, method)(path)
        assert answer.status_code == 405
        assert list(answer.json()) == ["errors"]


def test_one_record_has_no_twin(visitor: RoleClient) -> None:
    assert visitor.post(f"/hsds/services/{id_of('Advice')}").status_code == 405
