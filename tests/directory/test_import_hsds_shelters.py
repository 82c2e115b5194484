"""Places of shelters come in protected, whatever a feed says of their streets, until somebody opens them."""

import uuid
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.actions import import_hsds_telling
from directory.actions.load_term_mapping import MappingRow, load_term_mapping
from directory.actions.load_vocabulary import term_id
from directory.models.address import Address
from directory.models.field_source import FieldSource
from directory.models.hsds_document import HsdsDocument
from directory.models.import_conflict import ImportConflict
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, small, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
NEEDLES = ["12 Example", "K7L 1A1", "44.2312", "X-1", "Bus 4"]


def tied(files: Files, slug: str) -> Files:
    """The service bears our own term."""
    files["attributes.csv"].append(
        {
            "id": named("ours"), "link_id": named("service"), "link_entity": "service",
            "taxonomy_term_id": str(term_id(slug)),
        }
    )  # fmt: skip
    return files


def place() -> Location:
    return Location.objects.get(pk=named("place"))


@pytest.mark.parametrize("slug", ["emergency_shelter", "youth_housing", "housing"])
def test_the_place_of_a_service_of_our_kind_comes_in_protected(tmp_path: Path, slug: str) -> None:
    path = folder(tmp_path / "p", tied(whole(), slug))
    report = taken(path)
    assert found_in_tables(NEEDLES) == []
    assert (place().is_protected, place().area_id) == (True, "on-kingston")
    assert any("1 places of shelters" in note for note in report.notes)
    assert report.withheld["address"] == 1
    assert taken(path).is_unchanged


@pytest.mark.parametrize("slug", ["long_term_housing", "legal_advice"])
def test_the_place_of_another_kind_stays_open(tmp_path: Path, slug: str) -> None:
    files = tied(whole(), slug)
    files["services.csv"][0]["name"] = "Shelter lawyers"
    taken(folder(tmp_path / "p", files))
    assert Address.objects.get().address_1 == "12 Example Street"


def test_any_housing_that_is_made_for_trafficked_persons_is_protected(tmp_path: Path) -> None:
    files = tied(whole(), "long_term_housing")
    from directory.actions.own_terms import focus_id

    files["attributes.csv"].append(
        {
            "id": named("for"), "link_id": named("service"), "link_entity": "service",
            "taxonomy_term_id": str(focus_id("trafficking")),
        }
    )  # fmt: skip
    taken(folder(tmp_path / "p", files))
    assert found_in_tables(NEEDLES) == []


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("services.csv", "Emergency shelter"),
        ("services.csv", "Maison d'hébergement"),
        ("organizations.csv", "Refuge du lac"),
        ("taxonomy_terms.csv", "Domestic violence shelters"),
    ],
)
def test_what_sounds_like_a_shelter_is_guarded_like_one(tmp_path: Path, file: str, name: str) -> None:
    files = whole()
    files[file][0]["name"] = name
    report = taken(folder(tmp_path / "p", files))
    assert found_in_tables(NEEDLES) == []
    assert any("by their words alone" in note for note in report.notes)
    assert not HsdsDocument.objects.filter(entity="service").exists()


def test_a_shelter_without_a_place_is_not_open_data_by_itself(tmp_path: Path) -> None:
    files = small()
    files["services.csv"][0]["name"] = "Transition house"
    taken(folder(tmp_path / "p", files))
    assert not HsdsDocument.objects.filter(entity="service").exists()
    Service.objects.update(publish_to=["site", "open_data"])
    call_command("rebuild_listings")
    assert HsdsDocument.objects.filter(entity="service").exists()


def test_its_street_in_a_text_goes_even_where_its_place_was_refused(tmp_path: Path) -> None:
    files = tied(whole(), "emergency_shelter")
    files["locations.csv"][0]["location_type"] = "home"
    files["services.csv"][0]["description"] = "Beds. Come to 12 Example Street."
    taken(folder(tmp_path / "p", files))
    assert found_in_tables(["12 Example"]) == []


def test_what_a_steward_opened_stays_open_and_its_street_comes_with_the_feed(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", tied(whole(), "emergency_shelter"))
    taken(path)
    call_command("open_location", named("place"))
    taken(path)
    assert (place().is_protected, place().latitude) == (False, 44.2312)
    assert Address.objects.get().address_1 == "12 Example Street"
    with pytest.raises(CommandError, match="not protected"):
        call_command("open_location", named("place"))


def test_a_mapping_that_comes_later_tells_how_many_are_open_and_the_next_package_protects_them(
    tmp_path: Path,
) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    rows = [MappingRow(2, "kinds", "K-1", "emergency_shelter")]
    report = load_term_mapping(rows=rows, digest="d", viewer=STEWARD)
    assert report.open_places == 1
    assert "1 places of shelters" in str(report)
    taken(path)
    assert found_in_tables(NEEDLES) == []
    assert load_term_mapping(rows=rows, digest="d", viewer=STEWARD).open_places == 0


def test_a_mapped_term_protects_in_the_first_import(tmp_path: Path) -> None:
    taken(folder(tmp_path / "a", small()))
    load_term_mapping(rows=[MappingRow(2, "kinds", "K-1", "emergency_shelter")], digest="d", viewer=STEWARD)
    taken(folder(tmp_path / "p", whole()))
    assert found_in_tables(NEEDLES) == []


def test_a_rebuild_finds_nothing_to_change(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", whole()))
    taken(folder(tmp_path / "p", tied(whole(), "emergency_shelter")))
    before = list(HsdsDocument.objects.order_by("entity", "id").values())
    call_command("rebuild_listings")
    assert list(HsdsDocument.objects.order_by("entity", "id").values()) == before


TELLING = "Beds. Come to 12 Example Street."


def _saying(files: Files, *names: str) -> Files:
    """More services of the same organization, all of which tell the door in the same words."""
    for name in names:
        files["services.csv"].append(
            {
                "id": named(name), "organization_id": named("org"), "name": name, "status": "active",
                "description": TELLING,
            }
        )  # fmt: skip
    return files


@pytest.mark.parametrize("most_sent", [0, import_hsds_telling.MOST_SENT])
def test_one_text_is_cut_wherever_it_stands_and_each_row_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_sent: int
) -> None:
    monkeypatch.setattr(import_hsds_telling, "MOST_SENT", most_sent)
    files = _saying(tied(whole(), "emergency_shelter"), "one", "two")
    files["organizations.csv"].append({"id": named("far"), "name": "Far", "description": TELLING})
    path = folder(tmp_path / "p", files)
    report = taken(path)
    assert set(Service.objects.filter(name__in=["one", "two"]).values_list("description", flat=True)) == {
        "Beds."
    }
    assert (
        Organization.objects.get(name="Far").description == TELLING
    )  # Another's words, about another place.
    assert report.withheld["service"] == 2
    assert taken(path).is_unchanged


def test_what_is_told_as_it_was_confirmed_is_no_conflict_though_the_same_text_is_cut_beside_it(
    tmp_path: Path,
) -> None:
    taken(folder(tmp_path / "p", _saying(small(), "one")))
    FieldSource.objects.create(
        entity="service", record_id=named("one"), field="description", confirmed_on=date(2026, 1, 2)
    )
    report = taken(folder(tmp_path / "p", _saying(tied(whole(), "emergency_shelter"), "one", "two")))
    assert (report.conflicts, report.withheld["service"]) == (0, 1)
    assert not ImportConflict.objects.exists()
    assert Service.objects.get(name="one").description == "Beds."
