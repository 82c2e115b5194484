"""Languages on the pages: the form's list in the reader's language, and how a result answers in those asked for."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.finding.answer import Result
from directory.finding.languages import (
    INDIGENOUS,
    MOST_ASKED,
    KnownLanguage,
    known_languages,
    language_name,
    spoken_for,
    unsure_for,
)
from directory.rules.text import fold


def language() -> str:
    """The language of the page: "en" or "fr"."""
    return "fr" if get_language() == "fr" else "en"


def name_of(code: str) -> str:
    """The name of a known language in the language of the page."""
    return language_name(code, "", language())


def any_name(codes: Sequence[str]) -> str:
    """ "Cree, Punjabi or Spanish": the names of known languages, any of which will do."""
    return joined_by_or([name_of(code) for code in codes])


def joined_by_or(names: Sequence[str]) -> str:
    """ "Cree, Punjabi or Spanish"; empty for no name."""
    *first, last = names or [""]
    return _("%(names)s or %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def starts_large(text: str) -> str:
    """The text with a large first letter: French writes languages with a small one."""
    return text[:1].upper() + text[1:]


def _option(known: KnownLanguage, chosen: str) -> dict[str, Any]:
    """Its own name beside ours: who looks for it may not read English or French."""
    name = starts_large(name_of(known.code))
    own = known.endonym if fold(known.endonym) not in fold(name) else ""
    return {"code": known.code, "name": f"{name} · {own}" if own else name, "is_chosen": known.code == chosen}


def _groups() -> list[tuple[str, list[KnownLanguage]]]:
    """Those most asked for in that order, the others by name; each language once."""
    known = known_languages()
    most = [known[code] for code in MOST_ASKED]
    rest = sorted((k for k in known.values() if k not in most), key=lambda k: fold(name_of(k.code)))
    signed = [k for k in rest if k.signed]
    own = [k for k in rest if k.code in INDIGENOUS and not k.signed]
    return [
        (_("Most asked for"), most),
        (_("Indigenous languages"), own),
        (_("Sign languages"), signed),
        (_("Other languages"), [k for k in rest if k not in own and k not in signed]),
    ]


def choice_list(chosen: str) -> list[dict[str, Any]]:
    """Groups of options for one list of the form."""
    return [
        {"label": label, "options": [_option(known, chosen) for known in members]}
        for label, members in _groups()
    ]


def choice_lists(codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """A list for each chosen language, and one more that is empty: it works without JavaScript."""
    return [
        {"id": "language" if not number else f"language-{number + 1}", "groups": choice_list(code)}
        for number, code in enumerate((*codes, ""))
    ]


def _names(rows: Iterable[dict[str, Any]], codes: Iterable[str], way: str) -> list[str]:
    """Names of those rows that answer for `codes` in this way, as the listing tells them."""
    found = {r["name"]: None for r in rows if r["code"] in codes and r.get("way", "staff") == way}
    return list(found)


def _answering(result: Result, asked: tuple[str, ...]) -> list[str]:
    """The languages of a result by which it answers for those asked for."""
    rows = result.facts["languages"]
    if result.spoken in ("staff", "interpreter"):
        return _names(rows, spoken_for(asked), result.spoken)
    return _names(rows, unsure_for(asked), "staff") if result.spoken == "unsure" else []


def spoken_line(result: Result, asked: tuple[str, ...]) -> str:
    """How a result answers in the languages asked for, in one plain line; empty if none was."""
    if not result.spoken:
        return ""
    names, wanted = ", ".join(_answering(result, asked)), starts_large(any_name(asked))
    if result.spoken == "interpreter":
        if names:
            return _("With an interpreter: %(languages)s.") % {"languages": names}
        return _("They have interpreters. Ask for %(languages)s.") % {"languages": wanted}
    if names and result.spoken == "staff":
        return _("They speak %(languages)s.") % {"languages": names}
    if names:
        return _("They speak %(languages)s. Ask which kind.") % {"languages": names}
    return _("%(languages)s: ask.") % {"languages": wanted}


def other_languages(result: Result, asked: tuple[str, ...], most: int) -> str:
    """The first languages of a result in one line, without those that `spoken_line` tells already."""
    way = "interpreter" if result.spoken == "interpreter" else "staff"
    told = set(_answering(result, asked))
    rows = [r for r in result.facts["languages"] if r["name"] not in told or r.get("way", "staff") != way]
    return told_languages(result.facts | {"languages": rows}, most)


def told_languages(facts: dict[str, Any], most: int | None = None) -> str:
    """The languages of a listing in one line, the first ones of a card; an interpreter's are marked."""
    told = [
        _("%(language)s with an interpreter") % {"language": row["name"]}
        if row.get("way") == "interpreter"
        else row["name"]
        for row in facts["languages"]
    ]
    more = [_("interpreters for other languages")] if facts.get("has_interpreters") else []
    return ", ".join(told[:most] + more)
