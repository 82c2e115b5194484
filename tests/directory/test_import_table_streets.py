"""Streets as lists write them: shown if they are no secret, told nowhere if they are, never lost in silence."""

from typing import Any

import pytest

from directory.models.address import Address
from directory.models.listing import ListingPage
from directory.models.location import Location
from directory.models.service import Service
from tests.directory.test_import_table import counts, imported, mapping

pytestmark = pytest.mark.django_db

COLUMNS = {"address_1": "street", "city": "city", "state_province": "province", "postal_code": "code"}
IN_COLUMNS = {"place": COLUMNS}
KINGSTON = {"city": "Kingston", "province": "ON"}
MONTREAL = {"city": "Montréal", "province": "QC", "code": "H2L 1A1"}
HOUSE: dict[str, Any] = {"id": "house", "name": "A House", "category": "Housing"}
CLINIC: dict[str, Any] = {"id": "clinic", "name": "A Clinic", "category": "Legal"}


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    ("street", "town", "told"),
    [
        ("1250, rue Made-Up Est", MONTREAL, "Le refuge est au 1250, rue Made-Up Est, 2e étage."),
        ("1250 rue Sainte-Inventée Est", MONTREAL, "On est au 1250 Sainte-Inventée."),
        ("144-146 Madeup Street", KINGSTON, "Come to 144 Madeup Street."),
        ("Unit 3, 12 Madeup Ave", KINGSTON, "Our house at 12 Madeup Ave welcomes you."),
        ("12 Madeup Ave", {}, "Our house at 12 Madeup Ave welcomes you."),
        ("near the bridge, 12 Madeup Ave", {}, "https://maps.example/12%20Madeup%20Ave"),
    ],
)
def test_a_row_of_a_shelter_whose_text_tells_its_street_is_refused(
    street: str, town: dict[str, str], told: str
) -> None:
    row = HOUSE | town | {"street": street, "description": told}
    report = imported([row], by=mapping(**IN_COLUMNS, columns={"name": "name", "description": "description"}))
    assert "a text of the row tells its street" in report.refused[0].reason
    assert not Service.objects.exists()


@pytest.mark.promise(1)
def test_a_row_beside_a_shelter_is_protected_however_its_street_is_spelled() -> None:
    door = HOUSE | MONTREAL | {"street": "1250, rue Sainte-Inventée Est"}
    beside = CLINIC | MONTREAL | {"street": "1250 Ste-Inventée E"}
    away = CLINIC | MONTREAL | {"id": "away", "street": "1250, rue Autre"}
    assert counts(imported([door, beside, away], by=mapping(**IN_COLUMNS))) == (3, 0, 0, 0)
    assert [*Address.objects.values_list("address_1", flat=True)] == ["1250, rue Autre"]
    assert Location.objects.filter(is_protected=True).count() == 2


@pytest.mark.promise(1)
def test_a_place_that_is_protected_here_stays_so_when_the_list_writes_a_line_that_cannot_be_read() -> None:
    row = CLINIC | {"street": "12 Madeup Ave", **KINGSTON}
    imported([row], by=mapping(**IN_COLUMNS))
    imported([HOUSE | {"id": "clinic"} | {"street": "12 Madeup Ave", **KINGSTON}], by=mapping(**IN_COLUMNS))
    telling_row = row | {"province": "", "name": "A Clinic, 12, Madeup"}
    assert "tells its street" in imported([telling_row], by=mapping(**IN_COLUMNS)).refused[0].reason


def test_a_french_street_in_columns_is_shown() -> None:
    imported([CLINIC | MONTREAL | {"street": "1250, rue Inventée"}], by=mapping(**IN_COLUMNS))
    assert Address.objects.get().address_1 == "1250, rue Inventée"
    page = ListingPage.objects.get().fr
    assert "1250, rue Inventée" in str(page["address"])


def test_a_street_column_that_holds_the_whole_line_does_not_repeat_the_town() -> None:
    line = "Unit 4, 12 Madeup Ave, Kingston ON K7L 1A1"
    imported([CLINIC | KINGSTON | {"street": line}], by=mapping(**IN_COLUMNS))
    address = Address.objects.get()
    assert (address.address_1, address.address_2, address.city) == ("12 Madeup Ave", "Unit 4", "Kingston")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "12 Madeup Ave",
            "column address: no street with its town and province could be read, it was left out",
        ),
        (
            "Downtown, Kingston ON",
            "column address: no street with its town and province could be read, only its town was taken",
        ),
        ("12 Madeup Ave, Kingston ON", None),
        ("P.O. Box 21, Kingston ON", None),
        ("Province-wide", None),
        ("", None),
    ],
)
def test_a_line_that_cannot_be_read_is_told_in_the_report(line: str, said: str | None) -> None:
    report = imported([CLINIC | {"address": line}])
    assert report.rows[0].warnings == ((said,) if said else ())


def test_a_line_without_a_street_still_places_the_service_in_its_town() -> None:
    imported([CLINIC | {"address": "Downtown, Toronto ON"}])
    community = Location.objects.get().community
    assert community is not None
    assert community.name == "Toronto"
