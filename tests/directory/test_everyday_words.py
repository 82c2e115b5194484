"""What people type in an everyday sentence finds the same help in English and in French, all over the demonstration."""

import pytest

from directory.finding.answer import Answer
from directory.finding.vocabulary import vocabulary
from tests.directory.demo_answers import AskDemo

PAIRS = [
    # Hunger and sleep.
    ("I am hungry", "j'ai faim", "food"),
    ("nothing to eat", "rien à manger", "food"),
    ("food", "bouffe", "food"),
    ("my kids are hungry", "mes enfants ont faim", "food"),
    ("I sleep outside", "je dors dehors", "housing"),
    ("I sleep in my car", "je dors dans mon auto", "housing"),
    ("nowhere to sleep tonight", "nulle part où dormir ce soir", "housing"),
    ("he kicked me out", "il m'a mise dehors", "housing"),
    ("I need a bed tonight", "il me faut un lit ce soir", "housing"),
    ("I was evicted", "j'ai été évincée", "legal_help"),
    # Work.
    ("not paid", "pas payé", "legal_help"),
    ("my boss doesn't pay me", "mon patron ne me paie pas", "legal_help"),
    ("he keeps my wages", "il garde ma paie", "legal_help"),
    ("my boss threatens me", "mon patron me menace", "legal_help"),
    ("I work too many hours", "je travaille trop d'heures", "legal_help"),
    ("nanny", "aide familiale", "legal_help"),
    ("farm workers", "travailleurs agricoles", "legal_help"),
    ("I work on a farm", "je travaille dans une ferme", "legal_help"),
    ("find a job", "trouver un emploi", "employment"),
    # Fear and violence.
    ("I'm scared", "j'ai peur", "talk"),
    ("I am in danger", "je suis en danger", "talk"),
    ("he threatens me", "il me menace", "safety_planning"),
    ("he hits me", "il me frappe", "safety_planning"),
    ("my husband beats me", "mon mari me bat", "safety_planning"),
    ("he follows me", "il me suit", "protection_order"),
    ("he keeps calling me", "il n'arrête pas de m'appeler", "protection_order"),
    ("I was raped", "j'ai été violée", "sexual_assault_care"),
    ("he sells me", "il me vend", "exit_program"),
    ("he won't let me leave", "il ne me laisse pas partir", "talk"),
    ("my pimp", "mon pimp", "exit_program"),
    ("I want to die", "je veux mourir", "crisis_line"),
    ("I need to talk", "j'ai besoin de parler", "crisis_line"),
    ("I feel alone", "je me sens seule", "crisis_line"),
    ("I'm depressed", "je suis déprimée", "mental_health"),
    # Papers and status.
    ("he took my passport", "il a pris mon passeport", "identity_documents"),
    ("they keep my papers", "ils gardent mes papiers", "identity_documents"),
    ("I lost my ID", "j'ai perdu mes cartes", "identity_documents"),
    ("I have no papers", "je n'ai pas de papiers", "immigration_advice"),
    ("my visa expired", "mon visa est expiré", "immigration_advice"),
    ("deportation", "expulsion", "immigration_advice"),
    ("they want to deport me", "on veut m'expulser", "immigration_advice"),
    ("work permit", "permis de travail", "open_work_permit"),
    ("refugee", "réfugiée", "refugee_support"),
    # Body.
    ("I'm pregnant", "je suis enceinte", "reproductive_health"),
    ("morning-after pill", "pilule du lendemain", "reproductive_health"),
    ("I want an abortion", "je veux avorter", "reproductive_health"),
    ("I'm hurt", "je suis blessée", "primary_care"),
    ("I am sick", "je suis malade", "primary_care"),
    ("toothache", "mal de dents", "dental"),
    ("I use drugs", "je consomme", "substance_use"),
    ("I want to stop using", "je veux arrêter de consommer", "substance_use"),
    ("I drink too much", "je bois trop", "substance_use"),
    ("overdose", "surdose", "harm_reduction"),
    # Money and children.
    ("I have no money", "je n'ai pas d'argent", "financial_help"),
    ("I can't pay my rent", "je ne peux pas payer mon loyer", "financial_help"),
    ("debts in my name", "des dettes à mon nom", "financial_help"),
    ("welfare", "aide sociale", "income_support"),
    ("CAS", "DPJ", "community"),
    ("they took my kids", "ils ont pris mes enfants", "community"),
    ("custody of my children", "la garde de mes enfants", "family_law"),
    ("daycare", "garderie", "child_care"),
    # Images and phones.
    ("sextortion", "sextorsion", "image_removal"),
    ("photos", "photos intimes", "image_removal"),
    ("naked photos online", "photos nues en ligne", "image_removal"),
    ("he posted my nudes", "il a publié mes nudes", "image_removal"),
    ("blackmail", "chantage", "image_removal"),
    ("he reads my messages", "il lit mes messages", "technology_safety"),
    ("my phone is tracked", "mon téléphone est surveillé", "technology_safety"),
    # Law, and the rest of a week.
    ("I was arrested", "j'ai été arrêtée", "criminal_defence"),
    ("court tomorrow", "cour demain", "court_support"),
    ("I need a lawyer", "il me faut une avocate", "legal_help"),
    ("warm clothes", "linge chaud", "clothing"),
    ("take a shower", "prendre une douche", "storage_hygiene"),
    ("I need a ride", "j'ai besoin d'un lift", "transport"),
    ("learn English", "apprendre l'anglais", "language_training"),
    ("24/7", "24 heures sur 24", ""),
]


def members(need: str) -> set[str]:
    """The slugs that a need or group of needs stands for; all of them where it is empty."""
    needs = vocabulary().needs
    return {slug for slug, known in needs.items() if need in ("", slug, known.parent)}


def shown(found: Answer) -> list[tuple[str, set[str]]]:
    """Ids and needs of what the first page shows, near and from afar."""
    return [(result.facts["id"], set(result.facts["needs"])) for result in found.results + found.elsewhere]


@pytest.mark.parametrize("place", ["Toronto", "Vancouver"])
@pytest.mark.parametrize(("english", "french", "need"), PAIRS)
def test_an_everyday_sentence_finds_the_same_help_in_both_languages(
    ask_country: AskDemo, english: str, french: str, need: str, place: str
) -> None:
    told = [shown(ask_country(f"near={place}&q={sentence}")) for sentence in (english, french)]
    for found in told:
        assert any(needs & members(need) for _, needs in found)
    first, second = ({id_ for id_, _ in found} for found in told)
    assert len(first & second) >= 0.6 * len(first | second)


def test_farm_workers_are_not_sent_to_sex_workers_first(ask_country: AskDemo) -> None:
    for q in ("farm workers", "travailleurs agricoles"):
        for place in ("Ottawa", "Toronto", "Montreal", "Winnipeg", "Leamington", "Vancouver"):
            led = ["sex_worker_led" in needs for _, needs in shown(ask_country(f"near={place}&q={q}"))]
            assert not led[0], (q, place)
            assert sum(led) <= 2, (q, place)


def test_hunger_is_no_misspelled_word(ask_country: AskDemo) -> None:
    found = ask_country("near=Ottawa&q=j'ai faim")
    assert found.words_read == ()
    assert found.total == ask_country("near=Ottawa&q=hungry").total > 50
