"""Which sentences of eligibility take back what another states, without saying of what they speak.

"Exceptions may be made", "no one is turned away", "couples welcome": a stated no beside such a sentence would hide a
service from people whom it takes. So a no stands only beside sentences that are understood or speak of nothing but
how to call, and where. A yes is taken back by what makes exceptions, or asks for something.
"""

import re
from collections.abc import Sequence

from directory.rules.phrase_eligibility_words import THING
from directory.rules.phrase_text import any_of

REFUSALS = ("indigenous:only",)
"""Yeses that turn others away."""

_EXCEPTS = re.compile(
    any_of(
        r"except\w*", "unless", "sauf", "a moins", "hormis", "case[- ]by[- ]case", "cas par cas", "discretion",
        r"depend(?:s|ing)", "selon le cas",
    )
    + r"|^\W*(?:only )?(?:if|si)\b"
)  # fmt: skip
_ASKS = re.compile(
    any_of(
        r"requir\w*", r"requis\w*", r"exig\w*", r"demande\w*", "mandatory", "obligatoires?", "must", "only",
        "seulement", "uniquement", "doi(?:t|vent)", "devez", "il faut", "ne(?:ed|eds|eded) to", r"refus\w*",
        "prerequisite", "conditions?",
    )
)  # fmt: skip
_COSTS = re.compile(
    any_of(
        "contributions?", "memberships?", "membership card", "cartes? de membre", "adhesions?", "cotisations?",
        "deposits?", "depots?", "extra", "en sus", "dollars?", "suggested", r"suggere\w*", "purchase", "dues", "money",
        "argent", "donations? required", "dons? exiges?",
        r"rents?(?! ?/| (?:arrears|banks?|help|assist|support|suppl))", "rent-geared",
        r"loyers?(?! (?:impaye|en retard))", "tuition", "scolarite",
        r"bill\w*", r"factur\w*", r"geared", "(?:your|on) income", "(?:le|votre|vos) revenus?",
        r"(?<!employment )insur\w+",
        r"assur(?:ance|e|ee|eur)s?(?!-emploi)", r"co-?pay\w*", r"rei?mburs\w*", r"rembours\w*",
        "rates?", "taxes", r"percent",
        r"subscri\w+", r"abonne\w+", "coverage", "not covered", "non couverts?", "moyens", "means",
        "(?:per|par) (?:session|visit|hour|seance|visite|heure)",
    )
    + r"|\d ?%|\b\d+(?:[.,]\d\d)? ?\$? ?(?:per|par|/|an|a|l'|la) ?(?:session|visit|hour|night|day|week|month|person"
    r"|seance|visite|heure|nuit|jour|semaine|mois|personne)"
)  # fmt: skip
_NO_COSTS = re.compile(
    r"\b(?:no|without|sans|pas d'|aucune) ?(?:\w+ ){0,2}?(?:insurance|assurance|tuition|billing)\b"
    r"|\b(?:insurance|assurance)(?: maladie)? (?:is |n'est )?(?:not|non|pas)\b|health insurance cards?"
)
_TURNED_ROUND = (
    r"(?:\b(?:no|without|sans|pas de|pas d'|aucune?) ?(?:{things})(?: ?[.,;:!?\n=|/(-]+ ?| and | et )+"
    r"(?:no|pas de|pas d'|aucune?|zero) ?(?:services?|entry|entrance|entree|admission|admittance|access|acces|beds?|lit"
    r"|stay|sejour|help|aide|visits?|visite|treatment|soins|care|meals?|repas|food|appointments?|rendez-vous"
    r"|consultation|rooms?|chambre)\b)(?!,? (?:animals?|dogs?|is |are |n'est )?(?:animals?|dogs?|needed"
    r"|required|necessary|requis|exige"
    r"|necessaire|fees?))"
)
"""Of one thing that is missing, the other follows: "no ID, no service" asks for one."""
_OF_OTHER_THINGS = re.compile(
    r"(?:except|sauf|excluding)(?: on| for| les| le)? (?:statutory |stat |public )?(?:holidays|christmas"
    r"|jours feries|noel)"
    r"|(?:pre-?)?(?:registration|inscription|appointments?|booking|rendez-vous)s? (?:is |are |est )?"
    r"(?:required|obligatoires?|requis\w*|exige\w*|mandatory)"
    r"|(?:none|not|nothing|non|pas|aucune?) (?:is )?(?:required|mandatory|requis\w*|exige\w*|obligatoires?)"
)
"""What excepts holidays, asks for a registration or for nothing says nothing of people and costs."""

# Days and times are not among them: "women only. Monday 1-3" may say when it is for women only.
_HARMLESS_WORDS = re.compile(
    "(?:" + any_of(
        "none", "required", "call", "phone", "telephone", "text", "chat", "online", "e-?mail", "visit", "see",
        "website", "the", "a", "an", "our", "us", "to", "at", "on", "in", "of", "for", "and", "or", "more", "info",
        "information",
        "intake", "book", "number", "please", "line", "office", "ext", "beds", "rooms?", "meals?", "provided",
        "shelter",
        "services?", "program", "counselling", "appelez", "appeler", "par", "telephonez", "consultez", "voir", "le",
        "la", "les", "de", "du", "des", "et", "au", "site", "web", "lits", "chambres?", "repas", "fournis",
        "health card", "immunization", "records?", "free", "publicly funded", "vaccines?",
    ) + r"|\d|[^\w?])*"
)  # fmt: skip

OPEN_TO_OTHERS = re.compile(
    any_of(
        "everyone", "anyone", "open to (?:all|the public)", "all welcome", r"ouverte? a tou\w+", "tout le monde",
        r"famil\w+", "trans(?:gender)? (?:people|persons|individuals|men|clients)", "personnes trans",
        "(?:all|any) genders?", "tous les genres", "couples", "partners?", "companions?",
    )
)  # fmt: skip
"""Sentences that are understood, and still take back that somebody is turned away."""


def takes_back(name: str, stated: bool, unread: Sequence[str], opens: Sequence[str]) -> bool:  # noqa: FBT001
    """Whether a statement must not stand beside sentences that nobody understood, or that open the door to others."""
    others = [_OF_OTHER_THINGS.sub("", sentence) for sentence in unread]
    if any(_EXCEPTS.search(sentence) for sentence in others):
        return True
    if not stated or name in REFUSALS:
        # "Referral required. Call us.": anybody may call, perhaps.
        is_of_calls = name == "accept:self_referral"
        return bool(opens) or any(is_of_calls or not _HARMLESS_WORDS.fullmatch(one) for one in others)
    if name == "accept:free":
        return any(_COSTS.search(_NO_COSTS.sub("", sentence)) for sentence in unread)
    return name.startswith(("accept:", "intake:")) and any(_ASKS.search(sentence) for sentence in others)


_DEPENDENT = re.compile(_TURNED_ROUND.replace("{things}", THING))
_PAPERS = (
    "accept:no_id", "accept:no_health_card", "accept:no_police_report", "accept:self_referral", "intake:walk_in",
)  # fmt: skip


def turned_round(text: str) -> tuple[str, ...]:
    """What is not granted by "no ID. No service": all that may be asked for, where a text says so, else nothing."""
    return _PAPERS if _DEPENDENT.search(text) else ()
