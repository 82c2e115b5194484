"""Streets named by numbers, rural doors, ranges, points in degrees: one door in all its spellings, and no other."""

import pytest

from directory.rules.door_traces import Traces, tells, traces_of
from directory.rules.kept_traces import KeptTraces, doors_of, kept
from directory.rules.written_doors import numbered

pytestmark = pytest.mark.promise(2)
KEY = b"k" * 32


def kept_only(traces: Traces) -> Traces:
    return Traces(kept=KeptTraces.of(KEY, traces.to_keep(KEY)))


SAME_DOOR = [
    ("1509 14 Street SW", "1509 14th Street SW"),
    ("1509 14 Street SW", "1509 - 14 St."),
    ("1509 14th Street SW", "1509 14 Street SW"),
    ("1509 14th Street SW", "1509 Fourteenth Street"),
    ("1509 14th Street SW", "14 Street SW, no 1509"),
    ("12345 - 104 Ave NW", "12345 104th Ave"),
    ("12 First Avenue", "12 1st Ave"),
    ("12 First Avenue", "12 1ère avenue"),
    ("12 First Avenue", "douze, première avenue"),
    ("350 1re Avenue", "350, 1ère Avenue"),
    ("350 1re Avenue", "350 1ere Avenue"),
    ("350 1re Avenue", "350 1st Avenue"),
    ("350 1re Avenue", "350 première avenue"),
    ("350 2e Rue", "350 2ième Rue"),
    ("350 2e Rue", "350, 2ème rue"),
    ("350 2e Rue", "350 2nd Street"),
    ("350 2e Rue", "350 deuxième rue"),
    ("12 5e Avenue", "12 5th Avenue"),
    ("12 5e Avenue", "5th Avenue, number 12"),
    ("12 5e Avenue", "12, 5 e avenue"),
    ("12 5e Avenue", "12 Fifth Ave"),
    ("12 5e Avenue", "12 cinquième avenue"),
    ("12 5e Avenue", "12 5ième Avenue"),
    ("4832 Township Road 250", "4832 Twp. Rd. 250"),
    ("27 Range Road 52", "27 Rge Rd 52"),
    ("27 Range Road 52", "27 RR 52"),
    ("27 Concession 5", "27 Conc. 5"),
    ("27 Concession 5", "27 Con 5"),
    ("27 Concession 5", "27 5th Concession"),
    ("27 Sideroad 10", "27 Side Rd 10"),
    ("27 Sideroad 10", "27 SR 10"),
    ("27 Mount Royal Drive", "27 Mt. Royal"),
    ("27 Fort Road", "27 Ft. Rd"),
    ("27 Highway 16", "27 Hwy. 16 West"),
    ("27 Route 132", "27, rte. 132"),
    ("Highway 7 East", "on Highway 7"),
    ("Highway 7 East", "Hwy 7 E"),
    ("R.R. 3, Lot 14 Concession 5", "Lot 14, Conc. 5"),
    ("R.R. 3, Lot 14 Concession 5", "RR3"),
    ("R.R. 3, Lot 14 Concession 5", "RR #3"),
    ("P.O. Box 417", "PO Box 417"),
    ("P.O. Box 417", "C.P. 417"),
    ("Case postale 417", "Box 417"),
    ("417 Hidden Crescent", "413-419 Hidden Cres"),
    ("413-419 Hidden Crescent", "417 Hidden Cres"),
]


@pytest.mark.parametrize(("street", "text"), SAME_DOOR)
def test_a_door_is_found_in_another_spelling_of_its_street(street: str, text: str) -> None:
    traces = traces_of(streets=[street])
    assert tells(f"Come to {text} any day.", traces)
    assert tells(f"Come to {text} any day.", kept_only(traces))


@pytest.mark.parametrize(
    ("street", "text"),
    [
        ("1509 14 Street SW", "1507 14th Street SW"),
        ("1509 14 Street SW", "1509 15th Street SW"),
        ("12 5e Avenue", "9-12, 5 days a week"),
        ("3 rue Oak", "12 rue Oak, 3e étage"),
        ("350 2e Rue", "350 3e Rue"),
        ("Highway 7 East", "24/7 east side"),
        ("P.O. Box 417", "Box 418"),
        ("R.R. 3, Lot 14 Concession 5", "RR 4"),
        ("417 Hidden Crescent", "419-421 Hidden Crescent"),
        ("417 Hidden Crescent", "300-500 Hidden Crescent"),
    ],
)
def test_another_door_is_not(street: str, text: str) -> None:
    traces = traces_of(streets=[street])
    assert not tells(text, traces)
    assert not tells(text, kept_only(traces))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1509 14 Street SW", "1509 14th St"),
        ("12 First Avenue", "12 1re avenue"),
        ("12 5e Avenue", "12 Fifth Ave"),
        ("27 Mount Royal Drive", "27 Mt Royal Dr"),
    ],
)
def test_two_records_of_one_door_meet_however_its_street_is_counted(one: str, two: str) -> None:
    assert doors_of(one, "Kingston", "") & doors_of(two, "Kingston", "")
    assert set(numbered(one, is_street=True)) & set(numbered(two, is_street=True))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("1509 14", "1509 14th Street"),
        ("1509 14th", "1509 14 St"),
        ("12 5th", "12, 5e avenue"),
        ("27 mt", "27 on Mount Royal"),
        ("p o box 417", "PO Box 417"),
    ],
)
def test_what_was_kept_before_one_spelling_stood_for_all_is_still_found(phrase: str, text: str) -> None:
    assert tells(text, Traces(kept=KeptTraces.of(KEY, [kept(KEY, "phrase", phrase)])))


DEGREES = [
    "44°13'52.6\"N 76°29'09.9\"W",
    "44° 13′ 52.6″",
    "44°13.876' N",
    "44 13 52.6 N",
    "44°13'52''N",
    "44%C2%B013'52.6%22N",
]


@pytest.mark.parametrize("text", DEGREES)
def test_a_point_in_degrees_is_found_as_its_decimals_are(text: str) -> None:
    traces = traces_of(coordinates=[44.231270, -76.486090])
    assert tells(f"Go to {text}, then ring.", traces)
    assert tells(f"Go to {text}, then ring.", kept_only(traces))
    assert not tells(f"Go to {text}, then ring.", traces_of(coordinates=[45.4215, -75.6972]))


@pytest.mark.parametrize("text", ["44 13 52.6", "44°13' N", "open 9:00 16:30 N", "44° outside"])
def test_what_is_no_point_is_left(text: str) -> None:
    assert not tells(text, traces_of(coordinates=[44.231270, -76.486090]))


@pytest.mark.parametrize(
    "filler", ["1 " * 50_000, "1" + " " * 200_000, "44 13" + "'" * 100_000, "1-2 " * 50_000, "44°" * 50_000]
)
def test_a_long_text_is_read_like_a_short_one(filler: str) -> None:
    traces = traces_of(streets=["417 Hidden Crescent"], coordinates=[44.231270])
    assert tells(f"{filler} 44°13'52.6\"N", traces)
    assert tells(f"{filler}. 413-419 Hidden Cres ///one.two.three", kept_only(traces).in_own_texts())
