"""A made-up directory: the same seed, the same bytes; a whole package whose every tie leads somewhere."""

import csv
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.demo.bench_package import COLUMNS, BenchPackage, write_package
from directory.demo.bench_towns import Town, known_towns
from directory.models.place import Place
from tests.hsds_columns import columns_of

TOWNS = [
    Town("Kingston", "ON", 44.23, -76.48, 132_485, "-5"),
    Town("Gander", "NL", 48.95, -54.61, 11_688, "-3.5"),
]
ENTITIES = {
    "organizations": "organization", "services": "service", "locations": "location", "addresses": "address",
    "service_at_location": "service_at_location", "phones": "phone", "schedules": "schedule",
    "languages": "language", "attributes": "attribute", "service_areas": "service_area", "contacts": "contact",
    "accessibility": "accessibility", "required_documents": "required_document",
    "cost_options": "cost_option", "taxonomies": "taxonomy", "taxonomy_terms": "taxonomy_term",
}  # fmt: skip
TIES = {
    "organization_id": "organizations", "service_id": "services", "location_id": "locations",
    "service_at_location_id": "service_at_location", "contact_id": "contacts", "phone_id": "phones",
    "taxonomy_term_id": "taxonomy_terms", "taxonomy_id": "taxonomies", "parent_id": "taxonomy_terms",
    "link_id": "services",
}  # fmt: skip
Tables = dict[str, list[dict[str, str]]]


def _made(into: Path, services: int = 50, seed: int = 7) -> dict[str, bytes]:
    write_package(BenchPackage(services=services, seed=seed, towns=TOWNS), into)
    return {path.name: path.read_bytes() for path in sorted(into.iterdir())}


def _tables(files: dict[str, bytes]) -> Tables:
    return {
        name.removesuffix(".csv"): list(csv.DictReader(StringIO(data.decode(), newline="")))
        for name, data in files.items()
    }


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """Three hundred services, enough for everything that happens now and then."""
    return _tables(_made(tmp_path_factory.mktemp("made") / "package", services=300))


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _made(tmp_path / "one") == _made(tmp_path / "two")


def test_another_seed_gives_another_directory(tmp_path: Path) -> None:
    one, two = _made(tmp_path / "one", seed=7), _made(tmp_path / "two", seed=8)
    assert all(one[name] != two[name] for name in one)


def test_a_small_package_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    small, large = _made(tmp_path / "small", services=20), _made(tmp_path / "large", services=50)
    assert large["services.csv"].startswith(small["services.csv"])
    assert len(large["services.csv"]) > len(small["services.csv"])


@pytest.mark.parametrize("services", [1, 2, 50])
def test_there_are_exactly_as_many_services_as_asked_for(tmp_path: Path, services: int) -> None:
    assert len(_tables(_made(tmp_path / "package", services=services))["services"]) == services


def test_headers_are_the_standards_names(tables: Tables) -> None:
    for name, entity in ENTITIES.items():
        assert set(COLUMNS[name]) <= columns_of(entity), name
        assert tables[name], name
        assert tuple(tables[name][0]) == COLUMNS[name]
    assert set(tables) == set(ENTITIES)


def test_nothing_that_was_made_up_misses_its_column(tables: Tables) -> None:
    rows = BenchPackage(services=300, seed=7, towns=TOWNS).rows()
    assert all(set(row) <= set(COLUMNS[name]) for name, row in rows)


def test_ids_are_uuids_and_no_two_records_share_one(tables: Tables) -> None:
    ids = [row["id"] for rows in tables.values() for row in rows]
    pattern = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert len(ids) == len(set(ids))
    assert all(pattern.fullmatch(id_) for id_ in ids)


def test_every_tie_leads_to_a_record_of_the_package(tables: Tables) -> None:
    known = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    dangling = [
        (name, column, value)
        for name, rows in tables.items()
        for row in rows
        for column, value in row.items()
        if column in TIES and value and value not in known[TIES[column]]
    ]
    assert dangling == []


def test_phones_are_fictional_and_addresses_lead_nowhere(tables: Tables) -> None:
    assert all(re.fullmatch(r"[2-9]\d\d-555-01\d\d", row["number"]) for row in tables["phones"])
    written = [
        row[c] for rows in tables.values() for row in rows for c in ("email", "url", "website") if row.get(c)
    ]
    assert written
    assert all(re.search(r"[@/][a-z0-9-]+\.example(/|$)", text) for text in written)


def test_a_service_has_one_place_or_two_with_a_point_near_its_town(tables: Tables) -> None:
    places = Counter(row["service_id"] for row in tables["service_at_location"])
    assert set(places.values()) == {1, 2}
    assert len(places) == len(tables["services"])
    towns = {town.name: town for town in TOWNS}
    cities = {row["location_id"]: towns[row["city"]] for row in tables["addresses"]}
    for row in tables["locations"]:
        town = cities[row["id"]]
        assert abs(float(row["latitude"]) - town.latitude) < 0.3
        assert abs(float(row["longitude"]) - town.longitude) < 0.3


def test_each_service_has_one_to_three_weekly_hours(tables: Tables) -> None:
    ties = {row["id"]: row["service_id"] for row in tables["service_at_location"]}
    owners = [row["service_id"] or ties[row["service_at_location_id"]] for row in tables["schedules"]]
    assert set(Counter(owners).values()) == {1, 2, 3}
    assert set(owners) == {row["id"] for row in tables["services"]}
    assert {row["freq"] for row in tables["schedules"]} == {"WEEKLY"}
    assert {row["timezone"] for row in tables["schedules"]} == {"-5", "-3.5"}


def test_no_file_claims_that_somebody_checked(tables: Tables) -> None:
    assert {row["assured_date"] for row in tables["services"]} == {""}


def _run(into: Path, *words: str) -> None:
    call_command("make_bench_data", *words, "--into", str(into))


@pytest.mark.django_db
def test_the_command_writes_near_the_gazetteers_communities(tmp_path: Path) -> None:
    _run(tmp_path / "new" / "package", "--services", "30", "--seed", "3")
    with (tmp_path / "new" / "package" / "addresses.csv").open(encoding="utf-8", newline="") as file:
        found = {(row["city"], row["state_province"]) for row in csv.DictReader(file)}
    assert found <= {(town.name, town.province) for town in known_towns()}
    assert len(found) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("services", ["0", "-3"])
def test_less_than_one_service_is_refused(tmp_path: Path, services: str) -> None:
    with pytest.raises(CommandError, match="at least one service"):
        _run(tmp_path / "package", f"--services={services}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_an_empty_gazetteer_is_told(tmp_path: Path) -> None:
    Place.objects.all().delete()
    with pytest.raises(CommandError, match="gazetteer is empty"):
        _run(tmp_path / "package", "--services", "3")


@pytest.mark.django_db
def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandError, match="not an empty folder"):
        _run(tmp_path, "--services", "3")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.django_db
def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _run(tmp_path / "empty", "--services", "3")
    assert (tmp_path / "empty" / "services.csv").exists()


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def told(services: int) -> None:
        raise RuntimeError(services)

    with pytest.raises(RuntimeError):
        write_package(BenchPackage(services=10_000, seed=1, towns=TOWNS), tmp_path / "package", told=told)
    assert list(tmp_path.iterdir()) == []
