"""The closed list of what a service may state about whom it takes, and how it treats them.

A fact is a dimension, a term of it (or none), yes or no, and bounds where something is counted. What no fact says
is not stated: it hides nothing, it says "ask". What a service costs and whether it takes people from elsewhere are
terms of `accept` (`free`, `out_of_area`), as in the search parameters of the same names. `way` has what no phone of
HSDS can tell: a chat stands on a website and has no number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

Bound = Decimal | int | None


class Counted(Enum):
    """What `low` and `high` of a dimension count, and its largest sensible number."""

    NOTHING = 0
    YEARS = 120
    DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Term:
    """One answer that can be stated, with its labels."""

    slug: str
    name: str
    name_fr: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that can be stated. Without `terms` the bounds alone say it; `is_one_of_them`: a single term holds."""

    slug: str
    name: str
    name_fr: str
    terms: tuple[Term, ...] = ()
    counted: Counted = Counted.NOTHING
    is_one_of_them: bool = False

    def term(self, slug: str) -> Term | None:
        """The term of that slug, or nothing."""
        return next((term for term in self.terms if term.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a service states. `low` and `high` are inclusive; none of them: without that bound."""

    dimension: str
    term: str = ""
    stated: bool = True
    low: Decimal | None = None
    high: Decimal | None = None


def _terms(lines: str) -> tuple[Term, ...]:
    """Each line is `slug | English | French`."""
    rows = [[part.strip() for part in line.split("|")] for line in lines.strip().splitlines()]
    return tuple(Term(slug, name, french) for slug, name, french in rows)


GENDERS = _terms("""
woman | Women | Femmes
man | Men | Hommes
non_binary | Non-binary people | Personnes non binaires
two_spirit | Two-Spirit people | Personnes aux deux esprits
""")
COMPANY = _terms("""
children | Your children | Vos enfants
companion | A person who comes with you | Une personne qui vous accompagne
partner | Your partner | Votre partenaire
adult_dependant | An adult who depends on you | Une personne adulte à votre charge
pet | A pet | Un animal de compagnie
""")
SEXES = _terms("""
any | Children | Enfants
female | Girls | Filles
male | Boys | Garçons
""")
NATIONS = _terms("""
only | Only Indigenous people | Seulement les Autochtones
first_nations | First Nations people | Membres des Premières Nations
inuit | Inuit | Inuit
metis | Métis people | Personnes métisses
non_status_or_unsure | Without status, or not sure | Sans statut, ou sans certitude
""")
STATUSES = _terms("""
citizen | Canadian citizens | Citoyennes et citoyens du Canada
permanent_resident | Permanent residents | Résidentes et résidents permanents
protected_person | Protected persons | Personnes protégées
refugee_claimant | People who asked for refugee protection | Personnes qui demandent l'asile
trafficking_permit | Temporary resident permit after trafficking | Permis de séjour temporaire à la suite de la traite
employer_specific_permit | Work permit tied to one employer | Permis de travail lié à un seul employeur
open_work_permit | Open work permit | Permis de travail ouvert
student | Study permit | Permis d'études
visitor | Visitors | Visiteuses et visiteurs
expired | Papers that have run out | Papiers expirés
none | No papers | Sans papiers
""")
CONDITIONS = _terms("""
no_id | No identity papers needed | Sans pièce d'identité
no_health_card | No health card needed | Sans carte d'assurance maladie
no_police_report | No police report needed | Sans rapport de police
no_self_identification | No need to say what happened to you | Sans avoir à dire ce que vous avez vécu
asks_no_status | Does not ask about immigration status | Ne demande pas le statut d'immigration
no_enforcement_sharing | Tells police and immigration nothing | Ne dit rien à la police ni à l'immigration
self_referral | You can ask for yourself | Vous pouvez faire la demande vous-même
out_of_area | People from elsewhere can come | Ouvert aux personnes venues d'ailleurs
substance_use | People who use alcohol or drugs can come | Ouvert aux personnes qui consomment
prescribed_opioids | Prescribed opioids are accepted | Opioïdes sur ordonnance acceptés
sex_work | People who do sex work can come | Ouvert aux personnes qui font du travail du sexe
criminal_record | People with a criminal record can come | Ouvert aux personnes qui ont un casier judiciaire
trans_welcome | Trans people are welcome | Les personnes trans sont les bienvenues
keep_phone | You keep your phone | Vous gardez votre téléphone
no_curfew | No curfew | Pas de couvre-feu
no_religion | No religious duties | Aucune obligation religieuse
free | Free | Gratuit
""")
ACCESS = _terms("""
wheelchair | By wheelchair | En fauteuil roulant
deaf | For Deaf people | Pour les personnes sourdes
blind | For people who do not see well | Pour les personnes qui voient mal
cognitive | For people who need simple words or more time | Pour qui a besoin de mots simples ou de temps
personal_care | With help for personal care | Avec de l'aide pour les soins personnels
service_animal | Service animals come in, which is a right | Animaux d'assistance admis, c'est un droit
""")
INTAKE = _terms("""
self_call | You call | Vous appelez
walk_in | You come in | Vous vous présentez
pickup | They pick you up | On vient vous chercher
worker_call | A worker calls for you | Une intervenante ou un intervenant appelle pour vous
""")
WAYS = _terms("""
chat | By online chat | Par clavardage
video | By video call | Par appel vidéo
""")
TOLD = _terms("""
only_if_law_requires | Only what the law demands | Seulement ce que la loi exige
with_consent | Only if you agree | Seulement si vous êtes d'accord
routinely | As a matter of course | De façon habituelle
""")

_ALL = (
    Dimension("age", "Age", "Âge", counted=Counted.YEARS),
    Dimension("gender", "Gender", "Genre", GENDERS),
    Dimension("with", "Who can come along", "Qui peut venir avec vous", COMPANY),
    Dimension("child", "Children who can come along", "Enfants qui peuvent venir", SEXES, Counted.YEARS),
    Dimension("indigenous", "Indigenous people", "Autochtones", NATIONS),
    Dimension("status", "Immigration status", "Statut d'immigration", STATUSES),
    Dimension("accept", "Conditions", "Conditions", CONDITIONS),
    Dimension("access", "Access", "Accessibilité", ACCESS),
    Dimension("intake", "How to get in", "Comment y entrer", INTAKE),
    Dimension("way", "How to talk with them", "Comment leur parler", WAYS),
    Dimension(
        "tells_police", "What police are told", "Ce qui est dit à la police", TOLD, is_one_of_them=True
    ),
    Dimension(
        "tells_immigration",
        "What immigration officials are told",
        "Ce qui est dit aux autorités de l'immigration",
        TOLD,
        is_one_of_them=True,
    ),
    Dimension(
        "tells_child_protection",
        "What child protection is told",
        "Ce qui est dit à la protection de l'enfance",
        TOLD,
        is_one_of_them=True,
    ),
    Dimension("stay", "Days one can stay", "Jours de séjour", counted=Counted.DAYS),
)
DIMENSIONS: dict[str, Dimension] = {dimension.slug: dimension for dimension in _ALL}
"""Every dimension by its slug, in the order of the pages."""


def check_fact(dimension: str, term: str, stated: bool, low: Bound, high: Bound) -> str:  # noqa: FBT001
    """What is wrong with a fact, in English for whoever enters it; empty if nothing is."""
    known = DIMENSIONS.get(dimension)
    if known is None:
        return "There is no such dimension."
    if known.terms and known.term(term) is None:
        return "There is no such term in this dimension."
    if not known.terms and term:
        return "This dimension has no terms, only bounds."
    if not stated and (known.is_one_of_them or not known.terms):
        return "Here only what holds can be stated."
    return _check_bounds(known, low, high)


def _check_bounds(dimension: Dimension, low: Bound, high: Bound) -> str:
    given = [bound for bound in (low, high) if bound is not None]
    if dimension.counted is Counted.NOTHING:
        return "Nothing is counted here." if given else ""
    if not given and not dimension.terms:
        return "At least one bound is needed."
    # A Decimal that is not a number compares with nothing: asked first.
    if not all(Decimal(bound).is_finite() for bound in given):
        return "The bounds must be numbers."
    if not all(0 <= bound <= dimension.counted.value for bound in given):
        return f"The bounds must lie between 0 and {dimension.counted.value}."
    if low is not None and high is not None and low > high:
        return "The lower bound is above the upper one."
    return ""


def check_facts(facts: Iterable[Fact]) -> list[str]:
    """What is wrong with the facts of one service: each by itself, the same twice, two answers where one holds."""
    problems, seen = [], set()
    for fact in facts:
        problem = check_fact(fact.dimension, fact.term, fact.stated, fact.low, fact.high)
        known = DIMENSIONS.get(fact.dimension)
        key = (fact.dimension, "" if known and known.is_one_of_them else fact.term)
        if not problem and key in seen:
            problem = "This is stated twice."
        seen.add(key)
        if problem:
            problems.append(f"{fact.dimension[:40]} {fact.term[:40]}".strip() + f": {problem}")
    return problems
