"""Reading a search: names and values become a Query, or faults that say what is wrong with which name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

SINGLE = ("near", "q", "page")
REPEATED = ("need",)
LONGEST = 200
MOST_NEEDS = 60
LAST_PAGE = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the value of `name`; the doors put `code` into words."""

    name: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A search as it was asked. `needs` are slugs, any of which will do; `page` counts from 1."""

    near: str = ""
    q: str = ""
    needs: tuple[str, ...] = ()
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values that read back as this query, without the page."""
        words = [("near", self.near), ("q", self.q)]
        return [(n, v) for n, v in words if v] + [("need", need) for need in self.needs]

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


def _page(value: str) -> int | Fault:
    if value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= LAST_PAGE:
        return int(value)
    return Fault("page", "not_a_page", str(LAST_PAGE))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.strip())
    return found


def _name_faults(found: Mapping[str, list[str]], allowed: Iterable[str]) -> list[Fault]:
    known = {*SINGLE, *REPEATED, *allowed}
    faults = [Fault(name[:60], "unknown_name") for name in found if name not in known]
    return faults + [Fault(n, "twice") for n in SINGLE if len(set(found.get(n, []))) > 1]


def _needs(values: list[str], known: Iterable[str]) -> tuple[tuple[str, ...], list[Fault]]:
    vocabulary = set(known)
    asked = list(dict.fromkeys(v for v in values if v))[:MOST_NEEDS]
    faults = [Fault("need", "unknown_need", v[:60]) for v in asked if v not in vocabulary]
    return tuple(v for v in asked if v in vocabulary), faults


def read(pairs: Iterable[tuple[str, str]], known_needs: Iterable[str], also: Iterable[str] = ()) -> Reading:
    """The query of `pairs`; unknown names are faults unless `also` names them. Never raises."""
    found = _grouped(pairs)
    faults = _name_faults(found, also)
    texts: dict[str, str] = {}
    for name in ("near", "q"):
        value = found.get(name, [""])[0]
        fault = _text_fault(name, value)
        faults += [fault] if fault else []
        texts[name] = "" if fault else value
    needs, need_faults = _needs(found.get("need", []), known_needs)
    page = _page(found["page"][0]) if found.get("page") else 1
    if isinstance(page, Fault):
        faults, page = [*faults, page], 1
    query = Query(near=texts["near"], q=texts["q"], needs=needs, page=page)
    return Reading(query, (*faults, *need_faults))
