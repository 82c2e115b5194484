"""All names of a search at its public doors: told in the schema, faults in words, a status never from an address."""

import re

import pytest

from directory.filters import fault_text
from directory.rules.query import REPEATED, SINGLE, Fault, read
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

KNOWN = {"need": {"food"}, "language": {"pan"}, "focus": {"men"}}
FAULTY = [
    ("need", "x"),
    ("focus", "x"),
    ("language", "x"),
    ("within", "x"),
    ("away", "5"),
    ("not_in", "a" * 300),
    ("q", "a\x00"),
    ("gender", "x"),
    ("age", "x"),
    ("with", "partner"),
    ("beds", "tonight"),
    ("child", "x"),
    ("status", "none"),
    ("open", "x"),
    ("way", "x"),
    ("sort", "x"),
    ("page", "x"),
    ("nothing", "x"),
    *(("child", str(age)) for age in range(9)),
]


def test_the_schema_names_every_parameter_of_both_public_doors(visitor: RoleClient, db: None) -> None:
    schema = visitor.get("/api/schema", {"format": "json"}).json()["paths"]["/api/search"]
    asked = {parameter["name"]: parameter for parameter in schema["get"]["parameters"]}
    sent = schema["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert {*SINGLE, *REPEATED, "lang"} - {"beds"} == set(asked) == set(sent)
    repeating = {name for name, parameter in asked.items() if parameter["schema"]["type"] == "array"}
    assert repeating == set(REPEATED)
    assert "partner" not in asked["with"]["schema"]["items"]["enum"]
    assert asked["age"]["schema"]["maximum"] == 120
    assert "two_spirit" in sent["gender"]["enum"]
    assert all(parameter["description"] for parameter in asked.values())


def test_every_fault_has_a_sentence_of_its_own() -> None:
    faults = [
        *read(FAULTY, KNOWN).faults,
        *read([("near", "K"), ("within", "5"), ("away", "9")], KNOWN).faults,
    ]
    codes = {fault.code for fault in faults}
    assert {
        "not_a_choice",
        "too_many",
        "desk_only",
        "status_in_address",
        "not_a_time",
        "beyond_within",
    } <= codes
    told = {fault.code: fault_text(fault) for fault in faults}
    assert len(set(told.values())) == len(codes)
    assert all(text.endswith(".") and "%(" not in text for text in told.values())


def test_a_value_that_cannot_be_chosen_is_told_with_those_that_can() -> None:
    told = fault_text(Fault("gender", "not_a_choice", "girl"))
    assert told == "“girl” can't be chosen here. What can: woman, man, non_binary, two_spirit."


@pytest.mark.parametrize("query", ["status=none", "status=student&near=Kingston", "status=nonsense"])
def test_a_status_in_an_address_is_refused_by_both_doors(
    visitor: RoleClient, make_service: MakeService, query: str
) -> None:
    machine = visitor.get(f"/api/search?{query}")
    assert (machine.status_code, list(machine.json()["errors"])) == (400, ["status"])
    page = visitor.get(f"/en/find/?{query}")
    assert page.status_code == 400
    assert list(page.context["errors"]) == ["status"]
    text = page.content.decode()
    assert not re.search(r'value="(none|student|nonsense)"[^>]*(checked|selected)', text)


def test_a_status_in_a_body_is_read_by_both_doors(visitor: RoleClient, make_service: MakeService) -> None:
    make_service()
    machine = visitor.post("/api/search", {"status": "none"}, content_type="application/json")
    assert machine.status_code == 200
    sealed = visitor.post("/en/find/", {"status": "none"})
    assert sealed.status_code == 303
    assert "status" not in sealed["Location"]
    assert visitor.get(sealed["Location"]).status_code == 200


@pytest.mark.parametrize(("name", "value"), [("beds", "tonight"), ("with", "partner")])
def test_what_only_a_worker_may_ask_is_refused_in_public(visitor: RoleClient, name: str, value: str) -> None:
    machine = visitor.post("/api/search", {name: value}, content_type="application/json")
    assert (machine.status_code, list(machine.json()["errors"])) == (400, [name])
    page = visitor.get(visitor.post("/en/find/", {name: value})["Location"])
    assert list(page.context["errors"]) == [name]
