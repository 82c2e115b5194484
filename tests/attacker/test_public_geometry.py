"""What is told of where a hidden place lies: its area by name, a band and no kilometres, a shade and no pin."""

import re

import pytest
from django.utils.html import strip_tags

from directory.finding.places_asked import AROUND
from directory.rules.areas import FLOOR, PublishedArea
from directory.rules.bands import distance_band
from tests.attacker.clues import BANDS
from tests.attacker.conftest import tell
from tests.attacker.earth import Point, kilometres, moved
from tests.attacker.houses import Country, House, listings
from tests.attacker.posterior import Atlas, point_of
from tests.attacker.stranger import Stranger, place
from tests.roles import RoleClient

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]
FAR = (3.0, 14.0, 37.0, 72.0, 170.0, 400.0)


@pytest.fixture(scope="module")
def everywhere(atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """A house in areas of every province and territory: the first, the last and a few between."""
    by_province: dict[str, list[PublishedArea]] = {}
    for area in sorted(atlas.areas, key=lambda area: area.slug):
        by_province.setdefault(area.province, []).append(area)
    some = [
        area
        for areas in by_province.values()
        for area in {a.slug: a for a in (*areas[::20], areas[-1])}.values()
    ]
    houses = [_house(atlas, number, area) for number, area in enumerate(some)]
    country = Country(tuple(houses), ())
    tell(country, tmp_path_factory.mktemp("everywhere") / "feed")
    return country


def _house(atlas: Atlas, number: int, area: PublishedArea) -> House:
    town = min(atlas.members[area.slug], key=lambda place: (place.population, place.id))
    return House(number, area.slug, town, (round(town.latitude + 0.01, 5), round(town.longitude, 5)))


def _from(area: PublishedArea) -> list[Point]:
    here, inwards = point_of(area), 1 if area.longitude < -90 else -1
    points = [moved(here, -far * 0.4, far * 0.9 * inwards) for far in FAR]
    return [(round(point[0], 2), round(point[1], 2)) for point in points]


def _areas(atlas: Atlas, stranger: Stranger, country: Country) -> dict[str, PublishedArea]:
    """What each house tells as its place, by the id of its listing."""
    told = {}
    for listing, house in listings(country.houses).items():
        (result,) = [result for result in stranger.found(q=house.name) if result["id"] == listing]
        area = atlas.named(result["place"], result["province"])
        assert area is not None, result
        told[listing] = area
    return told


def _is_on_an_edge(far: float) -> bool:
    return any(abs(far - edge) < 0.1 for edges in BANDS.values() for edge in edges)


def test_a_distance_is_a_band_from_the_area_s_point_and_never_a_number(
    atlas: Atlas, everywhere: Country
) -> None:
    """Promise 1: from near and from far, in every province, whoever asks."""
    stranger, bands = Stranger(RoleClient()), set()
    areas = _areas(atlas, stranger, everywhere)
    for here in {area.province: area for area in areas.values()}.values():
        for origin in _from(here):
            for told in stranger.found(near=place(origin), sort="distance"):
                far = kilometres(origin, point_of(areas[told["id"]]))
                assert told["distance_km"] is None
                assert _is_on_an_edge(far) or told["distance_band"] == distance_band(far)
                bands.add(told["distance_band"])
    assert bands == set(BANDS)
    assert len({area.province for area in areas.values()}) == 13
    assert all(area.people >= FLOOR or area.slug == area.province.lower() for area in atlas.areas)


def test_no_page_tells_kilometres_to_it(atlas: Atlas, everywhere: Country) -> None:
    """Promise 1: neither the card of a result nor the page of the listing, in either language."""
    client = RoleClient()
    for house in everywhere.houses[::9]:
        origin = house.town.latitude + 0.4, house.town.longitude
        for start, near in (("/en/find/", "away"), ("/fr/trouver/", "")):
            page = client.get(client.post(start, {"near": place(origin), "q": house.name})["Location"])
            (card,) = [card for card in page.context["cards"] if card["name"] == house.name]
            assert near in card["where"]
            assert not re.fullmatch(r"\D*\d+\s?km\D*", card["where"]), card["where"]
        for listing in ("/en/listing/", "/fr/fiche/"):
            text = client.get(f"{listing}{house.id_of('site')}/").content.decode()
            assert not re.search(r"\d\s?(km|kilom)", strip_tags(text))


def test_the_map_shades_its_area_and_pins_nothing(atlas: Atlas, everywhere: Country) -> None:
    """Promise 1: a circle of ten kilometres at least around the area's own point, or no place on the map at all."""
    stranger = Stranger(RoleClient())
    areas = _areas(atlas, stranger, everywhere)
    rows = {row["mark"]: row for row in stranger.map(sort="checked")}
    for listing, area in areas.items():
        if area.slug == area.province.lower():
            assert listing[:8] not in rows
            continue
        row = rows[listing[:8]]
        assert (row["latitude"], row["longitude"]) == tuple(round(degrees, 2) for degrees in point_of(area))
        assert row["around_km"] * 1000 in {metres for _, metres in AROUND}
        assert row["around_km"] >= 10
    assert len(rows) > 20
