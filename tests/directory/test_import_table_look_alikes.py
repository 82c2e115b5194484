"""A list whose row looks like a protected place of another publisher: it comes in protected, as from a feed."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from directory.actions.link_services import keep_apart
from directory.actions.open_location import open_location
from directory.models.address import Address
from directory.models.location import Location
from directory.models.same_service import Likeness, SameService, Verdict
from directory.models.service import Service
from directory.rules.table_mapping import TableMapping
from tests.directory.hsds_packages import folder, named, taken
from tests.directory.sweep import found_in_tables
from tests.directory.test_import_table import counts, imported, mapping
from tests.directory.test_look_alikes_hidden import POINT, STEWARD, needles, other, protected, theirs

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
PLACE = {"address_1": "street", "city": "city", "state_province": "province", "postal_code": "code",
         "latitude": "lat", "longitude": "lng"}  # fmt: skip
ROW: dict[str, Any] = {
    "id": "x", "name": "Rooms", "organization": "Others", "category": "Legal", "phone": "613-555-0188",
    "street": "", "city": "Kingston", "province": "ON", "code": "", "lat": float(POINT[0]), "lng": float(POINT[1]),
}  # fmt: skip
FAR = {"lat": 44.26001, "lng": -76.52001}


def listed(*rows: dict[str, Any]) -> Any:
    return imported([ROW | row for row in rows], by=mapped())


def mapped(slug: str = "our-list") -> TableMapping:
    return mapping(
        place=PLACE,
        columns={"name": "name", "description": "description"},
        organization={"name": "organization"},
        publisher={"slug": slug, "name": slug, "licence": "MIT"},
    )


def ours(key: str = "x") -> Location:
    return Location.objects.get(services__service__source_key=key)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"street": "PO Box 12"},
        {"street": "Call for location"},
        {
            "name": "Legal Advice Program",
            "organization": "Lake House Society",
            "street": "7 Other Road",
            **FAR,
        },
        {"name": "Beds", "phone": "1-613-555-0142 ext. 3", "street": "7 Other Road", **FAR},
        {"organization": "Lake House", "lat": None, "lng": None},
    ],
)
def test_a_row_that_looks_like_a_protected_place_comes_in_protected(
    tmp_path: Path, told: dict[str, object]
) -> None:
    protected(tmp_path)
    report = listed(told)
    assert counts(report) == (1, 0, 0, 0)
    assert ours().is_protected
    assert ours().area_id == "on-kingston"
    assert not Address.objects.filter(location=ours()).exists()
    assert found_in_tables([*needles(), "44.26001", "7 Other"]) == []
    assert [w for w in report.rows[0].warnings if "looks like a protected place" in w]
    pair = SameService.objects.get()
    assert (pair.kept_id, pair.other_id) == (
        uuid.UUID(named("service")),
        Service.objects.get(source_key="x").pk,
    )
    assert (pair.likeness, pair.verdict) == (Likeness.LOOKS_ALIKE, Verdict.SUGGESTED)
    assert counts(listed(told)) == (0, 0, 1, 0)
    assert SameService.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {"street": "14 Example Street"},
        {"name": "Food bank", **FAR},
        {"name": "Legal advice", "street": "7 Other Road", **FAR},
        {
            "organization": "Lake House",
            "city": "Vancouver",
            "province": "BC",
            "lat": 49.28001,
            "lng": -123.12001,
        },
    ],
)
def test_a_neighbour_and_a_namesake_stay_open(tmp_path: Path, told: dict[str, object]) -> None:
    protected(tmp_path)
    listed(told)
    assert not ours().is_protected
    assert ours().latitude is not None
    assert not SameService.objects.filter(likeness=Likeness.LOOKS_ALIKE).exists()


def test_a_row_that_was_open_is_protected_once_it_tells_something_new(tmp_path: Path) -> None:
    listed({**FAR})
    protected(tmp_path)
    assert not ours().is_protected
    assert counts(listed({})) == (0, 1, 0, 0)
    assert ours().is_protected
    assert found_in_tables([*needles(), "44.26001"]) == []


def test_what_a_steward_opened_or_told_apart_stays_open_in_a_list(tmp_path: Path) -> None:
    protected(tmp_path)
    listed({})
    open_location(location_id=ours().pk, viewer=STEWARD)
    listed({})
    assert ours().latitude == float(POINT[0])
    pair = SameService.objects.get()
    keep_apart(kept_id=pair.kept_id, other_id=pair.other_id, viewer=STEWARD)
    listed({"lat": 44.23135})
    assert ours().latitude == 44.23135


def test_a_row_whose_text_tells_the_street_of_a_look_alike_is_refused(tmp_path: Path) -> None:
    protected(tmp_path)
    told = {"phone": "613-555-0142", "street": "7 Other Road", "description": "Ring at 7 Other Road."}
    report = listed(told, {"id": "y", "street": "14 Example Street"})
    assert counts(report) == (1, 0, 0, 1)
    assert "tells its street" in report.refused[0].reason
    assert found_in_tables(["7 Other"]) == []
    assert not SameService.objects.filter(likeness=Likeness.LOOKS_ALIKE).exists()
    assert not ours("y").is_protected


def test_the_door_of_a_look_alike_is_known_when_another_list_tells_it(tmp_path: Path) -> None:
    protected(tmp_path)
    listed({"phone": "613-555-0142", "street": "7 Other Road", **FAR})
    row = ROW | {"street": "7 Other Rd", "lat": None, "lng": None, "organization": "Fourth", "name": "Fourth"}
    imported([row], by=mapped("third"))
    assert Location.objects.get(publisher="third").is_protected


SHELTER = {"id": "s", "name": "A House", "category": "Housing", "street": "77 Hidden Road", "phone": ""}


@pytest.mark.parametrize(
    "told",
    [
        {"street": "77 Hidden Rd.", "point": ("44.26001", "-76.52001")},
        {"street": "", "point": POINT},
        {"street": "PO Box 12", "point": ("44.23131", "-76.48601")},
    ],
)
def test_the_door_of_a_place_that_a_list_protects_is_known_when_a_feed_tells_it(
    tmp_path: Path, told: dict[str, Any]
) -> None:
    listed(SHELTER)
    assert ours("s").is_protected
    files = other(name="Rooms", owner="Others again", phone="613-555-0199", **told)
    taken(folder(tmp_path / "o", files), "second")
    assert theirs().is_protected
    assert found_in_tables(["77 Hidden", *needles(), *needles(told["point"])]) == []
    assert counts(listed(SHELTER)) == (0, 0, 1, 0)
