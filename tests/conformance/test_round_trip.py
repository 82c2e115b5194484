"""Every official example goes in and comes out the same, and tells the tables, not a copy of what came in."""

import csv
from itertools import count
from pathlib import Path

import pytest
import rfc8785
from django.core.management import call_command

from directory.hsds.export_disclosure import disclosure
from directory.hsds.nested import tell_items
from directory.hsds.nested_view import View
from safety.viewer import Tier
from tests.conformance.official import (
    FILES,
    NAMES,
    SLUG,
    empty_directory,
    example,
    exported,
    folder_of,
    import_package,
    page_in,
    version_of,
)
from tests.hsds_schemas import CHECKED, FORMATS, Schemas
from tests.hsds_walk import Item, edit, edited, edits_of, items_in, records_in, root_of


def _same(one: object, other: object) -> bool:
    return rfc8785.dumps(one) == rfc8785.dumps(other)


def _in_view(name: str) -> list[Item]:
    view = View(root_of(name), name.endswith("_list"))
    return list(tell_items(view, disclosure(Tier.CUSTODIAN, SLUG)))


@pytest.fixture
def folder(pytestconfig: pytest.Config) -> Path:
    """The official files."""
    return folder_of(pytestconfig)


@pytest.fixture
def schemas(folder: Path) -> Schemas:
    """Their strict schemas."""
    return Schemas(folder)


@pytest.mark.parametrize(
    "name", ["service_full", "organization_full", "service_at_location_full", "location"]
)
def test_the_strict_schema_knows_an_extra_property_of_every_record(
    name: str, schemas: Schemas, folder: Path
) -> None:
    root, item = root_of(name), items_in(example(folder, name))[0]
    assert schemas.faults(root, item) == []
    for _, record in records_in(root, item):
        record["extra"] = "x"
        assert len(schemas.faults(root, item)) == 1
        del record["extra"]
    assert schemas.faults(root, item | {"id": "no-uuid"}) != []


def test_an_extra_property_of_a_page_is_known(schemas: Schemas, folder: Path) -> None:
    page = page_in(example(folder, "service_list"))
    assert schemas.faults_of_page("service", page) == []
    assert schemas.faults_of_page("service", page | {"extra": 1}) != []


def test_every_example_but_base_and_tabular_is_here(folder: Path) -> None:
    found = {path.stem for path in (folder / "examples").glob("*.json")}
    assert found == {*NAMES, "base", "tabular"}
    assert set(FORMATS.checkers) >= CHECKED


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", NAMES)
def test_an_example_comes_out_as_it_went_in(
    name: str, folder: Path, schemas: Schemas, tmp_path: Path
) -> None:
    root, items = root_of(name), items_in(example(folder, name))
    empty_directory()
    import_package(example(folder, name))
    told = exported(tmp_path / "out", root)
    assert _same(told, items)
    assert _same(_in_view(name), items)
    in_list = name.endswith("_list")
    assert [fault for item in told for fault in schemas.faults(root, item, in_list=in_list)] == []
    assert schemas.faults_of_page(root, page_in(tmp_path / "out" / FILES[root]), in_list=in_list) == []


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("name", NAMES)
def test_an_edit_shows_wherever_the_record_stands_and_nowhere_else(
    name: str, folder: Path, tmp_path: Path
) -> None:
    root, items = root_of(name), items_in(example(folder, name))
    empty_directory()
    import_package(example(folder, name))
    numbers = count()
    for entity, ids, field in edits_of(root, items):
        edit(entity, ids, field)
        items = edited(root, items, entity, field)
        assert _same(_in_view(name), items), f"{entity}.{field.name}"
        if not next(numbers):
            assert _same(exported(tmp_path / "out", root), items)
    assert _same(exported(tmp_path / "all", root), items)


@pytest.mark.usefixtures("db")
def test_what_came_in_twice_is_there_once(folder: Path, tmp_path: Path) -> None:
    path = example(folder, "service_full")
    empty_directory()
    import_package(path)
    import_package(path)
    assert _same(exported(tmp_path / "out", "service"), items_in(path))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("db")
def test_the_tabular_package_comes_out_row_for_row(folder: Path, tmp_path: Path) -> None:
    empty_directory()
    import_package(folder / "examples" / "csv")
    call_command("export_hsds", tmp_path / "out", tier="custodian", publisher=SLUG)
    official = sorted((folder / "examples" / "csv").glob("*.csv"))
    assert len(official) == {"3.0": 21, "3.1": 24}[version_of(folder)]
    for path in official:
        rows = _rows(path)
        told = [{name: row[name] for name in rows[0]} for row in _rows(tmp_path / "out" / path.name)]
        assert told == rows, path.name
