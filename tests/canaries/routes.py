"""Every route of an URL configuration, found by walking it, and the addresses that it comes to.

A route that is added anywhere is walked from then on. What stands in its address has to be filled in; a parameter that
nothing fills is a fault that says where to write how (tests/canaries/fillers.py).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern, URLPattern, URLResolver
from django.utils import translation
from django.utils.regex_helper import normalize

from safety.surface import is_private

LANGUAGES = ("en", "fr")
PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<name>[^>]+)>")
GAP = re.compile(r"\{(\w+)\}")


class Unfilled(Exception):
    """A parameter for which nobody said what to put there."""


@dataclass(frozen=True, slots=True)
class Route:
    """One address with gaps. `language` is empty where it has no language of its own. `converters` by parameter."""

    name: str
    language: str
    gapped: str
    converters: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        shown = GAP.sub(lambda found: f"<{dict(self.converters).get(found[1], '?')}:{found[1]}>", self.gapped)
        return f"{shown} ({self.name or 'without a name'})"


@dataclass(frozen=True, slots=True)
class Path:
    """One address of a route. `lets`: what its holder may read because it is secret (a signed link of a letter)."""

    route: Route
    path: str
    is_first: bool
    lets: frozenset[str] = frozenset()

    @property
    def is_private(self) -> bool:
        """True for signed-in work."""
        return is_private(self.path)

    @property
    def is_administration(self) -> bool:
        """True for the stewards' own."""
        return self.path.startswith("/admin/")

    @property
    def is_editing(self) -> bool:
        """True for the surface of editors and reviewers, which is Wagtail's."""
        return self.path.startswith("/cms/")


@dataclass(frozen=True, slots=True)
class Value:
    """What to put into a gap; `lets` as in Path."""

    text: str
    lets: frozenset[str] = frozenset()


Filler = Callable[[Route, str, str], Sequence[Any] | None]
"""From a route, a parameter and its converter to values for it (texts, ids, Values); None: this one knows nothing."""


def routes(urlconf: str | None = None) -> list[Route]:
    """All routes: those with a language once in each, the others once."""
    found: list[Route] = []
    for language in LANGUAGES:
        with translation.override(language):
            for name, chain in _leaves(get_resolver(urlconf), [], ""):
                has_language = any(isinstance(pattern, LocalePrefixPattern) for pattern in chain)
                if has_language or language == LANGUAGES[0]:
                    found.append(_route(name, language if has_language else "", chain))
    return found


def _leaves(resolver: URLResolver, before: list[Any], space: str) -> Iterator[tuple[str, list[Any]]]:
    for one in resolver.url_patterns:
        chain = [*before, one.pattern]
        if isinstance(one, URLPattern):
            yield (f"{space}{one.name}" if one.name else ""), chain
        else:
            yield from _leaves(one, chain, f"{space}{one.namespace}:" if one.namespace else space)


def _route(name: str, language: str, chain: list[Any]) -> Route:
    gapped, converters = "/", []
    for pattern in chain:
        part, found = _part(pattern)
        gapped += part
        converters += found
    return Route(name, language, gapped, tuple(converters))


def _part(pattern: Any) -> tuple[str, list[tuple[str, str]]]:
    """The text of one pattern with {gaps}, and the converter of each."""
    if isinstance(pattern, RegexPattern):
        written, names = normalize(pattern._regex)[0]
        return re.sub(r"%\((\w+)\)s", r"{\1}", written), [(name, "regex") for name in names]
    if isinstance(pattern, RoutePattern):
        found = [(one["name"], one["converter"] or "str") for one in PARAMETER.finditer(str(pattern))]
        return PARAMETER.sub(lambda one: "{" + one["name"] + "}", str(pattern)), found
    return str(pattern), []


def paths(route: Route, fillers: Sequence[Filler]) -> list[Path]:
    """The addresses of a route: values of several gaps side by side, and once a stranger's. Raises Unfilled."""
    names = [name for name, _ in route.converters]
    choices = [_values(route, name, converter, fillers) for name, converter in route.converters]
    found = []
    for picked in _picks(choices):
        filled = dict(zip(names, picked, strict=True))
        path = filled_in(route, {name: value.text for name, value in filled.items()})
        lets = frozenset[str]().union(*(value.lets for value in picked))
        found.append(Path(route, path, not found, lets))
    return found


def filled_in(route: Route, values: Mapping[str, object]) -> str:
    """The address of a route, with these values in its gaps."""
    return GAP.sub(lambda gap: str(values[gap[1]]), route.gapped)


def _picks(choices: Sequence[Sequence[Value]]) -> list[list[Value]]:
    longest = max(map(len, choices), default=1)
    found = [[values[number % len(values)] for values in choices] for number in range(longest)]
    if sum(len(values) > 1 for values in choices) > 1:
        found.append([*(values[0] for values in choices[:-1]), choices[-1][-1]])
    return found


def _values(route: Route, name: str, converter: str, fillers: Sequence[Filler]) -> list[Value]:
    for filler in fillers:
        told = filler(route, name, converter)
        if told is not None:
            assert told, f"{route}: {filler} gives no value for {name}"
            return [one if isinstance(one, Value) else Value(str(one)) for one in told]
    raise Unfilled(
        f"The route {route} cannot be swept for canaries: nothing says what stands in place of <{converter}:{name}>. "
        f'Add a line for it ("{route.name or route.gapped}", "{name}") to LINES in tests/canaries/fillers.py, '
        "with ids that hold canaries."
    )
