"""Words that lead somebody to a door or another person, and the few notices that lead nowhere (promise 26)."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules import leading_away
from directory.rules.holding import Hold, Listing, hold_of
from directory.rules.leading_away import is_plain_closing, leads_away, leads_to, says_otherwise, turns_from

pytestmark = pytest.mark.promise(26)
OPEN, SHELTER = Listing(["legal_advice"]), Listing(["emergency_shelter"])


@pytest.mark.parametrize(
    "text",
    [
        "Do not call the number below. Ask for Marc in the cafe at 12 King Street.",
        "For a bed tonight ask for Marc at the Burntwood Hotel bar, not at this number.",
        "12 Cree Road",
        "twelve Cree Road",
        "R8N 1A1",
        "Behind the Walmart, red door",
        "N’appelez pas ce numéro",
        "Demandez Marc au bar",
        "Nouveau numéro bientôt",
        "Venez au 12, rue King",
        "Come to the Tim Hortons on Main",
        "Meet us outside",
        "Le numéro a changé",
        "On vient vous chercher au terminus",
        "ask for marc",
        "Don't use this phone number",
        "Corner of King and Queen",
        "We have moved",
        "Call the new number",
    ],
)
def test_words_that_lead_away_wait_for_a_call(text: str) -> None:
    for key in ("service.alert", "service.application_process_fr", "organization.description"):
        assert hold_of(key, "", text, OPEN) is Hold.CALL
    note = [{"id": "x", "code": "eng", "name": "English", "note": text}]
    assert hold_of("languages", [], note, OPEN) is Hold.CALL
    assert hold_of("hours/x/", {"state": "always"}, {"state": "always", "note": text}, OPEN) is Hold.CALL
    assert not leads_away(text, text, is_notice=True)


@pytest.mark.parametrize(
    "text",
    [
        "You can ask for an interpreter.",
        "We help with rent and a safe place to stay. 18 to 24 years of age.",
        "Appelez-nous ou venez nous voir. Pas besoin de rendez-vous.",
        "Nous offrons 12 places pour les femmes. Demandez de l'aide.",
        "Groups meet every Tuesday in the evening",
        "24 hours a day, on the way to safety",
        "L'équipe est en place. Du soutien au téléphone, dans votre langue.",
    ],
)
def test_plain_words_lead_nowhere(text: str) -> None:
    assert not leads_away("", text)
    assert hold_of("service.description", "", text, OPEN) is Hold.NOTHING
    assert hold_of("service.description", "", text, SHELTER) is Hold.REVIEW
    assert hold_of("organization.description_fr", "", text, SHELTER) is Hold.REVIEW


def test_another_street_or_name_leads_elsewhere() -> None:
    assert leads_away("We are at 12 King Street.", "We are at 12 Queen Street.")
    assert leads_away("Au 12, rue King", "Au 12, rue Queen")
    assert leads_away("Ask for Ana.", "Ask for Marc.")
    assert not leads_away("We are at 12 King Street.", "Find us at 12 King Street, upstairs.")


def test_the_way_to_a_street_may_tell_what_is_beside_it() -> None:
    before, after = {"directions": ""}, {"directions": "Behind the library."}
    assert hold_of("where/x", before, after, OPEN) is Hold.REVIEW
    assert hold_of("where/x", before, {"directions": "Ask for Marc."}, OPEN) is Hold.CALL


def test_a_comma_is_nothing_to_read() -> None:
    assert not says_otherwise("Lunch at noon", "lunch, at Noon.")
    assert hold_of("service.description", "Lunch at noon", "Lunch, at noon.", SHELTER) is Hold.NOTHING
    assert hold_of("service.alert", "Lunch at noon", "Lunch, at noon.", OPEN) is Hold.NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "We are closed today.",
        "Closed on Friday.",
        "Full tonight. Sorry.",
        "We are closed because of the storm. We open again on Monday.",
        "Nous sommes fermés aujourd’hui.",
        "Complet ce soir.",
        "Le bureau est fermé jusqu’à lundi en raison de la neige.",
    ],
)
def test_closed_today_is_on_the_site_at_once(text: str) -> None:
    for key in ("service.alert", "service.alert_fr"):
        assert hold_of(key, "", text, SHELTER) is Hold.NOTHING
        assert hold_of(key, "", text, Listing(is_let_in=False)) is Hold.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "Welcome.",
        "Closed for good.",
        "Closed until further notice.",
        "Our phone line is down today.",
        "Closed today, come tomorrow at 9.",
        "Closed today. Marc is open.",
        "Closed until December.",
        "Notre ligne est en panne aujourd’hui.",
    ],
)
def test_any_other_notice_is_read(text: str) -> None:
    assert hold_of("service.alert", "", text, OPEN) is Hold.REVIEW
    assert hold_of("service.alert_fr", "Welcome in.", text, OPEN) is Hold.REVIEW


def test_taking_a_notice_away_waits_for_nothing() -> None:
    assert hold_of("service.alert", "Ask for Marc at 12 King Street.", "", SHELTER) is Hold.NOTHING


@pytest.mark.parametrize("text", ["You may ask for help.", "Vous pouvez demander de l'aide."])
def test_a_notice_says_to_ask_for_nobody(text: str) -> None:
    assert hold_of("service.alert", "", text, OPEN) is Hold.CALL
    assert hold_of("service.fees_description", "", text, OPEN) is Hold.NOTHING


LISTED = sorted(chain(leading_away._CLOSED, leading_away._TODAY, leading_away._PLAIN))


@given(st.lists(st.sampled_from(LISTED), max_size=16).map(" ".join))
def test_no_words_of_the_small_list_lead_anywhere(text: str) -> None:
    if is_plain_closing(text):
        assert not leads_away("", text, is_notice=True)


@given(st.text(max_size=120), st.sampled_from(["Ask for Marc", "12 King Street", "Do not call", "Meet me"]))
def test_nothing_around_it_hides_what_leads_away(around: str, told: str) -> None:
    assert leads_to(f"{around}\n{told}.") | turns_from(f"{around}\n{told}.") or around[-1:].isalnum()
