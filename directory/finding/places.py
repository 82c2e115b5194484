"""The gazetteer, in memory: all places, read once from the public read model."""

from threading import Lock

from directory.models.place import Place as StoredPlace
from directory.rules.places import Gazetteer, Place
from directory.rules.provinces import province_name
from safety.db import public_database

_kept: list[Gazetteer] = []
_lock = Lock()


def plain(stored: StoredPlace) -> Place:
    """The place as the rules know it."""
    return Place(
        id=stored.pk,
        name=stored.name,
        name_fr=stored.name_fr,
        province=stored.province,
        latitude=stored.latitude,
        longitude=stored.longitude,
        population=stored.population,
        zone=stored.zone,
        kind="postal_area" if stored.kind == "postal_area" else "community",
        alternates=(*stored.alternates, *stored.fed_names),
        is_unsure=stored.is_unsure,
    )


def gazetteer() -> Gazetteer:
    """The gazetteer; an empty one is not kept, so that loading the places later is seen."""
    with _lock:
        if _kept:
            return _kept[0]
        stored = StoredPlace.objects.using(public_database()).order_by("id")
        made = Gazetteer(map(plain, stored))
        if made:
            _kept.append(made)
        return made


def forget_gazetteer() -> None:
    """Read anew at the next question: after places were loaded by this process."""
    with _lock:
        _kept.clear()


def _named(place: Place, language: str) -> str:
    return place.name_fr if language == "fr" and place.name_fr else place.name


def place_label(place: Place, language: str) -> str:
    """ "Kingston, Ontario": the name in "en" or "fr" and the province; "Vanier (Ottawa), Ontario" if there are two."""
    name = _named(place, language)
    if landmark := gazetteer().landmark(place):
        name = f"{name} ({_named(landmark, language)})"
    return f"{name}, {province_name(place.province, language)}" if place.province else name


def place_words(place: Place) -> str:
    """What leads to this place and no other when it is typed: "Kingston, ON", "Vanier (Ottawa), ON"."""
    if place.kind == "postal_area":
        return place.name
    landmark = gazetteer().landmark(place)
    name = f"{place.name} ({landmark.name})" if landmark else place.name
    return f"{name}, {place.province}"
