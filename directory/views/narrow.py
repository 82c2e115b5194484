"""Narrowing a list: what the found services have, each with its count, as a button that leaves those alone.

Values of one name are joined by "or": to add a second kind of help would widen the list, which nobody expects of a
number beside a word. So a button puts its value in the place of all of that name ("only"), and only values that surely
narrow stand here. Where nothing of a name was asked, that is each value but one that all have. Where something was,
it is one of several that were asked for, or a kind of help within a group that was.

No button leads to nothing: every service that was counted is found again. There may be more than the count says: those
that state no hours stay when a part of the week is asked for, a language puts in order and hides nothing, and of a
list that was cut at a thousand there may be others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from directory.finding.answer import Answer
from directory.finding.vocabulary import Vocabulary
from directory.rules.text import fold
from directory.views.chips import chip_label
from directory.views.languages import language

MOST = 6
"""Values of one name."""

LEAST = 6
"""Services from which there is something to narrow: fewer are read at a glance."""


def _labels() -> dict[str, str]:
    return {
        "need": _("What kind of help?"),
        "way": _("How?"),
        "open": _("When?"),
        "focus": _("Made for whom?"),
        "language": _("Which language? Who speaks it comes first."),
    }


def _counts(found: Answer, words: Vocabulary) -> dict[str, Mapping[str, int]]:
    """How many have each value that can be offered, by name."""
    needs = {slug: n for slug, n in found.facets.items() if words.needs[slug].is_offered}
    focuses = {slug: n for slug, n in found.focus_facets.items() if words.focuses[slug].is_offered}
    return {
        "need": needs,
        "way": found.way_facets,
        "open": found.open_facets,
        "focus": focuses,
        "language": found.language_facets,
    }


def _narrows(name: str, value: str, found: Answer, words: Vocabulary) -> bool:
    """True if all that have the value are among those found, where some of its name were asked for."""
    asked = [v for n, v in found.query.pairs() if n == name]
    if not asked or (len(asked) > 1 and value in asked):
        return True
    return name == "need" and words.needs[value].parent in asked


def _is_shown_by_group(value: str, counts: Mapping[str, int], found: Answer, words: Vocabulary) -> bool:
    """True of a kind of help whose group is a button itself: the kinds come once their group was chosen."""
    group = words.needs[value].parent
    return not found.query.needs and 0 < counts.get(group, 0) < found.total


def _offered(name: str, counts: Mapping[str, int], found: Answer, words: Vocabulary) -> Iterator[str]:
    for value, count in counts.items():
        if not 0 < count < found.total or not _narrows(name, value, found, words):
            continue
        if name == "need" and _is_shown_by_group(value, counts, found, words):
            continue
        yield value


def _button(name: str, value: str, count: int, words: Vocabulary) -> dict[str, Any]:
    label = words.focus_name(value, language()) if name == "focus" else chip_label(name, value, words)
    return {"value": f"{name}={value}", "label": label, "count": count}


def narrow_context(found: Answer, words: Vocabulary) -> dict[str, Any]:
    """The fields of the search as it is, and groups of buttons; empty where there is nothing to narrow.

    A button is sent as `only`, which directory.views.sent reads: "need=food".
    """
    if found.total < LEAST:
        return {}
    groups = []
    counts, labels = _counts(found, words), _labels()
    for name, label in labels.items():
        values = _offered(name, counts[name], found, words)
        buttons = [_button(name, value, counts[name][value], words) for value in values]
        buttons.sort(key=lambda button: (-button["count"], fold(button["label"])))
        if buttons:
            groups.append({"name": name, "label": label, "buttons": buttons[:MOST]})
    if not groups:
        return {}
    return {"fields": found.query.pairs(), "groups": groups, "is_capped": found.is_capped}
