"""What the map of a search shows, as compact JSON: asked for by the page's script when somebody opens the map."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from directory.filters import fault_texts
from directory.finding.answer import Result, known_values
from directory.finding.hours import open_state
from directory.finding.map_points import MapAnswer, Spot, map_answer
from directory.finding.places import place_label
from directory.rules.places import Place
from directory.rules.query import pairs_of, read
from directory.views import kept
from directory.views.cards import open_line
from directory.views.languages import language
from directory.views.sealed import now, open_find
from safety.seal import Broken

MARK = 8
"""Letters of an id that tell the services of one search apart: cards on the page bear the same."""

COLUMNS = (
    "mark", "name", "lang", "kind", "where", "open", "is_demo", "latitude", "longitude", "around_km",
)  # fmt: skip


class Table:
    """Texts that many services share, each told once and then by its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text, a new one if it is new."""
        return self._numbers.setdefault(text, len(self._numbers))

    def told(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self._numbers)


def _where(facts: dict[str, Any]) -> str:
    place = facts["place"]
    return ", ".join(name for name in (place["name"], place["province_name"]) if name)


def _row(spot: Spot, texts: Table, moment: datetime) -> list[Any] | None:
    """The columns of one service; None for what has no place on a map."""
    if spot.point is None:
        return None
    facts = spot.facts
    result = Result(facts, open_state(facts, moment))
    told = (", ".join(facts["kinds"][:2]), _where(facts), open_line(result, moment))
    named = (facts["id"][:MARK], facts["name"], facts.get("name_lang", ""))
    is_demo = int(facts["source"]["is_demo"])
    return [*named, *map(texts.number, told), is_demo, *spot.point, spot.around_km]


def _words(found: MapAnswer, unplaced: int) -> dict[str, str]:
    """What the map says, in the language of the address. `{n}` is filled in by the script."""
    more = found.total - len(found.spots)
    missing = ngettext(
        "%(count)s more has no place on a map: see the list.",
        "%(count)s more have no place on a map: see the list.",
        unplaced,
    )
    beyond = _("The map shows the first %(shown)s of the list.")
    return {
        "unplaced": missing % {"count": unplaced} if unplaced else "",
        "beyond": beyond % {"shown": len(found.spots)} if more > 0 else "",
        "area": _("Somewhere around here: the exact place is not shown."),
        "many": _("{n} services"),
        "manyAround": _("{n} services, somewhere around here"),
        "oneAround": _("{name}, somewhere around here"),
        "inList": _("In the list"),
        "onPage": _("In the list, page {n}"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "close": _("Close"),
        "here": _("You searched from here"),
        "demo": _("Demonstration: not a real service"),
        "outline": _("Outline: Natural Earth"),
    }


def _here(place: Place | None) -> list[Any] | None:
    """The name and the point of where the search is from."""
    if place is None:
        return None
    return [place_label(place, language()), round(place.latitude, 2), round(place.longitude, 2)]


def _name(place: Place) -> list[Any]:
    name = place.name_fr if language() == "fr" and place.name_fr else place.name
    return [name, round(place.latitude, 2), round(place.longitude, 2)]


def points_json(found: MapAnswer, moment: datetime) -> dict[str, Any]:
    """The body: a row for each service of the list in its order, and everything else that the map says."""
    texts = Table()
    services = [_row(spot, texts, moment) for spot in found.spots]
    return {
        "columns": COLUMNS,
        "services": services,
        "texts": texts.told(),
        "here": _here(found.place),
        "names": [_name(place) for place in found.names],
        "words": _words(found, services.count(None)),
    }


def _refused(errors: dict[str, list[str]], status: int) -> JsonResponse:
    return JsonResponse({"errors": errors}, status=status)


# Whoever posts here is told that one can't, before a cookie is asked for.
@csrf_exempt
@require_safe
def map_points(request: HttpRequest, token: str) -> JsonResponse:
    """Every service of a sealed search that the map shows; 410 if its time is over, 400 if it is faulty."""
    try:
        pairs, _picked = kept.taken_apart(pairs_of(open_find(token)))
    except (Broken, ValueError):
        gone = _("This page has expired. It was kept for an hour so that nobody can look it up later.")
        return _refused({"request": [gone]}, 410)
    asked = [(name, value) for name, value in pairs if name != "page"]
    moment = now()
    found = map_answer(read(asked, known_values(), may_tell_status=True), language(), moment)
    if found.faults:
        return _refused(fault_texts(found.faults), 400)
    return JsonResponse(points_json(found, moment), json_dumps_params={"separators": (",", ":")})
