"""Phrases that look like an age, a refusal or a promise and are something else: words are kept, nothing is stated."""

from decimal import Decimal
from typing import Any

import pytest

from directory.rules.phrase_ages import Ages, read_ages
from directory.rules.phrase_eligibility import read_eligibility
from directory.rules.phrase_hours import read_hours
from tests.rules.phrase_examples import facts

YEARS_LIVED = """
Under 5 years in Canada|moins de 2 ans au Canada|Under 3 years in Ontario|5 years and under in Canada
under 5 years across Canada|5+ years in Canada|less than 1 year here|in Canada for under 5 years
within 12 months of arrival|sober for 2+ years|clean 30 days|Newcomers. Under 5 years.
Nouveaux arrivants. Moins de 5 ans.
for under 5 years|for 5+ years|Youth under 5 years in Canada|Women under 10 years in Canada|5+ in Canada
au Canada depuis moins de 5 ans|Moins de 5 ans en Ontario|Must be sober. Under 2 years.
""".strip().replace("\n", "|").split("|")  # fmt: skip
MONTHS = """
toddlers 12-24|Toddlers 18-36|infants 0-18|Infants (0-18)|children 18-36|enfants de 18 à 36|18 months to 36
""".strip().split("|")
PEOPLE_COUNTED = """
2+ people|3+ children|individuals 100+
up to 12 children|jusqu'à 3 enfants|at least 2 children|under 25 people|50+ people
""".strip().replace("\n", "|").split("|")  # fmt: skip


@pytest.mark.parametrize("is_age_column", [False, True])
@pytest.mark.parametrize("text", YEARS_LIVED + MONTHS + PEOPLE_COUNTED)
def test_years_lived_somewhere_months_and_numbers_of_people_are_no_age(
    text: str, is_age_column: bool
) -> None:
    assert not read_ages(text, is_age_column=is_age_column).is_sure


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Youth (16-24) in Ontario", 16, 24),
        ("18+ in Ontario", 18, None),
        ("Adults 18 years and over in Canada", 18, None),
        ("18 ans et plus. Partout au Canada.", 18, None),
        ("Jeunes de moins de 25 ans au Canada", None, 24),
        ("Children under 5 years in Canada", None, 4),
        ("Infants 0-18 months", 0, Decimal("1.5")),
        ("18 months to 5", Decimal("1.5"), 5),
        ("18+ women", 18, None),
        ("children 0-6", 0, 6),
    ],
)
def test_ages_with_a_place_or_a_group_are_still_ages(text: str, low: Any, high: Any) -> None:
    years = [None if bound is None else Decimal(bound) for bound in (low, high)]
    assert read_ages(text) == Ages(years[0], years[1], is_sure=True)


PARTS_REFUSED = """
No women experiencing homelessness|Exclusion: women fleeing violence|Women experiencing homelessness not accepted
Exclusion : femmes victimes de violence conjugale|pas de femmes en situation d'itinérance|No men fleeing violence
Exclusion: men experiencing homelessness|Exclusion : hommes en situation d'itinérance|Men leaving violence not admitted
Exclusion: women (under 18)|No men (18+)|Women (under 18) not accepted|No trans men|Exclusion: trans women
Exclusion: men; women fleeing violence|No suboxone|No methadone|Methadone not accepted|Pas de méthadone
""".strip().replace("\n", "|").split("|")  # fmt: skip
UNTOLD = """
Documents required|Documents obligatoires|Must bring documents|Documentation required|Documents exigés
Residents only|Residents of the shelter only|Residents of our housing only|Residents of this building only
No appointments|Pas de rendez-vous|No methadone. Suboxone accepted.
""".strip().replace("\n", "|").split("|")  # fmt: skip
TAKEN_BACK = """
Free. Rent is geared to income.|Services are free. Rent is 30% of income.|Gratuit. Loyer selon le revenu.
No cost. Billed to your insurance.|Free. Insurance required.|Free. Tuition applies.|Gratuit. Assurance exigée.
Free. 25 per session after the third.|Gratuit. 30 $ la séance ensuite.|Free. Rates vary.
No curfew. Doors close at 11 pm.|No curfew. Be back by 11 pm.|Pas de couvre-feu. Portes fermées à 23 h.
Wheelchair accessible. Bedrooms are on the second floor.|Wheelchair accessible. Second floor is not.
Wheelchair accessible. Not the bathroom.|Accessible en fauteuil roulant. Chambres à l'étage.
Accessible en fauteuil roulant. Pas les chambres.|Wheelchair accessible. The dining area is not.
No ID. No service.|No ID. No entry.|No ID, no service.|Sans carte santé. Pas de service.|No health card, no appointment
Self-referral. Through a worker.|Self-referral. By agency.|Auto-référence. Par une intervenante.
""".strip().replace("\n", "|").split("|")  # fmt: skip


@pytest.mark.parametrize("text", PARTS_REFUSED + UNTOLD + TAKEN_BACK)
def test_a_refusal_of_a_part_and_a_promise_that_is_taken_back_state_nothing(text: str) -> None:
    assert read_eligibility(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No men", facts("-gender:man")),
        ("Women only (18+)", facts("gender:woman", "-gender:man")),
        ("Women fleeing violence", facts("gender:woman")),
        ("No prescribed opioids", facts("-accept:prescribed_opioids")),
        ("No documents required", facts("accept:no_id", "accept:no_health_card")),
        ("Residents of the City of Kingston only", facts("-accept:out_of_area")),
        ("Résidents de Laval seulement", facts("-accept:out_of_area")),
        ("Free. Insurance not required.", facts("accept:free")),
        ("Free. Open 24 hours a day.", facts("accept:free")),
        ("Free. Help with rent arrears.", facts("accept:free")),
        ("No curfew. Call us.", facts("accept:no_curfew")),
        ("Wheelchair accessible. Call us.", facts("access:wheelchair")),
        ("No ID, no appointment needed", facts("accept:no_id", "intake:walk_in")),
        ("No ID. No referral.", facts("accept:no_id", "accept:self_referral")),
        ("Sans rendez-vous", facts("intake:walk_in")),
    ],
)
def test_what_can_mean_nothing_else_is_still_stated(text: str, said: Any) -> None:
    assert set(read_eligibility(text)) == set(said)


@pytest.mark.parametrize(
    "text",
    [
        "Closed Mon Tue 9-5",
        "closed Sat Mon-Fri 9-5",
        "fermé lundi mardi 9h-17h",
        "Mondays 9-5 et",
        "lundi 9h-17h et",
    ],
)
def test_hours_that_are_cut_off_or_have_a_day_between_stay_words(text: str) -> None:
    assert not read_hours(text).is_sure
    assert read_hours("Mon-Fri 9-5 ET").zone == "America/Toronto"
