"""Links that open something without an account: guessing opens nothing, and what opens nothing is answered alike."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.actions import ask_still_true, invite_members, report_beds
from directory.models.membership import Role
from directory.models.truth_asked import TruthAsked
from safety.viewer import Tier, Viewer
from tests.directory.profiles import House, employ, house, moment, second

__all__ = ["house", "second"]
pytestmark = pytest.mark.promise(23)
NAMES = ("invitation", "still_true", "night_beds")


@pytest.fixture
def tokens(house: House, intake: User) -> dict[str, str]:
    """A link of every kind that works."""
    employ(intake, house.organization, Role.LEAD)
    lead = Viewer(user=intake.pk, organization=house.organization.pk, tier=Tier.VETTED)
    asked = {"email": "new@relais.example", "organization": house.organization.pk, "role": Role.WORKER}
    invited = invite_members.invite_member(**asked, language="en", viewer=lead, now=moment())  # type: ignore[arg-type]
    link = report_beds.make_night_link(service=house.service.pk, viewer=lead, now=moment())
    ask_still_true.ask_still_true(moment())
    return {
        "invitation": invite_members.token_of(invited),
        "still_true": ask_still_true.token_of(TruthAsked.objects.get()),
        "night_beds": report_beds.token_of(link),
    }


def answered(name: str, token: str, *, post: bool = False) -> tuple[int, str]:
    """The status, and the page without what differs each time."""
    client, path = Client(), reverse(name, args=[token])
    ask: Callable[..., Any] = client.post if post else client.get
    found = ask(path)
    return found.status_code, re.sub(
        r"(?:href|action)=\S*/(?:invitation|still-true|beds|lits)/\S+", "", found.text
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_opens_nothing_is_answered_alike(name: str, tokens: dict[str, str]) -> None:
    good = tokens[name]
    assert answered(name, good)[0] == 200
    key, _colon, signature = good.rpartition(":")
    signer = {
        "invitation": invite_members.SIGNER,
        "still_true": ask_still_true.SIGNER,
        "night_beds": report_beds.SIGNER,
    }[name]
    wrong = [
        f"{key}:{signature[:-1]}{'A' if signature[-1] != 'A' else 'B'}",
        f"{uuid4().hex}:{signature}",
        key,
        "x",
        *(token for other, token in tokens.items() if other != name),
        signer.sign(uuid4().hex),
        signer.sign("no id"),
    ]
    for post in (False, True):
        answers = {answered(name, token, post=post) for token in wrong}
        assert len(answers) == 1, name
        assert {status for status, _text in answers} == {410}


@pytest.mark.parametrize("name", NAMES)
def test_a_link_that_is_over_is_answered_as_one_that_never_was(
    name: str, tokens: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    never = answered(name, "x")
    later = moment() + timedelta(days=40)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert answered(name, tokens[name]) == never
