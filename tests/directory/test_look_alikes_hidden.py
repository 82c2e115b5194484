"""A second publisher's record of a protected place, with a point some metres off: it doesn't come in open."""

import uuid
from pathlib import Path

import pytest

from directory.actions.link_services import keep_apart
from directory.actions.open_location import open_location
from directory.actions.protect_location import protect_location
from directory.models.location import Location
from directory.models.same_service import Likeness, SameService, Verdict
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import Files, folder, named, taken, whole
from tests.directory.sweep import as_bytes, found_in_tables

pytestmark = [pytest.mark.django_db, pytest.mark.promise(1), pytest.mark.promise(2)]
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)
POINT = ("44.23134", "-76.48582")
"""Some 20 metres from the place of `whole()`."""
FAR = ("44.26001", "-76.52001")
SWITCHBOARD = 5


def protected(tmp_path: Path) -> Path:
    path = folder(tmp_path / "p", whole())
    taken(path)
    protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    return path


def other(
    name: str = "Legal advice", owner: str = "Lake House", phone: str = "(613) 555-0142",
    point: tuple[str, str] = POINT, street: str = "", many: int = 1,
) -> Files:  # fmt: skip
    """Another publisher's record, under ids of its own, with a point."""
    org = named("o-org")
    files: Files = {
        "organizations.csv": [{"id": org, "name": owner, "description": "d"}],
        "services.csv": [], "locations.csv": [], "service_at_location.csv": [], "phones.csv": [], "addresses.csv": [],
    }  # fmt: skip
    for n in range(many):
        service, place = named(f"o-service{n}"), named(f"o-place{n}")
        files["services.csv"].append(
            {
                "id": service,
                "organization_id": org,
                "name": name if n == 0 else f"Help {n}",
                "status": "active",
            }
        )
        files["locations.csv"].append(
            {"id": place, "location_type": "physical", "organization_id": org,
             "latitude": point[0], "longitude": point[1]}
        )  # fmt: skip
        files["service_at_location.csv"].append(
            {"id": named(f"o-site{n}"), "service_id": service, "location_id": place}
        )
        files["phones.csv"] += [{"id": named(f"o-phone{n}"), "service_id": service, "number": phone}][
            : len(phone)
        ]
        if street:
            files["addresses.csv"].append(
                {"id": named(f"o-address{n}"), "location_id": place, "address_1": street, "city": "Kingston",
                 "state_province": "ON", "country": "CA", "address_type": "physical"}
            )  # fmt: skip
    return {name: rows for name, rows in files.items() if rows}


def theirs() -> Location:
    return Location.objects.get(pk=named("o-place0"))


def needles(point: tuple[str, str] = POINT) -> list[str]:
    return [point[0][:7], point[1][1:8], *(as_bytes(float(value)) for value in point)]


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"name": "Other", "owner": "Nobody knows", "phone": "613-555-0188"},
        {"phone": "", "name": "Legal Advice Program", "owner": "Lake House Society"},
        {"phone": "1-613-555-0142 ext. 3", "name": "Beds", "owner": "Somebody", "point": FAR},
        {"phone": "", "point": FAR},
        {"phone": "613-555-0199", "name": "Rooms", "point": FAR},
        {"phone": "613-555-0199", "street": "7 Other Road"},
        *(
            {"name": "Rooms", "owner": "Other", "phone": "613-555-0188", "street": street}
            for street in (
                "Confidential",
                "PO Box 12",
                "C.P. 40",
                "Adresse non divulguée",
                "Call for location",
            )
        ),
        {"name": "Rooms", "phone": "613-555-0188", "street": "Address withheld", "point": FAR},
    ],
)
def test_what_looks_like_a_protected_place_comes_in_protected(
    tmp_path: Path, told: dict[str, object]
) -> None:
    protected(tmp_path)
    path = folder(tmp_path / "o", other(**told))  # type: ignore[arg-type]
    report = taken(path, "second")
    assert theirs().is_protected
    assert found_in_tables(needles(theirs_point(told))) == []
    pair = SameService.objects.get()
    assert (pair.kept_id, pair.other_id) == (uuid.UUID(named("service")), uuid.UUID(named("o-service0")))
    assert pair.verdict == Verdict.SUGGESTED
    assert report.suggested == 1
    assert any("look like protected places" in note for note in report.notes)
    assert taken(path, "second").is_unchanged
    assert SameService.objects.count() == 1


def theirs_point(told: dict[str, object]) -> tuple[str, str]:
    return FAR if told.get("point") == FAR else POINT


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Food bank", "owner": "River House", "phone": "613-555-0177", "street": "14 Example Street"},
        {"name": "Food bank", "owner": "River House", "phone": "613-555-0177", "point": FAR},
        {"owner": "River House", "phone": "613-555-0177", "street": "14 Example Street"},
        {"name": "Rooms", "owner": "River House", "phone": "613-555-0177", "street": "PO Box 12, 14 Example St"},
        {"name": "Pool", "phone": "613-555-0177", "street": "7 Other Road", "point": FAR},
        {"name": "Ward", "owner": "River Hospital", "street": "7 Other Road", "many": SWITCHBOARD},
        {"name": "Beds", "owner": "River House", "point": ("49.28001", "-123.12001")},
    ],
)  # fmt: skip
def test_a_neighbour_a_hospital_and_a_namesake_stay_open(tmp_path: Path, told: dict[str, object]) -> None:
    protected(tmp_path)
    taken(folder(tmp_path / "o", other(**told)), "second")  # type: ignore[arg-type]
    assert not Location.objects.filter(pk=named("o-place0"), is_protected=True).exists()
    assert theirs().latitude is not None


def test_what_a_steward_opened_or_told_apart_stays_open(tmp_path: Path) -> None:
    protected(tmp_path)
    path = folder(tmp_path / "o", other(name="Rooms"))
    taken(path, "second")
    assert SameService.objects.get().likeness == Likeness.LOOKS_ALIKE
    open_location(location_id=theirs().pk, viewer=STEWARD)
    taken(path, "second")
    assert theirs().latitude == float(POINT[0])
    pair = SameService.objects.get()
    keep_apart(kept_id=pair.kept_id, other_id=pair.other_id, viewer=STEWARD)
    files = other(name="Rooms", point=(POINT[0], "-76.48581"))
    taken(folder(path, files), "second")
    assert theirs().longitude == -76.48581


def test_a_namesake_without_a_place_is_suggested_by_the_province_of_the_area(tmp_path: Path) -> None:
    protected(tmp_path)
    files = {k: v for k, v in other().items() if k not in ("locations.csv", "service_at_location.csv")}
    files["service_areas.csv"] = [
        {"id": named("o-area"), "service_id": named("o-service0"), "name": "Ontario"}
    ]
    taken(folder(tmp_path / "o", files), "second")
    assert SameService.objects.get().likeness == Likeness.PHONE_AND_NAME


@pytest.mark.parametrize("told", [{}, {"name": "Rooms", "owner": "Other", "street": "Confidential"}])
def test_what_was_open_before_is_protected_with_the_place_it_looks_like(
    tmp_path: Path, told: dict[str, str]
) -> None:
    taken(folder(tmp_path / "o", other(phone="613-555-0188", **told)), "second")  # type: ignore[arg-type]
    assert theirs().latitude == float(POINT[0])
    protected(tmp_path)
    assert theirs().is_protected
    assert found_in_tables(needles()) == []
    assert SameService.objects.get().verdict == Verdict.SUGGESTED


def test_a_keeper_protects_the_own_place_and_a_steward_is_asked_about_the_other(tmp_path: Path) -> None:
    taken(folder(tmp_path / "o", other(name="Rooms", phone="613-555-0188")), "second")
    taken(folder(tmp_path / "p", whole()))
    keeper = Viewer(user=uuid.uuid4(), organization=uuid.UUID(named("org")))
    protect_location(location_id=uuid.UUID(named("place")), viewer=keeper)
    assert Location.objects.get(pk=named("place")).is_protected
    assert not theirs().is_protected
    assert SameService.objects.get().likeness == Likeness.LOOKS_ALIKE


@pytest.mark.parametrize("is_alike", [True, False])
def test_what_was_open_before_is_protected_when_a_shelter_comes_in(tmp_path: Path, *, is_alike: bool) -> None:
    told = {} if is_alike else {"name": "Food bank", "owner": "River House", "street": "14 Example Street"}
    taken(folder(tmp_path / "o", other(phone="613-555-0188", **told)), "second")  # type: ignore[arg-type]
    files = whole()
    files["services.csv"][0]["name"] = "Emergency shelter"
    path = folder(tmp_path / "p", files)
    taken(path)
    assert theirs().is_protected == is_alike
    assert SameService.objects.exists() == is_alike
    assert taken(path).is_unchanged


def test_a_bare_place_near_by_tells_no_point(tmp_path: Path) -> None:
    """Open data tells places without any service, too."""
    protected(tmp_path)
    files = {name: other()[name] for name in ("organizations.csv", "locations.csv")}
    path = folder(tmp_path / "o", files)
    taken(path, "second")
    assert theirs().is_protected
    assert found_in_tables(needles()) == []
    assert taken(path, "second").is_unchanged
