"""Languages of services, by ISO 639-3 code, with their names in English, French and themselves."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings


@dataclass(frozen=True, slots=True)
class KnownLanguage:
    """`endonym` is the name in the language's own script; `members` are the languages of a macrolanguage."""

    code: str
    name: str
    name_fr: str
    endonym: str
    members: tuple[str, ...]


@lru_cache(maxsize=1)
def known_languages() -> dict[str, KnownLanguage]:
    """Every language of fixtures/vocabulary/languages.toml by its code; read once."""
    path = settings.FIXTURES / "vocabulary" / "languages.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["language"]
    return {
        r["code"]: KnownLanguage(
            r["code"], r["name"], r["name_fr"], r.get("endonym", ""), tuple(r.get("members", ()))
        )
        for r in rows
    }


def language_name(code: str, written: str, language: str) -> str:
    """The name to show in "en" or "fr"; as its publisher wrote it where the code is unknown."""
    known = known_languages().get(code)
    if known is None:
        return written or code
    return known.name_fr if language == "fr" else known.name
