"""Reading the words of a person who says where."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.places import (
    Choice,
    Found,
    Gazetteer,
    NotFound,
    Place,
    RuralPostalCode,
    place_key,
)


def community(
    number: int, name: str, province: str, population: int, *alternates: str, name_fr: str = ""
) -> Place:
    """Make a community; where it lies matters to no test but the one about positions."""
    return Place(
        number, name, name_fr or name, province, 50 + number / 100, -100 + number / 100, population,
        "America/Winnipeg", "community", alternates,
    )  # fmt: skip


KINGSTON = Place(
    1, "Kingston", "Kingston", "ON", 44.23, -76.48, 132_485, "America/Toronto", "community",
    ("Cataraqui",),
)  # fmt: skip
KINGSTON_NS = community(2, "Kingston", "NS", 3_466)
MONTREAL = community(3, "Montréal", "QC", 1_762_949, "Ville-Marie", "蒙特利尔")
ST_JOHNS = community(4, "St. John's", "NL", 110_525, "Saint John", "Saint-Jean")
SAINT_JOHN = community(5, "Saint John", "NB", 71_808, "Saint-Jean")
SAULT = community(6, "Sault Ste. Marie", "ON", 72_051)
THOMPSON = community(7, "Thompson", "MB", 13_678)
THOMPSON_BC = community(8, "Thompson", "BC", 14_955)
SUDBURY = community(9, "Greater Sudbury", "ON", 166_004, name_fr="Grand Sudbury")
HUNDRED_MILE = community(10, "100 Mile House", "BC", 1_928)
BROOKDALE = community(11, "Brookdale", "MB", 800)
BROOKSIDE = community(12, "Brookside", "NS", 900)
CROSS_LAKE = community(13, "Cross Lake 19A", "MB", 2_100)
STONEY = community(14, "Stoney Point/Pointe-aux-Roches", "ON", 1_500)
VILLE_MARIE = community(15, "Ville-Marie", "QC", 2_584)
UNKNOWN_SIZE = community(16, "Oxbow", "SK", 0)
OXBOW = community(17, "Oxbow", "MB", 5_000)
QUEBEC = community(18, "Québec", "QC", 531_902)
ORILLIA = community(19, "Orillia", "ON", 30_000)
K7L = Place(101, "K7L", "K7L", "ON", 44.23, -76.48, 0, "America/Toronto", "postal_area")
K0H = Place(102, "K0H", "K0H", "ON", 44.5, -76.7, 0, "America/Toronto", "postal_area")
PLACES = [value for value in dict(globals()).values() if isinstance(value, Place)]
GAZETTEER = Gazetteer(PLACES)


def place_of(text: str) -> Place:
    """Resolve to one place, spelled as it is."""
    answer = GAZETTEER.resolve(text)
    assert isinstance(answer, Found), answer
    assert not answer.corrected
    return answer.place


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("montreal", MONTREAL),
        (" MONTRÉAL ", MONTREAL),
        ("蒙特利尔", MONTREAL),
        ("cataraqui", KINGSTON),
        ("Sault Ste Marie", SAULT),
        ("Sault-Sainte-Marie", SAULT),
        ("grand sudbury", SUDBURY),
        ("cross lake", CROSS_LAKE),
        ("Pointe aux Roches", STONEY),
        ("Quebec", QUEBEC),
        ("Québec, Québec", QUEBEC),
        ("Thompson, MB", THOMPSON),
        ("thompson manitoba", THOMPSON),
        ("Thompson (Colombie-Britannique)", THOMPSON_BC),
        ("Thompson, B.C.", THOMPSON_BC),
        ("Kingston, N.-É.", KINGSTON_NS),
        ("Kingston, Ontario, Canada", KINGSTON),
        ("K7L 3N6", K7L),
        ("k7l3n6", K7L),
        ("k 7 l", K7L),
    ],
)
def test_a_place_is_found_however_it_is_typed(typed: str, place: Place) -> None:
    assert place_of(typed) == place


@pytest.mark.parametrize("typed", ["St. John's", "st johns", "St. John\u2019s", "Saint John's"])
def test_st_johns_is_in_newfoundland(typed: str) -> None:
    assert place_of(typed) == ST_JOHNS


@pytest.mark.parametrize("typed", ["Saint John", "St. John", "st-john"])
def test_saint_john_is_in_new_brunswick_though_another_place_is_also_called_so(typed: str) -> None:
    assert place_of(typed) == SAINT_JOHN
    assert GAZETTEER.resolve(typed) == Found(SAINT_JOHN, others=(ST_JOHNS,))


def test_ten_times_the_people_wins_and_shows_the_others() -> None:
    assert GAZETTEER.resolve("Kingston") == Found(KINGSTON, others=(KINGSTON_NS,))


def test_places_of_like_size_are_offered_the_larger_first() -> None:
    assert GAZETTEER.resolve("Thompson") == Choice((THOMPSON_BC, THOMPSON))


def test_an_unknown_population_is_not_taken_for_a_small_one() -> None:
    assert GAZETTEER.resolve("Oxbow") == Choice((OXBOW, UNKNOWN_SIZE))


def test_a_places_own_name_outweighs_another_name_of_a_larger_one() -> None:
    assert GAZETTEER.resolve("Ville-Marie") == Found(VILLE_MARIE, others=(MONTREAL,))


def test_a_name_in_another_province_is_offered_and_never_taken() -> None:
    assert GAZETTEER.resolve("Kingston, QC") == Choice((KINGSTON, KINGSTON_NS), corrected=True)
    assert GAZETTEER.resolve("Orillia, Manitoba") == Choice((ORILLIA,), corrected=True)


def test_at_most_eight_places_are_offered() -> None:
    crowd = Gazetteer([community(100 * n, "Springfield", "ON", 1000 + n) for n in range(1, 13)])
    answer = crowd.resolve("springfield")
    assert isinstance(answer, Choice)
    assert [place.id for place in answer.places] == [1200, 1100, 1000, 900, 800, 700, 600, 500]


@pytest.mark.parametrize("typed", ["Kingstn", "Kigston", "kignston", "Kingstton", "Kingsten"])
def test_a_small_typo_is_mended_and_says_so(typed: str) -> None:
    assert GAZETTEER.resolve(typed) == Found(KINGSTON, others=(KINGSTON_NS,), corrected=True)


def test_two_typos_are_mended_in_a_long_name_only() -> None:
    long_name, short_name = GAZETTEER.resolve("greeter sudbry"), GAZETTEER.resolve("orrilla")
    assert long_name == Found(SUDBURY, corrected=True)
    assert short_name == NotFound()


def test_a_typo_between_two_names_is_a_question() -> None:
    near_both = Gazetteer([community(1, "Martin", "ON", 600), community(2, "Marlin", "BC", 90_000)])
    answer = near_both.resolve("Marxin")
    assert isinstance(answer, Choice)
    assert answer.corrected
    assert {place.name for place in answer.places} == {"Martin", "Marlin"}


def test_a_typo_is_mended_inside_the_province_that_was_typed() -> None:
    assert GAZETTEER.resolve("Kingstn NS") == Found(KINGSTON_NS, corrected=True)


@pytest.mark.parametrize("typed", ["150 Mile House", "Brookville", "Bringston", "Oril"])
def test_another_real_place_is_never_taken_for_a_typo(typed: str) -> None:
    assert GAZETTEER.resolve(typed) == NotFound()


def test_saint_and_sainte_are_no_typos_of_each_other() -> None:
    only_sainte = Gazetteer([community(1, "Sainte-Martine", "QC", 5_000)])
    assert only_sainte.resolve("Saint-Martine") == NotFound()
    assert only_sainte.resolve("Ste-Martine") == Found(only_sainte_place(only_sainte))


def only_sainte_place(gazetteer: Gazetteer) -> Place:
    """Return the one place of a gazetteer, by its full name."""
    answer = gazetteer.resolve("Sainte-Martine, QC")
    assert isinstance(answer, Found)
    return answer.place


def test_a_rural_postal_code_asks_for_the_community() -> None:
    assert GAZETTEER.resolve("k0h 1a0") == RuralPostalCode("K0H", K0H)
    assert GAZETTEER.resolve("R0B") == RuralPostalCode("R0B", None)


@pytest.mark.parametrize("letter", "DFIOQUWZ")
def test_no_postal_code_begins_with_these_letters(letter: str) -> None:
    assert GAZETTEER.resolve(f"{letter}1A 1A1") == NotFound("bad_postal_code")


def test_an_unknown_postal_code_is_not_found() -> None:
    assert GAZETTEER.resolve("X9Z") == NotFound()


@pytest.mark.parametrize("typed", ["44.2312,-76.4789", "44.23, -76.48", "44.2267 \u221276.4849"])
def test_a_position_is_rounded_to_two_decimals_and_takes_the_nearest_zone(typed: str) -> None:
    place = place_of(typed)
    assert (place.latitude, place.longitude) == (44.23, -76.48)
    assert (place.kind, place.id, place.name) == ("position", 0, "44.23, -76.48")
    assert (place.province, place.zone) == ("ON", "America/Toronto")


@pytest.mark.parametrize("typed", ["40.99,-76", "84.01,-76", "50,-142.01", "50,-51.99", "0,0"])
def test_a_position_outside_canada_is_refused(typed: str) -> None:
    assert GAZETTEER.resolve(typed) == NotFound("outside_canada")


@pytest.mark.parametrize("typed", ["", "   ", "\0", "--", "\u200b"])
def test_nothing_typed_is_blank(typed: str) -> None:
    assert GAZETTEER.resolve(typed) == NotFound("blank")


@pytest.mark.parametrize(
    "typed",
    ["x" * 100_000, "9" * 150 + ",1", "Zzyzxqq", "Kingston" * 20, "\ud800", "s", "canada", "on on"],
)
def test_odd_input_is_not_found(typed: str) -> None:
    assert isinstance(GAZETTEER.resolve(typed), NotFound)


def test_an_empty_gazetteer_finds_nothing_and_still_reads_positions() -> None:
    empty = Gazetteer([])
    assert empty.resolve("Kingston") == NotFound()
    answer = empty.resolve("44.23,-76.48")
    assert isinstance(answer, Found)
    assert answer.place.zone == "UTC"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=60) | st.from_regex(r"[-0-9., \x00A-z]{0,20}"))
def test_no_string_raises(text: str) -> None:
    assert isinstance(GAZETTEER.resolve(text), Found | Choice | NotFound | RuralPostalCode)


NAMES = st.lists(
    st.sampled_from(["Saint", "Ste", "Lac", "d'Or", "Bay", "North", "Élan", "Johns", "s", "Mile"]),
    min_size=1,
    max_size=3,
).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sampled_from(["ON", "QC", "NL"]), st.integers(0, 10**6))))
def test_every_name_finds_its_own_place_and_is_never_corrected(
    drawn: list[tuple[str, str, int]],
) -> None:
    crowd = {(place_key(name), province): (name, people) for name, province, people in drawn}
    # A hundred numbers lie a degree apart: of a quarter of a city more may be asked (test_place_twins.py).
    places = [
        community(100 * number, name, province, people)
        for number, ((_, province), (name, people)) in enumerate(crowd.items(), 1)
    ]
    gazetteer = Gazetteer(places)
    for place in places:
        answer = gazetteer.resolve(place.name)
        assert isinstance(answer, Found | Choice)
        assert not answer.corrected
        offered = answer.places if isinstance(answer, Choice) else (answer.place, *answer.others)
        assert place in offered
        key = place_key(place.name)
        assert place_key(offered[0].name) == key
        for other in offered:
            begins_so = place_key(other.name).startswith(f"{key} ")
            assert place_key(other.name) == key or (begins_so and other.population > offered[0].population)
        assert place_in_province(gazetteer, place) == place


def place_in_province(gazetteer: Gazetteer, place: Place) -> Place:
    """Resolve a name with its province, which leaves nothing to choose."""
    answer = gazetteer.resolve(f"{place.name}, {place.province}")
    assert isinstance(answer, Found)
    return answer.place


@pytest.mark.parametrize("typed", ["Sault St Marie", "Sault Saint-Marie, ON", "sault st. marie ontario"])
def test_the_other_saint_within_a_name_is_asked_about(typed: str) -> None:
    assert GAZETTEER.resolve(typed) == Choice((SAULT,), corrected=True)
