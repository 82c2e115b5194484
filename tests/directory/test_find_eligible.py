"""Who fits: a stated no hides, what is not stated says "ask", a yes says why; and how many are not shown is told."""

from typing import Any
from uuid import UUID

import pytest

from directory.actions.state_facts import state_facts
from directory.models.service import Service
from directory.rules.eligibility_terms import Fact
from safety.viewer import Tier, Viewer
from tests.directory.conftest import MakeService
from tests.directory.test_search import api, names
from tests.roles import RoleClient

STEWARD = Viewer(user=UUID(int=7), organization=None, tier=Tier.CUSTODIAN)
# Each dimension: what is asked; facts that say yes and no; what the yes says.
ASKED: list[tuple[dict[str, Any], Fact, Fact]] = [
    ({"age": 16}, Fact("age", low=16), Fact("age", low=18)),
    ({"age": 30}, Fact("age", high=30), Fact("age", high=29)),
    ({"gender": "woman"}, Fact("gender", "woman"), Fact("gender", "woman", stated=False)),
    ({"with": "pet"}, Fact("with", "pet"), Fact("with", "pet", stated=False)),
    ({"child": "14m"}, Fact("child", "male", high=16), Fact("child", "male", high=12)),
    ({"indigenous": "inuit"}, Fact("indigenous", "inuit"), Fact("indigenous", "inuit", stated=False)),
    ({"accept": "no_id"}, Fact("accept", "no_id"), Fact("accept", "no_id", stated=False)),
    ({"access": "wheelchair"}, Fact("access", "wheelchair"), Fact("access", "wheelchair", stated=False)),
    ({"intake": "self_call"}, Fact("intake", "self_call"), Fact("intake", "self_call", stated=False)),
]


def state(service: Service, *facts: Fact) -> None:
    state_facts(service_id=service.pk, facts=facts, viewer=STEWARD)


@pytest.mark.parametrize(("asked", "yes", "no"), ASKED)
def test_a_stated_no_hides_and_what_is_not_stated_asks(
    visitor: RoleClient, make_service: MakeService, asked: dict[str, Any], yes: Fact, no: Fact
) -> None:
    state(make_service("Says yes"), yes)
    state(make_service("Says no"), no)
    make_service("Says nothing")
    found = api(visitor, near="Kingston", **asked)
    assert names(found) == ["Says yes", "Says nothing"]
    assert [result["match"] for result in found["results"]] == ["yes", "ask"]
    assert found["not_shown"] == {next(iter(asked)): 1}
    assert found["total"] == 2


def test_a_status_is_asked_by_post_alone(visitor: RoleClient, make_service: MakeService) -> None:
    state(make_service("Says no"), Fact("status", "none", stated=False))
    state(make_service("Says yes"), Fact("status", "none"))
    assert visitor.get("/api/search", {"near": "Kingston", "status": "none"}).status_code == 400
    body = {"near": "Kingston", "status": "none", "lang": "en"}
    found = visitor.post("/api/search", body, content_type="application/json").json()
    assert (names(found), found["not_shown"]) == (["Says yes"], {"status": 1})


def test_hsds_ages_of_a_feed_count_like_stated_ones(visitor: RoleClient, make_service: MakeService) -> None:
    make_service("Adults", minimum_age=18)
    make_service("Youth", maximum_age=24)
    assert names(api(visitor, near="Kingston", age=17)) == ["Youth"]


def test_a_yes_comes_before_an_ask_within_one_band_and_never_across(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("Near, ask", place={"latitude": 44.23, "longitude": -76.48})
    state(make_service("Near, yes", place={"latitude": 44.25, "longitude": -76.48}), Fact("with", "pet"))
    state(make_service("Far, yes", place={"latitude": 44.9, "longitude": -76.48}), Fact("with", "pet"))
    assert names(api(visitor, near="Kingston", **{"with": "pet"})) == ["Near, yes", "Near, ask", "Far, yes"]
    assert names(api(visitor, near="Kingston", sort="distance", **{"with": "pet"}))[0] == "Near, ask"


def test_all_that_is_asked_must_be_met(visitor: RoleClient, make_service: MakeService) -> None:
    state(make_service("Both"), Fact("accept", "no_id"), Fact("accept", "free"))
    state(make_service("One"), Fact("accept", "no_id"), Fact("accept", "free", stated=False))
    found = api(visitor, near="Kingston", accept=["no_id", "free"])
    assert (names(found), found["not_shown"]) == (["Both"], {"accept": 1})


def test_who_is_reached_from_anywhere_is_judged_too(visitor: RoleClient, make_service: MakeService) -> None:
    state(make_service("Line", reach="country"), Fact("age", low=18))
    make_service("Other line", reach="country")
    found = api(visitor, near="Kingston", age=17)
    assert [result["service"] for result in found["elsewhere"]] == ["Other line"]
