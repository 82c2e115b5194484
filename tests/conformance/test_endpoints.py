"""Every endpoint of /hsds/ against the official schemas, strictly, on the official examples and the demo data."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory.actions.project_listings import rebuild_listings
from directory.hsds.export_disclosure import OPEN_DATA
from directory.models.hsds_document import HsdsDocument
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.publisher import Publisher
from tests import databases
from tests.conformance.official import example, folder_of, import_package
from tests.conftest import pointed_at
from tests.hsds_schemas import Schemas, faults_of_about
from tests.roles import RoleClient

WORDS = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
NESTED = ["services", "organizations", "service_at_locations"]
SAMPLE = 40
"""How many items of each collection are asked for one by one."""


@pytest.fixture(scope="module")
def _open_data(django_db_setup: None, django_db_blocker: Any, pytestconfig: pytest.Config) -> Iterator[None]:
    """The demo, agreed to by all its organizations, and the official examples, as open data."""
    folder = folder_of(pytestconfig)
    with databases.cloned(with_demo=True) as name, django_db_blocker.unblock(), pointed_at(name):
        Publisher.objects.update(may_redistribute=True)
        Organization.objects.update(publish_to=["site", "open_data"])
        for path in (folder / "examples" / "csv", example(folder, "service_full")):
            import_package(path, may_redistribute=True)
        rebuild_listings()
        yield


@pytest.fixture
def reader(_open_data: None) -> RoleClient:
    """Somebody who reads open data, as relais_public."""
    return RoleClient()


@pytest.fixture(scope="module")
def schemas(pytestconfig: pytest.Config) -> Schemas:
    """The strict schemas of the folder given."""
    return Schemas(folder_of(pytestconfig))


def _told(reader: RoleClient, path: str, **asked: Any) -> Any:
    answer = reader.get(f"/hsds/{path}", asked)
    assert answer.status_code == 200, (path, answer.content[:500])
    return json.loads(answer.content)


def _ids(entity: str) -> list[str]:
    found = HsdsDocument.objects.filter(entity=entity).order_by("id").values_list("id", flat=True)
    return [str(id_) for id_ in found]


def test_there_is_open_data_of_every_kind_protected_places_among_it(reader: RoleClient) -> None:
    assert {entity for entity in OPEN_DATA if not _ids(entity)} == set()
    protected = Location.objects.filter(is_protected=True)
    assert protected.filter(id__in=_ids("location")).exists()


def test_the_root_is_as_our_schema_has_it(reader: RoleClient) -> None:
    assert faults_of_about(_told(reader, "")) == []


@pytest.mark.parametrize("word", WORDS)
def test_every_page_of_a_list_is_valid(word: str, reader: RoleClient, schemas: Schemas) -> None:
    first = _told(reader, word, per_page=50)
    pages = [first, *(_told(reader, word, per_page=50, page=n) for n in range(2, first["total_pages"] + 1))]
    assert [fault for page in pages for fault in schemas.faults_of_page(WORDS[word], page)] == []
    assert [item["id"] for page in pages for item in page["contents"]] == _ids(WORDS[word])


@pytest.mark.parametrize("word", WORDS)
def test_a_page_beyond_the_last_is_valid_and_empty(word: str, reader: RoleClient, schemas: Schemas) -> None:
    page = _told(reader, word, page=100_000)
    assert schemas.faults_of_page(WORDS[word], page) == []
    assert page["empty"] is True


@pytest.mark.parametrize("word", WORDS)
def test_items_are_valid_by_the_schema_of_what_they_are(
    word: str, reader: RoleClient, schemas: Schemas
) -> None:
    """Also where the official file names that of a service for a service_at_location."""
    ids = _ids(WORDS[word])
    for id_ in ids[:: max(1, len(ids) // SAMPLE)]:
        assert schemas.faults(WORDS[word], _told(reader, f"{word}/{id_}")) == [], id_


def test_an_organization_with_its_whole_services_is_valid(reader: RoleClient, schemas: Schemas) -> None:
    for id_ in _ids("organization")[:SAMPLE]:
        item = _told(reader, f"organizations/{id_}", full_service="true")
        assert schemas.faults("organization", item) == [], id_


@pytest.mark.parametrize("word", NESTED)
def test_full_lists_are_pages_of_valid_items(word: str, reader: RoleClient, schemas: Schemas) -> None:
    page = _told(reader, word, full="true", per_page=100)
    assert page["contents"]
    assert schemas.faults_of_page(WORDS[word], page, in_list=False) == []


def test_organizations_with_whole_services_are_valid(reader: RoleClient, schemas: Schemas) -> None:
    page = _told(reader, "organizations", full_service="true", per_page=100)
    assert any("phones" in service for item in page["contents"] for service in item.get("services", ()))
    assert schemas.faults_of_page("organization", page, in_list=False) == []


def test_minimal_is_as_our_schema_has_it_and_all_on_one_page(reader: RoleClient, schemas: Schemas) -> None:
    page = _told(reader, "services", minimal="true")
    assert schemas.faults_of_minimal(page) == []
    assert [item["id"] for item in page["contents"]] == _ids("service")


@pytest.mark.parametrize("word", WORDS)
def test_a_post_answers_as_a_get(word: str, reader: RoleClient, schemas: Schemas) -> None:
    asked = {"per_page": 3, "page": 1}
    answer = reader.post(f"/hsds/{word}", json.dumps(asked), content_type="application/json")
    assert answer.status_code == 200, answer.content[:500]
    page = json.loads(answer.content)
    assert page == _told(reader, word, **asked)
    assert schemas.faults_of_page(WORDS[word], page) == []


@pytest.mark.parametrize("word", WORDS)
def test_each_line_of_ndjson_is_a_valid_item(word: str, reader: RoleClient, schemas: Schemas) -> None:
    answer = reader.get(f"/hsds/{word}", {"format": "ndjson"})
    body = answer.getvalue() if answer.streaming else answer.content
    items = [json.loads(line) for line in body.splitlines()]
    assert [fault for item in items for fault in schemas.faults(WORDS[word], item, in_list=True)] == []
    assert [item["id"] for item in items] == _ids(WORDS[word])


def test_our_openapi_file_names_every_endpoint_of_the_official_one(
    reader: RoleClient, pytestconfig: pytest.Config
) -> None:
    openapi: Path = folder_of(pytestconfig) / "schema" / "openapi.json"
    official = json.loads(openapi.read_text(encoding="utf-8"))["paths"]
    ours = {
        path.rstrip("/").removeprefix("/hsds"): verbs
        for path, verbs in _told(reader, "openapi.json")["paths"].items()
    }
    for path, verbs in official.items():
        assert (verbs.keys() & {"get", "post"}) <= ours[path.rstrip("/")].keys(), path
