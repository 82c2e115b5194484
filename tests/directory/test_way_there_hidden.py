"""What leads to a place beside its street: each sentence of the way there, its point, a term that tells its door."""

import uuid
from pathlib import Path

import pytest

from directory.actions.edit_record import edit_record
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.taxonomy import Attribute
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
WAY = "Take bus 41 to the mill stop. Walk north to the yellow door behind the fire hall. Ring twice."
NEEDLES = ["mill stop", "yellow door"]
NAMES = pytest.mark.parametrize("name", ["Legal advice", "Emergency shelter"])


def told(name: str) -> Files:
    files = whole()
    files["locations.csv"][0]["transportation"] = WAY
    files["services.csv"][0] |= {
        "name": name,
        "description": "We help. Walk north to the yellow door behind the fire hall! Call us.",
        "application_process": "Take bus 41 to the mill stop.",
    }
    return files


def shut(path: Path, files: Files) -> Path:
    """Take it in and protect the place, unless it is a shelter and comes in so."""
    taken(folder(path, files))
    if files["services.csv"][0]["name"] == "Legal advice":
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    return path


@NAMES
def test_each_sentence_of_the_way_there_is_looked_for(tmp_path: Path, name: str) -> None:
    path = shut(tmp_path / "p", told(name))
    for _ in range(2):
        assert found_in_tables(NEEDLES) == []
        service = Service.objects.get()
        assert (service.description, service.application_process) == ("We help. Call us.", "")
        taken(path)
    assert taken(path).is_unchanged
    with pytest.raises(Refused):
        edit_record(
            entity="service", record_id=service.pk, viewer=STEWARD,
            values={"alert": "Walk north to the yellow door behind the fire hall."},
        )  # fmt: skip


@NAMES
def test_a_point_whose_third_decimal_is_a_nought_is_looked_for(tmp_path: Path, name: str) -> None:
    files = told(name)
    files["locations.csv"][0] |= {"latitude": "44.2304", "longitude": "-76.4803"}
    files["organizations.csv"][0]["description"] = "We help. On the map: 44.2304, -76.4803."
    path = shut(tmp_path / "p", files)
    assert found_in_tables(["44.2304", "76.4803"]) == []
    assert taken(path).is_unchanged
    assert Organization.objects.get().description == "We help."


@NAMES
def test_its_services_are_tied_to_no_term_that_tells_its_door(tmp_path: Path, name: str) -> None:
    files = told(name)
    term = {"taxonomy_id": named("taxonomy"), "description": ""}
    said = {
        "door": "Site at 12 Example Street",
        "street": "Near Example Street",
        "else": "Site at 7 Other Road",
    }
    for key, words in said.items():
        files["taxonomy_terms.csv"].append({"id": named(key), "code": key, "name": words} | term)
        files["attributes.csv"].append(
            {"id": named(f"tie {key}"), "link_id": named("service"), "link_entity": "service",
             "taxonomy_term_id": named(key)}
        )  # fmt: skip
    path = shut(tmp_path / "p", files)
    for _ in range(2):
        ties = Attribute.objects.filter(
            link_id=named("service"), pk__in=[named(f"tie {key}") for key in said]
        )
        assert [str(tie.pk) for tie in ties] == [named("tie else")]
        taken(path)
    assert taken(path).is_unchanged
