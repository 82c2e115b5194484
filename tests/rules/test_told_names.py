"""Names of small communities and of houses: found however a text tells them, and not taken for what they are not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directory.rules.door_traces import Traces, tells, without
from directory.rules.name_forms import in_one, people_of
from directory.rules.text import fold
from directory.rules.told_names import Names, house_keys, tells_name, to_keep, town_keys

pytestmark = [pytest.mark.promise(1), pytest.mark.promise(2)]
KEY = b"k" * 32
TOWN = Names(
    towns=town_keys(
        ["Atikokan", "YIB", "St. Mary's Harbour", "Bath", "Kuujjuaq", "Fort Chimo", "La Présentation"]
    )
)
HOUSE = Names(
    houses=house_keys(["Quillfeather House", "La Maison de l’Étoile-Filante", "Hope House", "Rookery"])
)


def kept_only(names: Names) -> Names:
    return Names(
        own=names.own, key=KEY,
        kept=frozenset((t.kind, t.digest) for t in to_keep(KEY, names.towns, names.houses)),
    )  # fmt: skip


TELLING_TOWN = [
    "in Atikokan", "ATIKOKAN!", "in atikokan", "Atikokan’s shelter", "Saint Mary's Harbour", "St Mary’s\u00a0Harbour",
    "Kuujjuaq (Fort-Chimo)", "https://atikokan-house.example", "#AtikokanHouse", "Mail x@atikokanhelp.example",
    "Ati\u00adkokan", "in Bath, Ontario", "Municipality of Atikokan", "la région d’Atikokan", "Atikokan area",
    "Atikokan drive-in", "Town of Atikokan", "in Atikokan, County of Rainy River", "à Atikokan, MRC de la Pluie",
    "in Rainy River County, Atikokan", "to Third Avenue, Atikokan", "in Atikokan, Highway 11", "Atikokan (Region of X)",
    "to La Présentation", "Atikokans", "For Atikokaners", "les Atikokanais", "des familles atikokanaises",
    "the Kuujjuamiut", "atikokanhouse", "our atikokan-house", "maison-atikokan",
]  # fmt: skip
SILENT_TOWN = [
    "A bath and a bed", "Atikokan County", "Region of Atikokan", "County of Atikokan", "MRC d’Atikokan",
    "Atikokan Road", "rue Atikokan", "Regional Municipality of Atikokan", "Yib", "Bathurst",
    "Aide sur la présentation d’une carte",
]  # fmt: skip
TELLING_HOUSE = [
    "Quillfeather House", "QUILLFEATHER house", "at Quillfeather", "quillfeather", "Maison de l'Étoile filante",
    "l’étoile filante", "hope house", "the Rookery", "https://quillfeatherhouse.example",
]  # fmt: skip
SILENT_HOUSE = ["a house", "Hope", "we hope", "an étoile", "Quill feathers", "Maison", "House of feathers"]


@pytest.mark.parametrize(
    ("names", "text"), [*((TOWN, t) for t in TELLING_TOWN), *((HOUSE, t) for t in TELLING_HOUSE)]
)
def test_it_is_found_however_it_is_written(names: Names, text: str) -> None:
    for known in (names, kept_only(names)):
        assert tells_name(text, known)
        traces = Traces(names=known).in_own_texts()
        assert (
            without(f"Rest a while. Come {text} today.\nCall first.", traces) == "Rest a while. Call first."
        )


@pytest.mark.parametrize(
    "text",
    [
        "We are in Atikokan. Street outreach runs daily.",
        "Our house is in Atikokan. Regional partners help.",
        "À Atikokan. Avenue Un est tout près.",
    ],
)
def test_what_stands_beyond_the_end_of_a_sentence_makes_it_no_road(text: str) -> None:
    assert tells_name(text, TOWN)


@pytest.mark.parametrize(
    ("names", "text"), [*((TOWN, t) for t in SILENT_TOWN), *((HOUSE, t) for t in SILENT_HOUSE)]
)
def test_what_means_something_else_is_not_taken_for_it(names: Names, text: str) -> None:
    for known in (names, kept_only(names)):
        assert not tells_name(text, known)


@pytest.mark.parametrize("text", TELLING_TOWN)
def test_in_texts_of_others_and_in_names_nothing_is_told(text: str) -> None:
    assert not tells(text, Traces(names=TOWN))
    assert not tells(text, Traces(names=TOWN).in_own_texts().for_names)


def test_common_words_make_no_name() -> None:
    for name in ("Main office", "Women's Shelter", "Bureau principal", "Site 2", "Head Office", "", "…"):
        assert not house_keys([name])


def test_what_its_public_names_tell_is_told() -> None:
    own = frozenset({fold("Atikokan Helpers"), fold("Rest at Quillfeather House")})
    names = Names(TOWN.towns, HOUSE.houses, own)
    for known in (names, Names(own=own, key=KEY).joined(kept_only(names))):
        assert not tells_name("Atikokan Helpers give Quillfeather House to all", known)
        assert not tells_name("https://atikokanhelpers.example", known)
        assert tells_name("Atikokan Helpers in Atikokan", known)
        assert tells_name("The Rookery", known)


@given(st.text(), st.text(), st.sampled_from(["Atikokan", "St. Mary’s Harbour"]))
def test_whatever_stands_around_it(before: str, behind: str, town: str) -> None:
    """Apart from words that make another name of it."""
    text = f"{before}\nWe are in {town}.\n{behind}"
    traces = Traces(names=TOWN).in_own_texts()
    assert tells(text, traces)
    assert not tells(without(text, traces), traces)


@given(st.text())
def test_digests_find_what_is_found_in_clear(text: str) -> None:
    for names in (TOWN, HOUSE):
        assert tells_name(text, names) == tells_name(text, kept_only(names))


def test_digests_tell_no_word_and_how_long_it_is() -> None:
    assert all(
        trace.words == 0 and len(trace.digest) == 16 for trace in to_keep(KEY, TOWN.towns, HOUSE.houses)
    )
    assert "kkkk" not in repr(kept_only(TOWN))
    known = Names(TOWN.towns, key=KEY, kept=kept_only(TOWN).kept)
    assert not known.in_clear().kept


WAWA = Names(towns=town_keys(["Wawa", "Emo", "Ware"]))


@pytest.mark.parametrize(
    "text",
    [
        "At wawahouse we help", "our wawa-house", "Write to info@wawahouse.example", "https://wawa.example/help",
        "wawawomensshelter.example", "maison-wawa", "la maisondewawa", "emohouse.example", "WawaHouse",
        "Ask the Wawaites", "Wawaites are welcome", "Wawans know us", "les Wawaiens",
    ],
)  # fmt: skip
def test_a_short_name_is_found_in_one_with_a_house_and_in_its_people(text: str) -> None:
    for known in (WAWA, kept_only(WAWA)):
        assert tells_name(text, known)


@pytest.mark.parametrize(
    "text",
    [
        "The warehouse has a clubhouse.", "hardware/software", "emotions", "a wawahouses-free text", "Emotional care",
        "Be aware of housing", "Groups for emo/goth youth", "memo.example", "Software",
    ],
)  # fmt: skip
def test_words_that_only_hold_a_short_name_stay(text: str) -> None:
    for known in (WAWA, kept_only(WAWA)):
        assert not tells_name(text, known)


@given(st.lists(st.from_regex(r"[A-Za-zé]{1,14}([-.@/][A-Za-z]{2,9})?", fullmatch=True), max_size=8))
def test_words_without_the_name_stay(words: list[str]) -> None:
    """Nothing is cut that doesn't hold the name, but for the letters that its people may lose."""
    text = " ".join(words)
    squeezed = fold(text).replace(" ", "")
    assume(not any(part in squeezed for part in ("wawa", "emo", "ware", "atikok")))
    for names in (WAWA, Names(towns=town_keys(["Atikokan"]))):
        assert not tells_name(text, names)
        assert not tells_name(text, kept_only(names))


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True), st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_an_innocent_word_around_a_short_name_stays(before: str, behind: str) -> None:
    """A name of few letters within a word counts only where all the rest of it is a house's."""
    word = f"{before}wawa{behind}"
    if not any(part == "wawa" for part in in_one(word)) and not people_of(word):
        assert not tells_name(f"a {word} here", WAWA)


HOPE = Names(towns=town_keys(["Bath", "Hope"]))


@pytest.mark.parametrize(
    "text",
    [
        "Bath, shower and laundry.", "Come in. Bath and shower. Rest.", "Hope, dignity and respect",
        "Bath, beds, and meals",
        "Bath, shower and laundry for women.", "Rest.\nBath et douche",
    ],
)  # fmt: skip
def test_a_common_word_that_opens_a_list_of_common_words_is_no_place(text: str) -> None:
    for known in (HOPE, kept_only(HOPE)):
        assert not tells_name(text, known)


@pytest.mark.parametrize(
    "text",
    [
        "Bath, Ontario", "Bath, Ontario and Hope", "Bath and area", "Bath and surrounding villages",
        "Bath, near a lake",
        "Bath, where we live and work", "Bath, our home and place", "Bath is where we are", "Bath.",
        "We are in Bath, shower and all",
        "Bath, où nous vivons", "Bath, où vivre et aimer", "Bath and Kingston", "Bath, ON", "Shower, Bath and laundry",
        "Hope et environs", "Bath, warm, small", "Bath, beds and meals near the lake", "Bath and district for women",
    ],
)  # fmt: skip
def test_a_place_at_the_beginning_of_a_sentence_is_one(text: str) -> None:
    for known in (HOPE, kept_only(HOPE)):
        assert tells_name(text, known)


def test_a_short_name_that_means_nothing_else_counts_in_a_list_too() -> None:
    assert tells_name("Wawa, beds and meals.", WAWA)
