"""/hsds/ as its own description has it: schemathesis and hypothesis send what they like, answers fit the schemas."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.config import SchemathesisConfig

from directory.api.hsds.openapi import describe
from tests.directory.hsds_api_documents import documents, id_of  # noqa: F401  # a fixture
from tests.roles import RoleClient

pytestmark = pytest.mark.usefixtures("documents")
DESCRIPTION = describe("", "Relais")
QUIETLY = {"deadline": None, "database": None, "derandomize": True, "phases": [Phase.generate]}
QUIETLY["suppress_health_check"] = list(HealthCheck)
FORM = "application/x-www-form-urlencoded"
NAMES = sorted(
    {p["name"] for path in DESCRIPTION["paths"].values() for p in path["get"].get("parameters", ())}
    | {"nosuch"}
)
ANYTHING = st.one_of(
    st.text(st.characters(), max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes().map(str),
    st.uuids().map(str),
    st.sampled_from(
        ["true", "K7L", "k0h 1b0", "2026-05-03T12:00:00 02:00", "json", "ndjson", "csv", "\x00", ""]
    ),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANYTHING,
    lambda inner: st.lists(inner, max_size=3),
)
COLLECTIONS = ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
# Reads no more than the first record of a stream, so that a broken one would show.
STATUSES = {200, 400, 404, 405, 413, 415}


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    whole = schema | {"components": DESCRIPTION["components"]}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole)


def _answer_schema(path: str) -> dict[str, Any]:
    found: dict[str, Any] = DESCRIPTION["paths"][path]["get"]["responses"]["200"]["content"]
    return dict(found["application/json"]["schema"])


def _check(answer: Any, path: str) -> None:
    """Any answer is one of those described; JSON fits its schema."""
    # What asks for a token says so; what it answers to one: tests/directory/test_push.py.
    allowed = {401} if "security" in DESCRIPTION["paths"][path]["get"] else STATUSES
    assert answer.status_code in allowed, (answer.status_code, path)
    if answer.streaming:
        for line in b"".join(answer).decode(errors="replace").splitlines():
            assert "PK" in line or path == "/export.zip" or json.loads(line)
            break
        return
    if answer.status_code != 200:
        _validator({"$ref": "#/components/schemas/errors"}).validate(answer.json())
    elif answer["Content-Type"] == "application/json":
        _validator(_answer_schema(path)).validate(answer.json())


@pytest.mark.parametrize(
    "path", [path for path in DESCRIPTION["paths"] if path not in ("/export.zip", "/push")]
)
@pytest.mark.parametrize("asked", [{}, {"full": "true"}, {"full_service": "true"}, {"minimal": "true"}])
def test_what_is_told_fits_the_description(visitor: RoleClient, path: str, asked: dict[str, str]) -> None:
    known = [p["name"] for p in DESCRIPTION["paths"][path]["get"].get("parameters", ())]
    if not set(asked) <= set(known):
        asked = {}
    ids = {"organizations": "House", "services": "Advice", "service_at_locations": "Advice at Hall"}
    ids |= {"taxonomies": "taxonomy", "taxonomy_terms": "clinic"}
    address = path.replace("{id}", str(id_of(ids.get(path.split("/")[1], ""))))
    answer = visitor.get(f"/hsds{address}", asked)
    assert answer.status_code == 200
    _check(answer, path)


def test_the_description_is_itself_served(visitor: RoleClient) -> None:
    with override_settings(SITE_URL="https://relais.example"):
        served = visitor.get("/hsds/openapi.json").json()
    assert served["paths"] == json.loads(json.dumps(DESCRIPTION["paths"]))
    assert served["servers"] == [{"url": "https://relais.example/hsds"}]
    assert served["openapi"] == "3.1.0"


def test_the_description_has_every_public_field_and_none_that_is_not() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    assert {"organization", "program", "schedules", "last_modified", "alert"} <= set(
        schemas["service"]["properties"]
    )
    assert {"contacts", "funding", "capacities", "metadata", "assurer_email"}.isdisjoint(
        schemas["service"]["properties"]
    )
    assert {"contact", "funding", "metadata", "service_capacity"}.isdisjoint(schemas)


@pytest.fixture(scope="module")
def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(DESCRIPTION, config=SchemathesisConfig())
    return [found.ok() for found in schema.get_all_operations()]


def _send(visitor: RoleClient, case: Any) -> Any:
    path = "/hsds" + case.formatted_path
    if case.method == "POST":
        body = case.body if isinstance(case.body, dict) else {}
        return visitor.post(
            path, json.dumps(body), content_type="application/json", query_params=case.query or {}
        )
    return visitor.get(path, case.query or {})


@pytest.mark.promise(25)
@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_requests_made_from_the_description_are_answered_as_it_says(
    visitor: RoleClient, operations: list[Any], mode: str
) -> None:
    """Promise 25: schemathesis makes requests, right ones and wrong ones, and none is a failure of the server."""
    for operation in operations:
        _ask_much(visitor, operation, schemathesis.GenerationMode[mode])


def _ask_much(visitor: RoleClient, operation: Any, mode: schemathesis.GenerationMode) -> None:
    @settings(max_examples=15, **QUIETLY)
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        _check(_send(visitor, case), operation.path)

    ask()


@pytest.mark.promise(25)
@pytest.mark.parametrize("word", COLLECTIONS)
def test_any_address_is_answered(visitor: RoleClient, word: str) -> None:
    @settings(max_examples=60, **QUIETLY)
    @given(asked=st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), ANYTHING, max_size=3))
    def ask(asked: dict[str, str]) -> None:
        sendable = {n.encode(errors="replace"): v.encode(errors="replace") for n, v in asked.items()}
        _check(visitor.get(f"/hsds/{word}", sendable), f"/{word}")

    ask()


def _posted(visitor: RoleClient, path: str, kind: str) -> Callable[[bytes], Any]:
    return lambda body: visitor.generic("POST", path, body, content_type=kind)


@pytest.mark.promise(25)
@pytest.mark.parametrize("kind", ["application/json", FORM, "application/json; charset=utf-16", "x"])
def test_any_body_is_answered(visitor: RoleClient, kind: str) -> None:
    send = _posted(visitor, "/hsds/service_at_locations", kind)
    sent = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), VALUES, max_size=3)

    @settings(max_examples=60, **QUIETLY)
    @given(body=st.binary(max_size=60) | sent.map(lambda value: json.dumps(value).encode()))
    def ask(body: bytes) -> None:
        _check(send(body), "/service_at_locations")

    ask()


@pytest.mark.promise(25)
@pytest.mark.parametrize("word", COLLECTIONS)
def test_any_id_is_answered(visitor: RoleClient, word: str) -> None:
    @settings(max_examples=40, **QUIETLY)
    @given(id_=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
    def ask(id_: str) -> None:
        answer = visitor.get(f"/hsds/{word}/{id_.replace('?', '').replace('#', '')}")
        assert answer.status_code in {200, 400, 404}

    ask()
