"""A quarter is told with its city, a postal code with the town beside it; what is offered leads where it says."""

from typing import Any

from tests.roles import RoleClient


def asked(visitor: RoleClient, near: str) -> dict[str, Any]:
    """What the search answers, in English."""
    found: dict[str, Any] = visitor.get("/api/search", {"near": near, "lang": "en"}).json()
    return found


def test_a_quarter_is_told_with_its_city_and_its_words_lead_there(visitor: RoleClient) -> None:
    found = asked(visitor, "Avalon")
    assert found["near"]["name"] == "Avalon (Saskatoon), Saskatchewan"
    offered = asked(visitor, "Niagara")["choices"]
    assert offered[0] == offered[0] | {"name": "Niagara (Toronto), Ontario", "near": "Niagara (Toronto), ON"}
    assert "Niagara Falls, ON" in {choice["near"] for choice in offered}
    assert asked(visitor, offered[0]["near"])["near"]["name"] == offered[0]["name"]


def test_a_town_and_a_code_that_lie_apart_are_offered_and_each_leads_on(visitor: RoleClient) -> None:
    offered = asked(visitor, "London K7L 3N6")["choices"]
    assert [choice["near"] for choice in offered][:2] == ["K7L", "London, ON"]
    for choice in offered[:2]:
        assert asked(visitor, choice["near"])["near"]["name"] == choice["name"]
