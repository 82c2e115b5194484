"""A question is cut into known phrases and words, each with all that means the same."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.rules.little_words import LITTLE, Language, is_read
from directory.rules.synonyms import (
    MOST_ALTERNATIVES,
    MOST_PHRASES,
    MOST_UNITS,
    Synonyms,
    is_little,
    phrase_key,
    sifting_words,
    unasked,
)
from directory.rules.text import fold

LANGUAGES: tuple[Language, ...] = ("en", "fr")
FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "vocabulary"
GROUPS = tomllib.loads((FOLDER / "synonyms.toml").read_text(encoding="utf-8"))["group"]
VOCABULARY = tomllib.loads((FOLDER / "needs.toml").read_text(encoding="utf-8"))
LISTED = Synonyms([group["words"] for group in GROUPS])
FEW = Synonyms(
    [["detox", "withdrawal management", "sevrage"], ["management", "gestion"], ["papers", "papiers"]]
)
PHRASES = st.lists(st.sampled_from([word for group in GROUPS for word in group["words"]]), max_size=20).map(
    " ".join
)


def units(q: str, known: Synonyms = FEW) -> list[str]:
    return [unit[0] for unit in known.word_groups(q)]


def test_a_word_brings_what_means_the_same_and_stands_first_itself() -> None:
    assert FEW.word_groups("Sevrage") == (("sevrage", "detox", "withdrawal management"),)


def test_the_longest_known_phrase_is_one_unit() -> None:
    assert FEW.word_groups("withdrawal management") == (("withdrawal management", "detox", "sevrage"),)
    assert units("management of withdrawal") == ["management", "withdrawal"]


def test_a_word_that_nobody_listed_stands_alone() -> None:
    assert FEW.word_groups("Riverbend detox")[0] == ("riverbend",)


@pytest.mark.parametrize(
    ("typed", "known"),
    [("paper", "papiers"), ("PAPIER", "papers"), ("withdrawals managements", "detox"), ("sevrages", "detox")],
)
def test_plurals_capitals_and_accents_make_no_difference(typed: str, known: str) -> None:
    ((unit, *others),) = FEW.word_groups(typed)
    assert unit == fold(typed)
    assert known in others


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("I need papers for the children", ["papers", "children"]),
        ("j'ai besoin de papiers pour les enfants", ["papiers", "enfants"]),
        ("Où trouver un sevrage, s'il vous plaît ?", ["sevrage"]),
        ("I need help", ["need", "help"]),
        ("it is on", ["it", "is", "on"]),
        ("the", ["the"]),
        ("?!", []),
        ("", []),
    ],
)
def test_little_words_are_dropped_unless_nothing_else_remains(typed: str, left: list[str]) -> None:
    assert units(typed) == left


def test_a_word_of_two_groups_brings_the_words_of_both() -> None:
    both = Synonyms([["big house", "shelter"], ["shelter", "abri"]])
    assert set(both.word_groups("shelter")[0]) == {"shelter", "big house", "abri", "abris"}


def test_a_phrase_of_which_one_word_would_be_looked_for_brings_others_and_is_not_brought() -> None:
    papers = Synonyms([["sans papiers", "no papers", "undocumented"]])
    assert papers.word_groups("no papers") == (("no papers", "sans papiers", "undocumented"),)
    assert papers.word_groups("undocumented") == (("undocumented", "sans papiers"),)


ELDERS = Synonyms(
    [["l'aîné", "grand-père", "kokum"], ["my dog", "pets"], ["pris mon passeport", "passports"]]
)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("kokum", {"aine", "grand pere"}),
        ("L'aîné", {"kokum", "grand pere"}),
        ("pets", {"dog"}),
        ("my dogs", {"pets"}),
        ("mon dog", {"pets"}),
        ("a pris votre passeport", {"passports"}),
    ],
)
def test_articles_and_whose_a_thing_is_make_no_difference(typed: str, others: set[str]) -> None:
    assert others <= {text for unit in ELDERS.word_groups(typed) for text in unit}


def test_the_last_word_of_a_phrase_is_no_article() -> None:
    assert phrase_key("Hit her") == ("hit", "her")
    assert phrase_key("the") == ("the",)
    assert phrase_key("mother and son") == ("mother", "and", "son")


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("no papers", "en", False),
        ("no papers", "fr", True),
        ("not paid", "en", False),
        ("aging out", "en", False),
        ("hits me", "en", False),
        ("me frappe", "fr", False),
        ("pas payee", "fr", False),
        ("pas payee", "en", True),
        ("no health card", "en", False),
        ("no health card", "fr", True),
        ("sans statut", "en", True),
        ("sans statut", "fr", True),
        ("kicked me out of home", "en", True),
        ("after a crime", "en", True),
        ("not", "en", True),
        ("shelter", "fr", True),
    ],
)
def test_a_phrase_that_would_lose_what_turns_it_is_not_read(
    text: str, language: Language, told: bool
) -> None:
    assert is_read(text, language) == told


def test_which_phrases_are_not_asked_for_the_others_is_told() -> None:
    assert unasked(["sans papiers", "No papers", "my dog", "l'aîné", "undocumented"]) == ("No papers",)


PARTED = Synonyms(
    [["food bank", "banque alimentaire"], ["hotline", "ligne d'écoute"], ["therapist"], ["id", "card"]]
)


@pytest.mark.parametrize(
    ("typed", "unit", "other"),
    [
        ("foodbanks", "foodbanks", "food bank"),
        ("a foodbank near me", "foodbank", "food bank"),
        ("Hot-line", "hot line", "hotline"),
        ("banquealimentaire", "banquealimentaire", "food bank"),
    ],
)
def test_words_are_known_wherever_their_space_stands(typed: str, unit: str, other: str) -> None:
    ((first, *others),) = PARTED.word_groups(typed)
    assert (first, other in others, PARTED.is_known(first)) == (unit, True, True)


@pytest.mark.parametrize("typed", ["the rapist", "i d", "food", "hot", "hot the line"])
def test_little_words_and_few_letters_are_not_joined(typed: str) -> None:
    assert not any(PARTED.is_known(unit[0]) for unit in PARTED.word_groups(typed))


def test_what_people_say_of_themselves_is_asked_for_last() -> None:
    said = Synonyms([["took my id", "lost card", "papers"]])
    assert said.word_groups("papers") == (("papers", "lost card", "took my id"),)


SENTENCES = (
    "my papers were taken", "boss took my passport", "my boyfriend hits me", "he won't let me leave",
    "he wont let me leave", "pregnant and scared", "mon chum me frappe", "il a pris mes papiers",
    "j'ai peur de lui", "il ne me laisse pas partir", "fugueuse", "narcan", "PST", "TRP", "pimp", "escort",
    "human trafficking", "foodbank", "hot line", "nightshelter",
)  # fmt: skip


@pytest.mark.parametrize("typed", SENTENCES)
def test_something_is_known_in_what_people_type(typed: str) -> None:
    known = [unit for unit in LISTED.word_groups(typed) if LISTED.is_known(unit[0])]
    assert known
    assert all(any(is_read(text, language) for text in unit[1:] for language in LANGUAGES) for unit in known)


@pytest.mark.parametrize(
    ("typed", "brought"),
    [
        ("emploi", ("emploi", "emplois")),
        ("Abris", ("abris", "abri")),
        ("lieux", ("lieux", "lieu")),
        ("tenu", ("tenu", "tenus")),
    ],
)
def test_plurals_that_the_stemmer_keeps_apart_are_both_asked_for(
    typed: str, brought: tuple[str, ...]
) -> None:
    assert Synonyms([]).word_groups(typed) == (brought,)


def test_little_words_alone_are_no_synonyms() -> None:
    assert Synonyms([["the", "detox"]]).word_groups("the") == (("the",),)


def test_the_same_word_twice_is_one_unit() -> None:
    assert units("papers papers detox papers") == ["papers", "detox"]


@given(st.one_of(st.text(max_size=200), PHRASES))
def test_whatever_is_typed_gives_few_units_of_folded_words(q: str) -> None:
    groups = LISTED.word_groups(q)
    assert len(groups) <= MOST_UNITS
    for unit in groups:
        assert 1 <= len(unit) <= MOST_ALTERNATIVES
        assert len(set(unit)) == len(unit)
        assert all(text and text == fold(text) for text in unit)
        assert f" {unit[0]} " in f" {fold(q)} "
    assert bool(groups) == bool(fold(q))


@given(st.text(max_size=200))
def test_no_word_that_tells_something_is_lost_among_the_first(q: str) -> None:
    told = {word for unit in LISTED.word_groups(q) for word in unit[0].split()}
    telling = [word for word in dict.fromkeys(fold(q).split()) if word not in LITTLE]
    assert set(telling[:MOST_UNITS]) <= told or len(told) >= MOST_UNITS


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("English class", "cours de langue"),
        ("French course", "cours de langue"),
        ("échange de seringues", "harm reduction"),
        ("needles", "reduction des mefaits"),
        ("besoin d'un endroit pour dormir", "shelter"),
        ("place pour dormir", "shelter"),
        ("on me force à travailler", "forced to work"),
        ("file a complaint", "porter plainte"),
        ("retourner chez moi", "rentrer chez vous"),
        ("return to my country", "rentrer chez vous"),
        ("serviettes sanitaires", "hygiene products"),
        ("lait maternisé", "baby formula"),
        ("entreposage", "storage"),
        ("father", "support for families"),
        ("mon père", "support for families"),
    ],
)
def test_what_people_type_in_either_language_brings_the_name_of_the_help(typed: str, other: str) -> None:
    (unit,) = LISTED.word_groups(typed)
    assert other in unit


@given(st.sampled_from(GROUPS), st.data())
def test_each_phrase_of_a_listed_group_brings_each_other(
    group: dict[str, list[str]], data: st.DataObject
) -> None:
    phrase = data.draw(st.sampled_from(group["words"]))
    found = LISTED.word_groups(phrase)
    assert len(found) == 1
    others = {phrase_key(word) for word in group["words"] if fold(word) in found[0]}
    assert len(others) > 1 or len(found[0]) == MOST_ALTERNATIVES


def _names() -> list[tuple[str, ...]]:
    rows = VOCABULARY["term"] + VOCABULARY["focus"]
    return [phrase_key(row[name]) for row in rows for name in ("name", "name_fr")]


def _stands_in(key: tuple[str, ...], names: list[tuple[str, ...]]) -> bool:
    return any(key == name[at : at + len(key)] for name in names for at in range(len(name)))


def test_the_list_has_ninety_groups_that_are_tied_to_names_of_the_vocabulary() -> None:
    names = _names()
    tied = [g["slug"] for g in GROUPS if any(_stands_in(phrase_key(word), names) for word in g["words"])]
    assert len(tied) >= 90
    assert len({group["slug"] for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["slug"])
def test_a_listed_group_is_what_a_steward_could_have_written(group: dict[str, list[str]]) -> None:
    keys = [phrase_key(word) for word in group["words"]]
    assert len(set(keys)) == len(keys)
    assert 2 <= len(keys) <= MOST_PHRASES
    assert not [word for word in group["words"] if is_little(word)]


@pytest.mark.parametrize("need", VOCABULARY["term"], ids=lambda need: need["slug"])
def test_every_kind_of_help_is_found_by_other_words_too(need: dict[str, str]) -> None:
    if not need["parent"]:
        return
    names = [phrase_key(need["name"]), phrase_key(need["name_fr"])]
    assert [g for g in GROUPS if any(_stands_in(phrase_key(word), names) for word in g["words"])]


LEGAL = ("aide juridique", "legal aid", "legal clinic", "clinique juridique", "free lawyer", "pro bono")


def test_of_many_phrases_few_words_are_asked_first() -> None:
    assert sifting_words(LEGAL) == ("juridique", "legal", "lawyer", "bono")


@pytest.mark.parametrize(
    "unit",
    [("detox", "sevrage"), ("legal aid", "help near me"), ("legal aid",), (), ("26 mill", "e-mail us")],
)
def test_nothing_is_sifted_where_that_would_lose_something_or_save_nothing(unit: tuple[str, ...]) -> None:
    assert sifting_words(unit) == ()


@given(st.lists(st.text("abé -'1", min_size=1, max_size=12), min_size=1, max_size=8))
def test_every_alternative_has_one_of_the_words_that_sift(unit: list[str]) -> None:
    sifting = sifting_words(unit)
    assert not sifting or all(set(sifting) & set(fold(text).split()) for text in unit)
