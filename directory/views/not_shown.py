"""Why other services are not in the list: a line for each part of the search that leaves some out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext_lazy

LINES: dict[str, Any] = {
    "age": ngettext_lazy(
        "%(count)s service is only for another age.", "%(count)s services are only for another age.", "count"
    ),
    "gender": ngettext_lazy(
        "%(count)s service is only for another gender.",
        "%(count)s services are only for another gender.",
        "count",
    ),
    "with": ngettext_lazy(
        "%(count)s service doesn't take who comes with you.",
        "%(count)s services don't take who comes with you.",
        "count",
    ),
    "child": ngettext_lazy(
        "%(count)s service doesn't take children of these ages.",
        "%(count)s services don't take children of these ages.",
        "count",
    ),
    "indigenous": ngettext_lazy(
        "%(count)s service is for other peoples.", "%(count)s services are for other peoples.", "count"
    ),
    "status": ngettext_lazy(
        "%(count)s service is only for people with other papers.",
        "%(count)s services are only for people with other papers.",
        "count",
    ),
    "accept": ngettext_lazy(
        "%(count)s service says no to something that matters to you.",
        "%(count)s services say no to something that matters to you.",
        "count",
    ),
    "access": ngettext_lazy(
        "%(count)s service doesn't have the access that you need.",
        "%(count)s services don't have the access that you need.",
        "count",
    ),
    "intake": ngettext_lazy(
        "%(count)s service takes people in another way.",
        "%(count)s services take people in another way.",
        "count",
    ),
    "open": ngettext_lazy(
        "%(count)s service is closed then.", "%(count)s services are closed then.", "count"
    ),
}
"""By the name of a part of a search: those that a stated no can answer."""

ANOTHER: Any = ngettext_lazy(
    "%(count)s service doesn't fit another part of your search.",
    "%(count)s services don't fit another part of your search.",
    "count",
)


def not_shown_lines(counts: Mapping[str, int]) -> list[str]:
    """A sentence for each name of a search that leaves services out, the largest count first."""
    told = sorted(counts.items(), key=lambda item: -item[1])
    return [str(LINES.get(name, ANOTHER) % {"count": count}) for name, count in told if count > 0]
