"""Making services to be found: a few words a test, everything else filled in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
import pytest

from directory.actions.load_vocabulary import term_id
from directory.actions.project_listings import project_services
from directory.models.address import Address
from directory.models.language import Language
from directory.models.location import Location, PlacedBy
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.place import Place
from directory.models.publisher import Publisher
from directory.models.schedule import Schedule
from directory.models.service import Reach, Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from tests.databases import address
from tests.directory.demo_answers import ask_country, ask_demo
from tests.directory.demo_country import country, made, made_pairs, pairs, words
from tests.directory.processes import Running

MakeService = Callable[..., Service]
__all__ = ["ask_country", "ask_demo", "country", "made", "made_pairs", "pairs", "words"]


def community(name: str, province: str) -> Place:
    """A community of the gazetteer, the largest of its name in its province."""
    found = Place.objects.filter(name=name, province=province, kind="community").order_by("-population")
    place = found.first()
    assert place is not None, name
    return place


def _location(publisher: Publisher, organization: Organization, town: str, **more: Any) -> Location:
    name, _, province = town.partition(", ")
    stands_at = community(name, province)
    placed = PlacedBy.COORDINATES if more.get("latitude") else PlacedBy.COMMUNITY
    where: dict[str, Any] = {"placed_by": placed, "community": stands_at}
    if more.get("is_protected"):
        where = {"placed_by": PlacedBy.AREA, "area_id": stands_at.area_id}
    facts = where | more
    return Location.objects.create(publisher=publisher, organization=organization, **facts)


def _tie(publisher: Publisher, service: Service, needs: Sequence[str]) -> None:
    for position, need in enumerate(needs):
        Attribute.objects.create(
            publisher=publisher,
            position=position,
            link_id=service.pk,
            link_entity="service",
            taxonomy_term_id=term_id(need),
        )


@pytest.fixture(autouse=True)
def advisers_had_their_days(settings: Any) -> None:
    """Nobody waits three days here for a second yes; tests/directory/test_wait_for_advisers.py does."""
    settings.ADVISERS_HAVE_DAYS = 0


@pytest.fixture
def make_service(db: None) -> MakeService:
    """`make_service("Legal clinic", "Kingston, ON", needs=["legal_advice"])`, projected and ready to be found."""

    def make(
        name: str = "Drop-in",
        town: str = "Kingston, ON",
        *,
        needs: Sequence[str] = ("legal_advice",),
        place: dict[str, Any] | None = None,
        street: str = "",
        phone: str = "613-555-0142",
        hours: Sequence[tuple[str, str, str]] = (),
        languages: Sequence[str] = (),
        is_demo: bool = False,
        **facts: Any,
    ) -> Service:
        slug = "demo-list" if is_demo else "list"
        publisher, _ = Publisher.objects.get_or_create(slug=slug, defaults={"name": slug, "is_demo": is_demo})
        organization = Organization.objects.create(publisher=publisher, name=f"{name} House")
        service = Service.objects.create(publisher=publisher, organization=organization, name=name, **facts)
        if town and service.reach == Reach.PLACE:
            location = _location(publisher, organization, town, **(place or {}))
            ServiceAtLocation.objects.create(publisher=publisher, service=service, location=location)
            if street:
                Address.objects.create(
                    publisher=publisher,
                    location=location,
                    address_1=street,
                    city=town.split(",")[0],
                    state_province=town[-2:],
                )
        if phone:
            Phone.objects.create(publisher=publisher, service=service, number=phone)
        for byday, opens, closes in hours:
            Schedule.objects.create(
                publisher=publisher, service=service, byday=byday, opens_at=opens, closes_at=closes
            )
        for code in languages:
            Language.objects.create(publisher=publisher, service=service, code=code)
        _tie(publisher, service, needs)
        project_services([service.pk])
        return service

    return make


@pytest.fixture
def held(cloned_database: str) -> Iterator[psycopg.Connection]:
    """A connection that makes every import wait in its middle: it holds the table of phones."""
    with psycopg.connect(address("OWNER_DATABASE_URL", cloned_database)) as connection:
        connection.execute("LOCK TABLE phone IN SHARE MODE")
        yield connection


@pytest.fixture
def begun() -> Iterator[list[Running]]:
    """Processes of a test; none outlives it."""
    processes: list[Running] = []
    yield processes
    for process in processes:
        process.kill()
        process.wait()
