"""What POST /api/search makes of bodies that say a name twice, nothing, or what is no JSON."""

import pytest

from tests.directory.conftest import MakeService
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db


@pytest.mark.promise(25)
@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('{"near": "Toronto", "near": "Kingston"}', ["near"]),
        ('{"need": "legal_advice", "need": ["legal_advice"]}', ["need"]),
        ('{"near": "Kingston", "near": null}', ["near"]),
        ('{"lang": "en", "lang": "en"}', ["lang"]),
        ('{"nosuch": 1, "nosuch": 1}', ["nosuch"]),
        ('{"\\u006eear": "Toronto", "near": "Kingston"}', ["near"]),
    ],
)
def test_a_body_that_tells_a_name_twice_is_refused_by_name(
    visitor: RoleClient, body: str, names: list[str]
) -> None:
    answer = visitor.post("/api/search", body, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, names)
    assert "Give this only once." in answer.json()["errors"][names[0]]


@pytest.mark.parametrize("body", ["", "{}"])
def test_nothing_asked_is_answered(visitor: RoleClient, make_service: MakeService, body: str) -> None:
    make_service("Clinic")
    assert visitor.post("/api/search", body, content_type="application/json").json()["total"] == 1


@pytest.mark.promise(25)
@pytest.mark.parametrize("body", ['{"page": NaN}', '{"q": Infinity}'])
def test_words_of_python_are_no_json(visitor: RoleClient, body: str) -> None:
    answer = visitor.post("/api/search", body, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["request"])


@pytest.mark.promise(25)
@pytest.mark.parametrize(
    "body", ["[" * 60_000, '{"\\ud800": 1}', '{"q": "\\ud800"}', '{"need": ["\\udfff"]}']
)
def test_a_body_that_no_parser_likes_gets_a_plain_refusal(visitor: RoleClient, body: str) -> None:
    answer = visitor.post("/api/search", body, content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["request"]


def test_the_schema_tells_the_names_of_a_search_alike_for_both_doors(visitor: RoleClient, db: None) -> None:
    schema = visitor.get("/api/schema", {"format": "json"}).json()
    doors = schema["paths"]["/api/search"]
    asked = {parameter["name"]: parameter["schema"] for parameter in doors["get"]["parameters"]}
    sent = doors["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert asked.keys() == sent.keys()
    assert (asked["within"]["minimum"], asked["within"]["maximum"]) == (1, 5000)
    assert asked["language"]["items"]["pattern"] == "^[a-z]{3}$"
    assert asked["need"]["type"] == "array"
