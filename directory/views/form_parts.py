"""The folded parts of the search form: lists and boxes with what was chosen in them, and which part stands open."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from directory.finding.vocabulary import Vocabulary
from directory.rules.person import ACCESS, COMPANY, GENDERS, NATIONS, OLDEST_CHILD, STATUSES, WAYS_IN
from directory.rules.provinces import PROVINCES, province_name
from directory.rules.query import SORTS, Query
from directory.rules.query_times import MOMENTS
from directory.rules.tags import WAYS
from directory.rules.text import fold
from directory.views.chips import chip_label
from directory.views.languages import language
from directory.views.sent import child_rows
from directory.views.terms import term_label
from directory.views.wording import number

FOLDS: dict[str, tuple[str, ...]] = {
    "where": ("language", "within", "away", "not_in", "sort"),
    "when": ("open", "way", "intake"),
    "about": ("age", "gender", "with", "child", "indigenous", "status", "accept", "access", "focus"),
}
"""Which names stand in which folded part; it opens where one of them is set or faulty."""

PAPERS = ("no_id", "no_health_card", "no_police_report", "no_self_identification", "free")
SHARED = ("asks_no_status", "no_enforcement_sharing")
TAKEN = ("trans_welcome", "substance_use", "prescribed_opioids", "sex_work", "criminal_record")
COMING = ("self_referral", "out_of_area")
RULES = ("keep_phone", "no_curfew", "no_religion")
"""Conditions in the order of the form: those of papers and cost in sight, the rarer ones folded."""

FAR = (50, 100, 250, 500, 1000)
"""Kilometres that the form offers to stay away."""

Told = Mapping[str, Sequence[str]]
Options = list[dict[str, Any]]


def told_values(query: Query) -> dict[str, list[str]]:
    """The values of a search by name."""
    told: dict[str, list[str]] = {}
    for name, value in query.pairs():
        told.setdefault(name, []).append(value)
    return told


def _options(name: str, offered: Iterable[str], told: Told, words: Vocabulary) -> Options:
    """What can be chosen; a chosen value that is not offered stands among them."""
    chosen = told.get(name, ())
    values = dict.fromkeys((*offered, *chosen))
    return [{"value": v, "name": _label(name, v, words), "is_chosen": v in chosen} for v in values]


def _label(name: str, value: str, words: Vocabulary) -> str:
    """As on its chip, except where a chip says more or less than a list needs."""
    if name == "focus":
        return words.focus_name(value, language())
    return term_label(name, value) if name == "status" else chip_label(name, value, words)


def _conditions(told: Told, words: Vocabulary) -> dict[str, Any]:
    def boxes(slugs: tuple[str, ...]) -> Options:
        options = _options("accept", slugs, told, words)
        return [option for option in options if option["value"] in slugs]

    rarer = (
        (_("Police and immigration"), SHARED),
        (_("Whom they take"), TAKEN),
        (_("Getting in"), COMING),
        (_("Rules of a house"), RULES),
    )
    groups = [{"name": name, "options": boxes(slugs)} for name, slugs in rarer]
    opens = any(option["is_chosen"] for group in groups for option in group["options"])
    return {"common": boxes(PAPERS), "groups": groups, "opens": opens}


def _children(query: Query, typed: Told) -> list[dict[str, Any]]:
    """Rows of two lists each, age and sex."""
    rows = child_rows(query.person.children, typed.get("child", ()))
    return [
        {
            "number": number,
            "ages": [
                {"value": str(a), "name": a or _("under 1"), "is_chosen": row.age == str(a)}
                for a in range(OLDEST_CHILD + 1)
            ],
            "sexes": [
                {"value": value, "name": name, "is_chosen": row.sex == value}
                for value, name in (("f", _("girl")), ("m", _("boy")))
            ],
        }
        for number, row in enumerate(rows, 1)
    ]


def _distances(away: int | None) -> list[dict[str, Any]]:
    offered = sorted({*FAR, away} if away else FAR)
    name = _("At least %(km)s km away")
    return [{"value": km, "name": name % {"km": number(km)}, "is_chosen": km == away} for km in offered]


def _not_in(query: Query, typed: Told) -> dict[str, Any]:
    """A list for each province and a field for each place that is not wanted, and one more of both."""
    asked = query.not_in or tuple(typed.get("not_in", ()))
    provinces = [value for value in asked if value in PROVINCES]
    named = ((province_name(code, language()), code) for code in PROVINCES)
    names = sorted(named, key=lambda each: fold(each[0]))
    return {
        "provinces": [
            [{"value": code, "name": name, "is_chosen": code == chosen} for name, code in names]
            for chosen in (*provinces, "")
        ],
        "places": [*(value for value in asked if value not in PROVINCES), ""],
    }


def _sorts(query: Query) -> Options:
    """The first one is what a browser takes by itself."""
    return [
        {"value": s, "name": term_label("sort", s), "is_chosen": s == query.sort != SORTS[0]} for s in SORTS
    ]


def parts_context(
    query: Query, words: Vocabulary, errors: Mapping[str, list[str]], typed: Told
) -> dict[str, Any]:
    """What the folded parts show. `typed`: what was sent, for fields whose value was faulty."""
    told = told_values(query)

    def options(name: str, offered: Iterable[str]) -> Options:
        return _options(name, offered, told, words)

    focuses = [slug for slug, focus in words.focuses.items() if focus.is_offered]
    about = {
        "age": told.get("age", typed.get("age", [""]))[0],
        "genders": options("gender", GENDERS),
        "company": options("with", COMPANY),
        "children": _children(query, typed),
        "opens_children": bool(query.person.children or "children" in query.person.company),
        "nations": options("indigenous", NATIONS),
        "statuses": options("status", STATUSES),
        "conditions": _conditions(told, words),
        "access": options("access", ACCESS),
        "focuses": options("focus", focuses),
        "opens_focus": bool(query.focuses),
    }
    when = {
        "moments": options("open", MOMENTS),
        "ways": options("way", WAYS),
        "intake": options("intake", WAYS_IN),
    }
    where = {"away": _distances(query.away), "not_in": _not_in(query, typed), "sorts": _sorts(query)}
    opens = {fold: any(n in told or n in errors for n in names) for fold, names in FOLDS.items()}
    return {"about": about, "when": when, "where": where, "opens": opens}
