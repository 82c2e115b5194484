"""Values at the edge of what the database can hold are kept and flagged, or refused alone: nothing stops the rest."""

import json
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from directory.actions import import_hsds_apart, import_hsds_reading
from directory.actions.import_hsds_reading import Block, Reading
from directory.actions.project_listings import rebuild_listings
from directory.hsds.package import opened_package
from directory.models.hsds_document import HsdsDocument
from directory.models.listing import Listing
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.service import Service
from tests.directory.hsds_packages import folder, json_file, many, named, small, taken, whole

pytestmark = pytest.mark.django_db


def _phone_in(document: HsdsDocument) -> dict[str, Any]:
    return dict(document.document["phones"][0])


@pytest.mark.parametrize("blank", ["\u2003", "\u3000", "\u1680", "\u2028", "\u00a0"])
def test_a_number_among_odd_blanks_is_kept_flagged_and_stops_no_listing(tmp_path: Path, blank: str) -> None:
    files = whole()
    files["phones.csv"][0]["extension"] = f"{blank}12"
    taken(folder(tmp_path / "p", files))
    phone = Phone.objects.get()
    assert phone.extension == f"{blank}12"
    assert phone.flags == ["extension:not_a_number"]
    rebuild_listings()
    assert Listing.objects.count() == 1


@pytest.mark.promise(2)
@pytest.mark.parametrize("apart", [0, 10**9])
def test_the_street_of_a_refused_address_of_a_shelter_is_cut_out_of_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, apart: int
) -> None:
    monkeypatch.setattr(import_hsds_apart, "WORTH_IT", apart)
    files = whole()
    files["organizations.csv"][0]["name"] = "Lake Women's Shelter"
    files["services.csv"][0] |= {
        "name": "Emergency shelter",
        "description": "Come to 12 Hidden Lane. Any night.",
    }
    files["attributes.csv"] = []
    files["addresses.csv"][0] |= {"address_1": "12 Hidden Lane", "address_type": "house"}
    report = taken(folder(tmp_path / "p", files))
    assert report.refused["address"] == 1
    assert Service.objects.get().description == "Any night."


def _words(first: int) -> str:
    """Just under the longest text that is taken, of words that all differ."""
    letters = [chr(first + n) for n in range(60)]
    return " ".join("".join(word) for word in islice(product(letters, repeat=3), 49_990))


def test_texts_longer_than_a_search_index_holds_are_whole_and_found_by_their_beginning(
    tmp_path: Path,
) -> None:
    files = whole()
    one, other = _words(0x4E00), _words(0x5E00)
    files["services.csv"][0] |= {
        "description": one,
        "eligibility_description": other,
        "alternate_name": other,
    }
    files["organizations.csv"][0] |= {"description": one, "alternate_name": other}
    taken(folder(tmp_path / "p", files))
    assert Service.objects.get().description == one
    assert Listing.objects.count() == 1
    rebuild_listings()


@pytest.mark.parametrize("number", ["999999999999.9999", "-999999999999.9996", "1e12"])
def test_a_number_too_large_for_its_column_is_kept_as_written(tmp_path: Path, number: str) -> None:
    files = whole()
    files["services.csv"][0]["minimum_age"] = number
    taken(folder(tmp_path / "p", files))
    service = Service.objects.get()
    assert service.minimum_age is None
    assert service.written["minimum_age"] == number
    assert "minimum_age:out_of_range" in service.flags


def test_a_moment_that_cannot_be_read_is_told_again_as_it_was_written(tmp_path: Path) -> None:
    files = whole()
    files["services.csv"][0]["last_modified"] = "2024/05/02 10:00"
    taken(folder(tmp_path / "p", files))
    call_command("export_hsds", str(tmp_path / "out"), tier="custodian", format="tabular")
    told = (tmp_path / "out" / "services.csv").read_text(encoding="utf-8")
    assert "2024/05/02 10:00" in told


def test_ids_of_one_item_that_differ_in_case_are_two_records(tmp_path: Path) -> None:
    item = {
        "id": named("s"),
        "name": "Clinic",
        "status": "active",
        "phones": [{"id": "a1B", "number": "613-555-0101"}, {"id": "a1b", "number": "613-555-0102"}],
        "languages": [{"id": "L1", "name": "Cree"}, {"id": "l1", "name": "Cree"}],
    }
    report = taken(json_file(tmp_path / "s.json", item))
    assert report.refusals == []
    assert Phone.objects.count() == report.added["language"] == 2


def test_half_a_character_in_a_refused_id_can_be_printed(tmp_path: Path) -> None:
    bad = {"id": "\ud800x", "name": "Clinic", "status": "open"}
    good = {"id": named("s"), "name": "Clinic", "status": "active"}
    path = tmp_path / "s.ndjson"
    path.write_text("".join(json.dumps(row) + "\n" for row in (bad, good)), encoding="utf-8")
    report = taken(path)
    assert [refusal.key.encode() for refusal in report.refusals] == [b"\\ud800x"]
    assert Service.objects.count() == 1


def test_a_block_ends_where_it_grows_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_hsds_reading, "LARGEST", 1000)
    files = many(40)
    reading = Reading("feed")
    with opened_package(folder(tmp_path / "p", files)) as package:
        blocks = [b for n, part in enumerate(package.parts()) for b in reading.blocks(part, n)]
    blocks += reading.rest()
    sizes = [len(block.text) for block in blocks if isinstance(block, Block) and block.entity == "service"]
    assert len(sizes) > 3
    assert max(sizes) < 1500


def test_an_empty_core_file_is_told_alike_read_here_and_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, Any] = small() | {"organizations.csv": b""}
    path = folder(tmp_path / "p", files)
    here = taken(path, dry_run=True)
    monkeypatch.setattr(import_hsds_apart, "WORTH_IT", 0)
    assert taken(path, dry_run=True).as_json() == here.as_json()
    assert not Organization.objects.exists()
