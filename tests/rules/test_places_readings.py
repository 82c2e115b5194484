"""Names told by half, beside others, with a nation's words, or by a slip: what is taken and what is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.place_grid import Grid, flat_kilometres
from directory.rules.place_names import place_key
from directory.rules.place_postal import forward_area, is_unsure, locality_names, towns_of, trusted_districts
from directory.rules.place_slips import Slips, allowed_edits, edits, fixed_words
from directory.rules.places import Choice, Found, Gazetteer, NotFound, Place, Resolution, RuralPostalCode


def place(
    number: int, name: str, province: str, people: int, latitude: float = 50.0, *alternates: str
) -> Place:
    """Make a community at 100 degrees west."""
    return Place(number, name, "", province, latitude, -100, people, "UTC", "community", alternates)


def area(code: str, *names: str, is_unsure: bool = False) -> Place:
    """Make a postal area of Ontario."""
    return Place(
        -int(code, 36), code, "", "ON", 50, -100, 0, "UTC", "postal_area", names, is_unsure=is_unsure
    )


EMBERLY = place(1, "Emberly", "ON", 90_000, 45.0)
QUILL = place(2, "Quillford", "QC", 40_000, 45.2)
HAVEN = place(3, "Otter Haven", "ON", 9_000, 46.0)
RESERVE = place(4, "Lone Owl 12B", "ON", 400, 47.0)
TOWN_OF_NATION = place(5, "Lone Owl", "MB", 3_000, 50.0)
HAPPY = place(6, "Merry Vale-Otter Point", "NL", 7_000, 51.0)
OAKEN = place(7, "Oaken", "ON", 5_000, 48.0)
SLASH = place(8, "Sainte-Plume", "QC", 2_000, 49.0, "Saint Feather")
KNOWN = [EMBERLY, QUILL, HAVEN, RESERVE, TOWN_OF_NATION, HAPPY, OAKEN, SLASH]
AREAS = [
    area("K1A", "Emberly North", "Emberly"),
    area("K1B", "Otter Haven", is_unsure=True),
    area("K0A", "Wide Region", "Oaken", is_unsure=True),
]
GAZETTEER = Gazetteer([*KNOWN, *AREAS])


def asked(text: str) -> Resolution:
    """What the gazetteer makes of it."""
    return GAZETTEER.resolve(text)


def test_an_unsure_postal_area_asks_for_the_community_that_its_locality_names() -> None:
    assert asked("k1b 2b2") == RuralPostalCode("K1B", AREAS[1], "unsure", (HAVEN,))
    assert asked("k0a") == RuralPostalCode("K0A", AREAS[2], "rural", (OAKEN,))
    assert asked("k1a") == Found(AREAS[0])


def test_two_towns_typed_side_by_side_are_a_choice_of_both() -> None:
    for typed in ("Emberly-Quillford", "emberly/quillford", "Emberly & Quillford", "Emberly et Quillford"):
        assert asked(typed) == Choice((EMBERLY, QUILL), corrected=True)


def test_a_street_before_a_town_asks_about_the_town() -> None:
    assert asked("12 Nowhere Road, Emberly, Ontario") == Choice((EMBERLY,), corrected=True)
    assert asked("Emberly, Nowhere Bay") == NotFound()


def test_behind_a_hyphen_a_word_may_be_anything() -> None:
    assert asked("Nowhere-Emberly") == NotFound()


def test_a_name_with_its_spaces_elsewhere_is_the_same_name() -> None:
    assert asked("otterhaven") == asked("Otter Haven") == Found(HAVEN)
    assert asked("em berly on") == Found(EMBERLY)


def test_a_city_of_is_the_city_and_a_county_of_is_a_question() -> None:
    assert asked("The City of Emberly") == asked("Ville d'Emberly") == Found(EMBERLY)
    for wide in ("County of Emberly", "RM of Emberly, ON", "Emberly Township", "MRC d'Emberly"):
        assert asked(wide) == Choice((EMBERLY,), corrected=True), wide


def test_whereabouts_are_taken_and_said_to_be_so() -> None:
    for around in (
        "Downtown Emberly",
        "Emberly area",
        "near Emberly",
        "près d'Emberly",
        "Emberly et environs",
    ):
        assert asked(around) == Found(EMBERLY, corrected=True), around


def test_a_half_of_a_double_name_of_several_words_is_a_name() -> None:
    assert asked("otter point") == Found(HAPPY)


@pytest.mark.parametrize(
    "typed",
    [
        "Lone Owl First Nation",
        "Première Nation de Lone Owl",
        "Lone Owl Indian Reserve",
        "Lone Owl Cree Nation, ON",
    ],
)
def test_a_nations_name_means_its_reserve_and_never_a_town_far_away(typed: str) -> None:
    assert asked(typed) == Found(RESERVE)


@pytest.mark.parametrize(
    "typed", ["Lone Owl IR 12B", "Lone Owl No. 12B", "lone owl #12b", "Lone Owl Reserve 12B"]
)
def test_the_number_of_a_reserve_may_be_typed_in_any_way(typed: str) -> None:
    assert asked(typed) == Found(RESERVE)


def test_a_nation_without_a_known_reserve_is_a_question_about_the_town_of_its_name() -> None:
    assert asked("Oaken First Nation") == Choice((OAKEN,), corrected=True)


def test_a_slip_is_taken_for_a_large_place_and_asked_about_for_a_small_one() -> None:
    assert asked("Embrely") == Found(EMBERLY, corrected=True)
    assert asked("Oakne") == Choice((OAKEN,), corrected=True)
    assert asked("Oakne ON") == Found(OAKEN, corrected=True)


def test_two_slips_in_a_long_name_of_a_small_place_are_a_question_even_with_its_province() -> None:
    assert asked("Oter Haben, ON") == Choice((HAVEN,), corrected=True)


def test_a_place_told_twice_is_one_place() -> None:
    twice = Gazetteer([place(1, "Owlet", "AB", 900, 50.0), place(2, "Owlet", "AB", 700, 50.1)])
    assert twice.resolve("Owlet") == Found(place(1, "Owlet", "AB", 900, 50.0))


def test_a_name_and_a_rural_code_mean_the_name() -> None:
    assert asked("Emberly ON K0A 1A0") == Found(EMBERLY)
    assert asked("Emberly ON K1A 1A1") == Found(AREAS[0])
    assert asked("Nowhere ON K0A 1A0") == RuralPostalCode("K0A", AREAS[2], "rural", (OAKEN,))


BETWEEN = st.sampled_from(["", " ", "-", "  ", ".", "\u00a0", "\u2013", "\t"])
CODES = st.from_regex(r"\A[ABCEGHJ-NPRSTVXY][0-9][A-Z][0-9][A-Z][0-9]\Z")


@given(CODES, st.lists(BETWEEN, min_size=6, max_size=6), st.booleans(), st.sampled_from([3, 4, 5, 6]))
def test_a_postal_code_is_read_in_any_spacing_case_and_length(
    code: str, between: list[str], upper: bool, length: int
) -> None:
    typed = "".join(map(str.__add__, code[:length], between))
    assert forward_area(typed if upper else typed.lower()) == code[:3]


@given(st.text(max_size=12))
def test_what_is_read_as_a_postal_area_looks_like_one(text: str) -> None:
    code = forward_area(text)
    assert code == "" or (len(code) == 3 and code[0].isalpha() and code[1].isdigit() and code[2].isalpha())


ACCENTS = {"e": "é", "a": "â", "o": "ô", "u": "ü", "i": "ï", "c": "ç"}
NAMES = [known.name for known in KNOWN]


@given(st.sampled_from(NAMES), st.data())
def test_case_accents_and_blanks_change_nothing(name: str, data: st.DataObject) -> None:
    drawn = [
        data.draw(st.sampled_from([letter, letter.upper(), ACCENTS.get(letter, letter)]))
        for letter in name.lower()
    ]
    blanks = data.draw(st.sampled_from([" ", "  ", "-", "\u00a0"]))
    assert asked(f" {''.join(drawn).replace(' ', blanks)} ") == asked(name)


SAID = """of the city ville de first nation reserve no 12b county rm downtown near area et and st saint ste d'
Emberly Lone Owl Otter Haven ON QC Canada , - / ( ) K1A 1A1 é"""
WORDS = st.sampled_from(SAID.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=40))
def test_no_mixture_of_the_known_words_raises_or_offers_more_than_eight(text: str) -> None:
    answer = asked(text)
    assert isinstance(answer, Found | Choice | NotFound | RuralPostalCode)
    if isinstance(answer, Choice):
        assert 1 <= len(answer.places) <= 8


KEYS = st.text(alphabet="abst 1", min_size=1, max_size=11).map(place_key).filter(bool)


@settings(max_examples=200, deadline=None)
@given(st.sets(KEYS, max_size=40), KEYS)
def test_the_index_of_slips_finds_what_comparing_with_every_name_finds(names: set[str], typed: str) -> None:
    most = allowed_edits(typed)
    slow = {
        name
        for name in names
        if most and edits(typed, name, most) <= most and fixed_words(name) == fixed_words(typed)
    }
    quick = {name for _, name in Slips(sorted(names)).near(typed)}
    assert quick <= slow
    assert {name for name in slow if name[0] == typed[0] and name.split()[0] not in ("st", "ste")} <= quick


@given(st.text(alphabet="ab ", max_size=7), st.text(alphabet="ab ", max_size=7))
def test_edits_are_the_same_both_ways_and_none_for_a_name_itself(one: str, other: str) -> None:
    assert edits(one, other, 3) == edits(other, one, 3)
    assert (edits(one, other, 3) == 0) == (one == other)


POINTS = st.tuples(st.floats(42, 83), st.floats(-141, -53))


@settings(max_examples=150, deadline=None)
@given(st.lists(POINTS, max_size=25), POINTS)
def test_the_grid_finds_the_nearest_point_as_a_search_through_all_does(
    points: list[tuple[float, float]], here: tuple[float, float]
) -> None:
    places = [Place(n, "", "", "", *point, 0, "", "community") for n, point in enumerate(points)]
    found = Grid(places).nearest(*here)
    away = [flat_kilometres(*here, each) for each in places]
    assert (found is None) == (not places)
    assert found is None or flat_kilometres(*here, found) == pytest.approx(min(away))


def test_a_locality_tells_the_town_its_side_and_its_quarters() -> None:
    assert locality_names("Emberly North (Old Mill / Quay)") == [
        "Emberly North",
        "Emberly",
        "Old Mill",
        "Quay",
    ]
    assert locality_names("Otter- Haven") == ["Otter-Haven"]
    assert list(towns_of("Otter Haven South Central, Quillford")) == ["Otter Haven", "Quillford"]
    for nobodys in ("Downtown Emberly", "Tour Quill", "Emberly Provincial Government", "Stn A PO Boxes 25"):
        assert list(towns_of(nobodys)) == []


def test_a_point_by_its_town_is_sure_and_one_far_from_it_is_not() -> None:
    around = Grid([HAVEN, place(9, "Bigport", "ON", 500_000, 60.0)])
    beside, far, by_metropolis = (place(0, "", "ON", 0, latitude) for latitude in (46.05, 47.0, 60.05))
    nowhere: frozenset[str] = frozenset()
    assert not is_unsure("K1B", beside, [HAVEN], [], around, nowhere)
    assert is_unsure("K0B", beside, [HAVEN], [], around, nowhere)
    assert is_unsure("K1B", far, [HAVEN], [], around, nowhere)
    assert is_unsure("K1B", far, [HAVEN], [], around, frozenset("K"))
    assert is_unsure("K1B", far, [], [], around, nowhere)
    assert not is_unsure("K1B", far, [], [], around, frozenset("K"))
    assert not is_unsure("K1B", by_metropolis, [], [], around, nowhere)
    assert is_unsure("K1B", beside, [HAVEN], [place(0, "", "ON", 0, 46.3)], around, nowhere)


def test_a_district_is_trusted_if_nearly_all_its_areas_lie_by_their_names() -> None:
    told = [("K1A", True)] * 19 + [("K1B", False)] + [("E1A", True), ("E1B", False)]
    assert trusted_districts(told) == frozenset("K")


def postal(code: str, latitude: float, *names: str) -> Place:
    """Make a postal area of Ontario at 100 degrees west."""
    return Place(-int(code, 36), code, "", "ON", latitude, -100, 0, "UTC", "postal_area", names)


CODED = Gazetteer(
    [EMBERLY, HAVEN, TOWN_OF_NATION, postal("K7L", 45.1), postal("K9L", 48.0, "Otter Haven"), *AREAS[2:]]
)


@pytest.mark.parametrize(
    "typed", ["K7L 3N6 Emberly", "k7l3n6, Emberly, ON", "K7L Emberly", "Emberly K7L", "Emberly ON K7L 3N6"]
)
def test_a_code_may_stand_before_its_town(typed: str) -> None:
    found = CODED.resolve(typed)
    assert isinstance(found, Found)
    assert found.place.name == "K7L"


@pytest.mark.parametrize(
    "typed", ["Otter Haven K7L 3N6", "K7L 3N6 Otter Haven", "K7L Otter Haven, ON", "Lone Owl K7L"]
)
def test_a_code_that_lies_far_from_the_town_beside_it_is_a_question(typed: str) -> None:
    found = CODED.resolve(typed)
    assert isinstance(found, Choice)
    assert found.places[0].name == "K7L"
    assert len(found.places) == 2


def test_a_code_whose_locality_names_the_town_is_believed_however_far_its_point() -> None:
    found = CODED.resolve("Otter Haven K9L 1A1")
    assert isinstance(found, Found)
    assert found.place.name == "K9L"


def test_a_rural_code_before_a_town_means_the_town() -> None:
    assert CODED.resolve("K0A 1A0 Emberly") == Found(EMBERLY)
    assert CODED.resolve("K7L 3N6 Nowhere") == CODED.resolve("K7L 3N6")


def test_a_slip_is_not_taken_for_a_middling_town_unasked() -> None:
    """Many a city abroad is one letter from such a town: "Boston" from Bolton."""
    bolton = place(9, "Bolton", "ON", 26_000)
    assert Gazetteer([bolton]).resolve("Boston") == Choice((bolton,), corrected=True)
    assert Gazetteer([bolton]).resolve("Boston ON") == Found(bolton, corrected=True)


FALLS = place(31, "Wide Falls", "NB", 5_700, 52.0)
FALLS_ALDER = place(32, "Wide Falls-Alder", "NL", 14_000, 53.0)
AGATE = place(33, "Sainte-Agate-des-Aulnes", "QC", 10_000, 54.0)
FALLS_SMALL = place(34, "Wide Falls Corner", "ON", 5_100, 55.0)
BEGUN = Gazetteer([*KNOWN, FALLS, FALLS_ALDER, AGATE, FALLS_SMALL])


@pytest.mark.parametrize("typed", ["Sainte-Agate", "ste agate", "Sainte-Agate, QC", "Sainte Agate des"])
def test_a_town_of_whose_name_the_beginning_was_typed_is_asked_about(typed: str) -> None:
    assert BEGUN.resolve(typed) == Choice((AGATE,), corrected=True)


@pytest.mark.parametrize("typed", ["Ste", "Sainte", "Sainte-Agate, MB"])
def test_a_beginning_that_tells_too_little_or_lies_elsewhere_is_no_question(typed: str) -> None:
    assert BEGUN.resolve(typed) == NotFound()


def test_a_larger_town_whose_name_begins_so_is_shown_beside() -> None:
    assert BEGUN.resolve("Wide Falls") == Found(FALLS, (FALLS_ALDER,))
    assert BEGUN.resolve("Wide Falls, NB") == Found(FALLS)
