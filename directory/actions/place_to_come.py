"""A place that is asked for and not there yet: what is kept of it until then, and forgotten where it never comes.

Of one that is to be protected that is its published area alone; names of its small community are kept as digests under
the id that it will have (docs/adr/0051).
"""

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.keep_names import keep_town
from directory.actions.keep_traces import forget_traces
from directory.actions.keep_where import community_of
from directory.actions.refused import Refused
from directory.actions.state_needs import groups_of
from directory.finding.places import place_words
from directory.finding.profile_places import PLACE, STREET
from directory.models.location import Location
from directory.models.place import Place
from directory.rules.new_listings import has_protected_place

Values = Mapping[str, Any]


def place_as_stored(place: Values, listing: Values) -> dict[str, Any]:
    """As it is kept, for what is given there (`listing`: needs and names). No street of one that is to be protected.

    Raises Refused where a street was typed for one, and where nothing says where it is.
    """
    kind = place["kind"]
    is_told = any(place.get(name) for name in STREET)
    if kind == "new" and has_protected_place(listing, groups_of(listing["needs"])):
        if is_told:
            raise Refused(_("Where people stay or hide, no street is kept: the place is protected."))
        kind = "protected"
    if kind == "protected":
        return {"kind": kind, "area": _town(place["community"]).area_id or "", "location": str(uuid.uuid4())}
    if kind == "new":
        community = place_words(community_of(place["community"]))
        return {"kind": kind, "community": community} | {name: place[name] for name in STREET}
    if kind not in ("own", "province", "country"):
        raise Refused(_("Say where it is."))
    return {"kind": kind} | {name: str(place[name]) for name in ("location", "province") if place.get(name)}


def _town(words: str) -> Place:
    return Place.objects.select_related("area").get(pk=community_of(words).id)


def keep_town_to_come(typed: Values, place: Values) -> None:
    """No text of the organization will name the small community of a place that is to be protected.

    `typed` is the place as it was asked for, `place` as it is stored.
    """
    if place["kind"] == "protected":
        town = _town(typed["community"])
        keep_town(UUID(place["location"]), town, town.area)


def forget_places_to_come(asked: Values) -> None:
    """Places that these parts of a change would have made are not to come: what was kept of them goes."""
    for key, place in asked.items():
        is_place = key == PLACE.rstrip("/") or key.startswith(PLACE)
        if is_place and place and place.get("kind") == "protected":
            _forget(place["location"])


def _forget(location: str) -> None:
    if not Location.objects.filter(pk=location).exists():
        forget_traces(UUID(location))
