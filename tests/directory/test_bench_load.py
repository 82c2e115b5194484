"""Made services loaded: all of them or none shown, marked, never twice, and only where demonstrations are allowed."""

import json
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import CommandError, call_command

from accounts.demo import DemoRefused
from config.settings.environment import ROOT
from directory.actions.load_bench import CHUNK, MOST, Loaded, load_bench
from directory.actions.load_bench_rows import Chunk, world, write_chunk
from directory.actions.project_listings import rebuild_listings
from directory.demo.bench_country import made_services
from directory.demo.bench_towns import CannotMake
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.place import Place
from directory.models.projection_due import ProjectionDue
from directory.models.publisher import Publisher
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from safety.audit import AuditEntry
from safety.viewer import VISITOR
from tests.databases import address, environment


def _load(services: int, seed: int = 3) -> Loaded:
    return load_bench(services=services, seed=seed, viewer=VISITOR)


def _told(services: int, size: int = CHUNK) -> Iterator[tuple[str, str]]:
    """(id, name) of the first so many of seed 3."""
    for chunk in range(services // size + 1):
        for number, rows in made_services(world(3), chunk, size):
            if number >= services:
                return
            yield next((str(r["id"]), str(r["name"])) for table, r in rows if table == "service")


def _stored() -> list[tuple[str, str]]:
    stored = Service.objects.filter(publisher_id="bench").order_by("pk").values_list("pk", "name")
    return [(str(id_), name) for id_, name in stored]


@pytest.mark.django_db
def test_every_made_service_is_shown_and_marked_as_made_up() -> None:
    done = _load(60)
    assert (done.services, done.shown) == (60, Listing.objects.count())
    assert set(Listing.objects.values_list("is_demo", flat=True)) == {True}
    assert set(Listing.objects.values_list("service_id", flat=True)) == {
        pk for (pk,) in Service.objects.values_list("pk")
    }
    assert not Service.objects.exclude(assured_date=None).exists()


@pytest.mark.django_db
def test_one_entry_of_the_audit_trail_says_how_many_came() -> None:
    _load(20)
    entry = AuditEntry.objects.get(action="load_bench")
    assert json.loads(entry.details) == {"services": 20, "in_all": 20, "seed": "3"}


@pytest.mark.django_db
def test_the_same_again_changes_nothing_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _load(20)
    before = list(Service.objects.order_by("pk").values())
    call_command("make_bench_data", "--services", "20", "--seed", "3")
    assert "nothing to do" in capsys.readouterr().out
    assert list(Service.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(action="load_bench").count() == 1


@pytest.mark.django_db
def test_more_of_the_same_seed_continue_what_is_there() -> None:
    _load(20)
    assert _load(45).services == 25
    assert _stored() == list(_told(45))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("services", "seed", "said"), [(30, 4, "seed 4 did not make"), (10, 3, "more than 10")]
)
def test_other_made_services_are_neither_mixed_in_nor_removed(services: int, seed: int, said: str) -> None:
    _load(20)
    with pytest.raises(CommandError, match=said):
        call_command("make_bench_data", "--services", str(services), "--seed", str(seed))
    assert _stored() == list(_told(20))


@pytest.mark.django_db
@pytest.mark.parametrize("services", [0, -3, MOST + 1])
def test_only_up_to_a_million_can_be_asked_for(services: int) -> None:
    with pytest.raises(CannotMake, match="Between 1 and 1000000"):
        _load(services)


@pytest.mark.django_db
def test_a_site_for_real_people_takes_none(settings: pytest.FixtureRequest) -> None:
    settings.ALLOWS_DEMO = False  # type: ignore[attr-defined]  # pytest-django's own settings
    with pytest.raises(DemoRefused):
        _load(5)
    assert not Service.objects.exists()


@pytest.mark.django_db
def test_without_places_nothing_is_loaded() -> None:
    world.cache_clear()
    Place.objects.all().delete()
    with pytest.raises(CannotMake, match="gazetteer is empty"):
        _load(5)
    assert not Publisher.objects.filter(slug="bench").exists()


@pytest.mark.django_db
def test_what_is_half_loaded_is_shown_by_no_rebuild() -> None:
    write_chunk(Chunk(3, 0, CHUNK, 30))
    assert Service.objects.count() == 30
    assert rebuild_listings() == 0
    _load(30)
    assert Listing.objects.values("service_id").distinct().count() == 30


@pytest.mark.django_db
def test_places_are_those_of_the_gazetteer_and_hidden_ones_have_their_area_only() -> None:
    _load(300)
    hidden = Location.objects.filter(is_protected=True)
    assert hidden.exists()
    assert not hidden.filter(area=None).exists()
    assert not Location.objects.filter(is_protected=False, community=None).exists()
    tied = ServiceAtLocation.objects.filter(location__in=hidden).values("service_id")
    assert not Listing.objects.filter(service_id__in=tied, has_exact_point=True).exists()


LOAD = (
    "import django; django.setup()\n"
    "from directory.actions import load_bench as m; from safety.viewer import VISITOR\n"
    "m.MANY = 10\n"
)
WHOLE = "m.load_bench(services=25, seed=3, viewer=VISITOR, chunk=10)"
INTERRUPTED = "m.write_chunk(m.Chunk(3, 1, 10, 25)); m.write_chunk(m.Chunk(3, 0, 10, 4))"
UNSHOWN = "m.project_in_parts = lambda ids=None, mark=None: 0\n"


def _run(code: str, database: str) -> None:
    command = [sys.executable, "-c", LOAD + code]
    subprocess.run(command, cwd=ROOT, env=environment(database), check=True)


def test_several_processes_load_what_one_would_and_go_on_where_they_were_interrupted(
    cloned_database: str,
) -> None:
    _run(INTERRUPTED, cloned_database)
    assert Service.objects.count() == 14
    _run(WHOLE, cloned_database)
    assert _stored() == list(_told(25, 10))
    assert Listing.objects.values("service_id").distinct().count() == 25
    assert not ProjectionDue.objects.exists()


def test_what_was_loaded_and_not_shown_is_shown_when_it_is_asked_for_again(cloned_database: str) -> None:
    _run(UNSHOWN + WHOLE, cloned_database)
    assert ProjectionDue.objects.exists()
    assert not Listing.objects.exists()
    _run(WHOLE, cloned_database)
    assert Listing.objects.values("service_id").distinct().count() == 25
    with psycopg.connect(address("DATABASE_URL", cloned_database)) as connection:
        told = connection.execute("SELECT count(*) FROM audit_entry WHERE action = 'load_bench'").fetchone()
    assert told == (2,)
