"""A publisher's program with a token, for tests: what it asks and what it sends."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from directory.actions.keep_push_tokens import make_push_token
from directory.models.membership import Role
from directory.models.push_token import PushToken, Scope
from safety.viewer import Tier, Viewer
from tests.directory.profiles import House, employ, moment

DOOR = "/hsds/push"


class Program:
    """A network's own program, which has nothing but a token."""

    def __init__(self, secret: str) -> None:
        self.client, self.secret = Client(), secret

    def get(self) -> Any:
        """What is there, and in which version."""
        return self.client.get(DOOR, headers={"Authorization": f"Bearer {self.secret}"})

    def send(self, body: Any, **more: Any) -> Any:
        """Push; `body` as JSON, or as it is where it is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body)
        asked = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {self.secret}"}}
        return self.client.post(DOOR, data, **asked | more)

    def push(self, record: dict[str, Any]) -> dict[str, Any]:
        """One record with its version of now; what became of it."""
        versions = {one["id"]: one["version"] for one in self.get().json()["services"]}
        answer = self.send(record | {"version": versions.get(record["id"], "")})
        assert answer.status_code == 200, answer.content
        (told,) = answer.json()["results"]
        return dict(told)


@pytest.fixture
def lead(house: House, intake: User) -> Viewer:
    """Ines leads the house."""
    employed = employ(intake, house.organization, Role.LEAD)
    return Viewer(user=employed.user, organization=employed.organization, tier=Tier.VETTED)


def make(lead: Viewer, scope: Scope = Scope.CHANGE, days: int = 30) -> tuple[PushToken, Program]:
    """A token, and the program that has it."""
    assert lead.organization is not None
    token, secret = make_push_token(
        organization=lead.organization, name="Our database", scope=scope, days=days, viewer=lead, now=moment()
    )
    return token, Program(secret)


@pytest.fixture
def program(lead: Viewer) -> Program:
    """The program of the house."""
    return make(lead)[1]


def key_of(house: House) -> str:
    """The id of its clinic."""
    return str(house.service.pk)
