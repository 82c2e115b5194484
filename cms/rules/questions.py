"""What a question of an assessment tool must not ask: how somebody looks, where they are from, what work they do.

None of it tells whether somebody is exploited, and all of it has led to people being watched, searched and deported.
Words of both languages are looked for in both, folded, as whole words; "*" ends a stem. A list finds the plain
cases: the groups that review a tool find the others.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from directory.rules.text import fold


class Unasked(StrEnum):
    """What no question may be about."""

    APPEARANCE = "appearance"
    NATIONALITY = "nationality"
    OCCUPATION = "occupation"


WORDS: Mapping[Unasked, tuple[str, ...]] = {
    Unasked.APPEARANCE: (
        *("appearance", "look like", "looks like", "looking like", "look young", "looks young"),
        *(
            "dress",
            "dressed",
            "dresses",
            "outfit*",
            "wear",
            "wears",
            "wearing",
            "makeup",
            "hair",
            "looks tired",
        ),
        *("skin", "tattoo*", "piercing*", "bruise*", "scar", "scars", "unkempt", "malnourished", "posture"),
        *("eye contact", "body language", "provocative*", "accent", "nails", "veil", "hijab", "underweight"),
        *("apparence", "l air", "a l air", "ont l air", "semble", "vetu*", "habille*", "tenue vestimentaire"),
        *("maquill*", "cheveux", "peau", "tatou*", "ecchymose*", "cicatrice*", "hematome*"),
        *("regard fuyant", "contact visuel", "langage corporel", "provocant*", "ongles", "voile", "maigre*"),
    ),
    Unasked.NATIONALITY: (
        *("nationality", "nationalities", "national origin", "citizen", "citizens", "citizenship"),
        *(
            "what country",
            "which country",
            "home country",
            "country of",
            "born",
            "birthplace",
            "homeland",
            "foreign",
            "foreigner*",
            "ethnic*",
        ),
        *(
            "race",
            "races",
            "racial*",
            "where are you from",
            "where are they from",
            "where is the person from",
        ),
        *("come from", "comes from", "immigrant*", "migrant*", "refugee*", "asian*", "african*", "chinese"),
        *(
            "filipin*",
            "indian*",
            "mexican*",
            "latino*",
            "latina*",
            "european*",
            "romanian*",
            "hungarian*",
            "nigerian*",
        ),
        *("indigenous", "first nation*", "inuit", "metis", "mother tongue", "passport of"),
        *(
            "nationalite*",
            "citoyen*",
            "quel pays",
            "pays d",
            "un pays",
            "un autre pays",
            "ne a",
            "nee a",
            "nes a",
            "naissance",
            "etranger*",
            "ethnie*",
        ),
        *("d ou vient", "d ou viennent", "d ou venez", "d ou viens", "vient de quel", "origine*", "raciale*"),
        *(
            "immigre*",
            "refugie*",
            "asiatique*",
            "africain*",
            "chinois*",
            "philippin*",
            "mexicain*",
            "indien*",
        ),
        *("europeen*", "roumain*", "hongrois*", "autochtone*", "premiere nation", "premieres nations"),
        "langue maternelle",
    ),
    Unasked.OCCUPATION: (
        *(
            "occupation*",
            "profession",
            "professions",
            "job title",
            "for a living",
            "what job",
            "which job",
            "kind of job",
        ),
        *("kind of work", "type of work", "kind of job", "type of job", "sort of work", "line of work"),
        *(
            "sex work*",
            "sex trade",
            "sex industry",
            "prostitut*",
            "an escort",
            "escorts",
            "stripper*",
            "massage*",
            "spa",
        ),
        *("brothel*", "pimp*", "nail salon*", "nanny", "nannies", "farm work*", "farmworker*", "caregiver*"),
        *("truck driver*", "cleaner*", "domestic worker*", "dans la vie", "metier*"),
        *("gagne sa vie", "gagnent leur vie", "quel travail", "quel emploi", "genre de travail"),
        *("type de travail", "sorte de travail", "genre d emploi", "type d emploi", "travail du sexe"),
        *("travailleur* du sexe", "travailleuse* du sexe", "industrie du sexe", "danseuse*", "bordel*"),
        *(
            "proxenet*",
            "salon de massage*",
            "escortes",
            "une escorte",
            "aide familiale*",
            "ouvrier* agricole*",
            "preposee*",
            "femme de menage",
        ),
    ),
}
"""Folded. Words that a tool needs stay out of it: work, pay, papers, clothes that somebody keeps."""


@cache
def _pattern(unasked: Unasked) -> re.Pattern[str]:
    ways = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", " ") for word in WORDS[unasked])
    return re.compile(rf"\b(?:{ways})\b")


def asked_about(question: str) -> Iterator[tuple[Unasked, str]]:
    """Each thing that this question asks about and must not, with the first folded words that say so."""
    told = fold(question)
    for unasked in Unasked:
        if found := _pattern(unasked).search(told):
            yield unasked, found.group()
