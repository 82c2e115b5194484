"""A second open place of one publisher at the point of a protected one: it doesn't go on telling the point."""

import uuid
from pathlib import Path

import pytest

from directory.actions.open_location import open_location
from directory.actions.protect_location import Protection, protect_location
from directory.models.location import Location
from directory.models.same_service import SameService, Verdict
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import as_bytes, found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
KEEPER = Viewer(user=uuid.uuid4(), organization=uuid.UUID(named("org")))
SAME, STEPS_OFF, ELSEWHERE = ("44.2312", "-76.4860"), ("44.23127", "-76.48605"), ("44.2352", "-76.4860")
POINT = ["44.2312", "76.486", as_bytes(44.2312), as_bytes(-76.486), "44.23127", as_bytes(44.23127)]


def beside(point: tuple[str, str], owner: str = "org", street: str = "", **more: str) -> Files:
    """The whole package with one place more, of this organization, at this point."""
    files = whole()
    if owner != "org":
        files["organizations.csv"].append({"id": named(owner), "name": "River Pantry", "description": "d"})
    files["services.csv"].append(
        {"id": named("s2"), "organization_id": named(owner), "name": "Food bank", "status": "active"}
    )
    files["locations.csv"].append(
        {"id": named("p2"), "location_type": "physical", "organization_id": named(owner),
         "latitude": point[0], "longitude": point[1]} | more
    )  # fmt: skip
    files["service_at_location.csv"].append(
        {"id": named("sal2"), "service_id": named("s2"), "location_id": named("p2")}
    )
    if street:
        files["addresses.csv"].append(
            files["addresses.csv"][0] | {"id": named("a2"), "location_id": named("p2"), "address_1": street}
        )
    return files


def stored(files: Files, path: Path) -> Path:
    folder(path, files)
    taken(path)
    return path


def protect(viewer: Viewer) -> Protection:
    return protect_location(location_id=uuid.UUID(named("place")), viewer=viewer)


def second_place() -> Location:
    return Location.objects.get(pk=named("p2"))


@pytest.mark.parametrize("viewer", [STEWARD, KEEPER], ids=["steward", "keeper"])
@pytest.mark.parametrize("point", [SAME, STEPS_OFF])
@pytest.mark.parametrize("owner", [named("org"), ""], ids=["of the organization", "of nobody by name"])
def test_an_organizations_other_place_at_the_point_is_protected_with_it(
    tmp_path: Path, viewer: Viewer, point: tuple[str, str], owner: str
) -> None:
    path = stored(beside(point, organization_id=owner), tmp_path)
    done = protect(viewer)
    assert second_place().is_protected
    assert done.twins == (second_place().pk,)
    assert found_in_tables(POINT) == []
    assert taken(path).is_unchanged
    assert found_in_tables(POINT) == []


@pytest.mark.parametrize("viewer", [STEWARD, KEEPER], ids=["steward", "keeper"])
def test_another_organizations_place_at_the_point_is_a_stewards_to_protect(
    tmp_path: Path, viewer: Viewer
) -> None:
    stored(beside(SAME, owner="o2"), tmp_path)
    done = protect(viewer)
    is_steward = viewer is STEWARD
    assert second_place().is_protected == is_steward
    assert (found_in_tables(POINT) == []) == is_steward
    if not is_steward:
        assert done.shared == (second_place().pk,)
        pair = SameService.objects.get()
        assert (str(pair.kept_id), str(pair.other_id)) == (named("service"), named("s2"))
        assert pair.verdict == Verdict.SUGGESTED


@pytest.mark.parametrize("told", [{"point": ELSEWHERE}, {"point": SAME, "street": "7 Other Road"}])
def test_a_place_farther_off_and_one_with_its_own_street_stay_open(
    tmp_path: Path, told: dict[str, tuple[str, str]]
) -> None:
    stored(beside(**told), tmp_path)  # type: ignore[arg-type]
    protect(STEWARD)
    assert not second_place().is_protected
    assert second_place().latitude == float(told["point"][0])


@pytest.mark.parametrize("owner", ["org", "o2"])
@pytest.mark.parametrize("steps", ["one package", "open before"])
def test_a_shelter_that_comes_in_takes_the_place_at_its_point_along(
    tmp_path: Path, owner: str, steps: str
) -> None:
    files = beside(SAME, owner=owner)
    if steps == "open before":
        stored(files, tmp_path)
        assert second_place().latitude == float(SAME[0])
    files["services.csv"][0]["name"] = "Emergency shelter"
    path = stored(files, tmp_path)
    assert Location.objects.get(pk=named("place")).is_protected
    assert second_place().is_protected
    assert found_in_tables(POINT) == []
    assert taken(path).is_unchanged
    open_location(location_id=second_place().pk, viewer=STEWARD)
    taken(path)
    assert second_place().latitude == float(SAME[0])
