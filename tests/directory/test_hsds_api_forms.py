"""/hsds/: a stream is known by its ETag before it is read, and `Accept` chooses the form where `format` doesn't."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from directory.api.hsds.doors import streamed
from directory.models.hsds_document import HsdsDocument
from tests.directory.hsds_api_documents import START, documents, id_of  # noqa: F401  # a fixture
from tests.roles import RoleClient, role

pytestmark = pytest.mark.usefixtures("documents")
STREAM = "/hsds/services?format=ndjson"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
KINDS = {"json": "application/json", "ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}


def body(answer: Any) -> bytes:
    with role("relais_public"):
        return b"".join(answer)


def stamp(visitor: RoleClient, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    body(answer)
    told: str = answer["ETag"]
    return told


@pytest.mark.parametrize("path", [STREAM, f"{STREAM}&full=true", f"{STREAM}&search=advice"])
def test_who_holds_a_stream_is_told_so_and_nothing_is_read(visitor: RoleClient, path: str) -> None:
    etag = stamp(visitor, path)
    assert etag.startswith('W/"')
    with CaptureQueriesContext(connection) as asked:
        again = visitor.get(path, headers={"if-none-match": etag})
    assert (again.status_code, body(again), again["ETag"]) == (304, b"", etag)
    assert not [q for q in asked.captured_queries if '"hsds_document"."document"' in q["sql"]]
    other = visitor.get(path, headers={"if-none-match": 'W/"other"'})
    assert (other.status_code, body(other) != b"") == (200, True)
    assert visitor.head(path)["ETag"] == etag


def test_headers_alone_take_no_line_of_a_stream() -> None:
    """Django's own test client throws the body away, whatever there is of it."""
    untouched = (pytest.fail("read") for _ in range(1))
    answer = streamed(RequestFactory().head(STREAM), untouched, 'W/"x"')  # type: ignore[arg-type]
    assert isinstance(answer, StreamingHttpResponse)
    assert list(answer.streaming_content) == []


@pytest.mark.parametrize("path", ["/hsds/services", STREAM])
def test_a_twin_is_answered_whoever_holds_it(visitor: RoleClient, path: str) -> None:
    etag = stamp(visitor, path)
    for held in (etag, "*"):
        twin = visitor.post(path, "{}", content_type="application/json", headers={"if-none-match": held})
        assert (twin.status_code, body(twin)) == (200, body(visitor.get(path)))


def test_another_question_has_another_stamp(visitor: RoleClient) -> None:
    asked = ["", "&minimal=true", "&full=true", "&search=advice", "&search=meals"]
    asked = [STREAM + more for more in asked] + ["/hsds/organizations?format=ndjson"]
    assert len({stamp(visitor, path) for path in asked}) == len(asked)


@pytest.mark.parametrize("name", ["Advice", "Hall", "Shelter at Hidden"])
def test_a_change_of_any_record_changes_the_stamp(visitor: RoleClient, name: str) -> None:
    """Records nest each other; and what is committed late may bear a moment before the latest one."""
    before = stamp(visitor, STREAM)
    HsdsDocument.objects.filter(id=id_of(name)).update(modified_at=START + timedelta(hours=1))
    changed = stamp(visitor, STREAM)
    assert changed != before
    HsdsDocument.objects.filter(id=id_of(name)).delete()
    assert stamp(visitor, STREAM) not in (before, changed)


def test_a_place_that_moved_changes_the_stamp_of_who_is_near(visitor: RoleClient) -> None:
    path = "/hsds/service_at_locations?format=ndjson&postcode=K7L&proximity=9000"
    before = stamp(visitor, path)
    HsdsDocument.objects.filter(id=id_of("Meals at Hall")).update(point=Point(-97.14, 49.9, srid=4326))
    assert stamp(visitor, path) != before


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/csv", "csv"),
        ("application/x-ndjson", "ndjson"),
        ("text/csv, */*;q=0.1", "csv"),
        ("application/json;q=0.5, application/x-ndjson", "ndjson"),
        ("application/json", "json"),
        ("*/*", "json"),
        (BROWSER, "json"),
        ("text/html", "json"),
        ("image/png", "json"),
        ("text/csv;q=0", "json"),
        ("text/csv;q=broken", "csv"),
        ("", "json"),
        ("/, ;;, é", "json"),
    ],
)
def test_accept_chooses_the_form(visitor: RoleClient, accept: str, form: str) -> None:
    answer = visitor.get("/hsds/services", headers={"accept": accept})
    assert answer["Content-Type"] == KINDS[form]
    assert "Accept" in answer["Vary"].split(", ")
    named = visitor.get("/hsds/services", {"format": form})
    assert body(answer) == body(named)
    twin = visitor.post("/hsds/services", "{}", content_type="application/json", headers={"accept": accept})
    assert twin["Content-Type"] == KINDS[form]


@pytest.mark.parametrize("form", KINDS)
def test_a_format_that_is_named_counts_more_than_what_is_accepted(visitor: RoleClient, form: str) -> None:
    for accept in (*KINDS.values(), BROWSER):
        answer = visitor.get("/hsds/services", {"format": form}, headers={"accept": accept})
        assert answer["Content-Type"] == KINDS[form]
        assert "Accept" not in answer.get("Vary", "").split(", ")


@pytest.mark.promise(19)
def test_no_cache_in_front_gives_everybody_what_one_asker_accepts(visitor: RoleClient) -> None:
    assert visitor.get("/hsds/services", headers={"accept": BROWSER})["CDN-Cache-Control"] == "max-age=60"
    for accept in ("text/csv", "application/x-ndjson"):
        answer = visitor.get("/hsds/services", headers={"accept": accept})
        assert answer["CDN-Cache-Control"] == "no-store"
