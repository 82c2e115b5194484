"""What the attacker reckons with is right: distances on the earth, the published areas, every public address."""

from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, include, path, re_path

from directory.models.place import Place
from tests.attacker import everything
from tests.attacker.earth import around, kilometres, moved
from tests.attacker.houses import SEATS, Country, drawn, word
from tests.attacker.posterior import Atlas, Posterior, cut, point_of, ring
from tests.directory.test_search_from_everywhere import on_the_ellipsoid
from tests.roles import RoleClient

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
    names = {route.name for route in everything.public_routes()}
    assert names >= {"start", "find_points", "listing", "api_search", "hsds_export", "hsds_services", "keep"}
    assert not {name for name in names if name.startswith(("desk", "review", "profile", "members", "cms_"))}


def _page(request: HttpRequest, **given: object) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("about", _page),
    path("apart/", include(([path("list/", _page, name="list")], "apart"))),
    path("en/desk/added/<int:zoom>/", _page),
]
TAKING: list[Any] = [
    path("en/tiles/<int:zoom>/", _page, name="tiles"),
    path("tiles/<int:zoom>/<int:x>/<int:y>/", _page, name="tiles"),
    re_path(r"^tiles/(?P<metres>\d\d\d)/$", _page, name="tiles"),
    path("tiles/<uuid:id>/", _page),
    path("", include(([path("tiles/<int:zoom>/", _page, name="tiles")], "apart"))),
]


def test_one_without_a_name_or_in_a_space_of_its_own_is_asked_for_too() -> None:
    """Promise 1: whoever adds an address need not know of this."""
    assert list(everything.addresses([], __name__)) == [["/about"], ["/apart/list/"]]


@pytest.mark.django_db
def test_each_way_of_asking_is_tried(country: Country) -> None:
    """Promise 1: what is told to one method alone would be missed."""
    asked: list[str] = []

    class Listens(everything.Reader):
        def read(self, paths: Iterable[str]) -> dict[str, everything.Said]:
            asked.extend(paths)
            return {}

    Listens(RoleClient()).everything(["near=Kingston"])
    assert {"HEAD /en/find/", "OPTIONS /api/search", "POST /hsds/services?full=true"} <= set(asked)
    assert {"POST /api/search?near=Kingston", "POST /fr/trouver/?near=Kingston", "/hsds"} <= set(asked)


@pytest.mark.parametrize("added", TAKING, ids=[str(one.pattern) for one in TAKING])
def test_an_address_whose_arguments_nobody_named_stops_it(
    added: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 1: it can't be forgotten in silence, whatever it takes."""
    monkeypatch.setattr(f"{__name__}.urlpatterns", [added])
    clear_url_caches()
    with pytest.raises(everything.Untaught, match=r"tiles.* takes"):
        list(everything.addresses([], __name__))
    clear_url_caches()
