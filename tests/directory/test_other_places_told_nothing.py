"""A place is protected while other open places of its organization tell its door: nothing stays there or comes back."""

import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.actions.protect_location import Protection, protect_location
from directory.models.address import Address
from directory.models.location import Location
from directory.models.metadata import Metadata
from directory.models.organization import Organization
from directory.models.phone import Phone
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, Row, folder, named, taken, whole
from tests.directory.read_model import read_model
from tests.directory.sweep import found_in_tables
from tests.directory.test_who_is_concerned_protected import assert_as_rebuilt

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
WAY = "Walk past the red mill and knock at the blue gate"
NEEDLES = ["12 Example", "12+Example", "K7L 1A1", "red mill", "HOUSE-1"]
HERE = "It is warm. The house is at 12 Example Street, K7L 1A1."
OTHER = named("other")


def with_another(owner: str = named("org"), **texts: str) -> Files:
    """Beside the place that is to be protected, an open one of the same organization with a street of its own."""
    files = whole()
    files["locations.csv"][0] |= {"transportation": WAY, "external_identifier": "HOUSE-1"}
    other = {"id": OTHER, "organization_id": owner, "location_type": "physical", "name": "Head office"}
    point = {"latitude": "44.5", "longitude": "-76.9"}
    bank = {"id": named("bank"), "organization_id": named("org"), "name": "Food bank", "status": "active"}
    door = {"address_1": "5 King Street", "city": "Belleville", "state_province": "ON", "country": "CA"}
    own = {"id": named("door"), "location_id": OTHER, "postal_code": "K7L 5A5", "address_type": "physical"}
    files["locations.csv"].append(other | point | texts)
    files["services.csv"].append(bank)
    files["service_at_location.csv"].append(
        {"id": named("pair"), "service_id": named("bank"), "location_id": OTHER}
    )
    files["addresses.csv"].append(own | door)
    return files


def telling(owner: str = named("org")) -> Files:
    """Every text of the other place, and of what hangs on it, tells the door."""
    texts = {"description": HERE, "transportation": WAY, "external_identifier": "house 1"}
    names = {"alternate_name": "12 Example", "url": "https://maps.example/?q=12+Example+Street"}
    files = with_another(owner, **texts, **names)
    files["service_at_location.csv"][-1]["description"] = HERE
    files["addresses.csv"][-1] |= {
        "attention": HERE,
        "address_2": "(12 Example St)",
        "region": "near K7L 1A1",
    }
    on_place: dict[str, Row] = {
        "phones.csv": {"number": "613-555-0199", "description": HERE},
        "schedules.csv": {"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "description": HERE},
        "accessibility.csv": {"description": HERE},
        "languages.csv": {"name": "Cree", "note": HERE},
        "contacts.csv": {"department": "12 Example Street"},
    }
    for name, row in on_place.items():
        files[name].append({"id": named(f"other {name}"), "location_id": OTHER} | row)
    files["service_areas.csv"].append(
        {
            "id": named("pair area"),
            "service_at_location_id": named("pair"),
            "name": "Town",
            "description": HERE,
        }
    )
    return telling_below(files)


def telling_below(files: Files) -> Files:
    """So does what hangs on the pair's contact, and what was said of the place and its street before."""
    files["contacts.csv"].append(
        {"id": named("pair desk"), "service_at_location_id": named("pair"), "name": "Desk"}
    )
    files["phones.csv"].append(
        {"id": named("bell"), "contact_id": named("pair desk"), "number": "613-555-0198", "description": HERE}
    )
    files["languages.csv"].append(
        {"id": named("bell note"), "phone_id": named("bell"), "name": "Cree", "note": HERE}
    )
    for kind, id_ in (("location", OTHER), ("address", named("door"))):
        tie = {"id": named(f"{kind} tie"), "link_id": id_, "link_entity": kind, "value": "K7L 1A1"}
        files["attributes.csv"].append(tie | {"taxonomy_term_id": named("term")})
        change = files["metadata.csv"][0] | {"id": named(f"{kind} change"), "resource_type": kind}
        files["metadata.csv"].append(change | {"resource_id": id_, "previous_value": HERE})
    return files


def protected() -> Protection:
    return protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)


def assert_told_nowhere() -> None:
    assert found_in_tables(NEEDLES) == []
    rows = [row for found in read_model().values() for row in found]
    assert [word for word in NEEDLES if any(word in row for row in rows)] == []
    assert_as_rebuilt()


def exported(path: Path) -> str:
    call_command("export_hsds", str(path), tier="public")
    return "".join(file.read_text("utf-8") for file in sorted(path.iterdir()))


@pytest.mark.parametrize("owner", [named("org"), ""])
def test_what_stands_at_another_place_is_cut_when_a_place_is_protected(tmp_path: Path, owner: str) -> None:
    taken(folder(tmp_path / "p", telling(owner)))
    assert {"location", "address", "phone", "schedule", "listing_page", "hsds_document"} <= {
        table for table, _ in found_in_tables(NEEDLES)
    }
    done = protected()
    assert_told_nowhere()
    cut = {(row.entity, row.field) for row in done.cut if str(row.record_id) in (OTHER, named("door"))}
    assert {("location", "description"), ("location", "transportation"), ("address", "address_2")} <= cut
    assert not [row for row in done.cut if str(row.record_id) == named("place")]
    told = exported(tmp_path / "out")
    assert [word for word in NEEDLES if word in told] == []


@pytest.mark.parametrize("owner", [named("org"), ""])
def test_no_later_import_brings_it_back_to_another_place(tmp_path: Path, owner: str) -> None:
    path = folder(tmp_path / "p", telling(owner))
    taken(path)
    protected()
    for _ in range(2):
        taken(path)
        assert_told_nowhere()
        assert not Location.objects.get(pk=OTHER).is_protected


@pytest.mark.parametrize("before", [False, True])
def test_a_place_that_is_new_or_changed_tells_nothing(tmp_path: Path, before: bool) -> None:
    path = folder(tmp_path / "p", with_another() if before else whole())
    taken(path)
    # Bus 4 is the way to the place of `whole`: too short to be looked for.
    protected()
    taken(folder(path, telling()))
    assert found_in_tables(NEEDLES[:3]) == []
    assert Location.objects.get(pk=OTHER).description == "It is warm."
    assert not Location.objects.get(pk=OTHER).is_protected
    assert Phone.objects.get(description="It is warm.", contact=None).location_id == uuid.UUID(OTHER)
    assert_as_rebuilt()


def test_another_place_keeps_its_own_street_point_and_number(tmp_path: Path) -> None:
    taken(folder(tmp_path / "p", telling()))
    protected()
    place, address = Location.objects.get(pk=OTHER), Address.objects.get(location_id=OTHER)
    assert (place.name, place.description, place.latitude) == ("Head office", "It is warm.", 44.5)
    assert (address.address_1, address.postal_code, address.attention) == (
        "5 King Street",
        "K7L 5A5",
        "It is warm.",
    )
    assert not Metadata.objects.filter(resource_id=OTHER).exists()


def test_a_street_of_the_same_name_in_another_town_and_a_shared_postal_code_stay(tmp_path: Path) -> None:
    files = with_another()
    files["addresses.csv"][1] |= {
        "address_1": "12 Example Street",
        "city": "Toronto",
        "postal_code": "K7L 1A1",
    }
    path = folder(tmp_path / "p", files)
    taken(path)
    done = protected()
    assert not [row for row in done.cut if row.entity == "address"]
    taken(path)
    address = Address.objects.get(location_id=OTHER)
    assert (address.address_1, address.postal_code) == ("12 Example Street", "K7L 1A1")


def test_a_street_that_only_leads_to_the_door_is_no_street_of_its_own(tmp_path: Path) -> None:
    files = with_another()
    files["addresses.csv"][1]["address_1"] = "Behind 12 Example Street"
    path = folder(tmp_path / "p", files)
    taken(path)
    protected()
    assert Address.objects.get(location_id=OTHER).address_1 == "…"
    assert found_in_tables(["12 Example"]) == []
    taken(path)
    assert found_in_tables(["12 Example"]) == []
    assert not Location.objects.get(pk=OTHER).is_protected


def test_an_id_that_a_publisher_gave_the_other_place_tells_nothing(tmp_path: Path) -> None:
    files = with_another()
    path = folder(tmp_path / "p", files)
    taken(path)
    protected()
    for name, column in (("locations.csv", "id"), ("addresses.csv", "location_id")):
        files[name][1][column] = "office behind 12 Example"
    files["service_at_location.csv"][1]["location_id"] = "office behind 12 Example"
    taken(folder(path, files))
    assert found_in_tables(["12 Example"]) == []


def test_a_package_of_phones_alone_tells_nothing_of_stored_places(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", telling())
    taken(path)
    protected()
    alone = {
        "organizations.csv": whole()["organizations.csv"],
        "phones.csv": telling()["phones.csv"],
        "languages.csv": telling()["languages.csv"],
    }
    taken(folder(path, alone))
    assert_told_nowhere()


def test_another_organizations_place_keeps_what_it_says(tmp_path: Path) -> None:
    stranger = named("stranger")
    files = with_another(stranger, description=HERE)
    files["organizations.csv"].append({"id": stranger, "name": "Shop", "description": "d"})
    files["services.csv"][1]["organization_id"] = stranger
    path = folder(tmp_path / "p", files)
    taken(path)
    protected()
    taken(path)
    assert Location.objects.get(pk=OTHER).description == HERE
    assert Organization.objects.count() == 2


def test_the_number_of_somebody_at_a_protected_place_tells_nothing_either(tmp_path: Path) -> None:
    files = telling()
    files["contacts.csv"][-1]["service_at_location_id"] = named("site")
    path = folder(tmp_path / "p", files)
    taken(path)
    protected()
    taken(path)
    assert_told_nowhere()
