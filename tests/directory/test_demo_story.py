"""The demonstration's whole country: everything that a newcomer may look for is in it, and nothing that is real."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from directory.demo.reading import EMAIL, WEBSITE, DemoOrganization, DemoService, read_demo, weekly_hours
from directory.demo.story_country import tell_story
from directory.demo.story_words import Words
from directory.rules.eligibility_terms import DIMENSIONS, check_facts
from directory.rules.provinces import PROVINCES
from directory.rules.publishing import PROTECTED_KINDS
from tests.directory.demo_country import FOLDER, TODAY

VOCABULARY = settings.FIXTURES / "vocabulary/needs.toml"
FICTIONAL = re.compile(r"(?:1-8\d\d-|\d{3}-)555-01\d\d")
SENTENCE = re.compile(r"(?<=[.!?])\s+")


@pytest.fixture(scope="module")
def services(country: list[DemoOrganization]) -> list[DemoService]:
    """Every service."""
    return [service for organization in country for service in organization.service]


def _vocabulary(name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))[name]
    return rows


def _share(services: list[DemoService], field: str) -> float:
    return sum(not getattr(s, field) and not getattr(s, f"{field}_fr", "") for s in services) / len(services)


def test_there_are_four_hundred_organizations_and_twelve_hundred_services(
    country: list[DemoOrganization], services: list[DemoService]
) -> None:
    assert (len(country), len(services)) == (400, 1200)
    assert len({o.key for o in country}) == len({o.name for o in country}) == 400


def test_the_same_words_and_day_give_the_same_country_and_another_day_the_same_keys(
    words: Words, country: list[DemoOrganization]
) -> None:
    told = read_demo(FOLDER)
    assert [*told, *tell_story(words, told, today=TODAY)] == country
    later = [*told, *tell_story(words, told, today=TODAY + timedelta(days=200))]
    assert [(o.key, [s.key for s in o.service]) for o in later] == [
        (o.key, [s.key for s in o.service]) for o in country
    ]


def test_every_kind_and_every_focus_of_the_vocabulary_is_met(services: list[DemoService]) -> None:
    kinds = {term["slug"] for term in _vocabulary("term") if term["parent"]}
    assert {s.needs[0] for s in services} >= kinds
    assert {f for s in services for f in s.focus} == {term["slug"] for term in _vocabulary("focus")}


def test_every_province_has_services_and_the_north_its_own(country: list[DemoOrganization]) -> None:
    towns = Counter(place.community for o in country for place in o.place)
    assert {town[-2:] for town in towns} == set(PROVINCES)
    assert {"Iqaluit, NU", "Rankin Inlet, NU", "Inuvik, NT", "Whitehorse, YT", "Kuujjuaq, QC"} <= set(towns)
    assert towns["Toronto, ON"] > 5 * towns["Kenora, ON"] > 0


def test_forty_languages_are_spoken_those_of_many_and_those_of_few(services: list[DemoService]) -> None:
    spoken = Counter(code for s in services for code in s.languages)
    assert len(spoken) >= 40
    assert {
        "eng",
        "fra",
        "cmn",
        "pan",
        "spa",
        "ara",
        "tgl",
        "tir",
        "quc",
        "mam",
        "ike",
        "crk",
        "ase",
        "fcs",
    } <= set(spoken)


def test_two_hundred_schedules_differ_and_say_what_they_are_the_hours_of(services: list[DemoService]) -> None:
    assert len({s.hours for s in services}) >= 200
    rows = [weekly_hours(written) for s in services for written in s.hours]
    assert {row.hours_of for row in rows} >= {"", "intake", "phone", "drop_in"}
    assert {row.freq for row in rows} == {"WEEKLY", "MONTHLY"}
    assert {s.on_holidays for s in services} == {"not_stated", "open", "closed", "own_list"}
    assert sum("24/7" in " ".join(s.hours) for s in services) >= 80


def test_seasons_run_today_or_come_within_the_year(services: list[DemoService]) -> None:
    seasons = [tuple(map(date.fromisoformat, s.season)) for s in services if s.season]
    assert len(seasons) >= 20
    assert all(first < last and last >= TODAY for first, last in seasons)
    assert any(first <= TODAY for first, _ in seasons)
    assert any(first > TODAY for first, _ in seasons)


def test_facts_are_missing_where_they_would_be(services: list[DemoService]) -> None:
    assert 0.25 < _share(services, "hours") < 0.42
    assert 0.14 < _share(services, "languages") < 0.26
    assert 0.15 < _share(services, "eligibility_description") < 0.45
    assert 0.02 < _share(services, "description") < 0.08
    assert 0.2 < _share(services, "checked_days_ago") < 0.5


def test_what_was_checked_was_checked_one_to_thirty_months_ago(
    country: list[DemoOrganization],
) -> None:
    made = [s for o in country[len(read_demo(FOLDER)) :] for s in o.service if s.checked_days_ago is not None]
    days = [s.checked_days_ago for s in made if s.checked_days_ago is not None]
    assert min(days) >= 30
    assert 365 < max(days) <= 913


def test_some_are_closed_for_a_while_some_for_ever(services: list[DemoService]) -> None:
    states = Counter(s.status for s in services)
    assert set(states) == {"active", "temporarily closed", "inactive", "defunct"}
    assert states["active"] > 1000
    closed = [s for s in services if s.status == "temporarily closed"]
    assert sum(bool(s.alert or s.alert_fr) for s in closed) > len(closed) * 0.8


@pytest.mark.promise(1)
def test_a_hidden_house_has_no_street_no_point_no_local_number_and_no_town_in_its_texts(
    country: list[DemoOrganization],
) -> None:
    hidden = [place for o in country for place in o.place if place.is_protected]
    assert len(hidden) >= 80
    for place in hidden:
        assert (place.address_1, place.name, place.latitude, place.longitude) == ("", "", None, None)
        assert place.accessibility == ()
    for organization, service in _made_at_hidden_places(country):
        phones = service.phones or organization.phones
        assert all(phone.number.startswith("1-8") for phone in phones)
        texts = " ".join(v for v in vars_of(service) if isinstance(v, str))
        town = organization.place[0].community[:-4]
        assert town not in texts
        assert (service.area, service.covers) == ((), ())
        assert service.application_process or service.application_process_fr


def _made_at_hidden_places(country: list[DemoOrganization]) -> list[tuple[DemoOrganization, DemoService]]:
    made = country[len(read_demo(FOLDER)) :]
    return [(o, s) for o in made for s in o.service if "house" in s.places]


def vars_of(service: DemoService) -> list[object]:
    """The values of its fields."""
    return [getattr(service, name) for name in DemoService.__slots__]


def test_kinds_that_are_hidden_by_default_stand_at_hidden_places(country: list[DemoOrganization]) -> None:
    for organization in country:
        hidden = {place.key for place in organization.place if place.is_protected}
        for service in organization.service:
            if PROTECTED_KINDS & set(service.needs) and service.reach == "place":
                assert set(service.places) <= hidden


def test_no_number_rings_and_no_address_leads_anywhere(country: list[DemoOrganization]) -> None:
    phones = [p.number for o in country for p in (*o.phones, *(p for s in o.service for p in s.phones))]
    assert [number for number in phones if not FICTIONAL.fullmatch(number)] == []
    made = country[len(read_demo(FOLDER)) :]
    given = [p.number for o in made for p in (*o.phones, *(p for s in o.service for p in s.phones))]
    assert [number for number, times in Counter(given).items() if times > 1] == []
    assert all(WEBSITE.fullmatch(o.website) for o in country if o.website)
    assert all(EMAIL.fullmatch(o.email) for o in country if o.email)


def test_indigenous_organizations_are_governed_by_a_nation_or_themselves(
    country: list[DemoOrganization], services: list[DemoService]
) -> None:
    keys = {o.key for o in country}
    governed = [o for o in country if o.governed_by]
    assert {o.governed_by for o in governed} <= keys
    assert any(o.governed_by == o.key for o in governed)
    assert any(o.governed_by != o.key for o in governed)
    made = country[len(read_demo(FOLDER)) :]
    assert all(o.governed_by for o in made for s in o.service if "indigenous_led" in s.focus)


def test_no_correctional_healing_lodge_and_no_ceremony_date_is_told(services: list[DemoService]) -> None:
    texts = " ".join(f"{s.name} {s.description}" for s in services).lower()
    assert "healing lodge" not in texts
    assert all(s.hours == () for s in services if s.needs[0] == "ceremony")


def test_where_a_ceremony_is_held_is_told_by_a_voice_and_by_no_listing(
    country: list[DemoOrganization],
) -> None:
    asked = [(o, s) for o in country for s in o.service if "ceremony" in s.needs]
    assert len(asked) >= 5
    for organization, service in asked:
        streets = [p.address_1 or p.latitude for p in organization.place if p.key in service.places]
        assert not any(streets)
        assert service.hours == ()
        assert service.phones or organization.phones


def test_who_comes_to_your_home_does_not_say_that_you_come_in(services: list[DemoService]) -> None:
    visits = [s for s in services if s.name == "Home visits"]
    assert visits
    assert not [s for s in visits if "intake:walk_in" in s.facts]


def test_facts_are_of_the_closed_list_and_say_nothing_twice(services: list[DemoService]) -> None:
    from directory.demo.story_conditions import read_fact

    told = [[read_fact(written) for written in s.facts] for s in services]
    assert [problem for facts in told for problem in check_facts(facts)] == []
    assert {fact.dimension for facts in told for fact in facts} == set(DIMENSIONS)
    assert any(not fact.stated for facts in told for fact in facts)


def test_papers_prices_areas_and_access_are_told(
    country: list[DemoOrganization], services: list[DemoService]
) -> None:
    for field in ("documents", "costs", "area", "covers"):
        assert sum(bool(getattr(s, field)) for s in services) >= 40, field
    assert sum(bool(p.accessibility) for o in country for p in o.place) >= 80


def test_both_languages_are_written_and_neither_is_the_others_copy(services: list[DemoService]) -> None:
    both = [s for s in services if s.description and s.description_fr]
    assert len(both) > 800
    assert [s.description for s in both if s.description == s.description_fr] == []
    assert sum(bool(s.description and not s.description_fr) for s in services) > 50
    assert sum(bool(s.description_fr and not s.description) for s in services) > 30
    assert not any(
        "{" in text or "  " in text for s in services for text in vars_of(s) if isinstance(text, str)
    )


def test_french_is_set_as_french_is(services: list[DemoService]) -> None:
    french = [
        v for s in services for v in (s.name_fr, s.description_fr, s.eligibility_description_fr, s.alert_fr)
    ]
    assert [text for text in french if re.search(r"[^\u202f][;!?]|[^\u00a0]:|«[^\u00a0]", text)] == []


def test_no_sentence_comes_so_often_that_a_reader_notices(services: list[DemoService]) -> None:
    told = Counter(
        sentence
        for s in services
        for text in (s.description, s.description_fr)
        for sentence in SENTENCE.split(text)
    )
    del told[""]
    assert max(told.values()) <= 25
    assert max(Counter(s.description for s in services if s.description).values()) <= 8
    assert max(Counter(s.name for s in services).values()) <= 10


def test_neighbours_of_one_kind_have_different_names(country: list[DemoOrganization]) -> None:
    for town in {o.place[0].community for o in country if o.place}:
        here = [s for o in country if o.place and o.place[0].community == town for s in o.service]
        names = Counter((s.needs[0], s.name) for s in here)
        assert max(names.values()) <= 2, town


def test_a_smaller_country_is_told_from_the_same_words(words: Words) -> None:
    told = read_demo(FOLDER)[:2]
    small = tell_story(words, told, today=TODAY, organizations=60, services=150)
    assert len(small) == 58
    assert sum(len(o.service) for o in (*told, *small)) == 150
    assert replace(small[0]) == small[0]
