"""An import that fails leaves no work behind that its process would have to wait for."""

import threading
from pathlib import Path
from typing import Any

import pytest

from directory.actions import import_hsds_protection
from directory.actions.import_hsds import CannotImport
from directory.actions.import_hsds_merge import Merge
from directory.models.location import Location
from directory.rules.hsds_package import PackageError
from tests.directory.hsds_packages import Files, folder, named, taken

pytestmark = pytest.mark.django_db
LONG = 20
"""Seconds that nobody waits for unless something is broken."""


def shelters(count: int) -> Files:
    """Places of women's shelters, which come in protected."""
    org = named("org")
    services = [named(f"s{n}") for n in range(count)]
    places = [named(f"l{n}") for n in range(count)]
    return {
        "organizations.csv": [{"id": org, "name": "House", "description": "d"}],
        "services.csv": [
            {"id": id_, "organization_id": org, "name": "Women's emergency shelter", "status": "active"}
            for id_ in services
        ],
        "locations.csv": [
            {"id": id_, "location_type": "physical", "transportation": "Bus"} for id_ in places
        ],
        "service_at_location.csv": [
            {"id": named(f"t{n}"), "service_id": services[n], "location_id": places[n]} for n in range(count)
        ],
    }


def test_what_leads_to_doors_is_worked_out_no_further_once_the_import_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    asked: list[Any] = []

    def slowly(place: Any, *_words: Any, **_named: Any) -> list[Any]:
        asked.append(place)
        begun.set()
        assert go_on.wait(LONG)
        return []

    def failing(_merge: Merge, _entity: str) -> None:
        assert begun.wait(LONG)
        raise PackageError("The database is gone.")

    monkeypatch.setattr(import_hsds_protection, "of_place", slowly)
    monkeypatch.setattr(Merge, "find", failing)
    before = set(threading.enumerate())
    with pytest.raises(CannotImport):
        taken(folder(tmp_path / "p", shelters(5)))
    go_on.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(LONG)
    assert len(asked) == 1
    assert not Location.objects.exists()


def test_an_import_that_succeeds_has_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def at_once(place: Any, *_words: Any, **_named: Any) -> list[Any]:
        asked.append(place)
        return []

    monkeypatch.setattr(import_hsds_protection, "of_place", at_once)
    taken(folder(tmp_path / "p", shelters(5)))
    assert len(asked) == Location.objects.filter(is_protected=True).count() == 5
