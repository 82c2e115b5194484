"""Two worlds that differ in nothing but where, inside their areas, the houses stand: every public byte is the same."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import resolve
from django.utils import translation

from directory.actions.keep_address import Street, keep_protected_address
from directory.actions.open_location import open_location
from directory.actions.protect_location import protect_location
from directory.models.location import Location
from safety import seal
from safety.viewer import Tier, Viewer
from tests.attacker.conftest import tell
from tests.attacker.earth import kilometres, moved
from tests.attacker.everything import FILLED, Reader, Said, differing
from tests.attacker.houses import Country, drawn
from tests.attacker.posterior import Atlas, point_of
from tests.attacker.stranger import place
from tests.roles import RoleClient

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]
STEWARD = Viewer(user=UUID(int=7), tier=Tier.CUSTODIAN)
World = dict[str, Said]


NOW = datetime.now(UTC)


class _Clock(datetime):
    """Stands still while worlds are read."""

    stopped = NOW

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return cls.stopped


class _Nonces:
    """The same for the same text: what is sealed can then be compared as it stands."""

    def token_bytes(self, count: int) -> bytes:
        return b"\x07" * 12 if count == 12 else secrets.token_bytes(count)

    def token_hex(self, count: int) -> str:
        return secrets.token_hex(count)


@pytest.fixture(scope="module", autouse=True)
def still() -> Iterator[None]:
    """Moments and nonces, which differ from one request to the next by construction."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("directory.views.sealed.datetime", _Clock)
        patch.setattr("django.utils.timezone.now", lambda: _Clock.stopped)
        patch.setattr(seal, "secrets", _Nonces())
        for words in ("vocabulary", "synonyms"):  # read again every minute, whatever is asked
            patch.setattr(f"directory.finding.{words}.FRESH_FOR", float("inf"))
        yield


def searches(*countries: Country, atlas: Atlas) -> list[str]:
    """What is asked of both worlds: from the houses' own towns, from everywhere around, by every word of either."""
    chance = Random(3)
    houses = [house for country in countries for house in country.houses]
    points = [house.door for house in houses]
    for slug in sorted({house.area for house in houses}):
        middle = point_of(atlas.area(slug))
        points += [middle, moved(middle, chance.uniform(-90, 90), chance.uniform(-90, 90))]
    asked: list[dict[str, Any]] = [{"near": place(p), "sort": "distance"} for p in points]
    asked += [{"near": place(p), "within": chance.choice((5, 25, 60, 120))} for p in points[::3]]
    asked += [{"near": place(p), "away": chance.choice((5, 25, 60, 120))} for p in points[::5]]
    asked += [{"not_in": place(p)} for p in points[::5]]
    asked += [{"q": house.town.name} for house in houses[::2]] + [
        {"q": house.street} for house in houses[::2]
    ]
    asked += [{"near": f"{house.town.name}, {house.town.province}", "open": "now"} for house in houses[::2]]
    asked += [{"need": "emergency_shelter"}, {"sort": "checked"}, {"near": "Kingston", "page": 99}]
    asked += [{"near": "Nowhereville"}, {"within": 7}, {"not_in": "Nowhereville"}, {"language": "zzz"}]
    return list(dict.fromkeys(map(urlencode, asked)))


Read = Callable[[], World]


@pytest.fixture(scope="module")
def texts(atlas: Atlas) -> list[str]:
    """Searches."""
    return searches(drawn(atlas, 0), drawn(atlas, 1), atlas=atlas)


@pytest.fixture(scope="module")
def read(texts: list[str]) -> Read:
    """Reads all that is public now."""
    reader = Reader(RoleClient())
    return lambda: reader.everything(texts)


def tell_all(country: Country, path: Path) -> None:
    """A feed tells where the houses are, and every organization keeps the true street of its own, sealed."""
    tell(country, path)
    for house in country.houses:
        street = Street(house.street, house.town.name, house.town.province)
        keep_protected_address(location_id=UUID(house.id_of("place")), street=street, viewer=STEWARD)


def apart(make: Callable[[], None], read: Read) -> World:
    """What is public of a world that is gone again afterwards."""
    with transaction.atomic():
        make()
        found = read()
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def one_world(atlas: Atlas, read: Read, tmp_path_factory: pytest.TempPathFactory) -> World:
    """What is public where the houses stand as the first telling says."""
    return apart(lambda: tell_all(drawn(atlas), tmp_path_factory.mktemp("first") / "feed"), read)


def test_the_two_tellings_differ_in_every_door(atlas: Atlas) -> None:
    """Promise 1: there is something to tell."""
    one, other = drawn(atlas, 0), drawn(atlas, 1)
    assert len({house.town.id for house in (*one.houses, *other.houses)}) > 14
    for here, there in zip(one.houses, other.houses, strict=True):
        assert (here.name, here.area) == (there.name, there.area)
        assert kilometres(here.door, there.door) > 0.5
        assert here.street != there.street
    clocks = [(here.town.zone, there.town.zone) for here, there in zip(one.houses, other.houses, strict=True)]
    assert any(before != after for before, after in clocks)


def test_two_feeds_that_tell_other_doors_make_the_same_site(
    atlas: Atlas, one_world: World, read: Read, tmp_path: Path
) -> None:
    """Promise 1: whatever an import brings of a place, no public byte, header or count of statements shows it."""
    other = apart(lambda: tell_all(drawn(atlas, 1), tmp_path / "feed"), read)
    assert len(other) > 300
    for sent, status in (
        ("/en/find/", 303),
        ("/fr/trouver/", 303),
        ("/api/search", 200),
        ("/hsds/services", 200),
    ):
        assert status in {one.status for path, one in other.items() if path.startswith(f"POST {sent}?")}
    assert differing(one_world, other) == []


def _names(world: World) -> set[str]:
    """Of all addresses that GET was shown something at."""
    found = set()
    for asked, said in world.items():
        method, path = asked.split(" ", 1)
        if method == "GET" and said.status == 200:
            with translation.override("fr" if path.startswith("/fr/") else "en"):
                found.add(str(resolve(path.partition("?")[0]).url_name))
    return found


def test_what_stands_behind_a_token_is_compared_and_not_its_refusal_alone(one_world: World) -> None:
    """Promise 1: an address that only answers that it has expired would be the same in all worlds."""
    assert {name for name, words in FILLED if "token" in words} - _names(one_world) == set()


def test_a_house_that_moves_changes_no_byte_and_no_moment(
    atlas: Atlas, one_world: World, read: Read, tmp_path: Path
) -> None:
    """Promise 1: its feed tells the new door a day later, and its keeper seals the new street: nothing was modified."""
    tell_all(drawn(atlas, 0), tmp_path / "before")
    try:
        _Clock.stopped = NOW + timedelta(days=1)
        tell_all(drawn(atlas, 1), tmp_path / "after")
    finally:
        _Clock.stopped = NOW
    assert differing(one_world, read()) == []


def test_a_door_that_was_open_is_the_same_once_protected_wherever_it_was(
    atlas: Atlas, texts: list[str], tmp_path: Path
) -> None:
    """Promise 1: protecting a public place leaves nothing of which of two places it was."""

    def made(telling: int) -> World:
        reader, path = Reader(RoleClient()), tmp_path / f"{telling}"
        return apart(lambda: _protected(drawn(atlas, telling), path), lambda: reader.everything(texts[::5]))

    assert differing(made(0), made(1)) == []


def _protected(country: Country, path: Path) -> None:
    """Some of its houses were opened, told in public with their streets, and protected then."""
    tell(country, path)
    places = [UUID(house.id_of("place")) for house in country.houses[::4]]
    for key in places:
        open_location(location_id=key, viewer=STEWARD)
    tell(country, path)
    assert Location.objects.filter(pk__in=places, is_protected=False).count() == len(places)
    for key in places:
        protect_location(location_id=key, viewer=STEWARD)
    assert Location.objects.filter(pk__in=places, is_protected=True, area__isnull=False).count() == len(
        places
    )
