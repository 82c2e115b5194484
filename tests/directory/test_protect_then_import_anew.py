"""A protected place told under another id, by another publisher, in a text or after a refusal: it stays protected."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from directory.actions.edit_record import edit_record
from directory.actions.link_services import keep_apart
from directory.actions.open_location import open_location
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.models.address import Address
from directory.models.door_trace import DoorTrace
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.same_service import SameService
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, small, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
NEEDLES = ["12 Example", "K7L 1A1", "44.2312", "76.486", "X-1", "Bus 4", "Lake office"]
TELLING = "Open to all. Come to 12 Example Street any day."


def protected(tmp_path: Path) -> Path:
    path = folder(tmp_path / "p", whole())
    taken(path)
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert found_in_tables(NEEDLES) == []
    return path


def beside(files: Files) -> Files:
    """The same place once more, under new ids."""
    files["locations.csv"].append(files["locations.csv"][0] | {"id": named("place2")})
    files["addresses.csv"].append(
        files["addresses.csv"][0] | {"id": named("address2"), "location_id": named("place2")}
    )
    files["service_at_location.csv"].append(
        {"id": named("site2"), "service_id": named("service"), "location_id": named("place2")}
    )
    return files


def renamed(files: Files) -> Files:
    """The same place under another id."""
    files["locations.csv"][0]["id"] = named("place2")
    files["addresses.csv"][0]["location_id"] = files["accessibility.csv"][0]["location_id"] = named("place2")
    files["service_at_location.csv"][0]["location_id"] = named("place2")
    return files


def refused_place(files: Files) -> Files:
    files["locations.csv"][0]["location_type"] = "home"
    return telling(files)


def refused_street(files: Files) -> Files:
    files["addresses.csv"][0]["address_type"] = "home"
    return telling(files)


def telling(files: Files) -> Files:
    files["services.csv"][0]["description"] = TELLING
    return files


def telling_alone(_files: Files) -> Files:
    return telling(small())


def other_service(files: Files) -> Files:
    """Everything but the organization is new."""
    ids = {named(word): named(f"{word}2") for word in ("service", "place", "site", "address", "ramp")}
    return {
        name: [{key: ids.get(value, value) for key, value in row.items()} for row in rows]
        for name, rows in files.items()
    }


@pytest.mark.parametrize(
    "change", [beside, renamed, refused_place, refused_street, telling_alone, other_service]
)
def test_no_way_of_telling_it_brings_the_door_back(tmp_path: Path, change: Any) -> None:
    path = protected(tmp_path)
    for _ in range(2):
        taken(folder(path, change(whole())))
        assert found_in_tables(NEEDLES) == []


def test_a_sentence_that_tells_is_cut_and_the_rest_stays(tmp_path: Path) -> None:
    taken(folder(protected(tmp_path), telling(small())))
    assert Service.objects.get().description == "Open to all."


def test_another_place_of_its_service_waits_for_a_steward(tmp_path: Path) -> None:
    path = protected(tmp_path)
    files = beside(whole())
    files["addresses.csv"][1] |= {"address_1": "7 Other Road", "postal_code": "K7L 2B2"}
    files["locations.csv"][1] |= {"latitude": "44.3", "longitude": "-76.5", "external_identifier": ""}
    report = taken(folder(path, files))
    assert any("until a steward opens them" in note for note in report.notes)
    assert found_in_tables(["7 Other Road", "K7L 2B2"]) == []
    assert Location.objects.get(pk=named("place2")).is_protected
    open_location(location_id=uuid.UUID(named("place2")), viewer=STEWARD)
    taken(path)
    assert Address.objects.get().address_1 == "7 Other Road"
    assert found_in_tables(["12 Example"]) == []


def test_an_open_place_of_its_service_keeps_its_street_and_gets_no_other(tmp_path: Path) -> None:
    files = beside(whole())
    files["addresses.csv"][1] |= {"address_1": "7 Other Road", "postal_code": "K7L 2B2"}
    files["locations.csv"][1] |= {
        "latitude": "44.3", "longitude": "-76.5", "external_identifier": "", "transportation": "", "name": "",
    }  # fmt: skip
    path = folder(tmp_path / "p", files)
    taken(path)
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert taken(path).changed.total() == 0
    files["addresses.csv"][1]["address_1"] = "8 New Road"
    report = taken(folder(path, files), remove_missing=True)
    assert Address.objects.get().address_1 == "7 Other Road"
    assert any("held back" in note for note in report.notes)
    files["addresses.csv"][1]["address_1"] = "12 Example St"
    taken(folder(path, files))
    assert found_in_tables(["12 Example"]) == []
    assert Location.objects.get(pk=named("place2")).is_protected


def test_a_twin_of_another_publisher_is_protected_with_it(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    taken(path, "second")
    done = protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert len(done.twins) == 1
    assert found_in_tables(NEEDLES) == []
    taken(path, "second")
    link = SameService.objects.get()
    keep_apart(kept_id=link.kept_id, other_id=link.other_id, viewer=STEWARD)
    assert found_in_tables(NEEDLES) == []


def test_its_keeper_is_told_that_a_steward_has_to_protect_the_twin_too(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    taken(path, "second")
    keeper = Viewer(user=uuid.uuid4(), organization=uuid.UUID(named("org")))
    with pytest.raises(Refused, match="in 1 record: a steward"):
        protect_location(location_id=uuid.UUID(named("place")), viewer=keeper)
    assert not Location.objects.filter(is_protected=True).exists()


def test_a_publisher_who_comes_later_with_the_same_place_tells_nothing(tmp_path: Path) -> None:
    path = protected(tmp_path)
    report = taken(path, "second")
    assert any("protected too" in note for note in report.notes)
    assert found_in_tables(NEEDLES) == []
    assert Location.objects.filter(is_protected=True).count() == 2


def test_a_publisher_who_comes_later_with_the_same_street_tells_nothing(tmp_path: Path) -> None:
    path = protected(tmp_path)
    files = {
        name: [
            {key: named("x" + value) if len(value) == 36 else value for key, value in row.items()}
            for row in rows
        ]
        for name, rows in whole().items()
    }
    files["locations.csv"][0] |= {"name": "", "transportation": "", "external_identifier": ""}
    taken(folder(path, files), "second")
    assert found_in_tables(["12 Example", "K7L 1A1", "44.2312"]) == []


def test_telling_two_services_apart_is_refused_while_one_would_tell_the_other_s_door(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    taken(path, "second")
    link = SameService.objects.get()
    # As before anybody thought of twins: only one of the two was protected.
    Address.objects.filter(location_id=named("place")).delete()
    call_command("rebuild_listings")
    kept = Location.objects.get(pk=named("place"))
    kept.accessibility.all().delete()
    Location.objects.filter(pk=kept.pk).update(
        is_protected=True, latitude=None, longitude=None, name="", transportation="", external_identifier="",
        external_identifier_type="", community=None, placed_by="nothing", written={}, flags=[],
    )  # fmt: skip
    with pytest.raises(Refused, match="would tell 1 place"):
        keep_apart(kept_id=link.kept_id, other_id=link.other_id, viewer=STEWARD)


def test_a_steward_who_types_the_street_in_is_refused(tmp_path: Path) -> None:
    protected(tmp_path)
    organization = Organization.objects.get()
    with pytest.raises(Refused, match="tells where a protected place is"):
        edit_record(
            entity="organization", record_id=organization.pk, values={"description": TELLING}, viewer=STEWARD
        )
    edit_record(
        entity="organization",
        record_id=organization.pk,
        values={"description": "Call first."},
        viewer=STEWARD,
    )


def test_what_is_kept_of_a_door_is_digests_and_goes_when_it_is_opened(tmp_path: Path) -> None:
    protected(tmp_path)
    assert DoorTrace.objects.count() > 5
    assert {len(bytes(row.digest)) for row in DoorTrace.objects.all()} == {16}
    open_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert not DoorTrace.objects.exists()


def test_a_written_package_of_open_data_is_gone_once_a_place_is_protected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    old = tmp_path / "relais-open-data-x" / "old.zip"
    old.parent.mkdir()
    old.write_text("12 Example Street")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    taken(folder(tmp_path / "p", whole()))
    with django_capture_on_commit_callbacks(execute=True):
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert not old.exists()
