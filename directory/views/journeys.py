"""The way to a service in words: how far the nearest is, that no road leads there, that it is in another province."""

from django.utils.translation import gettext as _

from directory.finding.answer import Answer, Result
from directory.finding.roadless import roadless, spot_at
from directory.rules.bands import least_km
from directory.rules.places import Place
from directory.rules.provinces import in_province
from directory.rules.remote import By, Nearest, is_other_province, nearest_of, spot, way_between
from directory.views import wording
from directory.views.languages import language, starts_large


def _least_km(result: Result) -> int | None:
    """Kilometres that it is away at least; None of what has no place, or no distance."""
    if result.km is not None:
        return result.km
    return least_km(result.band) if result.band else None


def way_to(result: Result, near: Place | None) -> By | None:
    """How one must travel from `near` to a result, where there is no road all the year; else None."""
    place, km = result.facts["place"], _least_km(result)
    if near is None or km is None or not place["name"]:
        return None
    return way_between(spot_at(near), spot(place["name"], place["province"]), km, roadless())


def way_words(result: Result, near: Place | None) -> str:
    """The same beside a distance; empty where there is a road. Who flies to Saskatoon finds no fly-in town there."""
    match way_to(result, near):
        case "plane":
            place = result.facts["place"]
            there = roadless().way_to(spot(place["name"], place["province"]))
            return _("fly-in") if there == "plane" else _("by plane")
        case "train":
            return _("by train or plane")
        case "boat":
            return _("by plane or boat")
    return ""


def way_line(by: By | None) -> str:
    """How one must travel, as a sentence; empty where there is a road."""
    match by:
        case "plane":
            return _("By plane: no road all year.")
        case "train":
            return _("By train or plane: no road all year.")
        case "boat":
            return _("By plane or boat: no road all year.")
    return ""


def province_line(result: Result, near: Place | None) -> str:
    """What one asks about before going to another province; empty for what is in this one, or serves from afar."""
    place = result.facts["place"]
    if near is None or not place["name"] or not is_other_province(near.province, place["province"]):
        return ""
    where = starts_large(in_province(place["province"], language()))
    return _("%(where)s: ask about your health card, and who pays.") % {"where": where} if where else ""


def _nearest(found: Answer) -> Nearest | None:
    """How far the nearest is, of a first page that begins with it."""
    if found.place is None or found.query.page > 1:
        return None
    known = [(km, r.km is not None) for r in found.results if (km := _least_km(r)) is not None]
    return nearest_of(known, are_all=found.total == len(found.results), sort=found.query.sort)


def _distance_line(found: Answer) -> str:
    """Empty, too, for who asked for what is far."""
    nearest = None if found.query.away else _nearest(found)
    if nearest is None:
        return ""
    return _distance_text(nearest, is_shut_nearer=found.shut is not None) % {"km": wording.number(nearest.km)}


def _distance_text(nearest: Nearest, *, is_shut_nearer: bool) -> str:
    """What is nearer and closed is not forgotten: the distance is that of what may be open."""
    if is_shut_nearer:
        return (
            _("Of those that may be open then, the nearest is about %(km)s km away.")
            if nearest.is_about
            else _("All that may be open then are over %(km)s km away.")
        )
    return (
        _("The nearest is about %(km)s km away.") if nearest.is_about else _("All are over %(km)s km away.")
    )


def far_line(found: Answer) -> str:
    """That even the nearest is far, and that no road leads to any that is shown; empty where that is not so."""
    ways = {way_to(result, found.place) for result in found.results} if found.query.page == 1 else set()
    way = way_line(ways.pop()) if len(ways) == 1 else ""
    return " ".join(filter(None, [_distance_line(found), way]))
