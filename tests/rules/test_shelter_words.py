"""Shelters by their words: rather one too many than one too few."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.shelter_words import FIRST_SIGHT, sounds_like_shelter

SHELTERS = [
    "Emergency shelter", "Women's Shelters", "EMERGENCY  SHELTER", "Transition house", "Transition-House",
    "Transitional housing", "safe house", "Safe-home network", "Safehouse", "Second stage housing", "Halfway house",
    "Crisis beds", "Emergency housing", "Youth housing", "Recovery home", "Interval House", "Overnight beds",
    "Sanctuary", "Refuge pour femmes", "Refuge", "Hébergement d'urgence", "HÉBERGEMENT", "Maison d'hébergement",
    "Maisons d’hébergement pour femmes", "Maison de transition", "Logement de 2e étape", "Logements de transition",
    "Halte de nuit", "Lits d'urgence", "Foyer pour jeunes", "Ressource de deuxième étape",
    "Shelter for people with pets", "Animal shelter and women's shelter",
]  # fmt: skip
OTHERS = [
    "Legal advice", "Food bank", "Housing search", "Animal shelter", "Cat shelters", "Tax shelters explained",
    "Refuge faunique", "Wildlife refuge", "Bus shelter cleaning", "Women's health", "Youth drop-in", "Safe sex kits",
    "Stage lighting", "Maison de la famille", "Logement abordable", "",
]  # fmt: skip


@pytest.mark.parametrize("name", SHELTERS)
def test_a_shelter_is_known_by_its_name(name: str) -> None:
    assert sounds_like_shelter(name)


@pytest.mark.parametrize("name", OTHERS)
def test_what_nobody_sleeps_in_is_none(name: str) -> None:
    assert not sounds_like_shelter(name)


@given(st.sampled_from(SHELTERS), st.text(), st.lists(st.text()))
def test_one_name_of_several_is_enough_and_words_around_it_hide_it_never(
    name: str, around: str, others: list[str]
) -> None:
    said = f"{around} | {name} | {around}"
    assert sounds_like_shelter(*others, said)


@given(st.text() | st.builds("{}{}".format, st.sampled_from(SHELTERS + OTHERS), st.text()))
def test_the_sieve_of_the_database_lets_no_plain_name_of_a_shelter_through(name: str) -> None:
    if sounds_like_shelter(name) and name.isascii():
        assert re.search(FIRST_SIGHT, name, re.IGNORECASE)


@pytest.mark.parametrize("name", SHELTERS)
def test_the_sieve_takes_every_known_one(name: str) -> None:
    assert re.search(FIRST_SIGHT, name, re.IGNORECASE)
