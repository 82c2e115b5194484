"""Small towns of the North with their real rural codes, by the site's own gazetteer: they stand in themselves."""

from pathlib import Path

import pytest

from directory.models.location import Location
from tests.directory.hsds_packages import folder, taken, whole
from tests.directory.test_import_table import imported, mapping

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1)]
TOWNS = [
    ("Atikokan", "ON", "P0T 1C0"), ("Moosonee", "ON", "P0L 1Y0"), ("Fort Smith", "NT", "X0E 0P0"),
    ("Churchill", "MB", "R0B 0E0"), ("Nain", "NL", "A0P 1L0"), ("Hearst", "ON", "P0L 1N0"),
    ("Kuujjuaq", "QC", "J0M 1C0"), ("Wawa", "ON", "P0S 1K0"),
]  # fmt: skip
PLACE = {"address_1": "street", "city": "city", "state_province": "province", "postal_code": "code"}


def where() -> tuple[str, str]:
    location = Location.objects.select_related("community").get()
    return (location.community.name if location.community else "", str(location.placed_by))


@pytest.mark.parametrize(("city", "province", "code"), TOWNS)
def test_a_feed_and_a_list_without_a_point_place_it_in_its_town(
    tmp_path: Path, city: str, province: str, code: str
) -> None:
    files = whole()
    files["addresses.csv"][0] |= {"city": city, "state_province": province, "postal_code": code}
    files["locations.csv"][0] |= {"latitude": "", "longitude": ""}
    taken(folder(tmp_path / "p", files))
    assert where() == (city, "community")
    Location.objects.all().delete()
    row = {"id": "x", "name": "N", "category": "Legal", "street": "7 Other Road", "city": city}
    imported([row | {"province": province, "code": code}], by=mapping(place=PLACE))
    assert where() == (city, "community")


def test_a_shelter_there_keeps_the_area_of_its_town(tmp_path: Path) -> None:
    files = whole()
    files["services.csv"][0]["name"] = "Emergency shelter"
    files["addresses.csv"][0] |= {"city": "Atikokan", "postal_code": "P0T 1C0"}
    files["locations.csv"][0] |= {"latitude": "", "longitude": ""}
    taken(folder(tmp_path / "p", files))
    assert Location.objects.get().area_id == "on-fort-frances"
