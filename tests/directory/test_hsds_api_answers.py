"""/hsds/: the forms of an answer, what caches and other origins are told, and what an answer costs."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.api.hsds import package
from directory.api.hsds.collections import csv_text
from directory.hsds.composed_rows import Row
from directory.models.hsds_document import HsdsDocument, HsdsTotal
from tests.directory.hsds_api_documents import documents, fill, id_of, put  # noqa: F401  # a fixture
from tests.roles import RoleClient, role

pytestmark = pytest.mark.usefixtures("documents")
COLLECTIONS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
ADVICE = f"/hsds/services/{id_of('Advice')}"
WHOLE = ["/hsds/", "/hsds/openapi.json", "/hsds/export.zip", ADVICE]
WHOLE += [f"/hsds/{word}" for word in COLLECTIONS]
CANARIES = ["1 Canary Street", "44.23", "-76.48"]


def lines(visitor: RoleClient, address: str, **asked: Any) -> list[Any]:
    answer = visitor.get(address, {"format": "ndjson"} | asked)
    assert answer["Content-Type"] == "application/x-ndjson"
    assert answer.streaming
    with role("relais_public"):
        text = answer.getvalue().decode()
    assert not text or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


def table(visitor: RoleClient, address: str, **asked: Any) -> list[dict[str, str]]:
    answer = visitor.get(address, {"format": "csv"} | asked)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))


@pytest.mark.parametrize("word", COLLECTIONS)
def test_ndjson_holds_the_records_of_all_pages(visitor: RoleClient, word: str) -> None:
    listed = visitor.get(f"/hsds/{word}").json()["contents"]
    assert lines(visitor, f"/hsds/{word}", per_page=1, page=2) == listed
    assert len(listed) > 0


def test_ndjson_is_as_full_and_as_narrow_as_asked(visitor: RoleClient) -> None:
    asked = {"full": "true", "search": "meals"}
    full = visitor.get("/hsds/services", asked).json()["contents"]
    assert lines(visitor, "/hsds/services", **asked) == full
    assert lines(visitor, "/hsds/services", search="nothing of the kind") == []


def test_ndjson_goes_on_beyond_one_chunk(visitor: RoleClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 2, 3, 4):
        monkeypatch.setattr("directory.api.hsds.collections.CHUNK", size)
        ids = [record["id"] for record in lines(visitor, "/hsds/services")]
        assert ids == sorted(str(id_of(name)) for name in ("Advice", "Meals", "Shelter"))


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\tx", "\rx", "\nx", "a=1", ""])
def test_no_text_in_csv_is_worked_out_by_a_spreadsheet(text: str) -> None:
    row = Row("service", UUID(int=1), {"name": text}, None, None, None, None, None, None, timezone.now())
    (told,) = csv.DictReader(io.StringIO(csv_text("service", [row]), newline=""))
    assert told["name"] == (text if text in ("a=1", "") else f"'{text}")


def test_csv_holds_the_plain_fields_of_the_page(visitor: RoleClient) -> None:
    rows = {row["name"]: row for row in table(visitor, "/hsds/services")}
    assert rows["Advice"]["organization_id"] == str(id_of("House"))
    assert rows["Advice"]["program_id"] == str(id_of("Outreach"))
    assert rows["Advice"]["minimum_age"] == "16"
    assert rows["Meals"]["program_id"] == ""
    assert {"schedules", "organization", "assurer_email"}.isdisjoint(rows["Advice"])
    (second,) = table(visitor, "/hsds/services", page=2, per_page=2)
    assert second["id"] == max(row["id"] for row in rows.values())
    at = {row["id"]: row for row in table(visitor, "/hsds/service_at_locations")}
    assert at[str(id_of("Meals at Hall"))]["location_id"] == str(id_of("Hall"))


def test_minimal_holds_ids_and_moments_of_all_on_one_page(visitor: RoleClient) -> None:
    for number in range(60):
        put("service", f"More {number}", {"name": "More", "status": "active"}, organization_id=id_of("House"))
    HsdsTotal.objects.filter(entity="service").update(total=63)
    page = visitor.get("/hsds/services", {"minimal": "true"}).json()
    contents = page.pop("contents")
    assert page["size"] == page["total_items"] == len(contents) == 63
    assert (page["total_pages"], page["first_page"], page["last_page"], page["empty"]) == (
        1,
        True,
        True,
        False,
    )
    assert [record["id"] for record in contents] == sorted(record["id"] for record in contents)
    advice = {"id": str(id_of("Advice")), "last_modified": "2026-05-02T12:00:00.000000Z"}
    assert advice in contents
    assert visitor.get("/hsds/services", {"minimal": "1", "search": "advice"}).json()["contents"] == [advice]
    assert lines(visitor, "/hsds/services", minimal="true") == contents
    assert table(visitor, "/hsds/services", minimal="true") == contents


def test_minimal_in_pages_where_a_size_is_told(visitor: RoleClient) -> None:
    every = visitor.get("/hsds/services", {"minimal": "true"}).json()["contents"]
    second = visitor.get("/hsds/services", {"minimal": "true", "per_page": 2, "page": 2}).json()
    assert second["contents"] == every[2:]
    assert second["total_pages"] == 2
    beyond = visitor.get("/hsds/services", {"minimal": "true", "page": 2}).json()
    assert (beyond["contents"], beyond["empty"]) == ([], True)
    nothing = visitor.get("/hsds/services", {"minimal": "true", "search": "nothing of the kind"}).json()
    assert (nothing["contents"], nothing["total_pages"], nothing["last_page"]) == ([], 0, True)


@pytest.mark.parametrize("path", [*WHOLE, "/hsds/services?format=csv", "/hsds/services?minimal=true"])
def test_who_holds_the_bytes_is_told_so(visitor: RoleClient, path: str) -> None:
    first = visitor.get(path)
    etag = first["ETag"]
    assert etag.startswith('"')
    assert b"".join(first)
    again = visitor.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    other = visitor.get(path, headers={"if-none-match": '"other"'})
    assert (other.status_code, b"".join(other)) != (304, b"")


def test_another_answer_has_another_etag(visitor: RoleClient) -> None:
    before = visitor.get(ADVICE)["ETag"]
    HsdsDocument.objects.filter(id=id_of("Hall")).update(document={"id": str(id_of("Hall")), "name": "Gym"})
    assert visitor.get(ADVICE)["ETag"] != before


@pytest.mark.parametrize("path", WHOLE)
def test_headers_alone_are_those_of_the_answer(visitor: RoleClient, path: str) -> None:
    head, whole = visitor.head(path), visitor.get(path)
    assert b"".join(head) == b""
    assert b"".join(whole)
    assert (head.status_code, head["ETag"]) == (200, whole["ETag"])
    assert head["Content-Type"] == whole["Content-Type"]


def test_headers_alone_read_no_stream(visitor: RoleClient) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.head("/hsds/services?format=ndjson")
    assert answer.status_code == 200
    assert not [q for q in asked.captured_queries if '"hsds_document"."document"' in q["sql"]]


@pytest.mark.parametrize("path", [*WHOLE, "/hsds/nothing", "/hsds/services?page=0", "/hsds/services?page=2"])
def test_open_data_may_be_read_from_any_origin_and_sets_nothing(visitor: RoleClient, path: str) -> None:
    answer = visitor.get(path)
    b"".join(answer)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


@pytest.mark.parametrize("path", ["/api/search?near=Kingston", "/api/schema", "/en/", "/healthz"])
def test_nothing_else_may_be_read_from_another_origin(visitor: RoleClient, path: str) -> None:
    answer = visitor.get(path)
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", WHOLE)
def test_what_is_the_same_for_everyone_may_stand_in_front_for_a_minute_and_no_question_may(
    visitor: RoleClient, path: str
) -> None:
    for asked, expected in (({}, "max-age=60"), ({"lang": "en"}, None)):
        answer = visitor.get(path, asked)
        b"".join(answer)
        assert answer.get("CDN-Cache-Control") == expected
    assert "CDN-Cache-Control" not in visitor.post(path, '{"lang": "en"}', content_type="application/json")


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", WHOLE)
@pytest.mark.parametrize("name", ["cookie", "accept", "user-agent", "origin", "accept-language"])
def test_what_a_browser_says_of_itself_changes_no_byte(visitor: RoleClient, path: str, name: str) -> None:
    plain, other = visitor.get(path), visitor.get(path, headers={name: "text/html"})
    assert b"".join(other) == b"".join(plain)
    assert other.status_code == 200


def test_doors_say_what_may_be_done(visitor: RoleClient) -> None:
    assert visitor.options("/hsds/services")["Allow"] == "GET, POST, HEAD, OPTIONS"
    assert visitor.options(ADVICE).status_code == 204


@pytest.mark.promise(2)
def test_no_answer_tells_more_of_a_protected_place_than_its_document(visitor: RoleClient) -> None:
    """The streets and points of open places hang on services that are there: nothing of them leaks to others."""
    for path in (
        f"/hsds/services/{id_of('Shelter')}",
        f"/hsds/organizations/{id_of('Refuge')}?full_service=true",
        f"/hsds/service_at_locations/{id_of('Shelter at Hidden')}",
        "/hsds/services?search=shelter&full=true",
        "/hsds/service_at_locations?search=shelter&full=true&format=csv",
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200
        assert not [canary for canary in [*CANARIES, "-97.14"] if canary in answer.content.decode()]
    assert CANARIES[0] in visitor.get("/hsds/services?full=true").content.decode()


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("services", 4),
        ("services?full=true", 5),
        ("services?search=e&full=true", 5),
        ("services?minimal=true", 2),
        ("services?format=csv", 3),
        ("organizations?full_service=true", 6),
        ("service_at_locations", 5),
        ("service_at_locations?full=true", 6),
        ("service_at_locations?postcode=K7L&proximity=9000&full=true", 6),
        ("taxonomy_terms", 4),
        (f"services/{id_of('Advice')}", 3),
        (f"organizations/{id_of('House')}?full_service=1", 4),
        (f"service_at_locations/{id_of('Advice at Hall')}", 4),
    ],
)
def test_an_answer_takes_few_statements_however_many_records_it_holds(
    visitor: RoleClient, path: str, most: int
) -> None:
    visitor.get(f"/hsds/{path}")  # the gazetteer and the map's measures are read once for each process
    for number in range(30):
        name = f"Advice {number}"
        put("organization", f"House {number}", {"name": name, "description": ""})
        owner = id_of(f"House {number}")
        put("service", name, {"name": name, "status": "active"}, organization_id=owner)
        put("location", f"Hall {number}", {"location_type": "physical"}, organization_id=owner)
        at = {"service_id": id_of(name), "location_id": id_of(f"Hall {number}")}
        put("service_at_location", f"{name} at Hall", {}, **at)
    HsdsTotal.objects.all().delete()
    for entity in HsdsDocument.objects.order_by("entity").values_list("entity", flat=True).distinct():
        HsdsTotal.objects.create(entity=entity, total=HsdsDocument.objects.filter(entity=entity).count())
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(f"/hsds/{path}").status_code == 200
    read = [
        query["sql"] for query in asked.captured_queries if query["sql"].startswith(("SELECT", "(SELECT"))
    ]
    assert len(read) <= most, read


def test_an_unnarrowed_list_counts_nothing(visitor: RoleClient) -> None:
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/hsds/services?page=1&top_only=")
        visitor.get("/hsds/services")
    assert not [query for query in asked.captured_queries if "COUNT(" in query["sql"].upper()]


def test_a_list_without_a_total_is_counted(visitor: RoleClient) -> None:
    HsdsTotal.objects.all().delete()
    assert visitor.get("/hsds/services").json()["total_items"] == 3


@pytest.mark.promise(25)
def test_a_question_that_takes_too_long_is_answered(
    visitor: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_words: Any) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr("directory.api.hsds.questions.marked_ids", slow)
    answer = visitor.get("/hsds/services")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert list(answer.json()) == ["errors"]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """No file of an earlier test."""
    yield
    for kept in package._kept:
        kept.path.unlink(missing_ok=True)
    package._kept.clear()


def _package(visitor: RoleClient) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(visitor.get("/hsds/export.zip"))))


def test_the_package_holds_the_open_data_and_follows_it(visitor: RoleClient) -> None:
    before = _package(visitor).read("services.csv").decode()
    assert {"Advice", "Meals", "Shelter"} <= set(before.replace("\n", ",").split(","))
    HsdsDocument.objects.filter(id=id_of("Meals")).delete()
    HsdsTotal.objects.filter(entity="service").update(total=2)
    after = _package(visitor).read("services.csv").decode()
    assert "Meals" not in after
    assert len(package._kept) == 1
    assert len(list(package._kept[0].path.parent.iterdir())) == 1


def test_the_package_comes_as_json_too_each_form_kept_by_itself(visitor: RoleClient) -> None:
    tabular = _package(visitor)
    answer = visitor.get("/hsds/export.zip", {"format": "json"})
    assert "hsds-json.zip" in answer["Content-Disposition"]
    nested = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    told = {item["name"] for item in json.loads(nested.read("services.json"))["contents"]}
    assert told == {row["name"] for row in csv.DictReader(io.StringIO(tabular.read("services.csv").decode()))}
    assert len(package._kept) == 2
    refused = visitor.get("/hsds/export.zip", {"format": "xml"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["format"])


def test_the_package_is_written_once_for_each_state(
    visitor: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = b"".join(visitor.get("/hsds/export.zip"))
    monkeypatch.setattr(package, "zip_open_data", lambda file, form: pytest.fail("written again"))
    assert b"".join(visitor.get("/hsds/export.zip")) == first


def test_nobody_waits_while_the_package_is_written(visitor: RoleClient) -> None:
    _package(visitor)
    HsdsTotal.objects.filter(entity="service").update(total=9)
    with package._writing:
        answer = visitor.get("/hsds/export.zip")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert _package(visitor).namelist()


def test_a_package_that_could_not_be_written_leaves_no_file(
    visitor: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package(visitor)
    folder = package._kept[0].path.parent

    def broken(file: Any, form: str) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(package, "zip_open_data", broken)
    put("service", "Another", {"name": "Another", "status": "active"})
    HsdsTotal.objects.filter(entity="service").update(total=4)
    assert visitor.get("/hsds/export.zip").status_code == 503
    assert len(list(folder.iterdir())) == 1


def test_the_small_model_is_whole() -> None:
    fill()
    assert HsdsDocument.objects.count() == 14
