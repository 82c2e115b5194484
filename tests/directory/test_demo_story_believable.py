"""The demonstration's country doesn't contradict itself: what a text says, the facts, the hours and the names agree."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from directory.demo.reading import DemoOrganization, DemoService
from directory.demo.story_conditions import read_fact
from directory.demo.story_services import FARM_PROVINCES
from directory.demo.story_words import Words
from tests.directory.demo_country import Pair

# Written out on purpose: the generator's own lists must not judge themselves.
INDIGENOUS = {
    "cre", "crk", "cwd", "csw", "crm", "crl", "crj", "oji", "ojb", "ojc", "ojg", "ojs", "ojw", "otw", "moe", "nsk",
    "atj", "mic", "chp", "dgr", "bla", "crg", "iku", "ike", "ikt", "pqm", "oka", "shs", "hur", "gwi", "scs", "xsl",
}  # fmt: skip
INUIT, OFFICIAL, SIGNED = {"iku", "ike", "ikt"}, {"eng", "fra"}, {"ase", "fcs", "iks"}
PEOPLES = {"first_nations", "inuit", "metis"}
NUMBERS = {
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14,
}  # fmt: skip


def _texts(service: DemoService) -> str:
    fields = ("name", "description", "application_process", "eligibility_description")
    return " ".join(getattr(service, f"{field}{tail}") for field in fields for tail in ("", "_fr"))


def _told(service: DemoService) -> str:
    """What it does, in both languages, without for whom it is."""
    return f"{service.name} {service.name_fr} {service.description} {service.description_fr}"


def _saying(pairs: list[Pair], pattern: str) -> Iterator[Pair]:
    found = [(o, s) for o, s in pairs if re.search(pattern, _texts(s), re.IGNORECASE)]
    assert found, f"nobody says {pattern}: the test proves nothing"
    yield from found


def _age(service: DemoService) -> tuple[float, float]:
    for fact in map(read_fact, service.facts):
        if fact.dimension == "age":
            return float(fact.low or 0), float(fact.high if fact.high is not None else 120)
    return 0, 120


def _stays(service: DemoService) -> list[tuple[int, int]]:
    facts = [fact for fact in map(read_fact, service.facts) if fact.dimension == "stay"]
    return [(int(fact.low or 0), int(fact.high or 0)) for fact in facts]


def _people(organization: DemoOrganization) -> str:
    name = f"{organization.name} {organization.name_fr}"
    return "inuit" if "Inuit" in name or "inuite" in name else "metis" if re.search("[Mm]étis", name) else ""


def test_the_focus_of_a_service_is_its_organizations_people(pairs: list[Pair]) -> None:
    seen = Counter(_people(o) for o, _ in pairs)
    assert seen["inuit"] >= 10
    assert seen["metis"] >= 8
    for organization, service in pairs:
        people = _people(organization)
        if people and service.focus:
            assert PEOPLES & set(service.focus) == {people}, (organization.name, service.key)


def test_what_an_indigenous_service_says_of_peoples_fits_its_focus(made_pairs: list[Pair]) -> None:
    led = [s for _, s in made_pairs if "indigenous_led" in s.focus]
    assert len(led) > 100
    for service in led:
        focus = PEOPLES & set(service.focus)
        stated = {f.split(":")[1] for f in service.facts if f.startswith("indigenous:")} & PEOPLES
        assert not stated or focus <= stated, (service.name, service.focus, service.facts)
        if focus <= {"inuit", "metis"}:
            assert not re.search(
                r"\bthe Nation\b|First Nations|Premières Nations|tobacco|sweat", _told(service)
            )
        if "inuit" not in focus:
            assert "dog team" not in service.description


def test_indigenous_led_services_speak_their_own_languages_and_no_newcomers(made_pairs: list[Pair]) -> None:
    for organization, service in made_pairs:
        if not organization.governed_by:
            continue
        own = set(service.languages) - OFFICIAL - SIGNED
        assert own <= INDIGENOUS, (organization.name, service.languages)
        if service.focus and PEOPLES & set(service.focus) == {"inuit"}:
            assert own <= INUIT
        if service.focus and "inuit" not in service.focus:
            assert not own & INUIT


def test_a_text_for_all_genders_stands_beside_facts_for_all(pairs: list[Pair]) -> None:
    for _, service in _saying(
        pairs, r"also men|mais aussi les hommes|peu importe le genre|every gender|all genders"
    ):
        assert not {f for f in service.facts if f.startswith("gender:") and f.endswith(":no")}
        genders = {f for f in service.facts if f.startswith("gender:")}
        assert not genders or {"gender:woman", "gender:man"} <= genders, service.description


def test_a_mens_service_doesnt_speak_to_women_nor_a_womens_to_men(made_pairs: list[Pair]) -> None:
    for _, service in made_pairs:
        told = f"{service.name} {service.description}"
        if "gender:woman:no" in service.facts:
            assert not re.search(
                r"\b(for|and) (women|girls|mothers)\b|\bwomen's\b|mothers' ", told, re.IGNORECASE
            ), told
        genders = {f for f in service.facts if f.startswith("gender:")}
        if genders and "gender:man" not in genders:
            assert not re.search(
                r"\bfor men\b|\bmen's\b|\bfathers\b|men in the group", told, re.IGNORECASE
            ), told


def test_an_organization_named_for_women_has_no_service_for_everyone(made: list[DemoOrganization]) -> None:
    named = [o for o in made if re.search(r"Women|[Ff]emmes", o.name) and "métisses" not in o.name_fr]
    named = [o for o in named if "Métis" not in o.name and "métisses" not in o.name]
    assert len(named) >= 10
    exempt = {"family_support", "child_care", "child_advocacy_centre", "child_protection"}
    for organization in named:
        for service in organization.service:
            if service.key not in exempt:
                assert "gender:man" not in service.facts, (organization.name, service.name)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        (r"up to six weeks|jusqu'à six semaines|one night to six weeks", {45}),
        (r"stay three months|about three months", {90}),
        (r"three to eighteen months", {540}),
        (r"six months to two years|at least and two years", {730}),
        (r"stay up to nine months", {270}),
        (r"two to five years", {1825}),
        (r"six quiet months", {180}),
        (r"a year of one's own", {365}),
        (r"six weeks with Elders|six weeks, in our own way", {42}),
    ],
)
def test_a_stay_that_is_told_is_the_stay_that_is_stated(
    made_pairs: list[Pair], said: str, days: set[int]
) -> None:
    for _, service in made_pairs:
        if re.search(said, _texts(service), re.IGNORECASE):
            assert {high for _, high in _stays(service)} <= days, _texts(service)
            assert _stays(service), _texts(service)


def test_nights_that_are_counted_are_counted_once(pairs: list[Pair]) -> None:
    for _, service in _saying(pairs, r"up to (\w+) nights"):
        told = re.search(r"up to (\w+) nights", service.description, re.IGNORECASE)
        assert told
        number = int(told[1]) if told[1].isdigit() else NUMBERS[told[1]]
        assert [high for _, high in _stays(service)] == [number]
        assert not re.search("weeks|months", f"{service.description} {service.eligibility_description}")


def test_nobody_under_age_is_spoken_to_as_a_parent_or_an_adult(pairs: list[Pair]) -> None:
    minors = [s for _, s in pairs if _age(s)[1] < 18]
    assert len(minors) >= 10
    adult = r"for parents|parents'|grandparents|young mothers|mother and|sells? sex|massage parlour|until you are 25"
    for service in minors:
        assert service.key not in {"family_support", "child_care", "leaving_care"}, service.name
        assert not re.search(adult, service.name + " " + service.description, re.IGNORECASE), (
            service.description
        )
        assert not {"with:children", "with:partner"} & set(service.facts), service.name


def test_no_text_names_an_age_that_the_facts_exclude(pairs: list[Pair]) -> None:
    for _, service in pairs:
        low, high = _age(service)
        told = _told(service)
        if low >= 16:
            assert not re.search(
                r"under 18 or over|for children and teens|adults? children who saw", told, re.I
            ), told
        if high <= 25:
            assert not re.search(r"for adults|grandparents|retire", told, re.IGNORECASE), told
        if low >= 55:
            assert not re.search(r"school|runaway|teens", told, re.IGNORECASE), told


def test_hiding_a_visit_from_ones_own_child_is_for_parents_only(pairs: list[Pair]) -> None:
    for _, service in _saying(pairs, r"without the child knowing|needn't know that we talk"):
        assert service.key == "family_support"
        assert _age(service)[1] >= 18


def test_who_comes_to_fetch_people_stands_somewhere_and_can_be_driven_from(
    country: list[DemoOrganization], words: Words
) -> None:
    flown = {town.name for town in words.towns if town.remote}
    fetching = r"pick you up|pick people up|come to get you|comes for you by car|vient vous chercher"
    found = 0
    for organization in country:
        for service in organization.service:
            if "intake:pickup" in service.facts or re.search(fetching, _texts(service)):
                found += 1
                assert service.reach == "place", service.name
                assert organization.place[0].community not in flown, organization.name
    assert found >= 5


def test_what_is_reached_from_afar_has_no_door_to_ring_at(made_pairs: list[Pair]) -> None:
    afar = [s for _, s in made_pairs if s.reach != "place"]
    assert len(afar) > 100
    for service in afar:
        assert "intake:walk_in" not in service.facts
        assert not re.search(
            r"\bbell\b|walk in|address|come by|desk shows", service.application_process, re.I
        )


def test_a_statement_brings_children_only_where_it_says_so(words: Words) -> None:
    child = re.compile(r"child|kids|mother|son|daughter|famil", re.IGNORECASE)
    for group, statements in words.statements.items():
        for statement in statements:
            if "with:children" in statement.facts:
                assert all(child.search(say.en) for say in statement.says), (group, statement.key)
            if any(re.search("may come with you|bring a friend", say.en, re.I) for say in statement.says):
                assert "with:companion" in statement.facts


def test_no_service_says_that_a_friend_may_come_and_states_only_children(made_pairs: list[Pair]) -> None:
    for _, service in _saying(made_pairs, r"somebody may come with you|you can bring a friend"):
        assert "with:companion" in service.facts


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        (
            r"bring the cat|small pets can come|your dog can live|dogs? and carts|have their own room",
            "with:pet",
        ),
        (r"your phone stays yours|you keep your phone|phones stay with their owners", "accept:keep_phone"),
        (r"no curfew|come and go as you like", "accept:no_curfew"),
        (r"children (sleep|under twelve may come)|bring the kids|with your children", "with:children"),
        (r"you needn't be sober", "accept:substance_use"),
        (r"no ID needed|under any name|under the name you use", "accept:no_id"),
        (r"no report is needed|you don't need a police report", "accept:no_police_report"),
        (r"open to families without status|with a permit, without one", "status:none"),
        (r"no charge and no talk|at no cost, and a group", "accept:free"),
        (r"police are involved only if you decide", "tells_police:with_consent"),
    ],
)
def test_what_a_text_promises_is_a_fact_too(made_pairs: list[Pair], said: str, fact: str) -> None:
    for _, service in made_pairs:
        if re.search(
            said, f"{service.name} {service.description} {service.eligibility_description}", re.IGNORECASE
        ):
            assert fact in service.facts, service.description
            assert f"{fact}:no" not in service.facts


def test_nothing_that_is_free_has_a_price(pairs: list[Pair]) -> None:
    for _, service in pairs:
        if "accept:free" in service.facts:
            assert not service.costs
            assert "$" not in service.fees_description + service.fees_description_fr


def test_papers_arent_asked_for_by_those_who_never_ask(pairs: list[Pair]) -> None:
    for _, service in pairs:
        facts = set(service.facts)
        if "accept:no_enforcement_sharing" in facts:
            assert not {f for f in facts if f.startswith(("tells_police", "tells_immigration"))}, service.name
        if "status:none:no" in facts:
            assert "accept:asks_no_status" not in facts
            assert not re.search(r"without status|no status|any permit", _told(service), re.IGNORECASE)


def test_who_asks_for_a_text_has_a_number_for_texts(made_pairs: list[Pair]) -> None:
    for organization, service in _saying(
        made_pairs, r"^text\b|\btext (the|a|to know|us|or call)\b|text line"
    ):
        phones = service.phones or organization.phones
        assert any(phone.type == "text" for phone in phones), service.name


def test_texts_agree_with_the_hours(made_pairs: list[Pair]) -> None:
    weekday: dict[str, Callable[[str], bool]] = {
        r"\bfarm and greenhouse visits|bunkhouse": lambda hours: "SU" in hours,
        r"thursday group": lambda hours: hours.startswith("TH"),
        r"call any hour|day and night$": lambda hours: "24/7" in hours,
    }
    for _, service in made_pairs:
        for said, holds in weekday.items():
            if service.hours and re.search(said, service.name, re.IGNORECASE):
                row = " ".join(service.hours)
                days = row if "-SU" not in row else f"{row} SU"
                assert holds(days), (service.name, service.hours)
        if re.search("24/7", " ".join(service.hours)):
            assert not re.search(r"evenings?\b|mornings\b|in winter, call", service.name, re.IGNORECASE), (
                service.name
            )


def test_who_must_report_a_child_in_danger_promises_no_silence(pairs: list[Pair]) -> None:
    mandated = {"child_protection", "child_advocacy_centre"}
    found = [(o, s) for o, s in pairs if s.needs[0] in mandated or _age(s)[1] < 18]
    assert len(found) >= 20
    silent = (
        r"unless you agree|only if (you|she|he) (say|agree|decide)|tell neither|nothing goes to|we tell nobody"
        r"|we ask you|up to you|sans votre accord|si vous dites oui|on ne dit ni|rien n'est transmis"
    )
    for organization, service in found:
        assert not {
            "accept:no_enforcement_sharing",
            "accept:no_police_report",
            "tells_police:with_consent",
            "tells_child_protection:with_consent",
        } & set(service.facts), (organization.name, service.name)
        assert not re.search(silent, _texts(service), re.IGNORECASE), _texts(service)


def test_a_line_that_answers_day_and_night_sends_nobody_to_the_morning(pairs: list[Pair]) -> None:
    always = [s for _, s in pairs if s.hours in (("24/7",), ("phone: 24/7",))]
    assert len(always) >= 60
    for service in always:
        told = f"{service.application_process} {service.application_process_fr}"
        assert not re.search(r"in the morning if|[Mm]ornings are|plutôt le matin|[Ll]e matin, c'est", told), (
            told
        )


def test_no_text_tells_of_longer_hours_than_the_service_has(pairs: list[Pair]) -> None:
    for _, service in pairs:
        if re.search(r"long hours|heures sont longues|open (late|all day)", _told(service), re.IGNORECASE):
            assert "24/7" in " ".join(service.hours), (service.name, service.hours)
    for _, service in _saying(pairs, r"middle of April to the middle of November"):
        assert (service.season[0][5:], service.season[1][5:]) == ("04-15", "11-15"), service.name


def test_winter_rooms_and_harvest_rounds_have_their_season(
    country: list[DemoOrganization], words: Words, made_pairs: list[Pair]
) -> None:
    seasons = {s.needs[0]: s.season for _, s in made_pairs if s.season}
    assert {"overnight_dropin", "outreach", "on_the_land", "food"} <= set(seasons)
    people = {town.name: town.people for town in words.towns}
    harvest = [(o, s) for o, s in made_pairs if s.needs[0] == "outreach" and s.season]
    assert len(harvest) >= 4
    for organization, service in harvest:
        assert (service.season[0][5:], service.season[1][5:]) == ("06-15", "10-31")
        home = organization.place[0].community
        assert home[-2:] in FARM_PROVINCES
        assert people[home] < 150_000, home
    winter = [s for _, s in made_pairs if s.needs[0] == "overnight_dropin" and s.season]
    assert len(winter) >= 3
    assert {(s.season[0][5:], s.season[1][5:]) for s in winter} == {("11-01", "04-15")}
    for _, service in made_pairs:
        if re.search(
            r"winter warming|cold-night|out of the cold|harvest-season|holiday baskets", service.name, re.I
        ):
            assert service.season, service.name


def test_a_deaf_centre_asks_nobody_to_ring(made: list[DemoOrganization]) -> None:
    for organization in made:
        if any("deaf" in service.focus for service in organization.service):
            for service in organization.service:
                assert not re.match(r"call\b|phone|ring", service.application_process, re.IGNORECASE)
