"""The chips: each part of a search as a button that takes it away."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.finding.places import place_label
from directory.finding.places_asked import RuledOut
from directory.finding.vocabulary import Vocabulary
from directory.rules.person import SEXES, Child
from directory.rules.province_names import province_meant
from directory.rules.provinces import ALSO_CITIES, the_province
from directory.rules.query import Query
from directory.rules.query_times import read_instant
from directory.views.languages import joined_by_or, language, name_of, starts_large
from directory.views.terms import age_label, child_label, instant_label, term_label
from directory.views.wording import number

Fields = list[tuple[str, str]]

FROM_PLACE = ("near", "within", "away")
MOST_NAMED = 3
"""Places that one chip names."""
WRITTEN: dict[str, Any] = {
    "near": gettext_lazy("Near %(value)s"),
    "within": gettext_lazy("Within %(km)s km"),
    "away": gettext_lazy("At least %(km)s km away"),
    "not_in": gettext_lazy("Not in %(value)s"),
    "q": gettext_lazy("Words: %(value)s"),
}
"""Names with a value that was typed, or counted in kilometres."""


def _without(pairs: Fields, gone: tuple[str, str]) -> Fields:
    """Without a place there is no distance from it either, and nothing is nearest."""
    if gone[0] != "near":
        return [pair for pair in pairs if pair != gone]
    return [pair for pair in pairs if pair[0] not in FROM_PLACE and pair != ("sort", "distance")]


def _child(text: str) -> Child:
    sex = next((sex for sex in SEXES if text.endswith(sex[0])), "")
    return Child(int(text.rstrip("fm")), sex)


def chip_label(name: str, value: str, words: Vocabulary) -> str:
    """A part of a search in words. An immigration status is never named: others may look on."""
    match name:
        case "need" | "focus" | "language":
            return _known(name, value, words)
        case "status":
            return _("Status")
        case "age":
            return age_label(int(value))
        case "child":
            return child_label(_child(value))
        case "open" if (instant := read_instant(value)) is not None:
            return instant_label(instant)
    return _written(name, value) if name in WRITTEN else term_label(name, value)


def _known(name: str, value: str, words: Vocabulary) -> str:
    if name == "language":
        return starts_large(name_of(value))
    if name == "need":
        return words.name(value, language())
    return _("Made for: %(whom)s") % {"whom": words.focus_name(value, language())}


def _written(name: str, value: str) -> str:
    shown = _not_in_name(province_meant(value)) or value if name == "not_in" else value
    km = number(int(value)) if name in ("within", "away") else ""
    return str(WRITTEN[name] % {"value": shown, "km": km})


def _not_in_name(letters: str) -> str:
    """A province within a sentence; which one of a city and its province it is, where both have one name."""
    if not letters:
        return ""
    name = the_province(letters, language())
    return _("%(province)s (the province)") % {"province": name} if letters in ALSO_CITIES else name


def _not_in_label(ruled_out: RuledOut) -> str:
    """What is left out, where that is not just what was typed."""
    guessed = ruled_out.places[:MOST_NAMED] if ruled_out.is_guessed else ()
    names = [_not_in_name(ruled_out.province), *(place_label(place, language()) for place in guessed)]
    told = joined_by_or([name for name in names if name])
    return str(WRITTEN["not_in"] % {"value": told or ruled_out.typed})


def chips(
    query: Query, words: Vocabulary, ruled_out: Iterable[RuledOut] = (), zone: str = ""
) -> list[dict[str, Any]]:
    """Each part of the search, with the fields of the search without it. `zone` is that of its place."""
    pairs, left_out = query.pairs(), {one.typed: _not_in_label(one) for one in ruled_out}

    def label(name: str, value: str) -> str:
        # Who must be far from a place would take "Near" for a mistake.
        if name == "near" and query.away:
            return _("Far from %(value)s") % {"value": value}
        if name == "open" and zone and (instant := read_instant(value)) is not None:
            return instant_label(instant, zone)
        return left_out[value] if name == "not_in" and value in left_out else chip_label(name, value, words)

    return [{"label": label(*pair), "fields": _without(pairs, pair)} for pair in pairs]
