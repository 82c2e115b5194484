"""The whole made-up country, read once, for the tests that judge it. `conftest.py` makes these fixtures known."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from directory.demo.reading import DemoOrganization, DemoService, read_demo
from directory.demo.story_country import tell_story
from directory.demo.story_words import Words, read_words

TODAY = date(2026, 11, 22)
FOLDER: Path = settings.FIXTURES / "demo"
Pair = tuple[DemoOrganization, DemoService]


@pytest.fixture(scope="session")
def words() -> Words:
    """The words of this project."""
    return read_words(FOLDER / "words")


@pytest.fixture(scope="session")
def country(words: Words) -> list[DemoOrganization]:
    """The hand-written organizations and those around them."""
    told = read_demo(FOLDER)
    return [*told, *tell_story(words, told, today=TODAY)]


@pytest.fixture(scope="session")
def pairs(country: list[DemoOrganization]) -> list[Pair]:
    """Every service with its organization."""
    return [(organization, service) for organization in country for service in organization.service]


@pytest.fixture(scope="session")
def made(country: list[DemoOrganization]) -> list[DemoOrganization]:
    """The organizations that the generator made."""
    return country[len(read_demo(FOLDER)) :]


@pytest.fixture(scope="session")
def made_pairs(made: list[DemoOrganization]) -> list[Pair]:
    """The services that the generator made."""
    return [(organization, service) for organization in made for service in organization.service]
