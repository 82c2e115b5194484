"""The JSON of an answer (contract: `/api/search` answers ...)."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from directory.finding.answer import Answer, Result
from directory.finding.hours import states_beside
from directory.finding.places import place_label, place_words
from directory.rules.opening import OpenState
from directory.rules.places import Place
from directory.views import wording
from directory.views.cards import looked_into_line
from directory.views.journeys import province_line, way_line, way_to
from directory.views.languages import spoken_line
from directory.views.reasons import reasons_line


def _place(place: Place, language: str) -> dict[str, Any]:
    return {
        "name": place_label(place, language),
        "province": place.province,
        "latitude": round(place.latitude, 2),
        "longitude": round(place.longitude, 2),
    }


def choices_json(found: Answer, language: str) -> dict[str, Any]:
    """Places to choose from, where one name means several."""
    if not found.choices:
        return {}
    return {"choices": [_place(p, language) | {"near": place_words(p)} for p in found.choices]}


def _state(state: OpenState, of: str) -> dict[str, Any]:
    """`of`: what the hours are of, as HSDS rows say it (phone, intake ...); left out where nobody said it."""
    told: dict[str, Any] = {"state": state.state} | ({"of": of} if of else {})
    if state.until:
        told["until"] = state.until.isoformat()
    if state.next:
        told["next"] = state.next.isoformat()
    return told


def _open(result: Result, now: datetime) -> dict[str, Any]:
    """The hours that count; `beside`, where there are any, what the others say, such as those of the phone."""
    kinds = result.facts.get("hours_of", [])
    told = _state(result.open, kinds[0] if len(kinds) == 1 else "")
    is_shut = result.facts["status"] == "temporarily closed"
    beside = [] if is_shut else [_state(state, of) for of, state in states_beside(result.facts, now)]
    return told | ({"beside": beside} if beside else {})


def _match(result: Result) -> str:
    """Whether all that was asked is answered with yes, the language among it; else one has to ask."""
    if result.facts.get("looked_into"):
        return "ask"
    return "ask" if result.match == "ask" or result.spoken in ("unsure", "ask") else "yes"


def _reasons(result: Result, found: Answer, language: str, now: datetime) -> list[str]:
    """Why it may fit, what one has to ask, how one gets there where there is no road, and how sure all that is."""
    if result.facts.get("looked_into"):
        return [looked_into_line()]
    told = [
        spoken_line(result, found.query.languages),
        reasons_line(result.reasons, language),
        province_line(result, found.place),
        way_line(way_to(result, found.place)),
        wording.source_line(result.facts, now.date()),
    ]
    return [line for line in told if line]


def _contact(facts: dict[str, Any]) -> dict[str, Any]:
    """How to reach it; nothing of what stewards look into: whoever does not read `warning` sends nobody there."""
    if facts.get("looked_into"):
        return {"phones": [], "email": None, "website": None}
    return {
        "phones": [{"number": p["number"], "label": p["label"]} for p in wording.phone_links(facts)],
        "email": facts["email"] or None,
        "website": facts["website"] or None,
    }


def _result(result: Result, found: Answer, language: str, now: datetime) -> dict[str, Any]:
    facts = result.facts
    return {
        "id": facts["id"],
        "service": facts["name"],
        "organization": facts["organization"],
        "kinds": facts["needs"],
        "place": facts["place"]["name"] or None,
        "province": facts["province"] or None,
        "distance_km": result.km,
        "distance_band": result.band or None,
        "demo": facts["source"]["is_demo"],
        "open": _open(result, now),
        "languages": [{"code": row["code"], "name": row["name"]} for row in facts["languages"]],
        "match": _match(result),
        "reasons": _reasons(result, found, language, now),
        "checked_on": facts["checked_on"],
        "warning": looked_into_line() if facts.get("looked_into") else None,
        "contact": _contact(facts),
        "url": reverse("listing", args=[facts["id"]]),
    }


def _nearest(result: Result) -> dict[str, Any]:
    place = {"place": result.facts["place"]["name"] or None, "province": result.facts["province"] or None}
    return place | {"distance_km": result.km, "distance_band": result.band or None}


def _nearest_closed(result: Result, now: datetime) -> dict[str, Any]:
    facts = result.facts
    named = {"id": facts["id"], "service": facts["name"], "organization": facts["organization"]}
    return (
        named | _nearest(result) | {"open": _open(result, now), "url": reverse("listing", args=[facts["id"]])}
    )


def answer_json(found: Answer, language: str, now: datetime) -> dict[str, Any]:
    """The whole answer. `total` counts at most the thousand nearest; `more` says that there are others.

    `elsewhere_more` says that there may be more than `elsewhere_total`, which counts at most some hundreds of a reach.
    `nearest` says how far the nearest is where nothing is within the radius, else it is null. `nearest_closed` fits and
    is a step of distance nearer than all `results`, but closed when it must be open; `open` is its state now.
    `not_shown` counts, by parameter, the services that it leaves out. Where nothing bears all words of `q`,
    `words_taken` are those of which the results bear one; else it is empty. `words_read` says what a typed word was
    taken for where nothing bears it.
    """
    return {
        "total": found.total,
        "more": found.is_capped,
        "page": found.query.page,
        "pages": found.pages,
        "near": _place(found.place, language) if found.place else None,
        "words_taken": list(found.words_taken),
        "words_read": {typed: list(words) for typed, words in found.words_read},
        "results": [_result(r, found, language, now) for r in found.results],
        "elsewhere": [_result(r, found, language, now) for r in found.elsewhere],
        "elsewhere_total": found.elsewhere_total,
        "elsewhere_more": found.is_elsewhere_capped,
        "nearest": _nearest(found.nearest) if found.nearest else None,
        "nearest_closed": _nearest_closed(found.shut, now) if found.shut else None,
        "facets": {
            "need": found.facets,
            "language": found.language_facets,
            "focus": found.focus_facets,
            "way": found.way_facets,
            "open": found.open_facets,
        },
        "not_shown": found.not_shown,
    }
