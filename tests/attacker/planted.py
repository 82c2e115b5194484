"""Leaks on purpose: what the site would be if somebody forgot one wall. The attacker has to find each of them."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.contrib.gis.geos import Point as StoredPoint
from django.db import connection

from directory.finding import answer, map_points
from directory.finding.answer import Result
from directory.finding.asked import Asked
from directory.finding.map_points import Spot
from directory.finding.search import FoundPage, Row
from directory.models.coverage import Coverage
from directory.models.hsds_document import HsdsDocument
from directory.models.listing import Listing, ListingPage
from directory.rules.bands import whole_km
from tests.attacker.earth import Point, kilometres, moved
from tests.attacker.houses import Country, House, listings
from tests.roles import role

Plant = Callable[[Country, pytest.MonkeyPatch], None]


def _stored(point: Point) -> StoredPoint:
    return StoredPoint(point[1], point[0], srid=4326)


def _keep(country: Country, told: Callable[[House], Point]) -> None:
    with role("relais_owner"):
        for listing, house in listings(country.houses).items():
            point = _stored(told(house))
            Listing.objects.filter(pk=listing).update(point=point)
            HsdsDocument.objects.filter(entity="service_at_location", id=listing).update(point=point)


def keeps_the_true_point(country: Country, _: pytest.MonkeyPatch) -> None:
    """The read model has it."""
    _keep(country, lambda house: house.door)


def keeps_the_true_point_rounded(country: Country, _: pytest.MonkeyPatch) -> None:
    """To a kilometre or so: what other directories take for enough."""
    _keep(country, lambda house: (round(house.door[0], 2), round(house.door[1], 2)))


def keeps_the_true_point_with_noise(country: Country, _: pytest.MonkeyPatch) -> None:
    """Shifted by up to four kilometres, another way for each."""

    def shifted(house: House) -> Point:
        chance = Random(house.number)
        return moved(house.door, chance.uniform(-3, 3), chance.uniform(-3, 3))

    _keep(country, shifted)


def keeps_the_community_s_point(country: Country, _: pytest.MonkeyPatch) -> None:
    """That of the village in which it stands."""
    _keep(country, lambda house: (house.town.latitude, house.town.longitude))


class _Truth:
    """Where hidden listings really are, for those who leak."""

    def __init__(self, country: Country) -> None:
        self._houses = listings(country.houses)

    def house(self, id_: Any) -> House | None:
        return self._houses.get(str(id_))

    def metres(self, row: Row, asked: Asked) -> float:
        """To the door if the row hides one, else as it is told."""
        house = self.house(row.id)
        if house is None or asked.here is None:
            return row.metres or 0.0
        return kilometres(asked.here, house.door) * 1000

    def is_outside(self, row: Row, asked: Asked) -> bool:
        return bool(asked.within) and self.metres(row, asked) > (asked.within or 0) * 1000


Leaky = Callable[[_Truth, FoundPage, Asked], FoundPage]


def _with_page(leaky: Leaky) -> Plant:
    """A plant in whatever puts the page of a search together."""

    def plant(country: Country, patch: pytest.MonkeyPatch) -> None:
        honest, truth = answer.find_page, _Truth(country)
        patch.setattr(answer, "find_page", lambda asked: leaky(truth, honest(asked), asked))

    return plant


def _ordered(truth: _Truth, page: FoundPage, asked: Asked) -> FoundPage:
    return replace(page, rows=sorted(page.rows, key=lambda row: truth.metres(row, asked)))


def _counted(truth: _Truth, page: FoundPage, asked: Asked) -> FoundPage:
    return replace(page, total=page.total - sum(truth.is_outside(row, asked) for row in page.rows))


def _faceted(truth: _Truth, page: FoundPage, asked: Asked) -> FoundPage:
    is_outside = any(truth.is_outside(row, asked) for row in page.rows)
    return replace(page, tags={}) if is_outside else page


def _left_out(truth: _Truth, page: FoundPage, asked: Asked) -> FoundPage:
    rows = [row for row in page.rows if not truth.is_outside(row, asked)]
    return replace(page, rows=rows, total=page.total - len(page.rows) + len(rows))


def _nearest(truth: _Truth, page: FoundPage, asked: Asked) -> FoundPage:
    row = page.nearest
    return replace(page, nearest=replace(row, metres=truth.metres(row, asked))) if row else page


orders_by_the_true_point = _with_page(_ordered)
counts_by_the_true_point = _with_page(_counted)
facets_by_the_true_point = _with_page(_faceted)
leaves_out_by_the_true_point = _with_page(_left_out)
tells_the_nearest_by_the_true_point = _with_page(_nearest)


def prints_kilometres(country: Country, patch: pytest.MonkeyPatch) -> None:
    """The distance to a place whose address is hidden, as another directory prints it."""
    honest, truth = answer.result_of, _Truth(country)

    def leaky(row: Row, asked: Asked, *more: Any) -> Result:
        told = honest(row, asked, *more)
        is_hidden = asked.here is not None and truth.house(row.id)
        return replace(told, km=whole_km(truth.metres(row, asked)), band="") if is_hidden else told

    patch.setattr(answer, "result_of", leaky)


def _on_the_map(told: Callable[[House, Spot], Spot]) -> Plant:
    def plant(country: Country, patch: pytest.MonkeyPatch) -> None:
        honest, truth = map_points._spot, _Truth(country)

        def leaky(*row: Any) -> Spot:
            spot = honest(*row)
            house = truth.house(spot.facts["id"])
            return told(house, spot) if house else spot

        patch.setattr(map_points, "_spot", leaky)

    return plant


pins_the_door = _on_the_map(lambda house, spot: replace(spot, point=house.door, around_km=0))
shades_around_the_door = _on_the_map(
    lambda house, spot: replace(spot, point=(round(house.door[0], 2), round(house.door[1], 2)))
)
pins_the_area = _on_the_map(lambda _, spot: replace(spot, around_km=0))


def _rewrite(country: Country, told: Callable[[House, dict[str, Any]], None]) -> None:
    """Change what the read model's pages say of houses, in both languages."""
    with role("relais_owner"):
        for listing, house in listings(country.houses).items():
            page = ListingPage.objects.get(pk=listing)
            for facts in (page.en, page.fr):
                told(house, facts)
            page.save()


def names_the_community(country: Country, _: pytest.MonkeyPatch) -> None:
    """As the place of a result."""
    _rewrite(country, lambda house, facts: facts["place"].update(name=house.town.name))


def writes_of_the_community(country: Country, _: pytest.MonkeyPatch) -> None:
    """In the words of its page."""
    _rewrite(country, lambda house, facts: facts.update(description=f"Beds in {house.town.name} ."))


def tells_its_clock(country: Country, _: pytest.MonkeyPatch) -> None:
    """Hours by the clock of where it stands. The houses of one area have two zones here."""
    zones = ("America/Atikokan", "America/Regina", "America/St_Johns")
    _rewrite(country, lambda house, facts: facts.update(zone=zones[house.number % 3]))


def is_found_by_its_community(country: Country, _: pytest.MonkeyPatch) -> None:
    """The index of words knows it, though no page shows it."""
    with role("relais_owner"), connection.cursor() as cursor:
        for listing, house in listings(country.houses).items():
            cursor.execute(
                "UPDATE listing SET search_en = search_en || to_tsvector('relais_en', %s) WHERE id = %s",
                [house.town.name, listing],
            )


def covers_its_community(country: Country, _: pytest.MonkeyPatch) -> None:
    """What it covers is told finer than its area."""
    with role("relais_owner"):
        for listing, house in listings(country.houses).items():
            Coverage.objects.create(
                listing_id=listing, kind="community", place_id=house.town.id, is_afar=False
            )


def exports_its_point(country: Country, _: pytest.MonkeyPatch) -> None:
    """Open data has it."""
    with role("relais_owner"):
        for house in country.houses:
            found = HsdsDocument.objects.filter(entity="location", id=house.id_of("place"))
            told = dict(found.get().document)
            found.update(document=told | {"latitude": house.door[0], "longitude": house.door[1]})
