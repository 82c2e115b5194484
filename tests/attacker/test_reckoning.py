"""What the attacker reckons with is right: distances on the earth, the published areas, every public address."""

from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import path

from directory.models.place import Place
from tests.attacker import everything
from tests.attacker.earth import around, kilometres, moved
from tests.attacker.houses import SEATS, drawn, word
from tests.attacker.posterior import Atlas, Posterior, cut, point_of, ring
from tests.directory.test_search_from_everywhere import on_the_ellipsoid

pytestmark = pytest.mark.promise(1)
HERE = (49.77, -94.49)


def test_his_kilometres_are_those_of_the_earth() -> None:
    """Promise 1: a ruler that is off would miss a leak, or see one where there is none."""
    chance = Random(2)
    for _ in range(300):
        one, other = ((chance.uniform(42, 70), chance.uniform(-135, -53)) for _ in range(2))
        assert kilometres(one, other) == pytest.approx(on_the_ellipsoid(one, other) / 1000, abs=0.02)
    assert kilometres(HERE, HERE) == 0


def test_points_are_where_they_were_moved_to() -> None:
    assert kilometres(HERE, moved(HERE, 30, -40)) == pytest.approx(50, rel=0.01)
    assert all(kilometres(HERE, point) <= 12.1 for point in around(HERE, 12, 50))


def test_an_answer_that_the_public_point_explains_teaches_nothing() -> None:
    """Promise 1: that is what makes a posterior the area."""
    spots = tuple(around(HERE, 60, 40))
    believed = Posterior(HERE, spots)
    believed.hear(ring("band", HERE, moved(HERE, 30, 0), 25, 50))
    believed.hear(cut("within", HERE, moved(HERE, 30, 0), (30.5, 50), is_inside=True))
    assert (believed.is_the_area, believed.estimate(), believed.spots()) == (True, HERE, list(spots))


def test_any_other_answer_leaves_the_spots_that_agree_with_it() -> None:
    believed, door = Posterior(HERE, tuple(around(HERE, 60, 80))), moved(HERE, 40, 5)
    for origin in (moved(HERE, 50, 40), moved(HERE, 0, 60), moved(HERE, 80, 0)):
        far = kilometres(origin, door)
        believed.hear(ring("kilometres", HERE, origin, far - 0.5, far + 0.5))
    assert believed.channels == {"kilometres"}
    assert kilometres(believed.estimate(), door) < 3


@pytest.mark.django_db
def test_his_areas_are_those_of_the_site(atlas: Atlas) -> None:
    """Promise 1: what is published of areas can be worked out by anybody, and he does."""
    stored = Place.objects.filter(kind="community").order_by("pk").values_list("pk", "area_id")
    his = {place.id: slug for slug, places in atlas.members.items() for place in places}
    assert his == dict(stored)


@pytest.mark.django_db
def test_the_houses_stand_far_from_what_is_public_of_them(atlas: Atlas) -> None:
    country = drawn(atlas)
    assert {house.area for house in country.houses} == set(SEATS)
    assert len({word(number) for number in range(20_000)}) == 20_000
    for house in country.houses:
        assert kilometres(point_of(atlas.area(house.area)), house.door) >= 8


def test_every_public_address_is_asked_for() -> None:
    """Promise 1: one that is added later is asked as well."""
    names = {name for name, _ in everything.public_names()}
    assert names >= {"start", "find_points", "listing", "api_search", "hsds_export", "hsds_services", "keep"}
    assert not {name for name in names if name.startswith(("desk", "review", "profile", "members"))}


def test_an_address_whose_arguments_nobody_named_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Promise 1: it can't be forgotten in silence."""
    added: list[Any] = [path("en/tiles/<int:zoom>/", lambda request: None, name="tiles")]
    monkeypatch.setattr(everything, "get_resolver", lambda: SimpleNamespace(url_patterns=added))
    monkeypatch.setattr(everything, "reverse", lambda name, kwargs: f"/en/{name}/{kwargs['zoom']}/")
    with pytest.raises(everything.Untaught, match="tiles takes"):
        list(everything.addresses([]))
