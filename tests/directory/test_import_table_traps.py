"""A list as dirty as the one of Kingston, through its own mapping: what a searcher sees of each trap, EN and FR.

The rows are invented. `python -m tests.directory.kingston_check FILE` looks at the real ones (docs/import-table.md).
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from directory.finding.answer import Result
from directory.finding.hours import open_state
from directory.hsds.table_files import read_mapping
from directory.models.address import Address
from directory.models.listing import Listing, ListingPage
from directory.models.location import Location
from directory.models.service import Service
from directory.views.cards import listing_page
from tests.directory.test_import_table import counts, imported

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
ALWAYS = {
    day: {"open": "00:00", "close": "23:59"}
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}
BY_A_PROGRAM = {"verified_by": "A program, batch 2", "verified_at": "2026-01-03T16:57:50.846Z"}
PENDING = {"verified_by": "Pending manual verification", "verified_at": "2026-01-08T21:57:01.316Z"}
PLAIN: dict[str, Any] = {"intent_category": "Legal", "status": "Active", "provenance": BY_A_PROGRAM}


def row(key: str, **cells: Any) -> dict[str, Any]:
    return PLAIN | {"id": key, "name": key.title(), "url": f"https://{key}.example"} | cells


LIST = [
    row("clinic", address="12 Made-up St, Kingston, ON K7L 1A1", phone="613-555-0101", fees="Free.",
        hours_text="Mon-Fri 9:00 AM – 5:00 PM [48]", description="Legal advice.[20, 21]",
        name_fr="Clinique", description_fr="Des conseils juridiques."),
    row("door", address="14 Made-up St, Kingston, ON K7L 1A1", coordinates={"lat": 44.2353, "lng": -76.4934}),
    row("line", intent_category="Crisis", address="99 Made-up Ave, Suite 3, Montréal, QC H3B 4G7 (Head Office)",
        description="Canada's only 24/7, national support service", hours=ALWAYS | {"notes": "24/7 Service"},
        eligibility_notes="All youth", eligibility_notes_fr="Inclusion : All youth. Hommestal health support."),
    row("house", intent_category="Crisis", description="Emergency shelter for women.", email="us@house.example",
        address="P.O. Box 21, Kingston, ON K7L 5P5 (Mailing Only)", phone="613-555-0102 (Crisis Line)",
        hours_text="24 hours a day, 7 days a week.", coordinates={"lat": 44.2551, "lng": -76.5551}),
    row("ear", intent_category="Crisis", description="A listening service", phone="613-555-0103",
        address="Confidential / Virtual (Kingston based)"),
    row("boxed", address="P.O. Box 40, Etobicoke, ON M9B 6K8 (Mailing only)"),
    row("everywhere", scope="ontario", address="Province-wide", provenance=PENDING, phone="613-555-0101"),
    row("rural", address="12 Made-up Rd, Nowhereville, ON K0H 2T0"),
    row("gone", status="Permanently Closed"),
    row("twin", description="See 'clinic' - duplicate entity."),
]  # fmt: skip


@pytest.fixture
def pages() -> dict[str, dict[str, dict[str, Any]]]:
    """What the page of each row's listing shows, by language and key."""
    report = imported(LIST, by=read_mapping(settings.FIXTURES / "mappings" / "kingston.toml"))
    assert counts(report) == (8, 0, 0, 2)
    assert {r.key: r.same_phone for r in report.rows if r.same_phone} == {
        "clinic": ("everywhere",),
        "everywhere": ("clinic",),
    }
    keys = dict(Service.objects.values_list("pk", "source_key"))
    found: dict[str, dict[str, dict[str, Any]]] = {"en": {}, "fr": {}}
    for language, by_key in found.items():
        with translation.override(language):
            for listing in Listing.objects.order_by("pk"):
                facts = getattr(ListingPage.objects.get(pk=listing.pk), language)
                by_key[keys[listing.service_id]] = listing_page(
                    Result(facts, open_state(facts, NOW)), NOW, ""
                )
    return found


Pages = dict[str, dict[str, dict[str, Any]]]


def test_what_a_program_verified_and_what_is_pending_are_both_called_not_checked(pages: Pages) -> None:
    assert {page["checked_line"] for page in pages["en"].values()} == {""}
    lines = {key: page["source_line"] for key, page in pages["en"].items()}
    assert lines.pop("everywhere") == "Copied from Kingston Care Connect on 8 January 2026, not checked."
    assert {*lines.values()} == {"Copied from Kingston Care Connect on 3 January 2026, not checked."}
    assert "non vérifiée" in pages["fr"]["everywhere"]["source_line"]


def test_only_a_known_door_may_ever_have_kilometres(pages: Pages) -> None:
    exact = Listing.objects.filter(has_exact_point=True).values_list("service_id", flat=True)
    assert [Service.objects.get(pk=pk).source_key for pk in exact] == ["door"]
    assert (pages["en"]["clinic"]["where"], pages["fr"]["clinic"]["where"]) == (
        "In Kingston, Ontario",
        "À Kingston, Ontario",
    )
    assert not any("km" in page["where"] for found in pages.values() for page in found.values())


def test_what_only_a_postal_code_places_is_shown_with_the_town_of_its_address(pages: Pages) -> None:
    assert Location.objects.get(services__service__source_key="rural").placed_by == "postal_area"
    assert pages["en"]["rural"]["where"] == "In Nowhereville, Ontario"


def test_a_head_office_a_box_and_a_scope_are_no_places(pages: Pages) -> None:
    assert pages["en"]["line"]["where"] == "Anywhere in Canada"
    assert pages["en"]["everywhere"]["where"] == "Anywhere in Ontario"
    assert pages["en"]["boxed"]["address_lines"] == []
    streets = sorted(Address.objects.values_list("address_1", flat=True))
    assert streets == ["12 Made-up Rd", "12 Made-up St", "14 Made-up St"]


@pytest.mark.promise(1)
def test_a_shelter_and_what_is_confidential_are_protected(pages: Pages) -> None:
    assert pages["en"]["house"]["where"] == "In Kingston area, Ontario"
    assert (pages["en"]["house"]["address_note"], pages["en"]["ear"]["address_note"]) == (
        "The address is given when you call.",
        "The address is not published.",
    )
    assert pages["en"]["house"]["email"] == ""
    assert {p.latitude for p in Location.objects.filter(is_protected=True)} == {None}


def test_midnight_to_a_minute_before_it_is_day_and_night_but_for_the_door_of_a_shelter(pages: Pages) -> None:
    assert pages["en"]["line"]["open_line"] == "Open now, day and night"
    assert pages["en"]["house"]["open_line"] == "Hours in words: see the details, or call"
    assert pages["en"]["house"]["hours_note"] == "24 hours a day, 7 days a week."
    assert pages["en"]["clinic"]["open_line"] == "Open now, until 17:00"


def test_french_that_nobody_read_is_not_shown_and_the_english_is_marked(pages: Pages) -> None:
    line, clinic = pages["fr"]["line"], pages["fr"]["clinic"]
    assert (line["eligibility"], line["eligibility_lang"]) == ("All youth", "en")
    assert (clinic["name"], clinic["description"], clinic["description_lang"]) == (
        "Clinic",
        "Legal advice.",
        "en",
    )
    assert clinic["open_line"] == "Ouvert en ce moment, jusqu’à 17\u00a0h"


def test_a_real_row_is_no_demonstration(pages: Pages) -> None:
    assert not any(page["is_demo"] for found in pages.values() for page in found.values())
