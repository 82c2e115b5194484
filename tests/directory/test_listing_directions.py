"""How to get there and how long one waits stand on a listing, and directions to a protected place on none."""

from typing import Any

import pytest

from directory.actions.protect_location import protect_location
from directory.models.listing import ListingPage
from directory.models.service import Service
from safety.viewer import Viewer
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

WAY = "The 4 bus stops at the door. The ramp is at the back."


@pytest.fixture
def clinic(make_service: MakeService) -> Service:
    """A clinic that tells both."""
    place: dict[str, Any] = {"transportation": WAY}
    return make_service("Clinic", place=place, wait_time="Two weeks", street="12 Alder Street")


def page(visitor: RoleClient, clinic: Service, address: str = "en/listing") -> str:
    """The listing as a visitor reads it."""
    return visitor.get(f"/{address}/{clinic.sites.get().pk}/").text


def test_an_open_place_tells_the_way_there_and_the_wait(clinic: Service, visitor: RoleClient) -> None:
    told = page(visitor, clinic)
    assert told.index("Getting there") < told.index(WAY)
    assert told.index("How long one waits") < told.index("Two weeks")
    french = page(visitor, clinic, "fr/fiche")
    assert f'<p lang="en">{WAY}</p>' in french
    assert "Combien de temps on attend" in french


def test_what_is_not_told_takes_no_room(make_service: MakeService, visitor: RoleClient) -> None:
    bare = make_service("Bare")
    assert "How long one waits" not in page(visitor, bare)
    assert "directions" not in ListingPage.objects.get().en


def test_once_it_is_protected_nothing_of_the_way_is_left(clinic: Service, visitor: RoleClient) -> None:
    assert "4 bus" in page(visitor, clinic)
    protect_location(
        location_id=clinic.sites.get().location_id, viewer=Viewer(organization=clinic.organization_id)
    )
    assert "4 bus" not in page(visitor, clinic)
