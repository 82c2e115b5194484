"""Reading a search: names and values become a Query, or faults that say what is wrong with which name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from directory.rules.radius import FARTHEST, NEAREST

SINGLE = ("near", "within", "q", "page")
REPEATED = {"need": "unknown_need", "language": "not_a_language"}
"""Names that may be given more than once, and the fault of a value that is not known."""

LONGEST = 200
MOST_VALUES = 60
LAST_PAGE = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the value of `name`; the doors put `code` into words."""

    name: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was asked. `page` counts from 1.

    Any of `needs` (slugs) will do. `languages` are ISO 639-3; they put results in order and hide none. `within` is in
    whole kilometres from `near`; without it there is no cut-off.
    """

    near: str = ""
    q: str = ""
    needs: tuple[str, ...] = ()
    page: int = 1
    within: int | None = None
    languages: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values that read back as this query, without the page."""
        words = [("near", self.near), ("within", str(self.within or "")), ("q", self.q)]
        repeated = [("need", need) for need in self.needs] + [("language", code) for code in self.languages]
        return [(n, v) for n, v in words if v] + repeated

    def text(self) -> str:
        """The query as one line, to be sealed."""
        return urlencode(self.pairs())


@dataclass(frozen=True, slots=True)
class Reading:
    """A query and what is wrong with it. A faulty value is left out of the query."""

    query: Query
    faults: tuple[Fault, ...] = field(default=())


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Names and values of a line that `Query.text` wrote, or that somebody made by hand."""
    return parse_qsl(text, keep_blank_values=True, max_num_fields=200)


def _printable(value: str) -> bool:
    return all(c.isprintable() or c in "\n\t\r" for c in value) and "\ufffd" not in value


def _text_fault(name: str, value: str) -> Fault | None:
    if len(value) > LONGEST:
        return Fault(name, "too_long", str(LONGEST))
    return None if _printable(value) else Fault(name, "unreadable")


def _whole(value: str, least: int, most: int) -> int | None:
    """The whole number that `value` writes, if it lies between the two."""
    if not (value.isascii() and value.isdigit() and len(value) <= 9):
        return None
    return int(value) if least <= int(value) <= most else None


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.strip())
    return found


def _name_faults(found: Mapping[str, list[str]], allowed: Iterable[str]) -> list[Fault]:
    known = {*SINGLE, *REPEATED, *allowed}
    faults = [Fault(name[:60], "unknown_name") for name in found if name not in known]
    return faults + [Fault(n, "twice") for n in SINGLE if len(set(found.get(n, []))) > 1]


def _slugs(name: str, values: list[str], known: Collection[str]) -> tuple[tuple[str, ...], list[Fault]]:
    """Those of a repeated name that are known, once each, and a fault for each other."""
    asked = list(dict.fromkeys(v for v in values if v))[:MOST_VALUES]
    faults = [Fault(name, REPEATED[name], v[:60]) for v in asked if v not in known]
    return tuple(v for v in asked if v in known), faults


def _texts(found: Mapping[str, list[str]]) -> tuple[dict[str, str], list[Fault]]:
    texts: dict[str, str] = {}
    faults = []
    for name in ("near", "q"):
        value = found.get(name, [""])[0]
        fault = _text_fault(name, value)
        faults += [fault] if fault else []
        texts[name] = "" if fault else value
    return texts, faults


def _within(found: Mapping[str, list[str]]) -> tuple[int | None, list[Fault]]:
    """Empty is any distance. A radius around nothing is a fault; it stays, so that the form still shows it."""
    value = found.get("within", [""])[0]
    if not value:
        return None, []
    within = _whole(value, NEAREST, FARTHEST)
    if within is None:
        return None, [Fault("within", "not_kilometres", str(FARTHEST))]
    has_place = bool(found.get("near", [""])[0])
    return within, [] if has_place else [Fault("within", "around_nothing")]


def _page(found: Mapping[str, list[str]]) -> tuple[int, list[Fault]]:
    if "page" not in found:
        return 1, []
    page = _whole(found["page"][0], 1, LAST_PAGE)
    return page or 1, [] if page else [Fault("page", "not_a_page", str(LAST_PAGE))]


def read(
    pairs: Iterable[tuple[str, str]], known: Mapping[str, Collection[str]], also: Iterable[str] = ()
) -> Reading:
    """The query of `pairs`. `known` has the values of each repeated name; `also` more names. Never raises."""
    found = _grouped(pairs)
    texts, text_faults = _texts(found)
    within, within_faults = _within(found)
    page, page_faults = _page(found)
    needs, need_faults = _slugs("need", found.get("need", []), known["need"])
    codes, code_faults = _slugs("language", found.get("language", []), known["language"])
    query = Query(texts["near"], texts["q"], needs, page, within, codes)
    more = (*text_faults, *need_faults, *code_faults, *within_faults, *page_faults)
    return Reading(query, (*_name_faults(found, also), *more))
