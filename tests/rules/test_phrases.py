"""Phrases of lists are read where they can mean one thing only, and stay text otherwise."""

from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.rules.eligibility_terms import Fact, check_facts
from directory.rules.opening import week_from
from directory.rules.phrase_ages import Ages, read_ages
from directory.rules.phrase_eligibility import read_eligibility
from directory.rules.phrase_hours import Hours, read_hours, schedule_rows
from tests.rules import phrase_examples as en
from tests.rules import phrase_examples_fr as fr

HOURS = (*en.HOURS, *fr.HOURS)
AGES = (*en.AGES, *fr.AGES)
ELIGIBILITY = (*en.ELIGIBILITY, *fr.ELIGIBILITY)
SURE_HOURS = [text for text, said in HOURS if said]
SURE_AGES = [text for text, said in AGES if said]
TELLING = [text for text, said in ELIGIBILITY if said]
WORDS = sorted({word for text, _ in (*HOURS, *AGES, *ELIGIBILITY) for word in text.split()})


def test_the_table_holds_75_phrases_in_each_language() -> None:
    for examples in (en, fr):
        texts = [text for table in (examples.HOURS, examples.AGES, examples.ELIGIBILITY) for text, _ in table]
        assert len(set(texts)) == len(texts) == 75


@pytest.mark.parametrize(("text", "said"), HOURS)
def test_hours_are_read_as_a_person_reads_them(text: str, said: Hours | None) -> None:
    found = read_hours(text)
    assert found == (said or Hours(is_sure=False, rest=found.rest))
    assert found.is_sure or found.rest


@pytest.mark.parametrize(("text", "said"), AGES)
def test_ages_are_read_as_a_person_reads_them(text: str, said: en.AgesSaid | None) -> None:
    found = read_ages(text)
    if said is None:
        assert found == Ages(rest=found.rest)
        assert found.rest
    else:
        low, high = (Decimal(bound) if bound else None for bound in said)
        assert found == Ages(low, high, is_sure=True)


@pytest.mark.parametrize(("text", "said"), ELIGIBILITY)
def test_eligibility_gives_the_facts_that_it_states(text: str, said: tuple[Fact, ...]) -> None:
    assert read_eligibility(text) == said


@pytest.mark.parametrize("text", [text for text, said in HOURS if said])
def test_rows_of_a_schedule_mean_the_same_week(text: str) -> None:
    hours = read_hours(text)
    rows = [
        (days, time.fromisoformat(opens), time.fromisoformat(closes))
        for days, opens, closes in schedule_rows(hours)
    ]
    week = week_from(rows)
    assert (week.always, () if week.always else week.spans) == (hours.always, hours.spans)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("9-5", "09:00-17:00"),
        ("8:30-4", "08:30-16:00"),
        ("9-12:30", "09:00-12:30"),
        ("7-3", "07:00-15:00"),
        ("12-8", "12:00-20:00"),
        ("1-4:30", "13:00-16:30"),
        ("10-6 pm", "10:00-18:00"),
        ("1-4 pm", "13:00-16:00"),
        ("6-9 pm", "18:00-21:00"),
        ("9-11 am", "09:00-11:00"),
        ("8 pm to 2", "20:00-02:00"),
        ("9am to 4", "09:00-16:00"),
        ("11-1 p.m.", "11:00-13:00"),
        ("5 p.m. - midnight", "17:00-24:00"),
        ("12 am - 4 am", "00:00-04:00"),
        ("6 h à 18 h", "06:00-18:00"),
        ("8h-12h", "08:00-12:00"),
        ("17 h à 1 h", "17:00-01:00"),
        ("9 h du matin à 5 h de l’après-midi", "09:00-17:00"),
        ("6 h à 9 h du soir", "18:00-21:00"),
        ("13:00-02:00", "13:00-02:00"),
        ("0 h à 24 h", "00:00-24:00"),
    ],
)
def test_the_half_of_the_day_is_found_where_only_one_can_be_meant(text: str, half: str) -> None:
    assert read_hours(f"Fri {text}") == en.sure(f"FR {half}")


@pytest.mark.parametrize(
    "text",
    [
        "8-8",
        "7-7",
        "9-9",
        "7-9",
        "6-9",
        "5-8",
        "9-11",
        "4-12",
        "2-1",
        "7-9 pm",
        "10-11 pm",
        "9 am to 11",
        "9 am - 12 am",
        "12 am - 5 pm",
        "6 - midnight",
        "8:30 am - 4:30 am",
        "9 pm - 5 pm",
        "08:00-04:00",
        "9 h à 5 h",
        "7 h à 9 h",
        "midi à 1 h",
        "1 h à 4 h",
        "13 h à 1 h",
        "25:00-26:00",
        "9:75-5",
        "9-5-7",
        "9",
        "9 am",
        "17 am - 18 pm",
        "3-8/8:30 PM",
    ],
)
def test_hours_that_may_be_meant_twice_are_not_read(text: str) -> None:
    assert not read_hours(f"Fri {text}").is_sure


@pytest.mark.parametrize(
    "text",
    [
        "24/7, closed Mondays",
        "Mon-Fri 9-5, Wed closed, Wed 1-4",
        "Mon 9-5, Mon closed",
        "Mon-Fri 9-5; Tue 4-8 pm",
        "Mon-Fri 9-5; Sat 10-2 by appointment",
        "Mon-Fri 9-5, Sat by appointment",
        "not open Mon-Fri 9-5",
        "Mon-Fri 9-5 open holidays, closed holidays",
        "M au V 9 h à 17 h",
        "Mon-Fri, 9-5, 10-2 Sat",
        "every other Tue 9-5",
        "May to Sept: Mon-Fri 9-5; June to July: Sat 9-5",
        "Feb 30 to May 1: Mon 9-5",
        "Mon-Fri 9-5, Sat 10-2 (May-Oct)",
        "Sat, Sun and holidays 10-4",
        "closed holiday Mondays",
        "Tuesday and Thursday, closed 12-1",
        "Phone: 24/7. Text: 24/7",
        "Mon-Fri 9-5 (closed 4-6 pm)",
        "lundi au vendredi 9 h à 17 h ou sur rendez-vous",
        "ferme à 17 h",
        "open 24 hours",
        "½ day Fri 9-5",
        "Mon-Mon 9-5",
        "3rd Mon 9-5",
        "Mon-Fri 9 - 5 EST",
        "2025-2026: Mon 9-5",
        "Mon-Fri except Wed 9-8 9-5",
    ],
)
def test_contradictions_and_rarer_recurrences_stay_text(text: str) -> None:
    assert not read_hours(text).is_sure


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("June 15 to Sept 1: Mon 9-5", ((6, 15), (9, 1))),
        ("Mon 9-5 (Nov-Feb)", ((11, 1), (2, 29))),
        ("de mai à octobre : lundi de 9 h à 17 h", ((5, 1), (10, 31))),
    ],
)
def test_seasons_have_a_first_and_a_last_day(
    text: str, months: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    assert read_hours(text) == en.sure("MO 09:00-17:00", season=en.Season(*months))


def test_the_name_of_the_hours_may_stand_before_or_behind_them() -> None:
    for text, of in (
        ("Admin: Mon-Fri 9-5", "office"),
        ("Phone & Chat: 24/7", "phone"),
        ("Mon, Wed, Fri 10am-3pm (intake)", "intake"),
        ("lundi au vendredi de 9 h à 17 h (bureau)", "office"),
    ):
        assert (read_hours(text).is_sure, read_hours(text).of) == (True, of)
    assert not read_hours("Mon 9-5, Tue 9-12 (phone)").is_sure, "of Tuesday, or of both"
    assert not read_hours("Mon-Fri 9-5 (phone) and more").is_sure


def test_a_time_left_over_behind_a_comma_ends_the_reading() -> None:
    for text in ("9-5, noon", "09:00-16:30, 9", "9-5, 09:00-16:30, 17", "9-5 and noon"):
        assert not read_hours(text).is_sure


def test_a_toll_free_number_and_a_small_scale_cost_nothing() -> None:
    assert read_eligibility("Free. Call the toll-free number.") == en.facts("accept:free")
    assert read_eligibility("Free\nSmall-scale landlords") == en.facts("accept:free")
    assert read_eligibility("Free. Sliding scale for some.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "up to 12 people",
        "5-10 people",
        "at least 5",
        "16-24",
        "age 16",
        "18.5+",
        "$18+",
        "no one under 16",
        "24-16",
        "150+",
        "ages 16 to 2024",
    ],
)
def test_numbers_that_need_not_be_ages_are_none(text: str) -> None:
    assert not read_ages(text).is_sure


def test_a_column_of_ages_needs_no_other_word() -> None:
    assert read_ages("16-24", is_age_column=True) == Ages(Decimal(16), Decimal(24), is_sure=True)


def test_an_exclusion_may_repeat_the_ages_but_not_change_them() -> None:
    assert read_ages("Youth 16-24. Exclusion: adults 25+") == Ages(Decimal(16), Decimal(24), is_sure=True)
    assert not read_ages("Youth 16-24. Exclusion: adults 22+").is_sure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pets welcome", "Pets not welcome"),
        ("Pets allowed", "No pets allowed"),
        ("ID required", "ID not required"),
        ("No referral needed", "Referral needed"),
        ("Wheelchair accessible", "Not wheelchair accessible"),
        ("Walk-ins welcome", "No walk-ins"),
        ("Must be sober", "Sobriety not required"),
        ("Free", "Not free"),
        ("Curfew at 11 pm", "No curfew"),
        ("Children welcome", "No children"),
        ("Men", "No men"),
        ("Pets: yes", "Pets: no"),
        ("Animaux admis", "Animaux non admis"),
        ("Hommes", "Hommes non admis"),
        ("Pièce d’identité requise", "Aucune pièce d’identité requise"),
        ("Carte santé exigée", "Carte santé non exigée"),
        ("Référence obligatoire", "Référence non obligatoire"),
        ("Gratuit", "Pas gratuit"),
        ("Accessible en fauteuil roulant", "Non accessible en fauteuil roulant"),
        ("Couvre-feu à 23 h", "Aucun couvre-feu"),
        ("Sobriété exigée", "Sobriété non exigée"),
        ("Sans rendez-vous", "Sur rendez-vous seulement"),
    ],
)
def test_negated_twins_state_the_contrary(one: str, other: str) -> None:
    (said,), (contrary,) = read_eligibility(one), read_eligibility(other)
    assert (said.dimension, said.term) == (contrary.dimension, contrary.term)
    assert said.stated is not contrary.stated


@pytest.mark.parametrize(
    "text",
    [
        "No ID, referral required",
        "No ID and referral required",
        "ID or health card required",
        "Men and women not admitted",
        "No men and women welcome",
        "Indigenous people and women only",
        "Women only on Tuesdays",
        "Wheelchair accessible?",
        "Women only; men on Tuesdays",
        "Must be sober. Sobriety not required.",
        "Women (some exceptions)",
        "Men only. Women only.",
        "Sliding scale (some programs free)",
        "Health card preferred but not required",
        "Non-Indigenous people",
        "No health card required. Health card preferred for the clinic.",
        "Partially wheelchair accessible",
        "Free if eligible",
        "No referral needed for most programs",
        "ID required for the food bank",
        "Exclusion: women and men",
    ],
)
def test_what_reaches_further_than_it_says_gives_no_fact(text: str) -> None:
    assert read_eligibility(text) == ()


HEDGES = ("usually", "may", "some", "if possible", "souvent", "parfois", "peut-être", "blorptag")


def _with(text: str, word: str, at: int) -> str:
    words = text.split(" ")
    return " ".join([*words[:at], word, *words[at:]])


@settings(deadline=None)
@given(text=st.sampled_from(SURE_HOURS), word=st.sampled_from(HEDGES), at=st.integers(0, 12))
def test_one_word_more_makes_hours_unsure(text: str, word: str, at: int) -> None:
    assert not read_hours(_with(text, word, at)).is_sure


@settings(deadline=None)
@given(text=st.sampled_from(SURE_AGES), word=st.sampled_from(HEDGES), at=st.integers(0, 12))
def test_one_word_more_makes_ages_unsure(text: str, word: str, at: int) -> None:
    assert not read_ages(_with(text, word, at)).is_sure


@settings(deadline=None)
@given(
    text=st.sampled_from([t for t in TELLING if not set(t) & set(".;")]),
    word=st.sampled_from(HEDGES),
    at=st.integers(0, 9),
)
def test_one_word_more_in_a_sentence_takes_its_facts(text: str, word: str, at: int) -> None:
    assert read_eligibility(_with(text, word, at)) == ()


@settings(deadline=None)
@given(text=st.text() | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_text_is_read_without_error_and_gives_sound_answers(text: str) -> None:
    hours, ages = read_hours(text), read_ages(text)
    assert not check_facts(read_eligibility(text))
    assert hours.is_sure or hours == Hours(is_sure=False, rest=hours.rest)
    assert not (hours.always and hours.spans)
    assert not set(hours.closed) & {span.day for span in hours.spans}
    assert ages.is_sure or ages == Ages(rest=ages.rest)


@settings(deadline=None)
# No vowels: hypothesis tries words of our own code too, and those mean something.
@given(text=st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="aeiouyAEIOUY")))
def test_noise_states_nothing(text: str) -> None:
    assert not read_hours(text).is_sure
    assert not read_ages(text).is_sure
    assert read_eligibility(text) == ()


@settings(deadline=None)
@given(text=st.sampled_from(SURE_HOURS), data=st.data())
def test_capitals_spaces_and_dashes_do_not_matter(text: str, data: st.DataObject) -> None:
    dash, space = (
        data.draw(st.sampled_from("-\u2010\u2013\u2014")),
        data.draw(st.sampled_from(" \u00a0\u202f\t")),
    )
    shape = data.draw(st.sampled_from([str, str.upper, str.lower]))
    changed = shape(text.replace("-", dash).replace("\u2013", dash).replace(" ", space))
    assert read_hours(changed) == read_hours(text)
