"""A protected door is found in texts however its street is written there, and however it was stored."""

import uuid
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.actions.protect_location import protect_location
from directory.models.door_trace import DoorTrace
from directory.models.service import Service
from directory.rules.door_traces import Traces, tells, traces_of, without
from directory.rules.kept_traces import KeptTraces, doors_beside, doors_of
from safety.viewer import Tier, Viewer
from tests.directory.hsds_packages import folder, named, taken, whole
from tests.directory.sweep import found_in_tables

pytestmark = pytest.mark.promise(2)
KEY = b"k" * 32
STEWARD = Viewer(user=uuid.uuid4(), tier=Tier.CUSTODIAN)

STORED = [
    "{n} {name} Lane", "{n}, rue {name}", "{n} rue de la {name}", "{n} bis, rue {name}", "Suite 200, {n} {name} Lane",
    "3-{n} {name} Lane", "#3 {n} {name} Ln.", "Unit 3, {n} {name} Street West", "{name} Lane {n}", "rue {name}, no {n}",
    "{n}A {name} Lane", "{n} A {name} Lane", "{n}½ {name} Lane", "{n} Old {name}, Suite 3",
]  # fmt: skip
TOLD = [
    "{n} {name} Lane", "{n}  {name} LN", "{n}A {name} Lane", "{n} A {name} Lane", "{n}-A {name} Lane",
    "16-{n} {name} Lane", "{name} Lane {n}", "{name} Lane, number {n}", "{name} Ln. no {n}", "{name} Lane, # {n}",
    "{n}, rue {name}",
    "{n}, boul. de la {name}", "rue {name} {n}", "rue {name}, no. {n}", "{name}, nº {n}", "{n} bis, rue {name}",
    "{n}%20{name}%20Lane", "{n}+{name}+Lane", "?q={n}%2C%20{name}", "?q={n}%2520{name}", "{n}&nbsp;{name} Lane",
    "{n}&#0032;{name} Lane", "<b>{n}</b> {name} Lane", "{n} and 98 {name} Lane", "unit 3, {n} {name} Lane",
]  # fmt: skip
NAMES = st.sampled_from(["Hidden", "Éxample", "Wyandotte", "X"])


def kept_only(traces: Traces) -> Traces:
    return Traces(kept=KeptTraces.of(KEY, traces.to_keep(KEY)))


@given(st.sampled_from(STORED), st.sampled_from(TOLD), NAMES, st.integers(20, 9999), st.integers(20, 9999))
def test_a_number_and_its_street_are_found_in_any_form_and_another_number_is_not(
    stored: str, told: str, name: str, number: int, other: int
) -> None:
    if "Old" in stored:
        told = told.replace("{name}", "Old {name}")
    # "21%20Hidden" is also read as it stands: cut once too often, never too seldom.
    assume(str(number) not in told)
    traces = traces_of(streets=[stored.format(n=number, name=name)])
    for looked_for in (traces, kept_only(traces)):
        assert tells(told.format(n=number, name=name), looked_for)
        is_within = told.startswith("16-") and number < other <= 36
        assert tells(told.format(n=other, name=name), looked_for) == (
            number == other or (number == 98 and " 98 " in told) or is_within
        )
        assert not tells(f"{name} Lane", looked_for)
        assert not tells(str(number), looked_for)
        assert not tells(f"{number} beds", looked_for)


@pytest.mark.parametrize("stored", STORED)
def test_every_form_is_found_of_every_other(stored: str) -> None:
    old = "Old " if "Old" in stored else ""
    traces = traces_of(streets=[stored.format(n=57, name="Hidden")])
    for told in TOLD:
        assert tells(told.format(n=57, name=old + "Hidden"), kept_only(traces))
        assert not tells(told.format(n=59, name=old + "Hidden"), kept_only(traces))


@pytest.mark.parametrize(
    ("street", "text"),
    [
        ("30-32 Mill Lane", "30 Mill Lane"),
        ("30-32 Mill Lane", "32 Mill Lane"),
        ("24, 26 and 28 Mill Lane", "at 26 Mill Ln"),
        ("10020 104 Avenue NW", "10020-104 Ave"),
        ("10020 104 Avenue NW", "104 Avenue, number 10020"),
        ("12 5th Avenue", "5th Ave. no 12"),
        ("1234 Highway 7", "1234 Hwy. 7"),
        ("14 The Esplanade", "The Esplanade, number 14"),
        ("24 E Street", "E Street, number 24"),
        ("12 Sainte-Marie", "12 Ste. Marie"),
        ("24 Old Mill Lane", "Old Mill Lane 24"),
        ("Old Mill Lane", "by old mill lane"),
        ("40 rue de la Commune Est", "40, de la Commune"),
    ],
)
def test_streets_of_many_kinds_are_found(street: str, text: str) -> None:
    assert tells(text, traces_of(streets=[street]))
    assert tells(text, kept_only(traces_of(streets=[street])))


@pytest.mark.parametrize(
    ("street", "text"),
    [
        ("10020 104 Avenue NW", "104 Avenue"),
        ("1234 Highway 7", "Highway 7, 7 days a week"),
        ("24 King Street", "King Street"),
        ("3-16 Mill Lane", "open 3-16"),
        ("Suite 200, 14 Mill Lane", "Suite 200"),
    ],
)
def test_parts_of_a_street_are_no_door(street: str, text: str) -> None:
    assert not tells(text, traces_of(streets=[street]))


def test_other_lines_of_an_address_count_where_they_tell_a_street() -> None:
    assert tells("18 Mill Lane", traces_of(streets=["Lake House"], beside=["18 Mill Lane"]))
    assert not traces_of(
        beside=["", "Unit 4", "2nd floor", "Floor 2, Room 4", "The desk", "Box 12 Station Main"]
    )
    assert not doors_beside("Unit 4", "Kingston", "K7L 1A1") | doors_beside("2 desks", "Kingston", "K7L 1A1")
    assert doors_beside("18 Mill Lane", "Kingston", "") == doors_of("18 Mill Ln", "Kingston", "")


def test_a_door_with_a_unit_is_the_door_of_the_street() -> None:
    door = doors_of("16 Mill Lane", "Kingston", "")
    assert door & doors_of("3-16 Mill Lane", "Kingston", "")
    assert door & doors_of("Suite 3, 16 Mill Lane", "Kingston", "")
    assert door & doors_of("16-18 Mill Lane", "Kingston", "")
    assert not doors_of("3 Mill Lane", "Kingston", "") & doors_of("3-16 Mill Lane", "Kingston", "")


@pytest.mark.parametrize(
    "filler", [" " * 200_000, "a" * 200_000, ". " * 100_000, "1 " * 100_000, "<" * 200_000]
)
def test_a_long_text_is_parted_like_a_short_one(filler: str) -> None:
    traces = traces_of(streets=["12 Hidden Lane"])
    text = f"We help. Come to 12 Hidden Lane. {filler}! Ask for help."
    assert without(text, traces).startswith("We help.")
    assert without(text, traces).endswith("Ask for help.")
    assert "Hidden" not in without(text, traces)


def test_a_number_that_python_cannot_read_hides_nothing() -> None:
    assert tells(f"&#{'9' * 6000};12&#{'0' * 6000}32;Hidden", traces_of(streets=["12 Hidden Lane"]))


CASES = {
    "suite first": (
        {"address_1": "Suite 200, 14 Hiddenwold Lane"},
        "Find us at 14 Hiddenwold Lane, by the door.",
    ),
    "unit and number": ({"address_1": "3-16 Hiddenwold Lane"}, "Find us at 16 Hiddenwold Lane, unit 3."),
    "second line": (
        {"address_1": "The Mill", "address_2": "18 Hiddenwold Lane"},
        "Find us at 18 Hiddenwold Lane.",
    ),
    "attention": (
        {"address_1": "The Mill", "attention": "Desk, 18 Hiddenwold Lane"},
        "At Hiddenwold Ln., number 18.",
    ),
    "map link": (
        {"address_1": "20 Hiddenwold Lane"},
        "https://maps.example/?q=20%20Hiddenwold%20Lane%2C%20Kingston",
    ),
}


NAMED = {
    "description": "On Hiddenwold Crescent, near the bridge. Bring papers.",
    "eligibility_description": "Meet at 1509 14 Street SW. Ok.",
    "fees_description": "Free at the corner of Hiddenwold and Main. Ok.",
    "application_process": "Go to 44\u00b013'52.6\"N 76\u00b029'09.9\"W then ring. Ok.",
    "interpretation_services": "See ///filled.hiddenwold.door first. Ok.",
}


@pytest.mark.django_db
@pytest.mark.parametrize("is_stored_before", [True, False])
def test_no_text_of_its_own_names_the_street_or_the_spot_of_a_protected_place(
    tmp_path: Path, is_stored_before: bool
) -> None:
    files = whole()
    place, service = files["locations.csv"][0], files["services.csv"][0]
    place |= {"latitude": "44.231270", "longitude": "-76.486090"}
    files["addresses.csv"][0] |= {"address_1": "417 Hiddenwold Crescent"}
    path = folder(tmp_path / "p", files)
    if not is_stored_before:
        taken(path)
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    service |= NAMED
    taken(folder(path, files))
    if is_stored_before:
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    assert not found_in_tables(["Hiddenwold", "13'52"])
    kept = Service.objects.get(pk=named("service"))
    assert (kept.description, kept.fees_description) == ("Bring papers.", "Ok.")
    assert (kept.application_process, kept.interpretation_services) == ("Ok.", "Ok.")
    assert kept.eligibility_description == NAMED["eligibility_description"]


@pytest.mark.django_db
def test_a_name_that_tells_the_street_stays_and_is_to_be_read_over(tmp_path: Path) -> None:
    files = whole()
    files["addresses.csv"][0] |= {"address_1": "417 Hiddenwold Crescent"}
    files["services.csv"][0] |= {"name": "Hiddenwold Crescent Beds"}
    taken(folder(tmp_path / "p", files))
    done = protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    service = uuid.UUID(named("service"))
    assert ("service", service, "name") in done.cut
    assert Service.objects.get(pk=service).name == "Hiddenwold Crescent Beds"


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("is_stored_before", [True, False])
def test_no_table_tells_the_street_of_a_protected_place(
    tmp_path: Path, case: str, is_stored_before: bool
) -> None:
    files, (address, told) = whole(), CASES[case]
    path = folder(tmp_path / "p", files)
    if not is_stored_before:
        taken(path)
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
    files["addresses.csv"][0] |= address
    files["services.csv"][0]["description"] = told
    files["url.csv"][0]["url"] = "https://maps.example/?q=" + told.replace(" ", "%20")
    taken(folder(path, files))
    if is_stored_before:
        protect_location(location_id=uuid.UUID(named("place")), viewer=STEWARD)
        assert not found_in_tables(["Hiddenwold"])
        taken(path)
    assert not found_in_tables(["Hiddenwold"])
    assert DoorTrace.objects.filter(kind="door").exists()
