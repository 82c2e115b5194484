"""A publisher's program pushes changes by a token: scoped, hashed, expiring, taken back; promise 26 holds."""

import json
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from directory.actions.decide_change import publish_change
from directory.finding.profile import phones_of, schedules_of, service_profile
from directory.models.proposed_change import ProposedChange
from directory.models.push_token import Scope
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.rules.eligibility_terms import DIMENSIONS
from directory.rules.pushed import NAMING, PUSHED
from safety.audit import AuditEntry
from safety.viewer import Viewer
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, page_of, second
from tests.directory.pushing import DOOR, Program, key_of, lead, make, program
from tests.directory.sheets import NEW, OLD
from tests.roles import RoleClient

__all__ = ["house", "lead", "program", "second"]


def test_plain_words_are_on_the_public_page_at_once(
    house: House, program: Program, visitor: RoleClient, lead: Viewer
) -> None:
    told = program.push({"id": key_of(house), "fees_description": "Nothing to pay."})
    assert (told["outcome"], told["published"]) == ("accepted", ["fees_description"])
    assert "Nothing to pay." in page_of(visitor, house)
    change = ProposedChange.objects.get()
    assert (change.task, change.made_by_id) == ("push", lead.user)
    entry = AuditEntry.objects.get(action="push_listings")
    assert entry.actor == lead.user
    assert entry.facts()["accepted"] == 1
    assert AuditEntry.objects.filter(action="propose_change").count() == 1
    assert (
        program.push({"id": key_of(house), "fees_description": "Nothing to pay."})["outcome"] == "unchanged"
    )


@pytest.mark.promise(26)
@pytest.mark.parametrize(
    "record",
    [
        {"phones": [{"number": NEW}]},
        {"phones": []},
        {"email": "thief@new.example"},
        {"url": "https://new.example"},
        {"name": "Another clinic"},
        {"description": f"Call {NEW}."},
        {"languages": [{"code": "eng", "note": f"call {NEW}"}]},
    ],
)
def test_a_stolen_token_does_not_change_where_people_turn_to(
    record: dict[str, Any], house: House, program: Program, visitor: RoleClient
) -> None:
    told = program.push({"id": key_of(house), "fees_description": "Free."} | record)
    assert told["outcome"] == "waits"
    assert told["waits_for_a_call_back"] == sorted(record)
    page = page_of(visitor, house)
    assert OLD in page
    if not {"description", "languages"} & record.keys():
        assert "A change is being checked" in page
    assert not any(words in page for words in (NEW, "new.example", "Another clinic"))
    (change,) = ProposedChange.objects.held()
    publish_change(
        change=change.pk, viewer=house.steward, now=moment(), called=OLD, spoke_with="The director"
    )
    assert "being checked" not in page_of(visitor, house)


def test_a_changed_number_is_its_row_changed(house: House, program: Program) -> None:
    before = phones_of(house.service.pk).get()
    program.push({"id": key_of(house), "phones": [{"number": OLD, "type": "voice", "extension": "7"}]})
    change = ProposedChange.objects.get()
    (row,) = change.after["phones"]
    assert (row["id"], row["extension"], row["type"]) == (str(before.pk), "7", "")


def test_a_whole_record_of_hsds_is_taken_and_the_rest_is_told(house: House, program: Program) -> None:
    record = {
        "id": key_of(house),
        "name": "Clinic",
        "status": "active",
        "description": "Care for everybody.",
        "interpretation_services": "By telephone",
        "languages": [{"code": "eng"}, {"code": "cre", "note": "interpreter"}],
        "schedules": [
            {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "10:00", "closes_at": "12:00", "timezone": -5}
        ],
        "assured_date": "2026-11-01",
        "assurer_email": "me@new.example",
        "publish_to": "open data",
        "service_at_locations": [{"id": "x", "location": {"latitude": 44.2, "longitude": -76.5}}],
        "contacts": [],
    }
    told = program.push(record)
    assert told["outcome"] == "accepted", told
    assert told["published"] == ["description", "interpretation_services", "languages", "schedules"]
    assert told["not_taken"] == ["assured_date", "assurer_email", "publish_to", "service_at_locations"]
    profile = service_profile(Service.objects.get(pk=house.service.pk))
    (hours,) = [value for key, value in profile.items() if key.startswith("hours/")]
    assert hours["days"][:3] == [[[600, 720]], [[600, 720]], []]
    house.service.refresh_from_db()
    assert (house.service.assured_date, house.service.assurer_email) == (None, "")
    program.push({"id": key_of(house), "schedules": []})
    house.service.refresh_from_db()
    assert not ProposedChange.objects.held().exists()


@pytest.mark.parametrize(
    ("record", "name", "words"),
    [
        ({"fees_description": 5}, "fees_description", "This must be a text."),
        ({"phones": {"number": NEW}}, "phones", "This must be a list of objects."),
        ({"phones": [{"number": "call us"}]}, "phones", "“call us” is not a telephone number."),
        ({"phones": [{"number": NEW}] * 41}, "phones", "at most 40"),
        ({"email": "nobody"}, "email", "is not an e-mail address"),
        ({"url": "javascript:alert(1)"}, "url", "is not a web address"),
        ({"name": ""}, "name", "A listing needs a name"),
        ({"status": "haunted"}, "status", "is none of the values"),
        ({"languages": [{"code": "tlh"}]}, "languages", "is no language that we know"),
        (
            {"schedules": [{"freq": "MONTHLY", "byday": "1MO"}]},
            "schedules",
            "Only a plain week can be pushed",
        ),
        (
            {"schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "late", "closes_at": "later"}]},
            "schedules",
            "Only a plain week can be pushed",
        ),
        ({"description": "x" * 4001}, "description", "at most 4000 characters"),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_of_the_record_is_taken(
    record: dict[str, Any], name: str, words: str, house: House, program: Program
) -> None:
    told = program.push({"id": key_of(house), "alert": "Closed on Friday."} | record)
    assert told["outcome"] == "refused"
    assert words in told["reasons"][name][0]
    assert not ProposedChange.objects.exists()


def test_each_record_is_judged_by_itself_and_others_listings_are_not_there(
    house: House, program: Program, make_service: MakeService
) -> None:
    theirs = make_service("Theirs", phone=NEW)
    house.service.given_id = "clinic-7"
    house.service.save(update_fields=["given_id"])
    versions = {one["id"]: one["version"] for one in program.get().json()["services"]}
    assert set(versions) == {key_of(house)}
    body = [
        {"id": "clinic-7", "version": versions[key_of(house)], "alert": "Closed on Friday."},
        {"id": str(theirs.pk), "name": "Mine now"},
        {"id": str(uuid4()), "name": "New here"},
        {"name": "Without an id"},
        "no service",
    ]
    results = program.send({"contents": body}).json()["results"]
    assert [told["outcome"] for told in results] == ["accepted", *["refused"] * 4]
    reasons = [told["reasons"] for told in results[1:3]]
    assert reasons[0] == reasons[1]
    assert "Theirs" not in json.dumps(results)
    theirs.refresh_from_db()
    assert theirs.name == "Theirs"
    twice = program.send([{"id": key_of(house), "alert": "A"}, {"id": "clinic-7", "alert": "B"}])
    assert {told["outcome"] for told in twice.json()["results"]} == {"refused"}


def test_nobody_is_written_over_by_whoever_did_not_see_it(house: House, program: Program) -> None:
    seen = program.get().json()["services"][0]
    house.change({"service.fees_description": "Pay what you can."})
    for version, words in ((seen["version"], "since you saw it"), ("", "The version is missing.")):
        told = program.send({"id": key_of(house), "version": version, "fees_description": "Free."}).json()[
            "results"
        ][0]
        assert told["outcome"] == "refused"
        assert words in told["reasons"]["version"][0]
    house.service.refresh_from_db()
    assert house.service.fees_description == "Pay what you can."


def test_a_token_to_try_out_changes_nothing(house: House, lead: Viewer, visitor: RoleClient) -> None:
    program = make(lead, Scope.TRY)[1]
    told = program.push({"id": key_of(house), "alert": "Closed on Friday.", "email": "new@house.example"})
    assert (told["outcome"], told["published"]) == ("waits", ["alert"])
    assert program.send({"id": key_of(house)}).json()["tried_only"] is True
    assert not ProposedChange.objects.exists()
    assert "Closed on Friday." not in page_of(visitor, house)
    assert AuditEntry.objects.filter(action="push_listings").exists()


@pytest.mark.promise(25)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 415),
        (b"{", 400),
        (b"[]", 400),
        (b"5", 400),
        (b'{"id": NaN}', 400),
        (b'{"id": "a", "id": "b"}', 400),
        (b"\xff\xfe", 400),
        (b'{"id": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b'[{"id": 5}, null, [], {"id": {"a": 1}}]', 200),
        (b"[" + b'{"id": "a"},' * 500 + b'{"id": "a"}]', 413),
        (b" " * (2 * 1024 * 1024 + 1), 413),
    ],
)
def test_any_body_is_answered(body: bytes, status: int, program: Program) -> None:
    answer = program.send(body)
    assert answer.status_code == status
    told = answer.json()
    if status == 200:
        assert {one["outcome"] for one in told["results"]} == {"refused"}
    else:
        assert told["errors"]


def test_other_methods_and_kinds_are_refused(program: Program) -> None:
    assert program.send({}, content_type="text/plain").status_code == 415
    answer = program.client.put(DOOR, "{}", headers={"Authorization": f"Bearer {program.secret}"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


def test_whom_it_takes_is_told_in_our_words_and_the_rest_stays(house: House, program: Program) -> None:
    house.change({"facts": [["age", "", True, "16", "29"], ["gender", "woman", True, None, None]]}, "who")
    publish_change(change=ProposedChange.objects.held().get().pk, viewer=house.steward, now=moment())
    told = program.push({"id": key_of(house), "facts": {"with": "A pet: yes", "age": "16 à 30"}})
    assert (told["outcome"], told["published"], told["not_taken"]) == ("accepted", ["facts"], [])
    assert service_profile(house.service)["facts"] == [
        ["age", "", True, "16", "30"],
        ["gender", "woman", True, None, None],
        ["with", "pet", True, None, None],
    ]
    assert program.push({"id": key_of(house), "facts": {}})["outcome"] == "unchanged"
    program.push({"id": key_of(house), "facts": {"gender": None, "age": ""}})
    (held,) = ProposedChange.objects.held()
    assert [fact[0] for fact in held.after["facts"]] == ["gender", "with"]


@pytest.mark.promise(26)
def test_taking_fewer_people_is_read_first(house: House, program: Program) -> None:
    told = program.push({"id": key_of(house), "facts": {"gender": "Women: yes; Men: no"}})
    assert (told["outcome"], told["waits_to_be_read"]) == ("waits", ["facts"])
    assert service_profile(house.service)["facts"] == []


@pytest.mark.parametrize(
    ("facts", "name", "words"),
    [
        ("Women", "facts", "an object with a text for each question"),
        ({"colour": "red"}, "facts.colour", "“colour” is no question that we know"),
        ({"gender": ["Women"]}, "facts.gender", "This must be a text."),
        ({"gender": "Cats: yes"}, "facts.gender", "“Cats” is none of the answers"),
        ({"age": "30 to 20"}, "facts.age", "contradicts itself"),
    ],
)
def test_facts_that_are_wrong_are_told_by_question(
    facts: Any, name: str, words: str, house: House, program: Program
) -> None:
    told = program.push({"id": key_of(house), "alert": "Closed on Friday.", "facts": facts})
    assert told["outcome"] == "refused"
    assert words in told["reasons"][name][0]
    assert not ProposedChange.objects.exists()


def test_a_pushed_week_keeps_single_days_and_refuses_to_replace_a_season(
    house: House, program: Program
) -> None:
    profile = service_profile(house.service)
    (key,) = [name for name in profile if name.startswith("hours/")]
    day = {"on": "2027-07-01", "opens_at": "", "closes_at": "", "note": "Feast", "note_fr": ""}
    house.change({key: profile[key] | {"own_days": [day], "on_holidays": "closed"}}, "hours")
    week = [{"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}]
    assert program.push({"id": key_of(house), "schedules": week})["outcome"] == "accepted"
    now_told = service_profile(house.service)[key]
    assert (now_told["own_days"], now_told["on_holidays"]) == ([day], "closed")
    keys = [row.pk for row in schedules_of(house.service.pk)]
    Schedule.objects.filter(pk__in=keys).update(valid_from="2027-06-01", valid_to="2027-09-01")
    told = program.push({"id": key_of(house), "schedules": week})
    assert "more than a week" in told["reasons"]["schedules"][0]


def test_what_is_pushed_and_answered_is_what_the_api_describes(house: House, program: Program) -> None:
    described = program.client.get("/hsds/openapi.json").json()
    parts = {"components": described["components"]}
    record = {"id": key_of(house), "facts": {"age": "16+"}, "phones": [{"number": OLD}], "status": "active"}
    answer = program.send([record, {"id": "x"}])
    post = described["paths"]["/push"]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]
    Draft202012Validator(body | parts).validate([record])
    good = post["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(good | parts).validate(answer.json())
    listed = described["paths"]["/push"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(listed | parts).validate(program.get().json())
    known = described["components"]["schemas"]["push_record"]["properties"]
    assert set(known) == PUSHED | NAMING
    assert set(known["facts"]["properties"]) == set(DIMENSIONS)
