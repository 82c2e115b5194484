"""Somebody imports a list: every row accounted for, the second time nothing changes, and no false claim arises."""

import hashlib
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.actions import import_table as action
from directory.actions.import_table import CannotImport, ImportReport, import_table
from directory.finding.places import gazetteer
from directory.hsds.table_files import read_words
from directory.models.address import Address
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.publisher import Publisher
from directory.models.schedule import Schedule
from directory.models.service import Service
from directory.models.taxonomy import Attribute, TaxonomyTerm
from directory.rules.table_mapping import TableMapping
from directory.rules.table_mapping_read import parse_mapping
from directory.rules.table_records import NumberedRow
from safety.audit import AuditEntry
from safety.viewer import VISITOR

pytestmark = pytest.mark.django_db

MAPPING: dict[str, Any] = {
    "key": "id",
    "publisher": {"slug": "our-list", "name": "Our list", "licence": "MIT"},
    "columns": {"name": "name", "name_fr": "name_fr", "description": "description", "url": "url",
                "status": "status", "copied_on": "provenance.verified_at"},
    "status": {"Permanently Closed": "closed for good"},
    "needs": {"column": "category", "values": {"Legal": ["legal_advice"], "Housing": ["emergency_shelter"]}},
    "scope": {"column": "scope", "values": {"ontario": {"reach": "province", "province": "ON"}}},
    "place": {"address": "address", "latitude": "lat", "longitude": "lng", "confidential": ["confidential"],
              "default_community": "Kingston, ON"},
    "phones": {"columns": ["phone"]},
    "hours": {"weekly": "hours", "text": ["hours_text"]},
    "languages": {"column": "languages"},
}  # fmt: skip
STREET = "12 Canary Lane"
DAY = {"open": "00:00", "close": "23:59"}
LIST: list[dict[str, Any]] = [
    {"id": "clinic", "name": "Harbour Legal Clinic", "name_fr": "Clinique du Havre", "category": "Legal",
     "url": "https://harbour.example", "address": f"{STREET}, Unit 4, Kingston, ON K7K 6R6 (upstairs)",
     "lat": 44.24, "lng": -76.49, "phone": "613-555-0144 (Kingston) / 1-866-555-0105 (Toll Free)",
     "hours": {"monday": {"open": "09:00", "close": "17:00"}}, "hours_text": "Mon 9-5",
     "languages": ["French"], "provenance": {"verified_at": "2026-01-03", "verified_by": "a program"}},
    {"id": "line", "name": "Legal Line", "category": "Legal", "scope": "ontario", "address": "Province-wide",
     "phone": "211", "hours": dict.fromkeys(("monday", "sunday"), DAY)},
    {"id": "shelter", "name": "Canary House", "category": "Housing", "url": "https://canary.example",
     "address": "77 Hidden Road, Kingston, ON K7L 9Z9", "lat": 44.2551, "lng": -76.5551},
    {"id": "beside", "name": "Canary Office", "category": "Legal", "address": "77 Hidden Rd, Kingston, ON",
     "lat": 44.2552, "lng": -76.5552},
    {"id": "away", "name": "Online Law", "category": "Legal", "address": "Online"},
    {"id": "gone", "name": "Old Clinic", "category": "Legal", "status": "Permanently Closed"},
    {"id": "clinic", "name": "Harbour again", "category": "Legal"},
    {"id": "odd", "name": "Curling", "category": "Sports"},
    {"id": "", "name": "Without a key", "category": "Legal"},
]  # fmt: skip


def mapping(**changes: Any) -> TableMapping:
    return parse_mapping(MAPPING | changes, read_words())


def imported(rows: list[Any], *, by: TableMapping | None = None, dry_run: bool = False) -> ImportReport:
    return import_table(
        file_name="list.json",
        digest=hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        rows=[NumberedRow(number, row) for number, row in enumerate(rows, 1)],
        mapping=by or mapping(),
        gazetteer=gazetteer(),
        viewer=VISITOR,
        dry_run=dry_run,
    )


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.added + report.changed + report.unchanged + len(report.refused) == report.total
    return report.added, report.changed, report.unchanged, len(report.refused)


def with_change(key: str, **change: Any) -> list[dict[str, Any]]:
    return [row | change if row["id"] == key else row for row in LIST]


def page(key: str) -> dict[str, Any]:
    service = Service.objects.get(source_key=key)
    found: dict[str, Any] = ListingPage.objects.get(id=Listing.objects.get(service_id=service.pk).id).en
    return found


def everything() -> str:
    """Every cell of every table that an import or the read model may write, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall() if name not in ("place", "area", "spatial_ref_sys")]
        cells = []
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            cells += [text for (text,) in cursor.fetchall()]
    return "\n".join(cells)


def test_every_row_is_accounted_for_and_a_refused_one_says_why() -> None:
    report = imported(LIST)
    assert counts(report) == (5, 0, 0, 4)
    assert [(r.row, r.key, r.reason) for r in report.refused] == [
        (6, "gone", "closed for good"),
        (7, "clinic", "row 1 has the same key"),
        (8, "odd", "unknown category 'Sports' (column category)"),
        (9, "", "no key (column id)"),
    ]
    assert Service.objects.filter(publisher="our-list").count() == 5


def test_a_row_becomes_records_under_hsds_names() -> None:
    imported(LIST)
    service = Service.objects.get(source_key="clinic")
    location = service.sites.get().location
    address = location.addresses.get()
    assert (service.organization.name, service.organization.website) == (
        "Harbour Legal Clinic",
        "https://harbour.example",
    )
    assert (address.address_1, address.address_2, address.city) == (STREET, "Unit 4", "Kingston")
    assert (location.placed_by, location.latitude, location.description) == ("coordinates", 44.24, "upstairs")
    phones = service.phones.order_by("position")
    assert [(p.number, p.description) for p in phones] == [
        ("613-555-0144", "Kingston"),
        ("1-866-555-0105", "Toll Free"),
    ]
    hours = service.schedules.order_by("position")
    assert [(s.byday, s.opens_at, s.description) for s in hours] == [("MO", "09:00", ""), ("", "", "Mon 9-5")]
    assert service.languages.get().code == "fra"
    assert page("clinic")["needs"] == ["legal_advice"]


def test_what_is_province_wide_has_no_place_and_no_kilometres() -> None:
    imported(LIST)
    service = Service.objects.get(source_key="line")
    assert (service.reach, service.province, service.sites.count()) == ("province", "ON", 0)
    assert page("line")["place"]["placed_by"] == "nothing"


def test_a_row_without_a_place_is_placed_by_the_lists_community() -> None:
    imported(LIST)
    assert page("away")["place"] | {"province_name": ""} == {
        "name": "Kingston", "province": "ON", "placed_by": "community", "province_name": "",
    }  # fmt: skip
    assert not Listing.objects.get(service_id=Service.objects.get(source_key="away").pk).has_exact_point


def test_no_import_says_that_anything_was_checked() -> None:
    imported(LIST)
    assert not Service.objects.exclude(assured_date=None).exists()
    assert not Service.objects.exclude(assurer_email="").exists()
    assert page("clinic")["checked_on"] is None
    assert page("clinic")["source"]["copied_on"] == "2026-01-03"


def test_what_a_person_checked_stays_when_the_list_is_imported_again() -> None:
    imported(LIST)
    Service.objects.filter(source_key="clinic").update(assured_date="2026-05-01", wait_time="two weeks")
    imported(with_change("clinic", description="Now with evenings"))
    service = Service.objects.get(source_key="clinic")
    assert (service.description, str(service.assured_date)) == ("Now with evenings", "2026-05-01")


@pytest.mark.promise(1)
@pytest.mark.promise(2)
def test_a_protected_place_has_no_street_and_no_coordinates_in_any_table() -> None:
    imported(LIST)
    for key in ("shelter", "beside"):
        location = Service.objects.get(source_key=key).sites.get().location
        assert (location.is_protected, location.placed_by, location.latitude) == (True, "area", None)
        assert (location.community, location.area_id) == (None, "on-kingston")
    told = everything()
    assert STREET in told
    for canary in ("Hidden", "K7L 9Z9", "44.255", "76.555"):
        assert canary not in told


@pytest.mark.promise(1)
def test_a_place_that_becomes_protected_loses_its_street_and_none_brings_it_back() -> None:
    imported(LIST)
    report = imported(with_change("clinic", address="Confidential", lat=44.24, lng=-76.49))
    assert counts(report) == (0, 1, 4, 4)
    assert not Address.objects.exists()
    report = imported(LIST)
    location = Service.objects.get(source_key="clinic").sites.get().location
    assert (location.is_protected, location.latitude) == (True, None)
    assert "Canary Lane" not in everything()


def test_a_second_import_changes_nothing() -> None:
    imported(LIST)
    before = Service.objects.get(source_key="clinic").last_modified
    assert counts(imported(LIST)) == (0, 0, 5, 4)
    assert Service.objects.get(source_key="clinic").last_modified == before


def test_only_the_row_that_changed_is_counted_as_changed() -> None:
    imported(LIST)
    report = imported(with_change("clinic", phone="613-555-0144 (Kingston)"))
    assert counts(report) == (0, 1, 4, 4)
    assert Phone.objects.get(service__source_key="clinic").number == "613-555-0144"
    assert [p["number"] for p in page("clinic")["phones"]] == ["613-555-0144"]


def test_what_the_row_no_longer_says_is_gone() -> None:
    imported(LIST)
    imported(with_change("clinic", scope="ontario", phone="", hours=None, hours_text="", category="Housing"))
    service = Service.objects.get(source_key="clinic")
    assert not Phone.objects.filter(service=service).exists()
    assert not Schedule.objects.filter(service=service).exists()
    assert not Location.objects.filter(services__service=service).exists()
    assert not Address.objects.exists()
    needs = Attribute.objects.filter(link_id=service.pk).values_list("taxonomy_term__code", flat=True)
    assert list(needs) == ["emergency_shelter"]


def test_an_organization_that_no_row_names_any_more_goes() -> None:
    imported(LIST)
    imported(with_change("clinic", name="Seaside Legal Clinic"))
    names = set(Organization.objects.filter(publisher="our-list").values_list("name", flat=True))
    assert "Seaside Legal Clinic" in names
    assert "Harbour Legal Clinic" not in names


def test_rows_with_one_name_and_host_share_an_organization() -> None:
    rows = [LIST[0], LIST[0] | {"id": "second", "name_fr": ""}]
    imported(rows)
    organization = Organization.objects.get(publisher="our-list")
    assert (organization.services.count(), organization.name_fr) == (2, "Clinique du Havre")


def test_a_service_that_closed_for_good_is_no_longer_listed() -> None:
    imported(LIST)
    report = imported(with_change("away", status="Permanently Closed"))
    assert [r.reason for r in report.refused if r.key == "away"] == ["closed for good"]
    service = Service.objects.get(source_key="away")
    assert service.status == "defunct"
    assert not Listing.objects.filter(service_id=service.pk).exists()


def test_a_new_name_of_the_publisher_reaches_every_listing() -> None:
    imported(LIST)
    imported(LIST, by=mapping(publisher=MAPPING["publisher"] | {"name": "Their list"}))
    assert page("line")["source"]["publisher"] == "Their list"


def test_a_batch_has_one_audit_entry_with_the_files_digest() -> None:
    report = imported(LIST)
    (entry,) = AuditEntry.objects.filter(action="import_table")
    facts = entry.facts()
    assert facts["sha256"] == report.digest
    assert (facts["rows"], facts["added"], facts["refused"]) == (9, 5, 4)


def test_a_dry_run_tells_the_same_and_writes_nothing() -> None:
    report = imported(LIST, dry_run=True)
    assert counts(report) == (5, 0, 0, 4)
    assert not Publisher.objects.filter(slug="our-list").exists()
    assert not AuditEntry.objects.filter(action="import_table").exists()


@pytest.mark.parametrize("broken", ["project_services", "_record"])
@pytest.mark.promise(16)
def test_an_import_that_stops_in_the_middle_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def stop(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(action, broken, stop)
    with pytest.raises(KeyboardInterrupt):
        imported(LIST)
    assert not Publisher.objects.filter(slug="our-list").exists()
    assert not Service.objects.filter(publisher="our-list").exists()
    assert not Listing.objects.exists()


def test_many_rows_take_no_more_statements_than_few() -> None:
    def statements(number: int) -> int:
        rows = [LIST[0] | {"id": f"{number}-{n}", "name": f"Clinic {n}"} for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            imported(rows, by=mapping(publisher={"slug": f"list-{number}", "name": "x"}))
        return len(captured)

    imported(LIST)
    assert statements(3) == statements(60)


def test_without_the_vocabulary_or_the_places_it_says_what_to_run() -> None:
    with pytest.raises(CannotImport, match=r"'Atlantis, ON'.*manage.py prepare"):
        imported(LIST, by=mapping(place=MAPPING["place"] | {"default_community": "Atlantis, ON"}))
    TaxonomyTerm.objects.filter(code="legal_advice").update(code="elsewhere")
    with pytest.raises(CannotImport, match=r"legal_advice: run manage.py prepare"):
        imported(LIST)
    assert not Publisher.objects.filter(slug="our-list").exists()
