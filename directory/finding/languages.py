"""Languages of services, by ISO 639-3 code, with their names in English, French and themselves."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from directory.rules.interpreters import Interpreted, interpreted, language_names
from directory.rules.tags import ANY_INTERPRETER, interpreter_tag, language_tag

# By home language in 2021 (Statistics Canada), the two official ones first.
MOST_ASKED = (
    "eng",
    "fra",
    "cmn",
    "pan",
    "yue",
    "spa",
    "ara",
    "tgl",
    "urd",
    "rus",
    "kor",
    "pes",
    "por",
    "vie",
)

_CREE = ("cre", "crk", "cwd", "csw", "crm", "crl", "crj")
_OJIBWAY = ("oji", "ojb", "ojc", "ojg", "ojs", "ojw", "otw")
_INUKTUT = ("iku", "ike", "ikt")
INDIGENOUS = frozenset(
    (
        *(*_CREE, *_OJIBWAY, *_INUKTUT, "moe", "nsk", "chp", "mic", "pqm", "atj", "bla", "dgr", "crg"),
        *("oka", "shs", "hur", "gwi", "scs", "xsl"),
    )
)
"""Languages of First Nations, Inuit and Métis; their sign language stands with the signed ones."""


@dataclass(frozen=True, slots=True)
class KnownLanguage:
    """`endonym` is the name in the language's own script; `members` are the languages of a macrolanguage."""

    code: str
    name: str
    name_fr: str
    endonym: str
    members: tuple[str, ...]
    signed: bool


@lru_cache(maxsize=1)
def known_languages() -> dict[str, KnownLanguage]:
    """Every language of fixtures/vocabulary/languages.toml by its code; read once."""
    path = settings.FIXTURES / "vocabulary" / "languages.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["language"]
    return {
        r["code"]: KnownLanguage(
            r["code"],
            r["name"],
            r["name_fr"],
            r.get("endonym", ""),
            tuple(r.get("members", ())),
            bool(r.get("signed")),
        )
        for r in rows
    }


def language_name(code: str, written: str, language: str) -> str:
    """The name to show in "en" or "fr"; as its publisher wrote it where the code is unknown."""
    known = known_languages().get(code)
    if known is None:
        return written or code
    return known.name_fr if language == "fr" else known.name


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    known = known_languages().values()
    return language_names((name, row.code) for row in known for name in (row.name, row.name_fr))


# Thousands of services say it in the same words.
@lru_cache(maxsize=1024)
def read_interpreted(text: str) -> Interpreted:
    """What a service's `interpretation_services` tells, by the names of our languages."""
    return interpreted(text, _names())


def spoken_for(codes: Iterable[str]) -> frozenset[str]:
    """The codes that answer a search for `codes`: themselves, and the members of a macrolanguage."""
    known = known_languages()
    return frozenset(c for code in codes for c in (code, *known[code].members))


def unsure_for(codes: Iterable[str]) -> frozenset[str]:
    """Macrolanguages of `codes`, stated without a kind: "Cree" may or may not be Plains Cree."""
    sought = set(codes)
    return frozenset(k.code for k in known_languages().values() if sought.intersection(k.members) - {k.code})


@dataclass(frozen=True, slots=True)
class LanguageTags:
    """Tags of a listing that answers a search for languages, the best answer first."""

    staff: list[int]
    interpreter: list[int]
    unsure: list[int]


def language_tags(codes: tuple[str, ...]) -> LanguageTags:
    """The tags for a search for any of `codes`. Interpreters for unnamed languages are not for signed ones."""
    known, sought = known_languages(), sorted(spoken_for(codes))
    interpreter = [interpreter_tag(code) for code in sought]
    if any(not known[code].signed for code in codes):
        interpreter.append(ANY_INTERPRETER)
    unsure = sorted(unsure_for(codes) - spoken_for(codes))
    return LanguageTags([language_tag(c) for c in sought], interpreter, [language_tag(c) for c in unsure])
