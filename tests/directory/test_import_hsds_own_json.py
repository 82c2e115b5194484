"""What we export as JSON comes in again whole, and says the same."""

from pathlib import Path
from typing import Any

import pytest
import rfc8785
from django.core.management import call_command

from directory.models.taxonomy import Attribute
from tests.directory.hsds_packages import json_file, named, reasons, taken
from tests.own_json import Told, empty_directory, there_and_back

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).resolve().parents[1] / "hsds_fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.json"))


def differing(before: Told, after: Told) -> list[str]:
    """Files in which the two don't say the same."""
    return [file for file in before if rfc8785.dumps(before[file]) != rfc8785.dumps(after[file])]


def sorted_by_id(told: Told) -> Told:
    """Several publishers' records, taken in as one publisher's, have no order of their own."""
    return {file: sorted(items, key=lambda item: str(item["id"])) for file, items in told.items()}


@pytest.mark.parametrize("name", NAMES)
def test_our_own_json_comes_in_again(name: str, tmp_path: Path) -> None:
    empty_directory()
    before, after, report = there_and_back(tmp_path, lambda: taken(FIXTURES / f"{name}.json"))
    assert any(before.values())
    assert (reasons(report), differing(before, after)) == ([], [])


def test_our_own_json_of_the_demo_comes_in_again(tmp_path: Path) -> None:
    before, after, report = there_and_back(tmp_path, lambda: call_command("load_demo", small=True))
    assert len(before["services.json"]) > 50
    assert (reasons(report), differing(sorted_by_id(before), sorted_by_id(after))) == ([], [])


def test_an_attribute_that_two_items_tell_is_one_row(tmp_path: Path) -> None:
    tie = {"id": named("tie"), "link_entity": "organization", "value": "v", "label": "L"}
    org = {"id": named("jo"), "name": "O", "description": "d", "attributes": [tie]}
    services: list[dict[str, Any]] = [
        {"id": named(word), "name": word, "status": "active", "organization": org} for word in ("s1", "s2")
    ]
    assert reasons(taken(json_file(tmp_path / "s.json", services))) == []
    assert Attribute.objects.get().value == "v"
