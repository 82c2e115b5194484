"""What a feed claimed or never said comes back to the custodian as it was, and passes for a fact with nobody else."""

import csv
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from directory.actions.edit_record import edit_record
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import folder, named, small, taken

pytestmark = pytest.mark.django_db
NAMES = ("assured_date", "last_modified", "url")


def told(path: Path, tier: str) -> dict[str, Any]:
    """The service in the CSV of an export at that tier."""
    call_command("export_hsds", path, tier=tier, publisher="feed")
    with (path / "services.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    return {name: row[name] for name in NAMES}


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    """A service of which its feed claims an assurance and doesn't say when it was changed."""
    files = small()
    files["services.csv"][0] |= {"last_modified": "", "url": "www.lake.example", "assured_date": "2024-05-01"}
    path = folder(tmp_path / "p", files)
    taken(path)
    return path


def test_the_custodian_gets_every_cell_back(fed: Path, tmp_path: Path) -> None:
    assert told(tmp_path / "out", "custodian") == {
        "assured_date": "2024-05-01",
        "last_modified": "",
        "url": "www.lake.example",
    }
    assert taken(fed).is_unchanged


def test_a_claim_of_assurance_is_told_to_nobody_else_as_one(fed: Path, tmp_path: Path) -> None:
    vetted = told(tmp_path / "out", "vetted")
    assert vetted["assured_date"] == ""
    assert vetted["last_modified"] == Service.objects.get().last_modified.isoformat().replace("+00:00", "Z")
    call_command("export_hsds", tmp_path / "json", tier="vetted", format="json", publisher="feed")
    (item,) = json.loads((tmp_path / "json" / "services.json").read_text(encoding="utf-8"))["contents"]
    assert "assured_date" not in item
    assert item["last_modified"] == vetted["last_modified"]


def test_once_a_person_changed_it_the_moment_of_that_is_told(fed: Path, tmp_path: Path) -> None:
    steward = Viewer(user=UUID(int=1), tier=Tier.CUSTODIAN)
    edit_record(
        entity="service", record_id=UUID(named("service")), values={"wait_time": "a day"}, viewer=steward
    )
    assert told(tmp_path / "out", "custodian")["last_modified"] != ""
