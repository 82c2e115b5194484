"""What leads to a protected place without hanging on it: an address of no place, a term that is its community."""

import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from directory.actions.protect_location import protect_location
from directory.models.address import Address
from directory.models.metadata import Metadata
from directory.models.taxonomy import Attribute, TaxonomyTerm
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
STREET = "12 Example Street"
TOWN = "Atikokan"


def loose(**more: str) -> Files:
    """The package, with addresses of the same door that name a place nobody knows, or none."""
    files = whole()
    own = files["addresses.csv"][0]
    files["services.csv"][0] |= more
    files["addresses.csv"] += [
        own | {"id": named("loose"), "location_id": named("nowhere")},
        own | {"id": named("of nothing"), "location_id": ""},
        own | {"id": named("another"), "location_id": named("nowhere"), "address_1": "7 Other Road"},
    ]
    return files


@pytest.mark.parametrize("is_first", [True, False])
def test_an_address_of_no_place_that_tells_a_protected_door_goes(tmp_path: Path, *, is_first: bool) -> None:
    path = folder(tmp_path / "p", loose() if is_first else whole())
    taken(path)
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    for _ in range(2):
        assert found_in_tables([STREET]) == []
        taken(folder(path, loose()))
    assert taken(path).is_unchanged
    assert Address.objects.get().address_1 == "7 Other Road"
    for tier in ("vetted", "custodian"):
        call_command("export_hsds", tmp_path / tier, tier=tier)
        assert not [f for f in (tmp_path / tier).iterdir() if STREET.encode() in f.read_bytes()]


def test_it_goes_with_a_shelter_of_the_same_package(tmp_path: Path) -> None:
    path = folder(tmp_path / "p", loose(name="Emergency shelter"))
    for _ in range(2):
        taken(path)
        assert found_in_tables([STREET]) == []
        assert Address.objects.get().address_1 == "7 Other Road"
    assert taken(path).is_unchanged


@pytest.mark.parametrize("name", ["Legal advice", "Emergency shelter"])
def test_the_history_of_an_address_that_is_gone_tells_no_protected_door(tmp_path: Path, name: str) -> None:
    files = whole()
    files["services.csv"][0]["name"] = name
    note = {"resource_id": named("gone"), "resource_type": "address", "last_action_type": "update"}
    note |= {"field_name": "address_1", "last_action_date": "2024-01-01"}
    for key, before in (("told", STREET), ("other", "7 Other Road")):
        files["metadata.csv"].append(
            note | {"id": named(key), "previous_value": before, "replacement_value": ""}
        )
    path = folder(tmp_path / "p", files)
    taken(path)
    if name == "Legal advice":
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    for _ in range(2):
        assert found_in_tables([STREET]) == []
        taken(path)
    assert taken(path).is_unchanged
    assert Metadata.objects.filter(resource_id=named("gone")).count() == 1


def termed(**more: str) -> Files:
    files = whole()
    files["services.csv"][0] |= more
    files["addresses.csv"][0] |= {"city": TOWN, "postal_code": ""}
    files["locations.csv"][0] |= {"latitude": "48.7567", "longitude": "-91.6241"}
    for key, name, text in (
        ("geo", TOWN, ""),
        ("code", "G-1", f"{TOWN} and around"),
        ("else", "Fort Frances", ""),
    ):
        files["taxonomy_terms.csv"].append(
            {
                "id": named(key),
                "code": key,
                "name": name,
                "description": text,
                "taxonomy_id": named("taxonomy"),
            }
        )
        files["attributes.csv"].append(
            {"id": named(f"tie {key}"), "link_id": named("service"), "link_entity": "service",
             "taxonomy_term_id": named(key)}
        )  # fmt: skip
    return files


def ties() -> set[str]:
    terms = TaxonomyTerm.objects.filter(pk__in=[named(key) for key in ("geo", "code", "else")])
    tied = Attribute.objects.filter(link_id=named("service"), taxonomy_term_id__in=terms.values("pk"))
    return {terms.get(pk=row.taxonomy_term_id).code for row in tied}


@pytest.mark.parametrize("name", ["Legal advice", "Emergency shelter"])
def test_a_service_of_a_small_community_is_not_tied_to_a_term_that_names_it(
    tmp_path: Path, name: str
) -> None:
    path = folder(tmp_path / "p", termed(name=name))
    taken(path)
    if name == "Legal advice":
        assert ties() == {"geo", "code", "else"}
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    for _ in range(2):
        assert ties() == {"else"}
        taken(path)
    assert taken(path).is_unchanged
    assert TaxonomyTerm.objects.filter(name=TOWN).exists()


def test_a_service_of_somebody_else_keeps_its_term(tmp_path: Path) -> None:
    files = termed(name="Emergency shelter")
    files["organizations.csv"].append({"id": named("org2"), "name": "Other", "description": "d"})
    files["services.csv"].append(
        {"id": named("service2"), "organization_id": named("org2"), "name": "Food", "status": "active"}
    )
    files["attributes.csv"].append(
        {
            "id": named("tie2"),
            "link_id": named("service2"),
            "link_entity": "service",
            "taxonomy_term_id": named("geo"),
        }
    )
    taken(folder(tmp_path / "p", files))
    assert Attribute.objects.filter(link_id=named("service2"), taxonomy_term_id=named("geo")).exists()
