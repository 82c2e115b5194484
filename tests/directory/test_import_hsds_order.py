"""Where a row stands in its file is stored, shown, and counted as no change of what it says."""

import random
from pathlib import Path
from typing import Any

import pytest

from directory.actions.project_listings import rebuild_listings
from directory.models.hsds_document import HsdsDocument
from directory.models.phone import Phone
from directory.models.service import Service
from tests.directory.hsds_packages import Files, folder, many, named, taken
from tests.directory.read_model import read_model

pytestmark = pytest.mark.django_db


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
