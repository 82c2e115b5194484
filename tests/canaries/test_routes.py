"""The walk over the routes: it forgets none, and says what to do about one whose address it cannot fill."""

from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path, re_path, resolve
from django.utils import translation

from config.urls import urlpatterns as ours
from tests.canaries.asking import every_path
from tests.canaries.routes import Unfilled, routes
from tests.canaries.world import World

TAKEN = {"cms_shut", "cms_sign_in", "cms_sign_out"}


def _page(request: HttpRequest, **given: object) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    *ours,
    path("added/", _page),
    path("added/<slug:unheard_of>/", _page, name="added"),
    re_path(r"^added/(?P<unheard>[a-z]+)\.csv$", _page),
]


def test_every_name_that_an_address_can_be_made_of_is_walked() -> None:
    named = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    assert named <= {route.name for route in routes()}
    assert {route.name for route in routes() if route.name.startswith("admin:")}


def test_pages_with_a_language_are_walked_in_both() -> None:
    both: dict[str, set[str]] = {}
    for route in routes():
        both.setdefault(route.name, set()).add(route.language)
    assert both["find"] == both["desk_find"] == both["account_login"] == {"en", "fr"}
    assert both["hsds_services"] == both["admin:index"] == {""}


def test_each_address_leads_back_to_its_route(world: World) -> None:
    for one in every_path(world):
        with translation.override(one.route.language or "en"):
            found = resolve(one.path)
        # An address that we take from allauth's is answered by a page of ours, which has no name; those of Wagtail's
        # that are shut or are sign-in elsewhere have one.
        is_taken = "." in found.view_name or (one.is_editing and found.view_name in TAKEN)
        if one.route.name and "nothing" not in one.path and not is_taken:
            assert found.view_name == one.route.name or one.route.name.startswith("hsds"), one


def test_a_route_that_is_added_is_walked_and_one_that_cannot_be_filled_is_told_with_what_to_do(
    world: World,
) -> None:
    added = [route for route in routes(__name__) if route.gapped.startswith("/added/")]
    assert [route.gapped for route in added] == ["/added/", "/added/{unheard_of}/", "/added/{unheard}.csv"]
    with pytest.raises(Unfilled) as told:
        every_path(world, __name__, lambda route: route.gapped.startswith("/added/"))
    assert "added/<slug:unheard_of>/ (added)" in str(told.value)
    assert "tests/canaries/fillers.py" in str(told.value)
    assert (Path(__file__).parent / "fillers.py").exists()
