"""Once a place is protected, no listing of whoever runs it tells what led to its door, or how to write there."""

from pathlib import Path
from uuid import UUID

import pytest

from directory.actions.project_listings import rebuild_listings
from directory.actions.protect_location import protect_location
from directory.models.language import Language
from directory.models.location import Location
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.read_model import read_model

pytestmark = [pytest.mark.django_db, pytest.mark.promise(2)]
KEEPER = Viewer(user=None, organization=UUID(named("org")), tier=Tier.CUSTODIAN)
PLACE = UUID(named("place"))


def with_a_line() -> Files:
    """Beside the service at the place, a line of the same organization that is nowhere."""
    files = whole()
    files["organizations.csv"][0]["email"] = "desk@lake.example"
    line, phone = named("line"), named("number of the line")
    files["services.csv"].append(
        {
            "id": line,
            "organization_id": named("org"),
            "name": "Line",
            "description": "Calls",
            "status": "active",
        }
    )
    files["phones.csv"].append({"id": phone, "service_id": line, "number": "613-555-0188"})
    return files


def telling() -> Files:
    """What hangs on the line tells the street and the postal code of the place."""
    files, phone = with_a_line(), named("number of the line")
    files["languages.csv"].append(
        {"id": named("note"), "phone_id": phone, "name": "Cree", "note": "Ask for 12 Example Street"}
    )
    files["attributes.csv"].append(
        {
            "id": named("telling tie"),
            "link_id": phone,
            "link_entity": "phone",
            "taxonomy_term_id": named("term"),
            "value": "K7L 1A1",
        }
    )
    files["url.csv"].append(
        {
            "id": named("telling address"),
            "service_id": named("line"),
            "url": "https://maps.example/?q=12+Example+Street",
        }
    )
    return files


def told(*words: str) -> list[str]:
    """Which of these words anything of the read model tells."""
    rows = [row for found in read_model().values() for row in found]
    return [word for word in words if any(word in row for row in rows)]


def assert_as_rebuilt() -> None:
    """Told anew, nothing reads otherwise."""
    before = read_model()
    rebuild_listings()
    assert before == read_model()


STREET = ("12 Example Street", "12+Example", "K7L 1A1")


def test_what_hangs_on_another_services_phone_tells_no_door(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", telling()))
    assert told(*STREET) == list(STREET)
    protect_location(location_id=PLACE, viewer=KEEPER)
    assert told(*STREET) == []
    assert_as_rebuilt()


def test_what_hangs_on_a_contacts_phone_tells_no_door(tmp_path: Path) -> None:
    files, desk, phone = with_a_line(), named("a desk"), named("number of the desk")
    files["contacts.csv"].append({"id": desk, "organization_id": named("org"), "department": "Desk"})
    files["phones.csv"].append({"id": phone, "contact_id": desk, "number": "613-555-0189"})
    note = {"id": named("desk note"), "phone_id": phone, "name": "Cree", "note": "Ask for 12 Example Street"}
    files["languages.csv"].append(note)
    taken(folder(tmp_path / "p", files))
    protect_location(location_id=PLACE, viewer=KEEPER)
    assert Language.objects.get(pk=note["id"]).note == ""


def test_the_organizations_other_services_tell_its_mail_no_longer(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", with_a_line()))
    assert told("desk@lake.example")
    protect_location(location_id=PLACE, viewer=KEEPER)
    assert told("desk@lake.example") == []
    assert_as_rebuilt()


def test_a_pairing_with_a_protected_place_tells_all_services_of_the_organization(tmp_path: Path) -> None:
    files = with_a_line()
    pairs = files.pop("service_at_location.csv")
    files["locations.csv"][0]["organization_id"] = ""
    path = folder(tmp_path / "p", files)
    taken(path)
    Location.objects.filter(pk=PLACE).update(organization=None)
    protect_location(location_id=PLACE, viewer=Viewer(user=None, organization=None, tier=Tier.CUSTODIAN))
    assert told("desk@lake.example")
    taken(folder(path, files | {"service_at_location.csv": pairs}))
    assert told("desk@lake.example") == []
    assert_as_rebuilt()
