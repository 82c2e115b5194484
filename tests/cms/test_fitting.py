"""Protocols in their place: beside a listing at the desk, and where a search finds no service."""

import pytest

from accounts.models import User
from cms.views.fitting import guides
from directory.models.listing import ListingPage
from safety.viewer import VISITOR, Tier, Viewer
from tests.cast import SignIn
from tests.cms.conftest import Publish, fields
from tests.directory.conftest import make_service
from tests.directory.profiles import House, house, second
from tests.roles import RoleClient

__all__ = ["house", "make_service", "second"]

pytestmark = pytest.mark.django_db
FOR_WORKERS = "For workers: how to go about it"


@pytest.fixture
def three(publish: Publish) -> None:
    publish("bed", **fields(title="Beds", needs=["emergency_shelter", "safe_home"]))
    publish("safe", **fields(title="Homes", needs=["safe_home"]))
    publish("kept", tier="vetted", **fields(title="Kept", needs=["safe_home"], summary="Words of zanzibar."))


def test_those_about_most_of_the_asked_kinds_of_help_come_first(three: None) -> None:
    assert [guide.title for guide in guides(["emergency_shelter", "safe_home"], "", VISITOR)] == [
        "Beds",
        "Homes",
    ]
    assert [guide.title for guide in guides(["dental"], "", VISITOR)] == []


def test_a_visitor_is_shown_no_vetted_one_by_need_or_word(three: None) -> None:
    told = guides(["safe_home"], "", VISITOR) + guides([], "zanzibar", VISITOR)
    assert "Kept" not in {guide.title for guide in told}
    vetted = Viewer(tier=Tier.VETTED)
    assert "Kept" in {guide.title for guide in guides(["safe_home"], "", vetted)}


def test_an_unreviewed_one_says_so_there_too(three: None) -> None:
    assert {guide.mark for guide in guides(["safe_home"], "", VISITOR)} == {
        "Needs review by a qualified person"
    }


def test_where_a_search_finds_no_service_protocols_are_shown(three: None, visitor: RoleClient) -> None:
    text = visitor.get(visitor.get("/en/find/?need=safe_home&near=Winnipeg")["Location"]).text
    assert FOR_WORKERS in text
    assert 'href="/en/protocols/safe/"' in text
    text = visitor.get(visitor.get("/en/find/?q=tea&near=Winnipeg")["Location"]).text
    assert 'href="/en/protocols/bed/"' in text, "their steps are about tea"
    assert FOR_WORKERS not in visitor.get(visitor.get("/en/find/?need=dental")["Location"]).text


def test_they_stand_beside_a_listing_at_the_desk_alone(
    house: House, publish: Publish, visitor: RoleClient, navigator: User, sign_in: SignIn
) -> None:
    listing = ListingPage.objects.get()
    needs = listing.en["needs"]
    publish("bed", **fields(title="Beds", needs=needs[:1]))
    desk = sign_in(navigator).get(f"/en/desk/listing/{listing.pk}/").text
    assert 'href="/en/desk/protocols/bed/"' in desk
    assert FOR_WORKERS not in visitor.get(f"/en/listing/{listing.pk}/").text
