"""What is kept though it can't be right is told with file and row: who sent it can mend it."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db.models import Q

from directory.actions import import_hsds_flagged, import_hsds_report
from directory.actions.edit_record import edit_record
from directory.actions.refused import Refused
from directory.models.address import Address
from directory.models.listing import Listing
from directory.models.location import Location
from directory.models.schedule import Schedule
from safety.viewer import VISITOR
from tests.directory.hsds_packages import folder, json_file, many, named, taken, whole

pytestmark = pytest.mark.django_db
UNKNOWN = "state_province is no province or territory of Canada; it is kept, but not used"


def told(report: Any) -> list[str]:
    return [str(one) for one in report.flagged]


def at(**address: str) -> dict[str, Any]:
    """The whole package with another address, its place without coordinates."""
    files: dict[str, Any] = whole()
    files["locations.csv"][0] |= {"latitude": "", "longitude": ""}
    files["service_capacity.csv"][0]["maximum"] = "4"
    files["addresses.csv"][0] |= address
    return files


@pytest.mark.parametrize("province", ["XX", "Ontari", "12", "all of Canada"])
def test_a_province_that_there_is_not_is_told_with_its_row(tmp_path: Path, province: str) -> None:
    path = folder(tmp_path / "p", at(state_province=province, postal_code=""))
    report = taken(path)
    assert told(report) == [f"addresses.csv, row 2 ({named('address')}): {UNKNOWN}"]
    assert (report.refusals_total, report.flagged_total) == (0, 1)
    assert "1 values kept, but not used" in str(report)
    stored = Address.objects.get()
    assert stored.state_province == province
    assert stored.flags == ["state_province:unknown", "postal_code:missing"]
    assert Location.objects.get().placed_by == "nothing"
    assert taken(path).is_unchanged


@pytest.mark.parametrize(
    "address",
    [
        {"state_province": province}
        for province in ("ON", "on", "Ontario", "Ont.", "Québec", "Province of Ontario", " ON ", "")
    ]
    + [{"state_province": "NY", "country": "US"}],
)
def test_provinces_however_written_and_other_countries_are_no_fault(
    tmp_path: Path, address: dict[str, str]
) -> None:
    report = taken(folder(tmp_path / "p", at(**address)))
    assert told(report) == []
    assert Address.objects.get().flags in ([], ["state_province:missing"])


def test_in_json_the_path_is_told(tmp_path: Path) -> None:
    address = at(state_province="XX", location_id=named("l"))["addresses.csv"][0]
    place = {"id": named("l"), "location_type": "physical", "addresses": [address]}
    report = taken(json_file(tmp_path / "l.json", [place]))
    assert told(report) == [f"l.json, row 1, [0].addresses[0] ({named('address')}): {UNKNOWN}"]


def test_every_value_that_is_not_used_is_told(tmp_path: Path) -> None:
    files: dict[str, Any] = whole()
    files["locations.csv"][0]["latitude"] = "100"
    files["services.csv"][0] |= {"email": "nobody", "url": "no address at all"}
    report = taken(folder(tmp_path / "p", files))
    kept = "it is kept, but not used"
    assert told(report) == [
        f"services.csv, row 2 ({named('service')}): email is no e-mail address; {kept}",
        f"services.csv, row 2 ({named('service')}): url is no web address; {kept}",
        f"locations.csv, row 2 ({named('place')}): latitude is out of range; {kept}",
        f"service_capacity.csv, row 2 ({named('beds')}): available is above the maximum; {kept}",
    ]


def test_hours_and_numbers_that_cannot_be_are_told(tmp_path: Path) -> None:
    files: dict[str, Any] = whole()
    files["schedules.csv"][0] |= {
        "opens_at": "25:99", "closes_at": "24:00", "valid_from": "2026-02-30", "valid_to": "2026-03-01",
        "byday": "MO,XX", "interval": "-1", "until": "20260301T000000Z",
    }  # fmt: skip
    files["service_capacity.csv"][0] |= {"available": "-3", "maximum": "4"}
    report = taken(folder(tmp_path / "p", files))
    hours, kept = f"schedules.csv, row 2 ({named('hours')})", "it is kept, but not used"
    assert told(report) == [
        f"{hours}: byday is no list of weekdays; {kept}",
        f"{hours}: interval is no number from 1 on; {kept}",
        f"{hours}: opens_at is no time of day; {kept}",
        f"{hours}: valid_from is no day; {kept}",
        f"service_capacity.csv, row 2 ({named('beds')}): available is less than nothing; {kept}",
    ]
    assert taken(tmp_path / "p").is_unchanged


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bymonthday", "0"), ("bymonthday", "32"), ("bymonthday", "1,-32"), ("bymonthday", "1,"),
        ("byweekno", "54"), ("byweekno", "x"), ("byyearday", "367"), ("byyearday", "-367,1"),
        ("timezone", "-500"), ("timezone", "14.5"), ("timezone", "1e300"),
    ],
)  # fmt: skip
def test_parts_of_a_recurrence_that_there_are_not_are_told_and_open_nothing(
    tmp_path: Path, field: str, value: str
) -> None:
    files: dict[str, Any] = whole()
    files["service_capacity.csv"][0]["maximum"] = "4"
    files["schedules.csv"][0] |= {"closes_at": "17:00"}
    taken(folder(tmp_path / "p", files))
    assert hours_of_listing() == 1
    files["schedules.csv"][0] |= {field: value}
    report = taken(folder(tmp_path / "p", files))
    hours, kept = f"schedules.csv, row 2 ({named('hours')})", "it is kept, but not used"
    assert told(report) == [f"{hours}: {field} is out of range; {kept}"]
    assert getattr(Schedule.objects.get(), field) == value
    assert hours_of_listing() == 0
    assert taken(tmp_path / "p").is_unchanged


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bymonthday", "1, 15,-1,+31"), ("byweekno", "-53,1"), ("byyearday", "366,-366"), ("timezone", "-3.5"),
        ("timezone", "+14"), ("wkst", "SU"),
    ],
)  # fmt: skip
def test_parts_of_a_recurrence_that_there_are_are_no_fault(tmp_path: Path, field: str, value: str) -> None:
    files: dict[str, Any] = whole()
    files["service_capacity.csv"][0]["maximum"] = "4"
    files["schedules.csv"][0] |= {field: value}
    assert told(taken(folder(tmp_path / "p", files))) == []
    assert Schedule.objects.get().flags == []


def hours_of_listing() -> int:
    """How many of the listings state hours."""
    stated = Q(week__isnull=False) | Q(odd_hours__isnull=False)
    return Listing.objects.filter(stated).count()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wkst", "XX"),
        ("bymonthday", "40"),
        ("zone", "Nope/Zone"),
        ("zone", "../../etc"),
        ("byday", "XX"),
        ("interval", "-1"),
        ("opens_at", "25:99"),
    ],
)
def test_no_steward_writes_hours_that_cannot_be(tmp_path: Path, field: str, value: str) -> None:
    taken(folder(tmp_path / "p", whole()))
    with pytest.raises(Refused, match=field):
        edit_record(entity="schedule", record_id=UUID(named("hours")), values={field: value}, viewer=VISITOR)


@pytest.mark.parametrize(
    ("entity", "record", "field"),
    [
        ("service_capacity", "beds", "available"),
        ("service_capacity", "beds", "maximum"),
        ("service", "service", "minimum_age"),
        ("service", "service", "maximum_age"),
    ],
)
def test_no_steward_writes_less_than_nothing(tmp_path: Path, entity: str, record: str, field: str) -> None:
    taken(folder(tmp_path / "p", whole()))
    with pytest.raises(Refused, match=field):
        edit_record(entity=entity, record_id=UUID(named(record)), values={field: Decimal(-1)}, viewer=VISITOR)


@pytest.mark.parametrize(("country", "flags"), [("CA", ["state_province:unknown"]), ("US", [])])
def test_a_province_that_a_steward_mends_loses_its_flag_and_another_gets_one(
    tmp_path: Path, country: str, flags: list[str]
) -> None:
    taken(folder(tmp_path / "p", whole()))
    address = UUID(named("address"))
    edit_record(
        entity="address",
        record_id=address,
        values={"state_province": "XX", "country": country},
        viewer=VISITOR,
    )
    assert Address.objects.get().flags == flags
    edit_record(
        entity="address", record_id=address, values={"state_province": "ON", "country": "CA"}, viewer=VISITOR
    )
    assert Address.objects.get().flags == []


def test_a_steward_writes_hours_that_can_be(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", whole()))
    good = {"zone": "America/St_Johns", "byday": "1MO,-1FR", "interval": "2", "opens_at": "08:30"}
    edit_record(entity="schedule", record_id=UUID(named("hours")), values=good, viewer=VISITOR)
    assert Schedule.objects.get().zone == "America/St_Johns"


def test_the_command_prints_the_first_ones_counts_the_rest_and_reports_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in (import_hsds_flagged, import_hsds_report):
        monkeypatch.setattr(module, "MOST_LISTED", 2)
    files = many(5)
    for row in files["services.csv"]:
        row["email"] = "nobody"
    path, out = folder(tmp_path / "p", files), tmp_path / "report.json"
    call_command("import_hsds", str(path), publisher="feed", report=out)
    printed = capsys.readouterr().out
    first = f"services.csv, row 2 ({named('s0')}): email is no e-mail address; it is kept, but not used"
    assert first in printed.splitlines()
    assert "... and 3 more values kept, but not used" in printed.splitlines()
    reported = json.loads(out.read_text(encoding="utf-8"))
    assert (reported["flagged_total"], len(reported["flagged"])) == (5, 2)
    assert reported["flagged"][0]["row"] == 2
