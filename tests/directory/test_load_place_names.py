"""An operator's file of place names: every row accounted for, nothing lost, nothing twice."""

import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions.load_places import load_places
from directory.finding.places import forget_gazetteer, gazetteer
from directory.models.area import Area
from directory.models.place import Place
from directory.rules.places import Choice, Found, Resolution
from safety.audit import AuditEntry
from safety.viewer import VISITOR

FILES = Path(__file__).parent.parent / "place_names"
NAMES, NATIONS = FILES / "geographical_names.csv", FILES / "nations.csv"


@pytest.fixture(autouse=True)
def known_emberly(db: None) -> Any:
    """A town that the gazetteer knows with its people, before any file comes."""
    Place.objects.create(
        id=999_000_001, kind="community", name="Emberly", province="ON", latitude=45.0, longitude=-77.0,
        population=12_000, zone="America/Toronto", alternates=["Old Emberly"],
    )  # fmt: skip
    forget_gazetteer()
    yield
    forget_gazetteer()


def load(path: Path) -> tuple[str, list[str]]:
    """What the command says: its last words, and the refused rows."""
    out, err = StringIO(), StringIO()
    call_command("load_place_names", str(path), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue().splitlines()


def asked(text: str) -> Resolution:
    """What the gazetteer, read anew, answers."""
    forget_gazetteer()
    return gazetteer().resolve(text)


def everything() -> list[dict[str, Any]]:
    """Each place with all its fields."""
    return list(Place.objects.order_by("pk").values())


def test_every_row_is_a_community_passed_over_or_refused_with_its_number_and_why() -> None:
    said, refused = load(NAMES)
    assert said.startswith("16 rows read: 6 communities, of which 5 added and 1 with new names;")
    assert "3 rows are no community, 5 refused" in said
    assert refused == [
        "row 11: Latitude and Longitude are no numbers",
        "row 12: the point 10.00, 10.00 is not in Canada",
        "row 13: Province - Territory: 'Atlantis' is none",
        "row 14: Toponymic Feature ID is missing",
        "row 15: Geographical Name is missing",
    ]


def test_a_known_community_keeps_its_people_and_point_and_gets_the_names_it_lacked() -> None:
    load(NAMES)
    emberly = Place.objects.get(pk=999_000_001)
    assert (emberly.population, emberly.latitude, emberly.source) == (12_000, 45.0, "package")
    assert (emberly.alternates, emberly.fed_names) == (["Old Emberly"], ["Braiseville"])
    assert emberly.name_fr == "Braiseville"
    answer = asked("braiseville")
    assert isinstance(answer, Found)
    assert answer.place.id == emberly.pk


def test_new_communities_are_found_by_each_of_their_names_with_a_zone_and_an_area() -> None:
    load(NAMES)
    for typed, name in {
        "feather falls": "Feather Falls",
        "Chute a la plume, N.-B.": "Feather Falls",
        "ᓇᓄᕐᐱᖓ": "Nanurpinga",
        "emberly 12b": "Emberly 12B",
        "Twinborder, Saskatchewan": "Twinborder",
    }.items():
        answer = asked(typed)
        assert isinstance(answer, Found), typed
        assert answer.place.name == name
    falls = Place.objects.get(name="Feather Falls")
    assert (falls.name_fr, falls.zone, falls.population) == ("Chute-à-la-Plume", "America/Moncton", 0)
    assert not Place.objects.filter(source="names_file", area=None).exists()


def test_a_place_in_two_provinces_is_a_choice() -> None:
    load(NAMES)
    answer = asked("Twinborder")
    assert isinstance(answer, Choice)
    assert {place.province for place in answer.places} == {"AB", "SK"}


def test_the_same_file_again_changes_nothing() -> None:
    load(NAMES)
    before = everything()
    said, _ = load(NAMES)
    assert "0 added and 0 with new names" in said
    assert everything() == before


def areas() -> list[tuple[Any, ...]]:
    """The published areas, but for French labels, which a file may bring."""
    return list(Area.objects.order_by("pk").values_list("pk", "name", "people", "latitude", "longitude"))


def test_renewing_the_packages_keeps_what_a_file_gave_and_every_area() -> None:
    load_places(viewer=VISITOR)
    before = areas()
    load(NAMES)
    given = everything()
    load_places(viewer=VISITOR)
    assert everything() == given
    assert areas() == before
    assert not Place.objects.filter(area=None).exists()


def test_each_load_leaves_one_audit_row_with_counts_and_the_digest() -> None:
    load(NAMES)
    entry = AuditEntry.objects.get(action="load_place_names")
    details = json.loads(entry.details)
    assert len(details.pop("digest")) == 64
    assert details == {"added": 5, "named": 1, "refused": 5}


def test_a_zip_of_the_file_is_read_as_the_file_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "names.zip", "w") as archive:
        archive.write(NAMES, "cgn_on_csv_eng.csv")
        archive.writestr("read_me.txt", "invented")
    said, _ = load(tmp_path / "names.zip")
    assert said.startswith("16 rows read: 6 communities")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Toponyme,Langue\nX,fra\n", "there is no column Geographical Name, Language"),
        (b"", "there is no column Geographical Name"),
        (NAMES.read_bytes().replace("Chute-à".encode(), b"Chute-\xe0"), "this is not UTF-8"),
        (NAMES.read_bytes() + b'ZZZZZ,"torn', "unexpected end of data"),
    ],
)
def test_a_file_that_is_another_or_broken_leaves_nothing(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes(content)
    before = everything()
    with pytest.raises(CommandError, match=reason):
        load(path)
    assert everything() == before


@pytest.mark.parametrize("name", ["missing.csv", "broken.zip", "two.zip"])
def test_a_file_that_cannot_be_opened_is_told_without_a_traceback(tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.zip").write_bytes(b"no zip")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "")
        archive.writestr("b.csv", "")
    with pytest.raises(CommandError):
        load(tmp_path / name)


def test_first_nations_are_places_of_their_own_beside_a_town_of_the_name() -> None:
    said, refused = load(NATIONS)
    assert said.startswith("4 rows read: 3 communities, of which 2 added and 0 with new names;")
    assert [line.partition(":")[0] for line in refused] == ["row 5", "row 4"]
    assert "add a column Province - Territory" in refused[1]
    answer = asked("Emberly")
    assert isinstance(answer, Found)
    assert (answer.place.population, [place.name for place in answer.others]) == (
        12_000,
        ["Emberly First Nation"],
    )
    owl = asked("owl crossing nation")
    assert isinstance(owl, Found)
    assert (owl.place.province, owl.place.zone) == ("SK", "America/Regina")


def test_first_nations_loaded_again_change_nothing() -> None:
    load(NATIONS)
    before = everything()
    assert "0 added and 0 with new names" in load(NATIONS)[0]
    assert everything() == before
