"""A feed that writes a zone's name where HSDS asks for an offset: its hours are told, by that zone's clock."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.finding.hours import open_state
from directory.finding.profile_hours import rows_as_told
from directory.models.listing import ListingPage
from directory.models.schedule import Schedule
from tests.directory.hsds_packages import Files, folder, named, taken, whole

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
"""9:30 in Toronto, 7:30 in Edmonton."""


def zoned(zone: str) -> Files:
    files = whole()
    files["schedules.csv"] = [
        {"id": named("hours"), "service_id": named("service"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00",
         "closes_at": "17:00", "timezone": zone}
    ]  # fmt: skip
    return files


@pytest.mark.parametrize(
    ("zone", "told", "state"),
    [
        ("America/Toronto", "America/Toronto", "open"),
        ("America/Edmonton", "America/Edmonton", "closed"),
        ("Canada/Mountain", "America/Edmonton", "closed"),
    ],
)
def test_its_hours_are_told(tmp_path: Path, zone: str, told: str, state: str) -> None:
    path = folder(tmp_path / "p", zoned(zone))
    report = taken(path)
    schedule = Schedule.objects.get()
    assert (schedule.timezone, schedule.flags) == (zone, ["timezone:zone_name"])
    assert "it is used as a zone" in " ".join(str(flagged) for flagged in report.flagged)
    facts = ListingPage.objects.get().en
    assert facts["zone"] == told
    assert open_state(facts, MONDAY).state == state
    assert rows_as_told([schedule])[0].is_flagged is False
    assert taken(path).is_unchanged
    call_command("export_hsds", tmp_path / "out", tier="custodian")
    assert zone in (tmp_path / "out" / "schedules.csv").read_text()


@pytest.mark.parametrize("zone", ["EST", "Europe/Paris"])
def test_anything_else_still_makes_them_unknown(tmp_path: Path, zone: str) -> None:
    taken(folder(tmp_path / "p", zoned(zone)))
    assert open_state(ListingPage.objects.get().en, MONDAY).state == "unknown"
