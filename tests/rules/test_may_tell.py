"""Words that may tell where a protected place is: what is asked about, and what is let alone, in both languages."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.may_tell import LONGEST, Kind, new_suspicions, plain, suspicions, texts_of

TELLS = {
    Kind.STREET: (
        "We are at 12 Mill Lane.",
        "Come to 1509 14th Street.",
        "Just off Princess Street",
        "corner of King and Queen",
        "au 44, rue Principale",
        "à l’angle de Wellington et Princess",
        "sur la rue Wellington",
        "chemin du Moulin",
    ),
    Kind.CODE: ("K7L 2A3", "Our mail: k7l2a3", "H2X-1Y4"),
    Kind.LANDMARK: (
        "near the Catholic church",
        "across from the hospital",
        "Two blocks from the mall",
        "10 minutes' walk from the train station",
        "near Lansdowne Park",
        "close to Tim Hortons",
        "en face de l’école secondaire",
        "à deux pas du métro et derrière la pharmacie",
        "à côté du dépanneur",
        "près de l’église Saint-Joseph",
        "à cinq minutes à pied du pont",
    ),
    Kind.TRANSIT: (
        "Take bus 7",
        "bus route 12 comes by",
        "the bus stop is right outside",
        "Exit 12 of the highway",
        "autobus 51",
        "la ligne 4 du métro",
        "arrêt d’autobus",
        "métro station 3",
        "Descendez à la station Berri",
    ),
    Kind.BUILDING: (
        "the red brick house",
        "Look for the blue door",
        "on the third floor",
        "in the basement of a church",
        "a three-storey building",
        "Use the side door",
        "ring the buzzer",
        "above the bakery",
        "la porte bleue",
        "une maison blanche",
        "au deuxième étage",
        "immeuble de trois étages",
        "entrée par la cour",
        "sonnez à la deuxième sonnette",
    ),
    Kind.VISITS: (
        "A nurse visits every Tuesday",
        "The public health van comes on Mondays",
        "Police officers drop by weekly",
        "Every Friday a lawyer comes",
        "une infirmière passe chaque mardi",
        "un médecin vient le jeudi",
        "toutes les semaines, une avocate est sur place",
    ),
}
TELLS_NOTHING = (
    "We help women and their children.",
    "You can stay up to 30 days.",
    "We pay your bus fare and give bus tickets.",
    "Call our line day and night: 1 800 555-0199.",
    "A worker meets you where you feel safe. We can pick you up.",
    "Open Monday to Friday, 9 to 5.",
    "There is a bed near you.",
    "We are here for you every day. Someone answers every night.",
    "The building has an elevator and a ramp.",
    "Your room has a door that locks.",
    "Children go to school; we help with homework.",
    "We go with you to court and to the hospital.",
    "Nous donnons des billets d’autobus.",
    "Nous sommes ouverts le lundi de 9 h à 17 h.",
    "Vous pouvez venir avec vos enfants et vos animaux.",
    "Nos intervenantes parlent anglais, français et cri.",
    "Nous vous accompagnons à l’hôpital et au tribunal.",
    "dans la ville de Québec",
    "",
)
CASES = [(kind, text) for kind, texts in TELLS.items() for text in texts]


@pytest.mark.promise(1)
@pytest.mark.parametrize(("kind", "text"), CASES)
def test_how_places_are_told_is_asked_about(kind: Kind, text: str) -> None:
    """Promise 1: a keeper is asked about each of these before it is saved."""
    assert kind in [one.kind for one in suspicions(text)]


@pytest.mark.parametrize("text", TELLS_NOTHING)
def test_what_every_listing_says_is_let_alone(text: str) -> None:
    assert suspicions(text) == []


AROUND = st.sampled_from(("", "We are here. ", "Bonjour à vous. ", "(", "« ", "\n", "Free; "))


@given(st.sampled_from(CASES), AROUND, st.sampled_from(("", ".", " – call us.", "\nCall us.", " »", ")")))
def test_it_is_found_wherever_it_stands_and_shown_as_it_was_typed(
    case: tuple[Kind, str], before: str, after: str
) -> None:
    kind, text = case
    whole = before + text + after
    found = suspicions(whole)
    assert kind in [one.kind for one in found]
    told = " ".join(unicodedata.normalize("NFC", whole).split())
    assert all(one.words in told for one in found)


@given(st.sampled_from([case for case in CASES if case[0] not in (Kind.STREET, Kind.LANDMARK)]))
def test_capitals_and_accents_hide_nothing(case: tuple[Kind, str]) -> None:
    kind, text = case
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    for written in (text.upper(), text.lower(), bare, unicodedata.normalize("NFD", text)):
        assert kind in [one.kind for one in suspicions(written)]


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert all(one.words and len(one.words) <= LONGEST for one in suspicions(text))


@given(st.sampled_from(CASES), st.sampled_from(CASES))
def test_only_what_is_new_is_asked_about(one: tuple[Kind, str], other: tuple[Kind, str]) -> None:
    assert new_suspicions(one[1], one[1]) == []
    assert new_suspicions(None, one[1])
    assert set(new_suspicions(one[1], other[1])) <= set(suspicions(other[1]))


def test_notes_of_numbers_and_hours_are_looked_at_too() -> None:
    rows = [{"id": "1", "number": "613-555-0142", "description": "ring the buzzer"}]
    assert [one.kind for one in new_suspicions([], rows)] == [Kind.BUILDING]
    hours = {"state": "times", "days": [[[540, 600]]], "note": "", "note_fr": "la porte bleue"}
    assert [one.kind for one in new_suspicions(None, hours)] == [Kind.BUILDING]
    assert texts_of(None) == texts_of(7) == []
