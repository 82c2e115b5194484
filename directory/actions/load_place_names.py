"""Adds communities and names from an operator's file to the gazetteer; takes nothing away from it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from directory.actions.load_areas import write_areas
from directory.actions.place_packages import hashed_number
from directory.finding.places import forget_gazetteer
from directory.models.place import Place, PlaceSource
from directory.rules.place_grid import Grid, flat_kilometres
from directory.rules.place_names import of_a_nation, place_key
from directory.rules.place_rows import BadRow, Feature, NameRow, Reader, feature_key, feature_of
from directory.rules.provinces import zone_of
from safety import audit
from safety.viewer import Viewer

SAME_PLACE_KM = 15.0
SAME_CITY_KM = 30.0
"""A feature of a known community's name and province is that community if it lies so near; a city is wider."""
CITY = 50_000
FARTHEST_PROVINCE_KM = 150.0
"""A province is taken from the nearest community only so far, and only if none within twice the distance differs."""
RENEWED = ["name_fr", "fed_names"]


@dataclass(slots=True)
class PlaceNamesReport:
    """What became of every row; `refused` holds (row number, reason)."""

    rows: int = 0
    passed_over: int = 0
    communities: int = 0
    added: int = 0
    named: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.rows} rows read: {self.communities} communities, of which {self.added} added and {self.named} with"
            f" new names; {self.passed_over} rows are no community, {len(self.refused)} refused"
        )


@transaction.atomic
def load_place_names(
    *, rows: Iterable[tuple[int, Mapping[str, str]]], reader: Reader, digest: str, viewer: Viewer
) -> PlaceNamesReport:
    """Add what the numbered `rows` name, whole or not at all but for rows refused; run again, it changes nothing.

    A community that is known keeps its people, its point and its name, and gets the names that it lacks.
    """
    report = PlaceNamesReport()
    known = _Known(Place.objects.order_by("pk"))
    for number, feature in _features(rows, reader, report):
        try:
            known.take(feature, report)
        except BadRow as fault:
            report.refused.append((number, str(fault)))
    if known.changed or known.fresh:
        _write(known)
    details = {"added": report.added, "named": report.named, "refused": len(report.refused), "digest": digest}
    audit.record(viewer, action="load_place_names", subject_type="place", details=details)
    transaction.on_commit(forget_gazetteer)
    return report


def _features(
    rows: Iterable[tuple[int, Mapping[str, str]]], reader: Reader, report: PlaceNamesReport
) -> Iterator[tuple[int, Feature]]:
    """Read row by row; of a large file only the communities are kept, since a feature's names may lie far apart."""
    named: dict[str, list[NameRow]] = {}
    first: dict[str, int] = {}
    for number, row in rows:
        report.rows += 1
        try:
            read = reader(row)
        except BadRow as fault:
            report.refused.append((number, str(fault)))
            continue
        if read is None:
            report.passed_over += 1
        else:
            named.setdefault(feature_key(read), []).append(read)
            first.setdefault(feature_key(read), number)
    report.communities = len(named)
    return ((first[key], feature_of(each)) for key, each in named.items())


class _Known:
    """The places of the gazetteer, and what a file changes in them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.all = list(places)
        self.fresh: list[Place] = []
        self.changed: dict[int, Place] = {}
        self._fresh_ids: set[int] = set()
        communities = [place for place in self.all if place.kind == "community"]
        self._by_id = {place.pk: place for place in communities}
        self._grid = Grid(place for place in communities if place.source == PlaceSource.PACKAGE)
        self._named: dict[tuple[str, str], list[Place]] = {}
        for place in communities:
            self._index(place)

    def take(self, feature: Feature, report: PlaceNamesReport) -> None:
        """Add `feature`, or its names to the place that it is."""
        near = self._grid.nearest(feature.latitude, feature.longitude)
        province = feature.province or self._province_by(feature, near)
        number = hashed_number(feature.key)
        place = self._by_id.get(number) or self._same(feature, province)
        if place is None:
            self._add(number, feature, province, near)
            report.added += 1
        elif self._renew(place, feature):
            report.named += 1

    def _province_by(self, feature: Feature, near: Place | None) -> str:
        """The province of all communities around. Raises BadRow where that would be a guess."""
        here = (feature.latitude, feature.longitude)
        away = flat_kilometres(*here, near) if near else FARTHEST_PROVINCE_KM + 1
        around = {place.province for place in self._grid if flat_kilometres(*here, place) <= 2 * away + 10}
        if away > FARTHEST_PROVINCE_KM or len(around) != 1:
            raise BadRow("no community around tells its province; add a column Province - Territory")
        return around.pop()

    def _same(self, feature: Feature, province: str) -> Place | None:
        """The nearest known community of one of the feature's names, if it is near enough to be the same."""
        here = (feature.latitude, feature.longitude)
        keys = dict.fromkeys(map(place_key, feature.names))
        places = [place for key in keys for place in self._named.get((key, province), ())]
        near = [p for p in places if flat_kilometres(*here, p) <= _reach(p)]
        return min(near, key=lambda place: (flat_kilometres(*here, place), place.pk), default=None)

    def _renew(self, place: Place, feature: Feature) -> bool:
        """Give a place the names that it lacks; whether it lacked any."""
        own = {place.name, place.name_fr, *place.alternates, *place.fed_names}
        lacking = [name for name in feature.names if name not in own]
        french = (
            feature.name_fr
            if not place.name_fr and place_key(feature.names[0]) == place_key(place.name)
            else ""
        )
        if not lacking and not french:
            return False
        place.fed_names = [*place.fed_names, *lacking]
        place.name_fr = place.name_fr or french
        if place.pk not in self._fresh_ids:
            self.changed[place.pk] = place
        self._index(place)
        return True

    def _add(self, number: int, feature: Feature, province: str, near: Place | None) -> None:
        name = self._told_apart(feature.names[0], province) if feature.is_nation else feature.names[0]
        place = Place(
            id=number,
            kind="community",
            source=PlaceSource.NAMES_FILE,
            name=name,
            name_fr=feature.name_fr,
            province=province,
            latitude=feature.latitude,
            longitude=feature.longitude,
            zone=near.zone if near and near.province == province else zone_of(province),
            fed_names=[other for other in feature.names if other not in (name, feature.name_fr)],
        )
        self.fresh.append(place)
        self._fresh_ids.add(number)
        self.all.append(place)
        self._by_id[number] = place
        self._index(place)

    def _told_apart(self, name: str, province: str) -> str:
        """A First Nation's name; where a town elsewhere in its province bears it too, with these two words."""
        is_shared = (place_key(name), province) in self._named and not of_a_nation(place_key(name))
        return f"{name} First Nation" if is_shared else name

    def _index(self, place: Place) -> None:
        for key in {
            place_key(n) for n in (place.name, place.name_fr, *place.alternates, *place.fed_names)
        } - {""}:
            places = self._named.setdefault((key, place.province), [])
            if place not in places:
                places.append(place)


def _reach(place: Place) -> float:
    return SAME_CITY_KM if place.population >= CITY else SAME_PLACE_KM


def _write(known: _Known) -> None:
    write_areas(known.all)
    Place.objects.bulk_create(known.fresh, batch_size=1000)
    Place.objects.bulk_update(known.changed.values(), RENEWED, batch_size=1000)
