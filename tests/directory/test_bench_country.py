"""A made country: the same chunk whoever makes it, spread as people are, and nothing in it leads anywhere real."""

import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

from directory.demo.bench_country import Row, World, made_services, prefix, seed_digits
from directory.demo.bench_shares import HEARD, ORGANIZATIONS, OWN, PEOPLE, SIGNED
from directory.demo.bench_templates import Templates
from directory.demo.bench_towns import Country, Town
from directory.demo.story_words import Words, read_words
from directory.finding.languages import known_languages
from directory.rules.publishing import PROTECTED_KINDS, is_guarded, is_protected_by_default

TOWNS = [
    Town("Toronto", "ON", 43.7, -79.4, 2_794_356, "-5", 1, "on-toronto"),
    Town("Kingston", "ON", 44.23, -76.48, 132_485, "-5", 2, "on-kingston"),
    Town("Montréal", "QC", 45.51, -73.59, 1_762_949, "-5", 3, "qc-montreal"),
    Town("Gander", "NL", 48.95, -54.61, 11_688, "-3.5", 4, "nl-gander"),
    Town("Surrey", "BC", 49.11, -122.83, 568_322, "-8", 5, "bc-surrey"),
    Town("Iqaluit", "NU", 63.75, -68.52, 7_429, "-5", 6, "nu"),
]
Tables = dict[str, list[Row]]


@cache
def _words() -> Words:
    return read_words(settings.FIXTURES / "demo" / "words")


def _world(seed: int = 7) -> World:
    """With a term for each need and focus named by its own slug, and the groups of the vocabulary's file."""
    vocabulary = (settings.FIXTURES / "vocabulary" / "needs.toml").read_text(encoding="utf-8")
    slugs = re.findall(r'^slug = "(\w+)"', vocabulary, re.M)
    terms = {f"{kind}/{slug}": slug for kind in ("need", "focus") for slug in slugs}
    groups = dict(re.findall(r'^slug = "(\w+)"\nparent = "(\w*)"', vocabulary, re.M))
    return World(_words(), Country(TOWNS), Templates(_words(), seed), terms, groups, seed)


def _tables(world: World, *, chunks: int = 1, size: int = 2000) -> Tables:
    tables: Tables = {}
    for chunk in range(chunks):
        for _, rows in made_services(world, chunk, size):
            for table, row in rows:
                tables.setdefault(table, []).append(row)
    return tables


@pytest.fixture(scope="module")
def world() -> World:
    return _world()


@pytest.fixture(scope="module")
def made(world: World) -> Tables:
    """Two thousand services, enough for everything that happens now and then."""
    return _tables(world)


def test_a_chunk_is_the_same_whatever_was_made_before(world: World) -> None:
    alone = list(made_services(_world(), 3, 50))
    assert list(made_services(world, 3, 50)) == alone
    assert [number for number, _ in alone] == list(range(150, 200))


def test_another_seed_makes_other_services(made: Tables) -> None:
    other = _tables(_world(8), size=20)
    assert not {row["id"] for row in made["service"]} & {row["id"] for row in other["service"]}
    assert seed_digits(7) != seed_digits(8)


def test_ids_are_sound_different_and_in_the_order_of_the_making(made: Tables) -> None:
    ids = [str(row["id"]) for rows in made.values() for row in rows if "id" in row]
    assert len(set(ids)) == len(ids)
    assert all(
        re.fullmatch(r"be[0-9a-f]{6}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}", i) for i in ids
    )
    services = [str(row["id"]) for row in made["service"]]
    assert services == sorted(services)
    assert [i[:8] for i in services] == [prefix(number) for number in range(2000)]


def test_every_tie_leads_to_a_record_that_came_no_later(world: World) -> None:
    known: set[str | None] = {None}
    for _, rows in made_services(world, 1, 500):
        known |= {row.get("id") for _, row in rows}
        ties = (
            "organization_id",
            "service_id",
            "location_id",
            "governed_by_id",
            "service_area_id",
            "link_id",
        )
        assert all(row.get(tie) in known for _, row in rows for tie in ties)


def test_phones_and_addresses_lead_nowhere(made: Tables) -> None:
    assert all(re.fullmatch(r"(1-8\d\d|[2-9]\d\d)-555-01\d\d", str(row["number"])) for row in made["phone"])
    hosts = [row[c] for row in made["organization"] for c in ("email", "website") if row[c]]
    assert hosts
    assert all(str(host).endswith(".example") for host in hosts)


def test_no_text_is_left_with_an_open_name(made: Tables) -> None:
    texts = [str(value) for rows in made.values() for row in rows for value in row.values()]
    assert not [text for text in texts if re.search(r"\{(?!site)", text)]


def test_nobody_claims_to_have_checked(made: Tables) -> None:
    assert not any("assured_date" in row or "assurer_email" in row for row in made["service"])


def test_people_decide_where_services_are(made: Tables) -> None:
    """Nunavut and Newfoundland have few people, though each has one town of six here."""
    towns = {str(town.id): town.name for town in TOWNS}
    found = Counter(towns[str(row["community_id"])] for row in made["location"] if "community_id" in row)
    assert found["Toronto"] > 10 * found["Kingston"] > 0
    assert found["Toronto"] > found["Montréal"] > found["Surrey"] > found["Gander"] > found["Iqaluit"]


def test_food_is_given_more_often_than_a_hidden_bed(made: Tables) -> None:
    kinds = Counter(row["taxonomy_term_id"] for row in made["attribute"])
    assert kinds["food"] > 10 * kinds["emergency_shelter"] > 0
    assert kinds["primary_care"] > 2 * kinds["legal_advice"] > 0
    assert min(kinds["crisis_line"], kinds["settlement"], kinds["friendship_centre"]) > 0


def _places(made: Tables) -> dict[str, list[Row]]:
    """Locations of each service."""
    by_id = {row["id"]: row for row in made["location"]}
    found: dict[str, list[Row]] = {str(row["id"]): [] for row in made["service"]}
    for row in made["service_at_location"]:
        found[str(row["service_id"])].append(by_id[row["location_id"]])
    return found


def _slugs(made: Tables) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {str(row["id"]): [] for row in made["service"]}
    for row in made["attribute"]:
        found[str(row["link_id"])].append(str(row["taxonomy_term_id"]))
    return found


def test_of_a_hidden_place_only_its_area_is_told(made: Tables) -> None:
    hidden = [row for row in made["location"] if row.get("is_protected") == "t"]
    assert hidden
    facts = {"id", "position", "organization_id", "is_protected", "placed_by", "area_id"}
    assert all(set(row) == facts for row in hidden)
    ids = {row["id"] for row in hidden}
    assert not ids & {row["location_id"] for row in (*made["address"], *made["accessibility"])}


def test_what_has_to_be_hidden_is_at_no_open_door(made: Tables, world: World) -> None:
    places = _places(made)
    for service, slugs in _slugs(made).items():
        groups = {world.groups[slug] for slug in slugs if slug in world.groups}
        if not PROTECTED_KINDS.isdisjoint(slugs) or is_protected_by_default(slugs, groups, slugs):
            assert all(row.get("is_protected") == "t" for row in places[service]), slugs


def test_no_text_of_a_hidden_service_names_its_town(made: Tables) -> None:
    places, names = _places(made), [town.name for town in TOWNS]
    hidden = [
        row for row in made["service"] if any(p.get("is_protected") == "t" for p in places[str(row["id"])])
    ]
    assert hidden
    texts = [str(value) for row in hidden for name, value in row.items() if name.startswith(("name", "desc"))]
    assert not [text for text in texts if any(name in text for name in names)]


def test_who_opted_in_to_open_data_is_neither_hidden_nor_guarded(made: Tables, world: World) -> None:
    places, slugs = _places(made), _slugs(made)
    opted = [str(row["id"]) for row in made["service"] if row["publish_to"]]
    assert 100 < len(opted) < 400
    for service in opted:
        assert not any(row.get("is_protected") for row in places[service])
        assert not is_guarded(
            slugs[service], {world.groups.get(s, "") for s in slugs[service]}, slugs[service]
        )


def test_some_are_known_by_coordinates_some_by_their_town_and_some_reach_a_province(made: Tables) -> None:
    placed = Counter(row["placed_by"] for row in made["location"])
    assert placed["coordinates"] > placed["community"] > placed["area"] > 0
    reach = Counter((row["reach"], bool(row["province"])) for row in made["service"])
    assert set(reach) == {("place", False), ("province", True), ("country", False)}
    assert reach["place", False] > 1700
    assert {row["status"] for row in made["service"]} == {"active", "temporarily closed"}


def test_languages_are_those_of_their_people(made: Tables) -> None:
    spoken = Counter(str(row["code"]) for row in made["language"])
    assert spoken["eng"] > spoken["fra"] > spoken["cmn"] > spoken["ukr"]
    assert len(spoken) >= 20
    assert spoken["iku"] > 0
    told = {*HEARD, *SIGNED.values(), *(code for of in OWN.values() for code in of)}
    assert told <= known_languages().keys()


def test_hours_differ(made: Tables) -> None:
    hours = {(row["byday"], row["opens_at"], row["closes_at"]) for row in made["schedule"] if "byday" in row}
    assert len(hours) > 150


def test_every_sort_of_organization_and_every_province_has_its_share() -> None:
    assert ORGANIZATIONS.keys() == {profile.key for profile in _words().profiles}
    assert PEOPLE.keys() == OWN.keys()
    assert sum(PEOPLE.values()) == 36_991_981
