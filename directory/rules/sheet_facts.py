"""What a service states of whom it takes, as one cell for each dimension: "Women: yes; Men: no", "16 to 29"."""

import re
from collections.abc import Iterable
from decimal import Decimal

from directory.rules.eligibility_terms import DIMENSIONS, Counted, Dimension, Fact, Term, check_facts
from directory.rules.sheet_text import NotRead
from directory.rules.text import fold

_NUMBER = r"(\d{1,5}(?:[.,]\d{1,3})?)"
_BOUNDS = (
    (re.compile(rf"(?:from |de )?{_NUMBER} ?(?:-|to|a) ?{_NUMBER}"), (1, 2)),
    (re.compile(rf"{_NUMBER} ?(?:\+|and (?:more|over|up)|et plus)"), (1, 0)),
    (re.compile(rf"(?:from|des|a partir de) {_NUMBER}"), (1, 0)),
    (re.compile(rf"(?:up to|at most|jusqu'? ?a|au plus) {_NUMBER}"), (0, 1)),
)
_ANSWERS = {"yes": True, "oui": True, "no": False, "non": False}
_ITEM = re.compile(r"([^:]+?)(?:\s*:\s*([^,\s]+)\s*(?:,\s*(.+))?)?")


def bound_text(bound: Decimal | None) -> str | None:
    """A bound as it is stored and shown: without zeros behind a point."""
    if bound is None:
        return None
    text = f"{bound:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _written_bounds(fact: Fact, language: str) -> str:
    """Never as "10-12", which a spreadsheet program takes for a day of the year."""
    is_french = language == "fr"
    if fact.low is not None and fact.high is not None:
        return f"{bound_text(fact.low)} {'à' if is_french else 'to'} {bound_text(fact.high)}"
    if fact.low is not None:
        return f"{bound_text(fact.low)}+"
    if fact.high is not None:
        return f"{'jusqu’à' if is_french else 'up to'} {bound_text(fact.high)}"
    return ""


def write_facts(slug: str, facts: Iterable[Fact], language: str) -> str:
    """The cell of dimension `slug`."""
    dimension = DIMENSIONS[slug]
    mine = {fact.term: fact for fact in facts if fact.dimension == slug}
    if not dimension.terms:
        return _written_bounds(mine[""], language) if "" in mine else ""
    told = []
    for term in dimension.terms:
        if fact := mine.get(term.slug):
            told.append(_written(dimension, term, fact, language))
    return "; ".join(told)


def _written(dimension: Dimension, term: Term, fact: Fact, language: str) -> str:
    name = term.name_fr if language == "fr" else term.name
    if dimension.is_one_of_them:
        return name
    answer = {"fr": ("non", "oui")}.get(language, ("no", "yes"))[fact.stated]
    bounds = _written_bounds(fact, language)
    return f"{name}: {answer}, {bounds}" if bounds else f"{name}: {answer}"


def _plain(text: str) -> str:
    """Lower case, without accents; signs stay, for they mean something here."""
    dashes = re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold())
    return " ".join(dashes.translate(str.maketrans("àâéèêôûç’", "aaeeeouc'")).split())


def _read_bounds(text: str) -> tuple[Decimal | None, Decimal | None]:
    for pattern, (low, high) in _BOUNDS:
        if found := pattern.fullmatch(_plain(text)):
            ends = [Decimal(found[at].replace(",", ".")) if at else None for at in (low, high)]
            return ends[0], ends[1]
    raise NotRead("no_bounds", text)


def _term(dimension: Dimension, name: str) -> str:
    wanted = fold(name)
    for term in dimension.terms:
        if wanted in (fold(term.slug), fold(term.name), fold(term.name_fr)):
            return term.slug
    raise NotRead("no_such_answer", name)


def _fact(dimension: Dimension, item: str) -> Fact:
    found = _ITEM.fullmatch(item)
    if not found:
        raise NotRead("no_such_answer", item)
    name, answer, bounds = found[1], found[2], found[3]
    slug = _term(dimension, name)
    if answer is not None and _plain(answer) not in _ANSWERS:
        raise NotRead("yes_or_no", item)
    low, high = _read_bounds(bounds) if bounds else (None, None)
    return Fact(dimension.slug, slug, _ANSWERS[_plain(answer)] if answer else True, low, high)


def read_facts(slug: str, text: str) -> list[Fact]:
    """What the cell of dimension `slug` states; nothing of an empty one. Raises NotRead."""
    dimension = DIMENSIONS[slug]
    if not text.strip():
        return []
    if not dimension.terms:
        low, high = _read_bounds(text)
        return _checked([Fact(slug, low=low, high=high)], text)
    items = [item.strip() for item in re.split(r"[;\n]", text) if item.strip()]
    facts = [_fact(dimension, item) for item in items]
    if len({fact.term for fact in facts}) < len(facts):
        raise NotRead("said_twice", text)
    return _checked(facts, text)


def _checked(facts: list[Fact], text: str) -> list[Fact]:
    if check_facts(facts):
        raise NotRead("contradicts", text)
    return facts


def allowed_facts(slug: str, language: str) -> str:
    """All answers of a dimension, as they may be written."""
    dimension = DIMENSIONS[slug]
    names = [term.name_fr if language == "fr" else term.name for term in dimension.terms]
    is_days = dimension.counted is Counted.DAYS
    if not names:
        unit = {"en": ("years", "days"), "fr": ("ans", "jours")}[language][is_days]
        return f"0-{dimension.counted.value} ({unit})"
    return "; ".join(names)
