"""The columns of an organization's own sheet: what each holds, under which name, and what may be written there.

Both languages stand here, for the sheet explains itself in both. `key` is the part of a listing's profile that a column
is about (directory/rules/holding.py); of hours it is the kind, of facts the dimension.
"""

from dataclasses import dataclass
from enum import Enum

from directory.rules.eligibility_terms import DIMENSIONS, Dimension
from directory.rules.text import fold


class Kind(Enum):
    """How a cell is written and read."""

    ID = "id"
    ORGANIZATION = "organization"
    MARK = "mark"
    TEXT = "text"
    LINE = "line"
    EMAIL = "email"
    SITE = "site"
    STATUS = "status"
    PHONES = "phones"
    LANGUAGES = "languages"
    HOURS = "hours"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence or name in both languages."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        """In "fr" or else "en"."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `slug` never changes: a sheet that was saved elsewhere is read by it, or by either header."""

    slug: str
    kind: Kind
    key: str
    header: Told
    help: Told


WORDS = Told("Words. One language is enough.", "Des mots. Une seule langue suffit.")
CALL = Told(
    "We call you back before a change of this is shown.",
    "Nous vous rappelons avant d’afficher un changement ici.",
)
SERVICE_TEXTS = (
    ("name", Kind.LINE, "Name", "Nom", CALL),
    ("description", Kind.TEXT, "What you get", "Ce que vous obtenez", WORDS),
    ("application_process", Kind.TEXT, "How to start", "Comment commencer", WORDS),
    ("fees_description", Kind.TEXT, "Cost", "Coût", WORDS),
    ("eligibility_description", Kind.TEXT, "Who can come, in words", "Qui peut venir, en mots", WORDS),
    (
        "alert",
        Kind.TEXT,
        "Notice at the top",
        "Avis en haut de la fiche",
        Told("Shown first, to everybody.", "Affiché en premier, à tout le monde."),
    ),
)
HOURS = (
    ("", "hours", "Hours", "Heures"),
    ("intake", "hours_intake", "Hours for newcomers", "Heures d’accueil"),
    ("phone", "hours_phone", "Hours of the telephone", "Heures du téléphone"),
    ("office", "hours_office", "Hours of the office", "Heures du bureau"),
    ("drop_in", "hours_drop_in", "Hours to drop in", "Heures sans rendez-vous"),
    ("resident", "hours_resident", "Hours of people who stay", "Heures des personnes hébergées"),
)
HOURS_HELP = Told(
    "For example: Mon-Thu 9:00-17:00; Fri 9:00-12:00, 13:00-16:00. Or: day and night; by appointment. "
    "Days that are not named are closed. Empty: not stated. Holidays, single days and notes stay as they are. "
    "Hours with seasons are changed at your desk.",
    "Par exemple : lun-jeu 9:00-17:00; ven 9:00-12:00, 13:00-16:00. Ou : jour et nuit; sur rendez-vous. "
    "Les jours non nommés sont fermés. Vide : non précisé. Les jours fériés, les jours particuliers et les notes "
    "restent tels quels. Des heures selon la saison se changent à votre bureau.",
)


def _bilingual(name: str, kind: Kind, english: str, french: str, help_: Told) -> list[Column]:
    """A column for each language."""
    return [
        Column(
            name,
            kind,
            f"service.{name}",
            Told(f"{english} (English)", f"{french} (anglais)"),
            help_,
        ),
        Column(
            f"{name}_fr",
            kind,
            f"service.{name}_fr",
            Told(f"{english} (French)", f"{french} (français)"),
            help_,
        ),
    ]


def _facts(dimension: Dimension) -> Column:
    return Column(
        f"facts_{dimension.slug}",
        Kind.FACTS,
        dimension.slug,
        Told(dimension.name, dimension.name_fr),
        _facts_help(dimension),
    )


def _facts_help(dimension: Dimension) -> Told:
    if not dimension.terms:
        return Told(
            "From and up to: 16 to 29, 16+ or up to 29. Empty: not stated.",
            "De et jusqu’à : 16 à 29, 16+ ou jusqu’à 29. Vide : non précisé.",
        )
    if dimension.is_one_of_them:
        return Told("One of the answers. Empty: not stated.", "Une des réponses. Vide : non précisé.")
    if dimension.counted.value:
        return Told(
            "Each with yes or no, and ages: Girls: yes, 0 to 12; Boys: no. What is not named is not stated.",
            "Chacun avec oui ou non, et les âges : Filles: oui, 0 à 12; Garçons: non. Non nommé : non précisé.",
        )
    return Told(
        "Each with yes or no, parted by semicolons. What is not named is not stated: people are told to ask.",
        "Chacun avec oui ou non, séparés par des points-virgules. Ce qui n’est pas nommé n’est pas précisé.",
    )


_TEXTS = [column for row in SERVICE_TEXTS for column in _bilingual(*row)]
_STATUS = Column(
    "status",
    Kind.STATUS,
    "service.status",
    Told("Open or closed", "Ouvert ou fermé"),
    Told(
        "One of the values. Closing is read by somebody first.",
        "Une des valeurs. Une fermeture est lue par quelqu’un d’abord.",
    ),
)
_PHONES = Column(
    "phones",
    Kind.PHONES,
    "phones",
    Told("Telephone", "Téléphone"),
    Told(
        "One number on each line: 613-555-0142, extension 3, for texts (Nurse / Infirmière). "
        "Empty: the organization's own numbers are shown. We call you back before a change of this is shown.",
        "Un numéro par ligne : 613-555-0142, poste 3, pour les textos (Nurse / Infirmière). "
        "Vide : les numéros de l’organisme sont affichés. Nous vous rappelons avant d’afficher un changement ici.",
    ),
)
_LANGUAGES = Column(
    "languages",
    Kind.LANGUAGES,
    "languages",
    Told("Languages", "Langues"),
    Told(
        "Parted by semicolons: English; Cree (interpreter).",
        "Séparées par des points-virgules : français; cri (interprète).",
    ),
)
_INTERPRETERS = Column(
    "interpretation_services",
    Kind.LINE,
    "service.interpretation_services",
    Told("Interpreters for other languages", "Interprètes pour d’autres langues"),
    WORDS,
)
ID = Column(
    "id",
    Kind.ID,
    "",
    Told("Number of the listing", "Numéro de la fiche"),
    Told(
        "Leave it as it is: it says which listing this is.",
        "À laisser tel quel : il dit de quelle fiche il s’agit.",
    ),
)
ORGANIZATION = Column(
    "organization",
    Kind.ORGANIZATION,
    "",
    Told("Organization", "Organisme"),
    Told(
        "Whose listing it is. It is not read: a name is changed at the desk.",
        "À qui est la fiche. Ce n’est pas lu : un nom se change au bureau.",
    ),
)
MARK = Column(
    "mark",
    Kind.MARK,
    "",
    Told("Mark of the download", "Marque du téléchargement"),
    Told(
        "Leave it as it is: it shows whether somebody changed the listing after you downloaded this.",
        "À laisser tel quel : elle montre si quelqu’un a changé la fiche après votre téléchargement.",
    ),
)
COLUMNS: tuple[Column, ...] = (
    *_TEXTS[:2],
    _STATUS,
    _PHONES,
    Column("email", Kind.EMAIL, "service.email", Told("E-mail address", "Adresse courriel"), CALL),
    Column("url", Kind.SITE, "service.url", Told("Website", "Site Web"), CALL),
    *(Column(slug, Kind.HOURS, kind, Told(en, fr), HOURS_HELP) for kind, slug, en, fr in HOURS),
    *_TEXTS[2:10],
    *map(_facts, DIMENSIONS.values()),
    _LANGUAGES,
    _INTERPRETERS,
    *_TEXTS[10:],
)
"""What a keeper may change, in the order of the sheet; before them stands ID, after them MARK."""
SHEET: tuple[Column, ...] = (ID, *COLUMNS, MARK)
NETWORK: tuple[Column, ...] = (ID, ORGANIZATION, *COLUMNS, MARK)
"""The sheet of somebody who keeps several organizations."""
UNREAD = frozenset({ID.slug, ORGANIZATION.slug, MARK.slug})
"""What no cell changes."""
BY_SLUG = {column.slug: column for column in NETWORK}
_HEADERS = {
    fold(name): column for column in NETWORK for name in (column.slug, column.header.en, column.header.fr)
}


def column_of(header: str) -> Column | None:
    """The column that a header names, in either language or by its slug."""
    return _HEADERS.get(fold(header))
