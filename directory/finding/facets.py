"""Counts of tags as facets: by the names that a search may ask for."""

from collections.abc import Mapping

from directory.finding.languages import known_languages
from directory.finding.vocabulary import Vocabulary
from directory.rules.tags import FOCUS, LANGUAGE, NEED, OPEN_PART, PARTS, SPAN, WAY, WAYS, language_code


def facets_of(counts: Mapping[int, int], words: Vocabulary) -> dict[str, dict[str, int]]:
    """How many results have each need, language, focus, way and part of the week; none that no search can name."""
    named = {
        NEED: ("facets", {need.number: slug for slug, need in words.needs.items()}),
        FOCUS: (
            "focus_facets",
            {focus.number: slug for slug, focus in words.focuses.items()},
        ),
        WAY: ("way_facets", {number: way for way, number in WAYS.items()}),
        OPEN_PART: ("open_facets", {number: part for part, number in PARTS.items()}),
    }
    told: dict[str, dict[str, int]] = {name: {} for name, _ in named.values()} | {"language_facets": {}}
    for tag, count in sorted(counts.items()):
        space, number = divmod(tag, SPAN)
        if space == LANGUAGE and language_code(number) in known_languages():
            told["language_facets"][language_code(number)] = count
        elif space in named and number in named[space][1]:
            told[named[space][0]][named[space][1][number]] = count
    return told
