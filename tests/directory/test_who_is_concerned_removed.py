"""What a package lacks: each entity is counted by itself, an emptied file says something, and who is told of it."""

from pathlib import Path
from typing import Any

import pytest

from directory.actions.import_hsds import CannotImport
from directory.actions.project_listings import rebuild_listings
from directory.models.listing import Listing
from directory.models.phone import Phone
from directory.models.service import Service
from directory.models.taxonomy import Attribute, TaxonomyTerm
from tests.directory.hsds_packages import Files, folder, json_file, many, named, small, table, taken, whole
from tests.directory.read_model import read_model

pytestmark = pytest.mark.django_db


def fewer(file: str, left: int, count: int = 60) -> Files:
    """A package of which one file has lost all rows but so many."""
    files = many(count)
    return files | {file: files[file][:left]}


def emptied(files: Files, name: str) -> dict[str, Any]:
    """The package with nothing but the header in one file."""
    return files | {name: table([], list(files[name][0]))}


def test_every_entity_is_counted_by_itself(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(60))
    taken(path)
    with pytest.raises(CannotImport) as fault:
        taken(folder(path, fewer("phones.csv", 1)), remove_missing=True)
    assert str(fault.value) == (
        "59 of 60 records of phone would go, 98.3 %, and 5 % are allowed: nothing was imported."
        " If it is meant, add --allow-removing 99."
    )
    assert Phone.objects.count() == 60
    assert taken(path, remove_missing=True, allow_removing=99).removed["phone"] == 59


def test_a_few_records_may_go_whatever_part_they_are_unless_none_may(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(10))
    taken(path)
    folder(path, fewer("phones.csv", 5, 10))
    with pytest.raises(CannotImport, match="5 of 10 records of phone"):
        taken(path, remove_missing=True, allow_removing=0)
    assert taken(path, remove_missing=True).removed["phone"] == 5
    taken(folder(path, many(10)))
    with pytest.raises(CannotImport, match="6 of 10 records of phone"):
        taken(folder(path, fewer("phones.csv", 4, 10)), remove_missing=True)


def test_what_goes_with_its_service_is_counted_with_it(tmp_path: Path) -> None:
    files = many(40)
    files["phones.csv"] = [
        {"id": named(f"desk{n}"), "service_id": named("s39"), "number": f"613-555-01{n:02}"}
        for n in range(10)
    ]
    path = folder(tmp_path / "p", files)
    taken(path)
    files["services.csv"].pop()
    report = taken(folder(path, emptied(files, "phones.csv")), remove_missing=True)
    assert (report.removed["service"], report.removed["phone"]) == (1, 10)


def test_a_file_with_its_header_alone_says_that_there_is_nothing_any_more(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    report = taken(folder(path, emptied(whole(), "phones.csv")), remove_missing=True)
    assert (report.removed["phone"], Phone.objects.count()) == (1, 0)
    assert not any("555-0142" in row for rows in read_model().values() for row in rows)


def test_an_emptied_file_is_counted_as_well(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(60))
    taken(path)
    with pytest.raises(CannotImport, match=r"60 of 60 records of phone would go.*--allow-removing 100"):
        taken(folder(path, emptied(many(60), "phones.csv")), remove_missing=True)


@pytest.mark.parametrize(
    ("phones", "reason"),
    [
        (None, "nothing of phone was removed: the package has no phones.csv"),
        (b"so many words\n", "nothing of phone was removed: phones.csv has no header that can be read"),
    ],
)
def test_what_the_package_says_nothing_of_stays_and_is_named(
    tmp_path: Path, phones: bytes | None, reason: str
) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    files: dict[str, Any] = {n: rows for n, rows in whole().items() if n != "phones.csv"}
    report = taken(folder(path, files | ({"phones.csv": phones} if phones else {})), remove_missing=True)
    assert (report.removed.total(), Phone.objects.count()) == (0, 1)
    assert reason in report.notes


def test_json_that_tells_of_no_phone_removes_none_and_says_so(tmp_path: Path) -> None:
    item = {"id": named("service"), "name": "Help", "status": "active", "description": ""}
    item |= {"organization": {"id": named("org"), "name": "Lake House", "description": "d"}}
    phone = {"id": named("phone"), "number": "613-555-0142"}
    taken(json_file(tmp_path / "a.json", [item | {"phones": [phone]}]))
    report = taken(json_file(tmp_path / "b.json", [item]), remove_missing=True)
    assert Phone.objects.count() == 1
    assert "nothing of phone was removed: the package tells of none" in report.notes


def test_others_ties_to_a_word_that_goes_stay_and_hang_on_nothing(tmp_path: Path) -> None:
    words = ("taxonomies.csv", "taxonomy_terms.csv")
    taken(folder(tmp_path / "p", {name: whole()[name] for name in words}), "vocabulary")
    taken(folder(tmp_path / "q", {name: rows for name, rows in whole().items() if name not in words}))
    gone = emptied({name: whole()[name] for name in words}, "taxonomy_terms.csv")
    taken(folder(tmp_path / "p", gone), "vocabulary", remove_missing=True)
    assert not TaxonomyTerm.objects.filter(pk=named("term")).exists()
    assert Attribute.objects.filter(pk=named("tie")).exists()
    assert_told()


def assert_told() -> None:
    """The read model is what would be told anew."""
    before = read_model()
    rebuild_listings()
    assert before == read_model()


def test_the_double_of_a_service_that_goes_comes_to_light(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", small())
    taken(path, "first")
    taken(folder(tmp_path / "q", small()), "second")
    assert [listing.service_id for listing in Listing.objects.all()] == [
        Service.objects.get(publisher="first").pk
    ]
    files = small()
    files["services.csv"][0]["id"] = named("another")
    taken(folder(path, files), "first", remove_missing=True, allow_removing=100)
    double = Service.objects.get(publisher="second").pk
    assert Listing.objects.filter(service_id=double).exists()
    assert_told()


def test_many_new_services_do_not_hide_whose_a_number_was(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(2))
    taken(path)
    files = many(9)
    files["phones.csv"] = files["phones.csv"][:2]
    files["phones.csv"][0]["service_id"] = named("s8")
    taken(folder(path, files))
    assert_told()
