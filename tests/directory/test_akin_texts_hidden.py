"""Texts of others who know a protected place - of the same service, a parent, a child, a program - tell no street."""

import uuid
from pathlib import Path

import pytest

from directory.actions.edit_record import edit_record
from directory.actions.link_services import keep_apart, link_services
from directory.actions.protect_location import protect_location
from directory.actions.refused import Refused
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.program import Program
from directory.models.same_service import SameService, Verdict
from directory.models.service import Service
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import found_in_tables
from tests.directory.test_import_table import imported
from tests.directory.test_import_table import mapping as columns

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
TELLS = "We help. Our house is at 12 Example Street. Call us."
LEFT = "We help. Call us."
NEEDLES = ["12 Example", "Example Street"]


def own(path: Path, files: Files | None = None) -> Path:
    """The publisher of the place; taken in."""
    folder(path, files or whole())
    taken(path)
    return path


def protect() -> None:
    place = Location.objects.filter(services__service__name="Legal advice").order_by("pk").first()
    assert place is not None
    protect_location(location_id=place.pk, viewer=STEWARD)


def placeless(kind: str) -> Files:
    """A second publisher's record of the service of `whole()`, without a place, telling the street."""
    is_same_id = kind == "linked"
    org, service = (named("org"), named("service")) if is_same_id else (named("o-org"), named("o-service"))
    return {
        "organizations.csv": [{"id": org, "name": "Lake House", "description": TELLS}],
        "services.csv": [
            {"id": service, "organization_id": org, "name": "Legal advice", "status": "active",
             "description": TELLS}
        ],
        "phones.csv": [{"id": named("o-phone"), "service_id": service, "number": "613-555-0142"}],
        "service_areas.csv": [{"id": named("o-area"), "service_id": service, "name": "Ontario"}],
    }  # fmt: skip


def second(path: Path, kind: str) -> Path:
    folder(path, placeless(kind))
    taken(path, "second")
    return path


VERDICTS = {"linked": Verdict.LINKED, "suggested": Verdict.SUGGESTED}


@pytest.mark.parametrize("kind", ["linked", "suggested"])
@pytest.mark.parametrize("order", ["theirs, ours, shut", "ours, theirs, shut", "ours, shut, theirs"])
def test_a_record_of_the_same_service_without_a_place_tells_no_street(
    tmp_path: Path, kind: str, order: str
) -> None:
    steps = {
        "ours": lambda: own(tmp_path / "p"), "theirs": lambda: second(tmp_path / "o", kind), "shut": protect,
    }  # fmt: skip
    for step in order.split(", "):
        steps[step]()
    pair = SameService.objects.get()
    assert pair.verdict == VERDICTS[kind]
    assert found_in_tables(NEEDLES) == []
    assert Service.objects.get(publisher="second").description == LEFT
    assert Organization.objects.get(publisher="second").description == LEFT
    assert taken(tmp_path / "o", "second").is_unchanged
    assert taken(tmp_path / "p").is_unchanged
    assert found_in_tables(NEEDLES) == []


def test_what_they_tell_later_is_cut_too(tmp_path: Path) -> None:
    own(tmp_path / "p")
    second(tmp_path / "o", "suggested")
    protect()
    files = placeless("suggested")
    files["services.csv"][0]["description"] = f"New. {TELLS}"
    report = taken(folder(tmp_path / "o", files), "second")
    assert report.withheld["service"]
    assert found_in_tables(NEEDLES) == []
    theirs = Service.objects.get(publisher="second")
    with pytest.raises(Refused):
        edit_record(entity="service", record_id=theirs.pk, values={"description": TELLS}, viewer=STEWARD)


def test_what_a_steward_told_apart_may_tell_its_street(tmp_path: Path) -> None:
    own(tmp_path / "p")
    second(tmp_path / "o", "suggested")
    pair = SameService.objects.get()
    keep_apart(kept_id=pair.kept_id, other_id=pair.other_id, viewer=STEWARD)
    protect()
    assert Service.objects.get(publisher="second").description == TELLS
    link_services(kept_id=pair.kept_id, other_id=pair.other_id, viewer=STEWARD)
    assert found_in_tables(NEEDLES) == []


def test_a_linked_record_tells_no_small_community_either(tmp_path: Path) -> None:
    files = whole()
    files["addresses.csv"][0] |= {"city": "Atikokan", "postal_code": "P0T 1C0"}
    files["locations.csv"][0] |= {"latitude": "48.7567", "longitude": "-91.6241"}
    own(tmp_path / "p", files)
    theirs = placeless("linked")
    theirs["services.csv"][0]["description"] = "We help. The house is in Atikokan. Call us."
    path = folder(tmp_path / "o", theirs)
    taken(path, "second")
    protect()
    assert Service.objects.get(publisher="second").description == LEFT
    assert taken(path, "second").is_unchanged
    assert Service.objects.get(publisher="second").description == LEFT


def relative(kind: str, description: str = TELLS) -> Files:
    """The whole package with a parent, a child or somebody's program, which tells the street."""
    files = whole()
    other = {"id": named("akin"), "name": "Northern Network", "description": description}
    if kind == "program":
        files["organizations.csv"].append(other | {"description": "d"})
        files["programs.csv"] = [
            {
                "id": named("program"),
                "organization_id": named("akin"),
                "name": "Rooms",
                "description": description,
            }
        ]
        files["services.csv"][0]["program_id"] = named("program")
        return files
    files["organizations.csv"].append(other)
    child, parent = (0, "akin") if kind == "parent" else (-1, "org")
    files["organizations.csv"][child]["parent_organization_id"] = named(parent)
    return files


def told_by(kind: str) -> str:
    model = Program if kind == "program" else Organization
    return str(model.objects.get(pk=named("program" if kind == "program" else "akin")).description)


RELATIVES = pytest.mark.parametrize("kind", ["parent", "child", "program"])


@RELATIVES
def test_a_parent_a_child_and_a_program_tell_no_street(tmp_path: Path, kind: str) -> None:
    path = own(tmp_path / "p", relative(kind))
    protect()
    assert found_in_tables(NEEDLES) == []
    assert told_by(kind) == LEFT
    assert taken(path).is_unchanged
    taken(folder(path, relative(kind, f"New. {TELLS}")))
    assert found_in_tables(NEEDLES) == []
    assert told_by(kind) == f"New. {LEFT}"


@RELATIVES
def test_what_is_a_relative_only_later_is_cut_then(tmp_path: Path, kind: str) -> None:
    files = relative(kind)
    files["services.csv"][0].pop("program_id", None)
    for row in files["organizations.csv"]:
        row.pop("parent_organization_id", None)
    path = own(tmp_path / "p", files)
    protect()
    assert told_by(kind) == TELLS
    taken(folder(path, relative(kind)))
    assert told_by(kind) == LEFT
    assert found_in_tables(NEEDLES) == []


@RELATIVES
def test_a_shelter_that_comes_later_silences_its_relatives(tmp_path: Path, kind: str) -> None:
    files = relative(kind)
    held = {"organizations.csv": files["organizations.csv"][1:], **{
        name: rows for name, rows in files.items() if name == "programs.csv"}}  # fmt: skip
    held["organizations.csv"] = [
        {k: v for k, v in row.items() if k != "parent_organization_id"} for row in held["organizations.csv"]
    ]
    path = folder(tmp_path / "p", held)
    taken(path)
    assert told_by(kind) == TELLS
    files["services.csv"][0]["name"] = "Emergency shelter"
    taken(folder(path, files))
    assert Location.objects.get(pk=named("place")).is_protected
    assert told_by(kind) == LEFT
    assert found_in_tables(NEEDLES) == []


@RELATIVES
def test_nobody_types_the_street_into_a_relative(tmp_path: Path, kind: str) -> None:
    own(tmp_path / "p", relative(kind, "d"))
    protect()
    entity, id_ = ("program", "program") if kind == "program" else ("organization", "akin")
    with pytest.raises(Refused):
        edit_record(
            entity=entity, record_id=uuid.UUID(named(id_)), values={"description": TELLS}, viewer=STEWARD
        )


@RELATIVES
def test_a_steward_who_names_a_relative_has_its_texts_cut(tmp_path: Path, kind: str) -> None:
    files = relative(kind)
    files["services.csv"][0].pop("program_id", None)
    for row in files["organizations.csv"]:
        row.pop("parent_organization_id", None)
    own(tmp_path / "p", files)
    protect()
    names = {"parent": ("org", "akin"), "child": ("akin", "org"), "program": ("service", "program")}
    entity = "service" if kind == "program" else "organization"
    field = "program_id" if kind == "program" else "parent_organization_id"
    one, other = (uuid.UUID(named(name)) for name in names[kind])
    edit_record(entity=entity, record_id=one, values={field: other}, viewer=STEWARD)
    assert told_by(kind) == LEFT
    assert found_in_tables(NEEDLES) == []


LIST = columns(
    place={"address_1": "street", "city": "city", "state_province": "province", "postal_code": "code"},
    columns={"name": "name", "description": "description"},
)
ROW = {"id": "x", "name": "Advice", "city": "Kingston", "province": "ON", "code": "", "category": "Legal"}


def suggest(one: Service, two: Service) -> None:
    SameService.objects.create(kept=one, other=two, likeness="phone_name", verdict=Verdict.SUGGESTED)


def test_a_list_that_protects_a_place_has_texts_of_the_same_service_cut(tmp_path: Path) -> None:
    imported([ROW | {"street": "12 Example Street"}], by=LIST)
    second(tmp_path / "o", "suggested")
    suggest(Service.objects.get(name="Advice"), Service.objects.get(publisher="second"))
    imported([ROW | {"street": "12 Example Street", "category": "Housing"}], by=LIST)
    assert Location.objects.get().is_protected
    assert found_in_tables(NEEDLES) == []
    assert Service.objects.get(publisher="second").description == LEFT


def test_a_list_tells_no_street_of_the_same_service(tmp_path: Path) -> None:
    own(tmp_path / "p")
    imported([ROW | {"street": "7 Other Road"}], by=LIST)
    suggest(Service.objects.get(name="Legal advice"), Service.objects.get(name="Advice"))
    protect()
    imported([ROW | {"street": "7 Other Road", "description": TELLS}], by=LIST)
    assert Service.objects.get(name="Advice").description == LEFT
    assert found_in_tables(NEEDLES) == []
