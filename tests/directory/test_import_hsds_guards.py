"""What an import may not do: change what was confirmed, bring a door back, remove much, decide what two records are."""

import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from directory.actions.import_hsds import CannotImport
from directory.actions.protect_location import protect_location
from directory.models.address import Address
from directory.models.field_source import FieldSource
from directory.models.import_conflict import Decision, ImportConflict
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.same_service import SameService
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import folder, many, named, reasons, small, taken, whole

pytestmark = pytest.mark.django_db
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)


def confirm(entity: str, word: str, field: str) -> None:
    """Somebody at the organization said that this is so."""
    FieldSource.objects.create(
        entity=entity, record_id=named(word), field=field, confirmed_on=date(2026, 1, 2)
    )


@pytest.mark.promise(1)
def test_a_protected_place_gets_nothing_back_and_its_rows_do_not_fail(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    report = taken(path)
    assert report.refusals_total == 0
    assert report.withheld["address"] == 1
    assert report.withheld["location"] == 1
    assert report.withheld["accessibility"] == 1
    assert "withheld: protected" in str(report)
    place = Location.objects.get()
    assert (place.is_protected, place.latitude, place.transportation, place.written, place.flags) == (
        True,
        None,
        "",
        {},
        [],
    )
    assert not Address.objects.exists()
    assert taken(path).is_unchanged


def test_what_was_confirmed_stays_and_the_feed_is_heard_once(tmp_path: Path) -> None:
    files = whole()
    path = folder(tmp_path / "p", files)
    taken(path)
    confirm("phone", "phone", "number")
    files["phones.csv"][0] |= {"number": "613-555-0199", "extension": "8"}
    report = taken(folder(path, files))
    stored = Phone.objects.get()
    assert (stored.number, stored.extension) == ("613-555-0142", "8")
    conflict = ImportConflict.objects.get()
    assert (conflict.entity, str(conflict.record_id), conflict.field) == ("phone", named("phone"), "number")
    assert (conflict.offered, report.conflicts) == ("613-555-0199", 1)
    assert taken(path).conflicts == 0
    ImportConflict.objects.update(decision=Decision.KEEP, decided_at=timezone.now())
    taken(path)
    assert ImportConflict.objects.get().decision == Decision.KEEP


def test_the_same_id_from_two_publishers_is_linked_and_the_first_is_kept(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", whole())
    taken(path)
    assert taken(path, "second").linked == 1
    link = SameService.objects.get()
    assert (link.kept.publisher_id, link.other.publisher_id) == ("feed", "second")
    assert (link.likeness, link.verdict) == ("given_id", "linked")
    assert taken(path, "second").linked == 0
    assert taken(path).linked == 0


def renamed(files: dict[str, Any], mark: str) -> dict[str, Any]:
    """The same package under other ids."""
    ids = {row["id"]: named(mark + row["id"]) for rows in files.values() for row in rows}
    return {
        name: [{key: ids.get(value, value) for key, value in row.items()} for row in rows]
        for name, rows in files.items()
    }


def test_the_same_name_phone_and_place_is_suggested_and_no_verdict_is_changed(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", whole()))
    files = renamed(whole(), "x")
    files["services.csv"][0]["name"] = "LEGAL  Advice"
    files["phones.csv"][0]["number"] = "+1 (613) 555 0142"
    path = folder(tmp_path / "q", files)
    assert taken(path, "second").suggested == 1
    link = SameService.objects.get()
    assert (link.kept.publisher_id, link.likeness, link.verdict) == ("feed", "phone_name", "suggested")
    SameService.objects.update(verdict="apart")
    files["services.csv"][0]["description"] = "Another text"
    assert taken(folder(path, files), "second").suggested == 0
    assert SameService.objects.get().verdict == "apart"


@pytest.mark.parametrize(
    ("file", "field", "value"),
    [
        ("services.csv", "name", "Other advice"),
        ("phones.csv", "number", "613-555-0143"),
    ],
)
def test_another_name_or_phone_suggests_nothing(tmp_path: Path, file: str, field: str, value: str) -> None:
    taken(folder(tmp_path / "p", whole()))
    files = renamed(whole(), "x")
    files[file][0][field] = value
    assert taken(folder(tmp_path / "q", files), "second").suggested == 0


def test_the_same_name_and_phone_in_another_province_suggests_nothing(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", whole()))
    files = renamed(whole(), "x")
    files["locations.csv"][0] |= {"latitude": "", "longitude": ""}
    files["addresses.csv"][0] |= {"city": "Halifax", "state_province": "NS", "postal_code": ""}
    assert taken(folder(tmp_path / "q", files), "second").suggested == 0


def test_what_the_package_no_longer_has_stays_unless_its_removal_is_asked_for(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(40))
    taken(path)
    fewer = many(39)
    taken(folder(path, fewer))
    assert Service.objects.count() == 40
    report = taken(path, remove_missing=True)
    assert (report.removed["service"], report.removed["phone"]) == (1, 1)
    assert Service.objects.count() == 39
    assert not Listing.objects.filter(service_id=named("s39")).exists()
    assert taken(path, remove_missing=True).is_unchanged


def test_more_than_five_percent_go_only_when_told(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(40))
    taken(path)
    fewer = many(37)
    fewer["services.csv"][0]["name"] = "Changed"
    folder(path, fewer)
    with pytest.raises(CannotImport) as fault:
        taken(path, remove_missing=True)
    assert str(fault.value).startswith("3 of 40 records of service would go, 7.5 %, and 5 % are allowed")
    assert (Service.objects.count(), Service.objects.filter(name="Changed").count()) == (40, 0)
    assert taken(path, remove_missing=True, allow_removing=8).removed["service"] == 3


def test_new_records_do_not_hide_how_many_go(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(10))
    taken(path)
    files = many(200)
    files["services.csv"] = files["services.csv"][9:]
    files["phones.csv"] = []
    del files["phones.csv"]
    with pytest.raises(CannotImport, match="9 of 10 records"):
        taken(folder(path, files), remove_missing=True)


def test_what_an_organization_confirmed_is_never_removed(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", many(40))
    taken(path)
    confirm("service", "s39", "name")
    Service.objects.filter(pk=named("s38")).update(assured_date=date(2026, 1, 2))
    report = taken(folder(path, many(38)), remove_missing=True)
    assert (report.removed.total(), report.left["service"], report.left["phone"]) == (0, 2, 2)
    assert Service.objects.count() == 40


def test_a_refused_row_is_not_missing(tmp_path: Path) -> None:
    files = many(40)
    path = folder(tmp_path / "p", files)
    taken(path)
    files["services.csv"][0]["status"] = "open"
    report = taken(folder(path, files), remove_missing=True)
    assert (report.removed.total(), Service.objects.count(), Phone.objects.count()) == (0, 40, 40)


def test_a_row_whose_id_is_unknown_keeps_its_file_from_being_cleared(tmp_path: Path) -> None:
    files = many(40)
    path = folder(tmp_path / "p", files)
    taken(path)
    files["services.csv"][0]["id"] = ""
    report = taken(folder(path, files), remove_missing=True)
    assert report.removed["service"] == 0
    assert Service.objects.count() == 40
    assert any("nothing was removed" in note for note in report.notes)


def test_a_file_that_is_not_in_the_package_says_nothing_about_its_records(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", whole()))
    report = taken(folder(tmp_path / "q", small()), remove_missing=True)
    assert report.removed.total() == 0


def test_records_of_other_publishers_are_never_removed(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", many(5)), "other")
    path = folder(tmp_path / "q", renamed(many(40), "y"))
    taken(path)
    taken(folder(path, renamed(many(39), "y")), remove_missing=True)
    assert Service.objects.filter(publisher="other").count() == 5
    assert Organization.objects.count() == 2


def test_a_package_of_taxonomies_alone_is_taken(tmp_path: Path) -> None:
    files = {name: rows for name, rows in whole().items() if name.startswith("taxonom")}
    report = taken(folder(tmp_path / "p", files))
    assert (report.added.total(), reasons(report)) == (2, [])
