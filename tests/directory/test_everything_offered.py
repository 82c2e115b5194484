"""Whatever the form offers is found somewhere in the demonstration."""

import re

import pytest

from directory.finding.answer import known_values
from directory.finding.vocabulary import vocabulary
from directory.rules.query import CHOICES
from tests.directory.demo_answers import AskDemo
from tests.directory.demo_country import Pair

NAMES = ("way", "open", "accept", "access", "intake", "with", "gender", "indigenous", "status")
OFFERED = [(name, value) for name in NAMES for value in CHOICES[name]]


@pytest.mark.parametrize(("name", "value"), OFFERED)
def test_each_value_of_the_form_finds_something(ask_country: AskDemo, name: str, value: str) -> None:
    assert ask_country(f"{name}={value}").total


def test_each_need_and_focus_finds_something(ask_country: AskDemo) -> None:
    told = [("need", slug) for slug, need in vocabulary().needs.items() if need.is_offered]
    told += [("focus", slug) for slug in known_values()["focus"]]
    assert len(told) > 80
    assert [pair for pair in told if not ask_country(f"{pair[0]}={pair[1]}").total] == []


def test_what_is_called_by_video_is_found_by_video(ask_country: AskDemo, pairs: list[Pair]) -> None:
    by_video = re.compile(r"(?:by|par) vid[eé]o", re.IGNORECASE)
    told = [
        s for _, s in pairs if by_video.search(f"{s.name} {s.name_fr} {s.description} {s.description_fr}")
    ]
    assert len(told) >= 7
    assert [service.name for service in told if "way:video" not in service.facts] == []
    assert ask_country("way=video").total >= 7
