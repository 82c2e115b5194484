"""Who comes first with another publisher's ids gets nothing of it: no number on its pages, and not its listing."""

from pathlib import Path
from typing import Any

import pytest

from directory.models.address import Address
from directory.models.listing import Listing
from directory.models.phone import Phone
from directory.models.same_service import SameService
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.hsds_package import derived_id
from tests.directory.hsds_packages import Files, folder, named, small, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(26)]


def squatting() -> Files:
    """Somebody's own service, and a number, a link, a street and a pairing for records that are yet to come."""
    return {
        "organizations.csv": [{"id": named("eo"), "name": "Evil", "description": "d"}],
        "services.csv": [
            {"id": named("es"), "organization_id": named("eo"), "name": "Evil", "status": "active"}
        ],
        "locations.csv": [{"id": named("el"), "location_type": "physical", "name": "Evil place"}],
        "phones.csv": [{"id": named("ep"), "service_id": named("service"), "number": "613-555-0199"}],
        "url.csv": [{"id": named("eu"), "service_id": named("service"), "url": "https://evil.example"}],
        "addresses.csv": [
            {
                "id": named("ea"), "location_id": named("place"), "address_1": "99 Evil Road", "city": "Toronto",
                "state_province": "ON", "postal_code": "M5V 1A1", "country": "CA", "address_type": "physical",
            }
        ],
        "service_at_location.csv": [
            {"id": named("esl"), "service_id": named("service"), "location_id": named("el")}
        ],
        "attributes.csv": [
            {
                "id": named("et"), "link_id": named("service"), "link_entity": "service",
                "taxonomy_term_id": named("t"),
            }
        ],
    }  # fmt: skip


def shown() -> set[str]:
    return {
        table
        for table, _ in found_in_tables(["0199", "evil.example", "99 evil"])
        if table in ("listing", "listing_page", "hsds_document")
    }


def test_what_hung_on_ids_of_records_to_come_shows_nowhere_and_is_told(tmp_path: Path) -> None:
    taken(folder(tmp_path / "evil", squatting()), "evil")
    report = taken(folder(tmp_path / "p", whole()))
    assert report.set_aside == 5
    assert "5 links of other publishers set aside" in str(report)
    assert shown() == set()
    assert Listing.objects.filter(service_id=named("service")).count() == 1
    assert str(Phone.objects.get(pk=named("ep")).service_id) == derived_id(
        "evil", "service", named("service")
    )
    assert taken(tmp_path / "p").set_aside == 0


def test_whoever_set_them_up_may_still_bring_the_records_that_they_named(tmp_path: Path) -> None:
    taken(folder(tmp_path / "evil", squatting()), "evil")
    taken(folder(tmp_path / "p", whole()))
    files = squatting()
    files["services.csv"].append(
        {"id": named("service"), "organization_id": named("eo"), "name": "Late", "status": "active"}
    )
    taken(folder(tmp_path / "evil", files), "evil")
    late = Service.objects.get(name="Late")
    assert Phone.objects.get(pk=named("ep")).service_id == late.pk
    assert ServiceAtLocation.objects.get(pk=named("esl")).service_id == late.pk
    assert str(Address.objects.get(pk=named("ea")).location_id) != named("place")


def pages() -> set[str]:
    return set(
        Service.objects.filter(pk__in=Listing.objects.values("service_id")).values_list("name", flat=True)
    )


def test_a_service_under_an_id_that_somebody_took_first_shows_beside_it(tmp_path: Path) -> None:
    files = small()
    files["services.csv"][0]["name"] = "Fake Legal"
    taken(folder(tmp_path / "evil", files), "evil")
    report = taken(folder(tmp_path / "p", small()))
    assert (report.linked, report.suggested) == (0, 1)
    assert SameService.objects.get().verdict == "suggested"
    assert pages() == {"Fake Legal", "Legal advice"}


def with_phone(number: str) -> Files:
    return small() | {
        "phones.csv": [{"id": named("phone"), "service_id": named("service"), "number": number}]
    }


def test_the_same_name_with_another_number_hides_nobody(tmp_path: Path) -> None:
    taken(folder(tmp_path / "evil", with_phone("613-555-0199")), "evil")
    assert taken(folder(tmp_path / "p", with_phone("613-555-0142"))).linked == 0
    assert Listing.objects.count() == 2


def test_a_stranger_who_has_the_id_keeps_two_that_are_one_no_further_apart(tmp_path: Path) -> None:
    other = with_phone("613-555-0199")
    other["services.csv"][0]["name"] = "Somebody else's help"
    taken(folder(tmp_path / "z", other), "z")
    taken(folder(tmp_path / "a", with_phone("613-555-0142")), "a")
    report = taken(folder(tmp_path / "b", with_phone("613-555-0142")), "b")
    assert (report.linked, report.suggested) == (1, 1)
    link = SameService.objects.get(verdict="linked")
    assert (link.kept.publisher_id, link.other.publisher_id) == ("a", "b")
    assert Listing.objects.count() == 2
    assert taken(tmp_path / "b", "b").is_unchanged


def test_three_under_one_id_that_are_one_show_once_and_ask_nobody(tmp_path: Path) -> None:
    for publisher in "abc":
        report = taken(folder(tmp_path / publisher, with_phone("613-555-0142")), publisher)
        assert (report.linked, report.suggested) == (int(publisher != "a"), 0)
    assert Listing.objects.count() == 1


def test_ids_that_are_none_of_ours_link_nobody(tmp_path: Path) -> None:
    """Every publisher counts from 1: two services 1 are two."""
    for publisher in "ab":
        files = with_phone("613-555-0142")
        files["services.csv"][0]["id"] = files["phones.csv"][0]["service_id"] = "1"
        assert taken(folder(tmp_path / publisher, files), publisher).linked == 0
    assert SameService.objects.filter(likeness="given_id").count() == 0


def test_of_two_that_are_one_the_one_that_somebody_confirmed_shows(tmp_path: Path) -> None:
    taken(folder(tmp_path / "one", small()), "one")
    taken(folder(tmp_path / "two", with_phone("613-555-0142")), "two")
    link = SameService.objects.get()
    assert (link.verdict, link.kept.publisher_id) == ("linked", "two")


def test_a_linked_record_that_changes_its_number_later_hides_the_other_no_longer(tmp_path: Path) -> None:
    taken(folder(tmp_path / "one", with_phone("613-555-0142")), "one")
    assert taken(folder(tmp_path / "two", with_phone("613-555-0142")), "two").linked == 1
    assert Listing.objects.count() == 1
    report = taken(folder(tmp_path / "one", with_phone("613-555-0199")), "one")
    assert report.suggested == 1
    assert Listing.objects.count() == 2


def test_a_list_takes_its_ids_from_those_who_hang_on_them(tmp_path: Path, make_service: Any) -> None:
    """As an import of a package does: `take_ids` before the rows are written."""
    from directory.actions.table_doors import take_ids
    from directory.actions.table_rows_stored import Built

    service = make_service("Clinic")
    taken(folder(tmp_path / "evil", squatting()), "evil")
    coming = Service(id=named("service"), publisher=service.publisher, name="Coming")
    built = Built(service.publisher_id)
    built.add(coming, coming.pk)
    assert take_ids(built) == 4
    assert not Phone.objects.filter(service_id=named("service")).exists()
