"""Phrases of real-looking directories that must state no age and no refusal: a wrong one hides a service."""

from decimal import Decimal
from typing import Any

import pytest

from directory.rules.phrase_ages import Ages, read_ages, takes_back
from directory.rules.phrase_eligibility import read_eligibility
from directory.rules.table_records import Record
from directory.rules.table_rows import read_row
from tests.rules.phrase_examples import facts
from tests.rules.table_examples import ROW, mapping

OF_ONE_GROUP = """
Women, children under 12|Femmes, enfants de moins de 12 ans|Adults, children under 16|Youth 12-17, adults
People experiencing homelessness, youth under 25|Seniors (65+), adults|Femmes (enfants de 0 à 5 ans)|Women, girls 12+
Experiencing homelessness, youth under 25|Open to all, youth 12-17|Everyone, youth 12-17|16-24, women|65+/adults
Hommes, jeunes de 16 à 24 ans|Aînés (65+), adultes|enfants de 0 à 6 ans, adultes
Infants, toddlers, children under 6, youth
Familles, enfants de 0 à 6 ans|Women (18+), girls|Adults / youth under 25|Single mothers, children up to 6 years
Personnes de 65 ans et plus, adultes|Women. Boys under 12.|Adultes, jeunes de 16 à 18 ans|18+, women
""".strip().replace("\n", "|").split("|")  # fmt: skip
LENGTHS_AND_COUNTS = """
Up to 2 years|Jusqu'à 2 ans|Women for up to 2 years|6 months to 2 years
Residents: up to 20 people|Up to 6 months|1 à 3 ans
6-12 months|Jusqu'à 12 mois|Minimum 6 months|at least 1 year|Residents for at least 1 year|Adults: up to 20|3 à 6 mois
Women: up to 12|Femmes : jusqu'à 15|Women, up to 10|Children: up to 12
Jeunes : jusqu'à 12|Youth up to 2 years|1 to 3 years
Youth for up to 2 years|Youth, up to 18 months|Séjour de 6 à 12 mois
Logement de transition, de 1 à 3 ans|Clients 1-2 years
Survivors of sexual violence, up to 1 year|Adults 2 to 5 years|2+ years
12+ months|Serving women for 25+ years|Women 5-10
Second-stage housing for 1 to 2 years|Moins de 6 mois|Under 6 months
Adults up to 24 months|Length of stay: up to 1 year
""".strip().replace("\n", "|").split("|")  # fmt: skip
EXCLUSIONS_AND_EXCEPTIONS = """
Exclusions: men 18+|Exclusion: boys 16+|Exclusion: women under 18
Exclusion : hommes de 18 ans et plus|Exclusion: residents 18+
Adults 18+. Everyone is welcome.|Adults 18+. Anybody can call.
Youth 12-24. We are flexible.|18 ans et plus. Bienvenue à chacune.
Women 16+. Exclusions: men 18+
""".strip().replace("\n", "|").split("|")  # fmt: skip


@pytest.mark.parametrize("text", OF_ONE_GROUP + LENGTHS_AND_COUNTS + EXCLUSIONS_AND_EXCEPTIONS)
def test_what_need_not_be_the_age_of_everybody_is_none(text: str) -> None:
    assert not read_ages(text).is_sure


@pytest.mark.parametrize(
    "text", ["Up to 6 months", "6 months to 2 years", "3 à 6 mois", "Adults: up to 20", "18-30 months"]
)
def test_months_and_numbers_of_adults_are_doubtful_even_in_a_column_of_ages(text: str) -> None:
    assert not read_ages(text, is_age_column=True).is_sure


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Youth (16-24) experiencing homelessness", 16, 24),
        ("Survivors of sexual violence (12+). All genders.", 12, None),
        ("All women 18+", 18, None),
        ("Children up to 12", None, 12),
        ("Toddlers 18-30 months", Decimal("1.5"), Decimal("2.5")),
        ("up to 2 years old", None, 2),
        ("Jusqu'à l'âge de 5 ans", None, 5),
        ("Exclusion: adults 25+", None, 24),
        ("Exclusion : enfants de moins de 5 ans", 5, None),
        ("Adults, 18+", 18, None),
    ],
)
def test_ages_that_can_be_nothing_else_are_still_read(text: str, low: Any, high: Any) -> None:
    years = [None if bound is None else Decimal(bound) for bound in (low, high)]
    assert read_ages(text) == Ages(years[0], years[1], is_sure=True)


MAPPING = mapping(
    columns={"name": "name", "eligibility_description": "who"},
    eligibility={"ages": "ages", "minimum_age": "from_age", "notes": ["who", "more"]},
)


def _read(**row: Any) -> Record:
    found = read_row(MAPPING, ROW | row)
    assert isinstance(found, Record), found
    return found


LETTING_IN = [
    "Youth 16 and 17 with a parent are welcome.",
    "Youth with a parent are welcome",
    "Younger clients considered case by case.",
    "Exceptions may be made.",
    "Les jeunes de 16 ans peuvent appeler.",
    "Mineures acceptées avec un parent.",
    "Everyone is welcome.",
    "Tout le monde est bienvenu.",
    "16+ with consent",
]


@pytest.mark.parametrize("limit", [{"ages": "18+"}, {"from_age": 18}])
@pytest.mark.parametrize("text", LETTING_IN)
def test_an_exception_in_any_column_takes_the_limit_of_age_back(limit: dict[str, Any], text: str) -> None:
    found = _read(**limit, more=text)
    assert (found.service.minimum_age, [fact for fact in found.facts if fact.dimension == "age"]) == (
        None,
        [],
    )
    assert "more may let others in" in " ".join(found.warnings)
    assert text in found.service.eligibility_description


@pytest.mark.parametrize(
    "text",
    [
        "Call 555-0100.",
        "20 beds for women",
        "Must be 18 years of age.",
        "Women only.",
        "Monday 9:00 to 16:30",
    ],
)
def test_other_words_leave_the_limit_of_age(text: str) -> None:
    assert _read(ages="18+", more=text).service.minimum_age == 18
    assert not takes_back(text, Ages(Decimal(18), is_sure=True))


REFUSALS_TAKEN_BACK = """
ID required. If you have none, come anyway.|ID required. Exceptions may be made.|ID required. Come as you are.
Pièce d'identité exigée. Exceptions possibles.|Pièce d'identité exigée. Venez comme vous êtes.
Referral required. Clients may also contact us directly.
Referral required. Call us.|Référence requise. Appelez-nous directement.
Health card required. Uninsured patients welcome.|Health card required. No one is turned away.
Carte d'assurance maladie requise. Personne n'est refusé.|Health card required. Clinic sees newcomers too.
Women only. Couples welcome.|Women only. Families welcome.
Women only. Fathers welcome on Saturdays.|Women only. Everyone welcome.
Femmes seulement. Couples acceptés.|Femmes seulement. Pères le samedi.|Femmes seulement. Conjoints invités.
Women only. Families with children.|Women only. Trans people welcome.
Women only. LGBTQ+ affirming.|Women only. Open to all on weekends.
Indigenous people only. Open to everyone on Fridays.
Indigenous people only. Allies welcome.|First Nations only. Also serves others.
Autochtones seulement. Tous bienvenus au festin.|No children. Teens welcome.|No children. Newborns stay with mom.
Families with children. No single men|No single men|Exclusion: single men
No single women|Men only. Wives welcome on Sundays
Women only. Monday 1-3 pm.
Femmes seulement. Le lundi de 13 h à 15 h.|Men only. Tuesdays.
No pets. Kennel nearby.|Pas d'animaux. Pension offerte.
Must be sober. Harm reduction approach.|Must be sober. Exceptions may be made.
Sobriété exigée. Approche de réduction des méfaits.|Curfew at 11 pm. Flexible.
Curfew at 11 pm. Night workers get a key.
Residents only. Exceptions made.
Not wheelchair accessible. Staff can meet you elsewhere.|Rendez-vous requis. Urgences vues le jour même.
Appointment required. Urgent cases seen the same day.|No walk-ins. Except Fridays.|No methadone. Pharmacy next door.
No men. Fathers visit on site.|Exclusion: men. Fathers visit on site.
No sex workers. Survivors call.|No cell phones. Staff keep one for you.
""".strip().replace("\n", "|").split("|")  # fmt: skip


@pytest.mark.parametrize("text", REFUSALS_TAKEN_BACK)
def test_a_sentence_that_may_take_a_refusal_back_leaves_no_refusal(text: str) -> None:
    said = read_eligibility(text)
    assert not [
        fact for fact in said if not fact.stated or (fact.dimension, fact.term) == ("indigenous", "only")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Free. Membership required.",
        "Gratuit. Contribution demandée.",
        "Free. Monthly dues.",
        "Gratuit. Cotisation annuelle de 10 dollars.",
        "Fees: None. Deposit required",
        "Gratuit. Carte de membre obligatoire.",
        "Free. Materials extra.",
        "Gratuit. Don suggéré.",
        "No ID required. Must show passport.",
        "No ID needed, unless you stay the night. No ID needed.",
        "Self-referral. Agency form mandatory.",
        "Wheelchair accessible. Lift is broken.",
        "Sans rendez-vous. Téléphonez avant.",
        "Pets welcome. Case by case.",
        "No curfew. Doors lock at midnight.",
    ],
)
def test_a_yes_that_the_next_sentence_takes_back_is_none(text: str) -> None:
    assert read_eligibility(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Women only. Call 555-0100 for intake.", facts("gender:woman", "-gender:man")),
        ("No pets. None required.", facts("-with:pet")),
        ("Femmes seulement. Appelez au 555-0100.", facts("gender:woman", "-gender:man")),
        ("Free. Registration required.", facts("accept:free")),
        ("Free. Open daily except holidays.", facts("accept:free")),
        ("Free. Donations accepted.", facts("accept:free")),
        ("Women only. No pets. Free.", facts("gender:woman", "-gender:man", "with:pet", "accept:free")),
    ],
)
def test_sentences_of_other_things_take_nothing_back(text: str, said: Any) -> None:
    expected = {(f.dimension, f.term) for f in said}
    assert {(f.dimension, f.term) for f in read_eligibility(text)} == expected
