"""The attack: every public way to ask how near a listing is, from as many points as there is patience for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from directory.rules.areas import PublishedArea
from directory.rules.text import fold
from tests.attacker.clues import (
    by_clock,
    hear,
    of_absence,
    of_distances,
    of_order,
    of_point,
    of_points,
    reach,
)
from tests.attacker.earth import Point, moved
from tests.attacker.posterior import Atlas, Posterior, anywhere, cut_roughly, near_to, point_of
from tests.attacker.stranger import Json, Stranger, place, shown

RADII = (1, 4, 5, 6, 12, 24, 25, 26, 37, 50, 51, 75, 99, 100, 101, 180, 250, 251, 400, 700)
"""Each side of every step that is near, and some between."""
RULED_OUT_KM = 10.0
"""Around a point that somebody rules out, so much is left out."""
SITES = "/hsds/service_at_locations"


class Attack:
    """What one stranger believes of every protected place that he has seen, and all that he can try.

    Each `by_...` is one channel, or several that come with the same answers; `count` says from how many points.
    """

    def __init__(self, stranger: Stranger, atlas: Atlas, seed: int = 1) -> None:
        self.stranger, self.atlas, self.chance = stranger, atlas, Random(seed)
        self.hidden: dict[str, Posterior] = {}
        self.of: dict[str, tuple[str, PublishedArea]] = {}

    def look(self, areas: Iterable[PublishedArea], **asked: object) -> None:
        """Find the listings that tell an area in place of a door, around each of these areas."""
        for area in areas:
            self.meet(self.stranger.found(near=place(point_of(area)), sort="distance", within=100, **asked))

    def meet(self, results: Iterable[Json]) -> None:
        """Begin to think about the hidden places among these."""
        for result in results:
            area = self.atlas.named(result["place"], result["province"])
            if area is not None and result["id"] not in self.hidden:
                self.hidden[result["id"]] = self.atlas.posterior(area)
                self.of[result["id"]] = result["service"], area

    @property
    def located(self) -> dict[str, set[str]]:
        """Listings of which more was learnt than their area, with the channels that told it."""
        return {id_: one.channels for id_, one in self.hidden.items() if not one.is_the_area}

    def origins(self, count: int, farthest: float = 300.0) -> Iterator[Point]:
        """Points to ask from: by chance around the towns of the areas, most of them within an hour's drive."""
        areas = sorted({area.slug for _, area in self.of.values()})
        for number in range(count):
            town = self.chance.choice(self.atlas.members[areas[number % len(areas)]])
            far = min(farthest, self.chance.choice((6.0, 15.0, 30.0, 60.0, 130.0, 300.0)))
            north, east = self.chance.uniform(-far, far), self.chance.uniform(-far, far)
            point = moved((town.latitude, town.longitude), north, east)
            yield round(point[0], 2), round(point[1], 2)

    def by_distance(self, count: int, most: int = 2) -> None:
        """Bands, kilometres, order, and order across the boundaries of pages."""
        for origin in self.origins(count):
            results = self.stranger.found(most, near=place(origin), sort="distance")
            hear(self.hidden, of_distances(self.hidden, origin, results))
            hear(self.hidden, of_order(self.hidden, origin, results))

    def by_radius(self, count: int) -> None:
        """What a radius leaves out, and whether as many are counted as are shown."""
        for origin in self.origins(count):
            within = self.chance.choice(RADII)
            pages = list(self.stranger.pages(near=place(origin), within=within))
            inside = shown([result for page in pages for result in page["results"]])
            self._absence("within", origin, reach(within), inside)
            for id_ in inside & self.hidden.keys():
                self.hidden[id_].hear(anywhere("total", is_explained=pages[0]["total"] == len(inside)))

    def by_distance_kept(self, count: int) -> None:
        """What is left out because it is not far enough away."""
        for origin in self.origins(count):
            away = self.chance.choice(RADII)
            beyond = shown(self.stranger.found(near=place(origin), away=away))
            self._absence("away", origin, reach(away), set(self.hidden) - beyond)

    def by_points_ruled_out(self, count: int) -> None:
        """What is left out because somebody must not be seen around a point."""
        for origin in self.origins(count, farthest=15.0):
            beyond = shown(self.stranger.found(not_in=place(origin)))
            limits = RULED_OUT_KM, RULED_OUT_KM
            self._absence("not_in", origin, limits, set(self.hidden) - beyond)

    def _absence(self, channel: str, origin: Point, limits: tuple[float, float], inside: set[str]) -> None:
        hear(self.hidden, of_absence(channel, self.hidden, origin, limits, inside, set(self.hidden)))

    def one_by_one(self, count: int) -> None:
        """Each place asked for by its name alone: total, facets and the nearest beyond a radius are of it."""
        for id_, (name, _) in sorted(self.of.items()):
            for origin in self.origins(count):
                within = self.chance.choice(RADII)
                answer = self.stranger.search(q=name, near=place(origin), within=within)
                self._counts(id_, origin, within, answer)

    def _counts(self, id_: str, origin: Point, within: int, answer: Json) -> None:
        own = {id_: self.hidden[id_]}
        told = {"total": answer["total"], "facets": sum(answer["facets"]["need"].values())}
        for channel, number in told.items():
            hear(own, of_absence(channel, own, origin, reach(within), {id_} if number else set(), {id_}))
        if nearest := answer["nearest"]:
            hear(own, of_distances(own, origin, [nearest | {"id": id_}]))

    def by_map(self, count: int) -> None:
        """Points, pins and areas of the map."""
        for origin in self.origins(count):
            hear(self.hidden, of_points(self.hidden, self.stranger.map(near=place(origin))))

    def by_names(self) -> None:
        """The community that a result or a page names."""
        for id_, (name, area) in sorted(self.of.items()):
            page = f" {fold(self.stranger.page(f'/en/listing/{id_}/'))} "
            named = {r["place"] for r in self.stranger.found(q=name) if r["id"] == id_}
            for town in self.atlas.members[area.slug]:
                is_said = f" {fold(town.name)} " in page and fold(town.name) not in fold(area.name)
                tells = is_said or town.name in named - {area.name}
                self.hidden[id_].hear(near_to("names", town, is_explained=not tells))

    def by_clocks(self) -> None:
        """By which clock its hours are told."""
        for id_, (name, area) in sorted(self.of.items()):
            for result in self.stranger.found(q=name):
                moments = (result["open"].get("until"), result["open"].get("next"))
                for moment in map(datetime.fromisoformat, filter(None, moments)):
                    is_explained = moment.utcoffset() == moment.astimezone(ZoneInfo(area.zone)).utcoffset()
                    self.hidden[id_].hear(by_clock(self.atlas, area, moment, is_explained=is_explained))

    def by_words(self, count: int) -> None:
        """Which words find it: those of the towns of its area, which its own page doesn't say."""
        for id_, (_, area) in sorted(self.of.items()):
            page = f" {fold(self.stranger.page(f'/en/listing/{id_}/'))} "
            towns = self.atlas.members[area.slug]
            for town in self.chance.sample(towns, min(count, len(towns))):
                answer = self.stranger.search(q=town.name)
                is_exact = not (answer["words_read"] or answer["words_taken"])
                tells = is_exact and id_ in shown(answer["results"]) and f" {fold(town.name)} " not in page
                self.hidden[id_].hear(near_to("words", town, is_explained=not tells))

    def by_open_data(self) -> None:
        """Coordinates in the records of open data."""
        for record in self.stranger.json(SITES, full="true")["contents"]:
            location = record.get("location", {})
            if (believed := self.hidden.get(record["id"])) and "latitude" in location:
                told = location["latitude"], location["longitude"]
                believed.hear(of_point("open data", believed, *told))

    def by_postal_codes(self, codes: Sequence[str], metres: Sequence[int]) -> None:
        """Which records of open data are so near to a postal code, or for its people."""
        known = self._records() & self.hidden.keys()
        for code in codes:
            near = self.stranger.search(near=code)["near"]
            origin, for_them = (near["latitude"], near["longitude"]), self._records(postcode=code)
            for id_ in known:
                self.hidden[id_].hear(anywhere("for a postal code", is_explained=id_ in for_them))
            for radius in metres:
                inside = self._records(postcode=code, proximity=radius)
                for id_ in known:
                    believed, is_inside = self.hidden[id_], id_ in inside
                    asked = ("proximity", believed.public, origin, radius / 1000)
                    believed.hear(cut_roughly(*asked, is_inside=is_inside))

    def _records(self, **asked: object) -> set[str]:
        return {record["id"] for record in self.stranger.json(SITES, **asked)["contents"]}
