"""Where a row stands in its file is stored, shown, and counted as no change of what it says."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from directory.actions.project_listings import rebuild_listings
from directory.models.hsds_document import HsdsDocument
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from tests.directory.hsds_packages import Files, folder, many, named, taken
from tests.directory.read_model import read_model
from tests.own_json import empty_directory

pytestmark = pytest.mark.django_db
LISTED: tuple[type[Organization] | type[Service], ...] = (Organization, Service)


def shown() -> dict[str, Any]:
    """The read model, which a rebuild finds as it is."""
    before = read_model()
    rebuild_listings()
    assert read_model() == before
    return before


def phones_told() -> list[str]:
    """Of the first service, as open data tells them."""
    told = HsdsDocument.objects.get(id=named("s0")).document["phones"]
    return [phone["number"] for phone in told]


def of_one_service(files: Files) -> Files:
    for number, phone in enumerate(files["phones.csv"]):
        phone |= {"service_id": named("s0"), "number": f"613-555-010{number}"}
    return files


def test_a_new_first_row_leaves_those_below_unchanged_and_its_place_is_stored(tmp_path: Path) -> None:
    files = many(6)
    taken(folder(tmp_path / "p", files))
    moments = dict(Service.objects.values_list("id", "last_modified"))
    documents = dict(HsdsDocument.objects.values_list("id", "modified_at"))
    new = {"id": named("new"), "organization_id": named("org"), "name": "Help new", "status": "active"}
    files["services.csv"].insert(0, new)
    report = taken(folder(tmp_path / "p", files))
    assert (report.added.total(), report.changed.total(), report.unchanged.total()) == (1, 0, 13)
    assert report.files["services.csv"] == {"added": 1, "changed": 0, "unchanged": 6}
    assert report.reordered.total() == 0
    stored = Service.objects.order_by("position").values_list("name", flat=True)
    assert list(stored) == [row["name"] for row in files["services.csv"]]
    assert dict(Service.objects.exclude(pk=named("new")).values_list("id", "last_modified")) == moments
    kept = HsdsDocument.objects.filter(entity="service", id__in=documents).values_list("id", "modified_at")
    assert all(documents[id_] == moment for id_, moment in kept)
    assert taken(folder(tmp_path / "p", files)).is_unchanged


def test_another_order_of_phones_is_shown_though_nothing_changed(tmp_path: Path) -> None:
    files = of_one_service(many(3))
    taken(folder(tmp_path / "p", files))
    assert phones_told() == ["613-555-0100", "613-555-0101", "613-555-0102"]
    files["phones.csv"] = [files["phones.csv"][n] for n in (2, 0, 1)]
    report = taken(folder(tmp_path / "p", files))
    assert (report.changed.total(), report.reordered) == (0, {"phone": 3})
    assert "3 of the unchanged in another order" in str(report)
    assert phones_told() == ["613-555-0102", "613-555-0100", "613-555-0101"]
    shown()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_comes_goes_and_moves_is_shown_as_a_rebuild_shows_it(tmp_path: Path, seed: int) -> None:
    """Rows that stay stored though the package has them no more keep their place: what comes may pass them."""
    chance = random.Random(seed)
    every = many(8)
    for phone in every["phones.csv"]:
        phone["service_id"] = named(f"s{chance.randrange(3)}")
    for _ in range(3):
        files = {name: list(rows) for name, rows in every.items()}
        for name in ("services.csv", "phones.csv"):
            rows = every[name]
            files[name] = chance.sample(rows, chance.randrange(3, len(rows) + 1))
        taken(folder(tmp_path / "p", files))
        told = [row["id"] for row in files["phones.csv"]]
        assert [str(one.id) for one in Phone.objects.filter(id__in=told).order_by("position")] == told
        shown()


@pytest.mark.parametrize("form", ["page", "list", "lines"])
def test_a_record_stands_where_its_own_list_has_it(tmp_path: Path, form: str) -> None:
    """organizations.json is read before services.json, and nests them in an order of its own."""
    org = {"id": named("org"), "name": "Lake House", "description": "d"}
    services: list[dict[str, Any]] = [
        {"id": named(word), "name": word, "status": "active"} for word in ("s1", "s2", "s3")
    ]
    holders = [
        org | {"services": [services[2]]},
        org | {"id": named("other"), "services": [services[1], services[0]]},
    ]
    own = {
        "page": json.dumps({"contents": services}),
        "list": json.dumps(services),
        "lines": "\n".join(map(json.dumps, services)) + "\n",
    }[form]
    files = {"organizations.json": json.dumps(holders).encode(), "services.json": own.encode()}
    assert taken(folder(tmp_path / "p", files)).refusals_total == 0
    assert list(Service.objects.order_by("position").values_list("name", flat=True)) == ["s1", "s2", "s3"]
    assert taken(tmp_path / "p").is_unchanged
    assert Service.objects.filter(organization=named("other")).count() == 2


def test_our_own_json_keeps_the_order_of_every_list(tmp_path: Path) -> None:
    files = many(6)
    for number, phone in enumerate(reversed(files["phones.csv"])):
        phone["service_id"] = named(f"s{number % 2}")
    other = {"id": named("a"), "name": "A", "description": "d"}
    files["organizations.csv"].append(other)
    for row in files["services.csv"][::2]:
        row["organization_id"] = named("a")
    with transaction.atomic():
        taken(folder(tmp_path / "p", files))
        before, told = orders(), tmp_path / "json"
        call_command("export_hsds", told, tier="custodian", format="json", publisher="feed")
        transaction.set_rollback(True)
    empty_directory()
    taken(told)
    assert orders() == before


def orders() -> list[list[str]]:
    """The names of organizations and services, and the numbers of each service's phones, as they are stored."""
    names = [list(model.objects.order_by("position").values_list("name", flat=True)) for model in LISTED]
    phones = Phone.objects.order_by("service_id", "position").values_list("number", flat=True)
    return [*names, list(phones)]
