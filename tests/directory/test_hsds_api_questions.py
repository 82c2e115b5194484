"""/hsds/: what can be asked of its lists, by address and by body, and what is refused with which words."""

import json
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from directory.models.coverage import Coverage
from directory.models.hsds_document import HsdsDocument
from tests.directory.conftest import community
from tests.directory.hsds_api_documents import WINNIPEG, count_totals, documents, id_of, put  # noqa: F401
from tests.roles import RoleClient

pytestmark = pytest.mark.usefixtures("documents")
FORM = "application/x-www-form-urlencoded"
BROKEN = [
    ("services", "nosuch", "1"),
    ("services", "page", "0"),
    ("services", "page", "-1"),
    ("services", "page", "two"),
    ("services", "page", "9" * 190),
    ("services", "per_page", "0"),
    ("services", "per_page", "501"),
    ("services", "per_page", "1e3"),
    ("services", "format", "xml"),
    ("services", "minimal", "perhaps"),
    ("services", "full", "2"),
    ("services", "taxonomy_term_id", "x"),
    ("services", "taxonomy_id", "1" * 33),
    ("services", "organization_id", "\x00"),
    ("services", "search", "a\x00b"),
    ("services", "search", "a" * 201),
    ("services", "modified_after", "yesterday"),
    ("services", "modified_after", "2026-13-01"),
    ("services", "modified_after", "0001-01-01T00:00:00+23:59"),
    ("services", "modified_after", "9999-12-31T23:59:59-23:59"),
    ("services", "lang", "de"),
    ("services", "postcode", "K7L"),
    ("organizations", "minimal", "true"),
    ("service_at_locations", "postcode", "12345"),
    ("service_at_locations", "postcode", "Z1Z"),
    ("service_at_locations", "postcode", "Kingston"),
    ("service_at_locations", "proximity", "100"),
    ("taxonomy_terms", "parent_id", "no"),
    ("taxonomy_terms", "top_only", "maybe"),
    ("taxonomies", "taxonomy_id", str(id_of("taxonomy"))),
]


def found(visitor: RoleClient, word: str, **asked: Any) -> set[str]:
    """The names that the tests gave to what was found; GET and both twins must agree."""
    got = visitor.get(f"/hsds/{word}", asked)
    by_json = visitor.post(f"/hsds/{word}", json.dumps(asked), content_type="application/json")
    by_form = visitor.post(f"/hsds/{word}", "&".join(f"{n}={v}" for n, v in asked.items()), content_type=FORM)
    assert got.status_code == 200, got.content
    assert got.content == by_json.content == by_form.content
    known = {str(id_of(name)): name for name in NAMES}
    return {known[record["id"]] for record in got.json()["contents"]}


NAMES = ["Advice", "Meals", "Shelter", "House", "Refuge", "legal", "clinic", "taxonomy"]
NAMES += ["Advice at Hall", "Meals at Hall", "Shelter at Hidden"]


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 400
    told: dict[str, list[str]] = answer.json()["errors"]
    assert all(reasons and all(reasons) for reasons in told.values())
    return told


@pytest.mark.parametrize("words", ["conseils", "Legal", "ADVICE", "advices"])
def test_words_are_searched_in_both_languages(visitor: RoleClient, words: str) -> None:
    assert found(visitor, "services", search=words) == {"Advice"}


def test_words_find_in_every_collection(visitor: RoleClient) -> None:
    assert found(visitor, "organizations", search="house") == {"House"}
    assert found(visitor, "service_at_locations", search="meals") == {"Meals at Hall"}
    assert found(visitor, "taxonomies", search="taxonomy") == {"taxonomy"}
    assert found(visitor, "taxonomy_terms", search="clinic") == {"clinic"}
    assert found(visitor, "services", search="nothing of the kind") == set()


def test_terms_and_taxonomies_narrow(visitor: RoleClient) -> None:
    clinic, taxonomy, nothing = (str(id_of(name)) for name in ("clinic", "taxonomy", "nothing"))
    assert found(visitor, "services", taxonomy_term_id=clinic) == {"Meals", "Shelter"}
    assert found(visitor, "services", taxonomy_id=taxonomy) == {"Advice", "Meals", "Shelter"}
    assert found(visitor, "services", taxonomy_id=nothing) == set()
    assert found(visitor, "organizations", taxonomy_term_id=str(id_of("legal"))) == {"House"}
    assert found(visitor, "service_at_locations", taxonomy_term_id=str(id_of("legal"))) == {"Advice at Hall"}


def test_an_organization_narrows_services_and_where_they_are(visitor: RoleClient) -> None:
    house = str(id_of("House"))
    assert found(visitor, "services", organization_id=house) == {"Advice", "Meals"}
    assert found(visitor, "service_at_locations", organization_id=house) == {
        "Advice at Hall",
        "Meals at Hall",
    }


def test_filters_are_joined_by_and(visitor: RoleClient) -> None:
    asked = {"organization_id": str(id_of("House")), "taxonomy_term_id": str(id_of("clinic"))}
    assert found(visitor, "services", **asked) == {"Meals"}
    assert found(visitor, "services", **asked, search="advice") == set()


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        ("2026-05-03T12:00:00.000000Z", {"Meals", "Shelter"}),
        ("2026-05-03T12:00:00.000001Z", {"Shelter"}),
        ("2026-05-03T08:00:00-04:00", {"Meals", "Shelter"}),
        ("2026-05-04", {"Shelter"}),
        ("20260504T000000Z", {"Shelter"}),
        ("2031-01-01", set()),
    ],
)
def test_modified_after_means_on_or_after(visitor: RoleClient, moment: str, names: set[str]) -> None:
    assert found(visitor, "services", modified_after=moment) == names


def test_a_plus_that_the_address_turned_into_a_blank_is_understood(visitor: RoleClient) -> None:
    answer = visitor.get("/hsds/services?modified_after=2026-05-03T14:00:00+02:00")
    assert answer.json()["total_items"] == 2


def test_terms_below_others_and_at_the_top(visitor: RoleClient) -> None:
    legal, taxonomy = str(id_of("legal")), str(id_of("taxonomy"))
    assert found(visitor, "taxonomy_terms", top_only="true") == {"legal"}
    assert found(visitor, "taxonomy_terms", top_only="false") == {"legal", "clinic"}
    assert found(visitor, "taxonomy_terms", parent_id=legal) == {"clinic"}
    assert found(visitor, "taxonomy_terms", taxonomy_id=taxonomy, top_only=1) == {"legal"}
    assert found(visitor, "taxonomy_terms", taxonomy_id=legal) == set()


def test_near_a_postcode_means_metres_from_the_middle_of_its_area(visitor: RoleClient) -> None:
    near = {"Advice at Hall", "Meals at Hall"}
    assert found(visitor, "service_at_locations", postcode="K7L 3N6", proximity=10_000) == near
    assert found(visitor, "service_at_locations", postcode="k7l", proximity=3_000_000) == near | {
        "Shelter at Hidden"
    }
    assert found(visitor, "service_at_locations", postcode="K7L", proximity=0) == set()


@pytest.mark.promise(2)
def test_nearness_to_a_protected_place_is_that_of_its_published_point(visitor: RoleClient) -> None:
    """The only point that a distance is measured from is the public one, whatever the place's own may be."""
    HsdsDocument.objects.filter(id=id_of("Shelter at Hidden")).update(point=None)
    everywhere = found(visitor, "service_at_locations", postcode="R3C", proximity=20_000_000)
    assert everywhere == {"Advice at Hall", "Meals at Hall"}
    HsdsDocument.objects.filter(id=id_of("Shelter at Hidden")).update(point=Point(*WINNIPEG, srid=4326))
    assert "Shelter at Hidden" in found(visitor, "service_at_locations", postcode="R3C", proximity=20_000)


def _cover(at: str, kind: str, **more: Any) -> None:
    Coverage.objects.create(listing_id=id_of(at), kind=kind, **more)


def test_a_postcode_alone_finds_what_covers_it(visitor: RoleClient) -> None:
    box = MultiPolygon(Polygon.from_bbox((-77, 44, -76, 45)), srid=4326)
    at = ["Advice at Hall", "Meals at Hall", "Shelter at Hidden"]
    others = {at[1], at[2]}
    for kind, more, is_for_kingston, is_for_winnipeg in [
        ("country", {}, True, True),
        ("province", {"province": "ON"}, True, False),
        ("polygon", {"outline": box}, True, False),
        ("community", {"place": community("Kingston", "ON")}, True, False),
        ("community", {"place": community("Winnipeg", "MB")}, False, True),
    ]:
        Coverage.objects.all().delete()
        _cover(at[0], kind, **more)
        for code, is_for in (("K7L", is_for_kingston), ("R3C", is_for_winnipeg)):
            expected = {at[0], *others} if is_for else others
            assert found(visitor, "service_at_locations", postcode=code) == expected


def test_what_says_nothing_of_its_coverage_is_found_by_any_postcode(visitor: RoleClient) -> None:
    """HSDS: only where a service_area is available it has to hold the postcode."""
    every = {"Advice at Hall", "Meals at Hall", "Shelter at Hidden"}
    assert found(visitor, "service_at_locations", postcode="K7L") == every
    _cover("Meals at Hall", "province", province="MB")
    assert found(visitor, "service_at_locations", postcode="K7L") == every - {"Meals at Hall"}
    _cover("Meals at Hall", "province", province="ON")
    assert found(visitor, "service_at_locations", postcode="K7L") == every


def test_with_a_distance_nearness_alone_decides(visitor: RoleClient) -> None:
    _cover("Meals at Hall", "province", province="MB")
    near = {"Advice at Hall", "Meals at Hall"}
    assert found(visitor, "service_at_locations", postcode="K7L", proximity=10_000) == near


@pytest.mark.promise(25)
@pytest.mark.parametrize(("word", "name", "value"), BROKEN)
def test_what_cannot_be_answered_is_refused_by_name(
    visitor: RoleClient, word: str, name: str, value: str
) -> None:
    by_address = visitor.get(f"/hsds/{word}", {name: value})
    by_json = visitor.post(f"/hsds/{word}", json.dumps({name: value}), content_type="application/json")
    assert list(errors(by_address)) == [name]
    assert errors(by_json) == errors(by_address)


def test_reasons_are_told_in_french_too(visitor: RoleClient) -> None:
    english = errors(visitor.get("/hsds/services?page=0&nosuch=1"))
    french = errors(visitor.get("/hsds/services?page=0&nosuch=1&lang=fr"))
    browser = errors(visitor.get("/hsds/services?page=0&nosuch=1", headers={"accept-language": "fr-CA"}))
    assert list(english) == ["page", "nosuch"]
    assert french == browser
    assert not set(english["page"]) & set(french["page"])
    assert not set(english["nosuch"]) & set(french["nosuch"])


def test_the_same_name_twice_is_refused(visitor: RoleClient) -> None:
    assert list(errors(visitor.get("/hsds/services?page=1&page=2"))) == ["page"]
    both = visitor.post("/hsds/services?page=1", '{"page": 1}', content_type="application/json")
    assert list(errors(both)) == ["page"]


@pytest.mark.parametrize(
    "body", ['{"page": 1, "page": 1}', '{"page": null, "page": 1}', '{"page": 1, "p\\u0061ge": []}']
)
def test_a_body_that_tells_a_name_twice_is_refused(visitor: RoleClient, body: str) -> None:
    answer = visitor.post("/hsds/services", body, content_type="application/json")
    assert errors(answer) == {"page": ["Give this only once."]}


def test_options_of_one_record_are_read_as_strictly(visitor: RoleClient) -> None:
    house = f"/hsds/organizations/{id_of('House')}"
    assert list(errors(visitor.get(house, {"full": "true"}))) == ["full"]
    assert list(errors(visitor.get(house, {"full_service": "x"}))) == ["full_service"]
    assert list(errors(visitor.get("/hsds/", {"page": "1"}))) == ["page"]


@pytest.mark.promise(25)
@pytest.mark.parametrize(
    "body",
    [b"[", b"[1]", b'"x"', b"\xff\xfe", b'{"page": {}}', b'{"page": [[1]]}', b"[" * 60_000, b"1" * 5000],
)
def test_a_body_that_is_no_list_of_names_is_refused(visitor: RoleClient, body: bytes) -> None:
    answer = visitor.post("/hsds/services", body, content_type="application/json")
    assert list(errors(answer)) == ["request"]


@pytest.mark.promise(25)
def test_half_a_character_is_refused_as_value_and_as_name(visitor: RoleClient) -> None:
    for body, name in ((b'{"search": "\\ud800"}', "search"), (b'{"\\ud800": "x"}', "request")):
        answer = visitor.post("/hsds/services", body, content_type="application/json")
        assert list(errors(answer)) == [name]


def test_ids_alone_or_whole_records_have_to_be_chosen(visitor: RoleClient) -> None:
    for asked in ("minimal=true&full=true", "minimal=true&full=true&format=ndjson"):
        told = errors(visitor.get(f"/hsds/services?{asked}"))
        assert told == {"minimal": ["Choose one: minimal for ids alone, or full for whole records."]}
    for asked in ("minimal=true&full=false", "minimal=false&full=true"):
        assert visitor.get(f"/hsds/services?{asked}").status_code == 200


def test_a_form_with_files_is_refused_and_told_what_is_read(visitor: RoleClient) -> None:
    answer = visitor.post("/hsds/services", {"page": "1"})
    assert answer.status_code == 415
    words = "Send JSON (application/json) or a form (application/x-www-form-urlencoded)."
    assert answer.json() == {"errors": {"request": [words]}}
    form = visitor.post("/hsds/services", "search=advice", content_type=FORM).json()
    assert form["total_items"] == 1


def test_bodies_of_other_kinds_and_sizes_are_refused(visitor: RoleClient) -> None:
    text = visitor.post("/hsds/services", "page=1", content_type="text/plain")
    large = visitor.post("/hsds/services", "search=" + "a" * 600_000, content_type=FORM)
    many = visitor.post("/hsds/services", "&".join("a=1" for _ in range(300)), content_type=FORM)
    assert (text.status_code, large.status_code, many.status_code) == (415, 413, 400)
    assert all(list(answer.json()) == ["errors"] for answer in (text, large, many))
    assert visitor.get("/hsds/services?" + "a=1&" * 300).status_code == 400


def test_a_twin_that_is_asked_nothing_is_the_list(visitor: RoleClient) -> None:
    listed = visitor.get("/hsds/services").content
    assert visitor.post("/hsds/services", "", content_type=FORM).content == listed
    assert visitor.post("/hsds/services/", "{}", content_type="application/json").content == listed
    asked = visitor.post("/hsds/services?per_page=1", '{"page": 2}', content_type="application/json").json()
    assert (asked["page_number"], asked["size"]) == (2, 1)
    by_words = {"full": True, "page": None, "search": ["advice"]}
    full = visitor.post("/hsds/services", json.dumps(by_words), content_type="application/json").json()
    assert "schedules" in full["contents"][0]


def _many(count: int) -> None:
    HsdsDocument.objects.filter(entity="service").delete()
    for number in range(count):
        facts = {"name": f"Service {number}", "status": "active"}
        put("service", f"Service {number}", facts, organization_id=id_of("House"))
    count_totals()


@pytest.mark.parametrize(
    ("count", "page", "per_page", "pages", "size"),
    [
        (0, 1, 50, 0, 0),
        (1, 1, 50, 1, 1),
        (7, 1, 3, 3, 3),
        (7, 2, 3, 3, 3),
        (7, 3, 3, 3, 1),
        (7, 4, 3, 3, 0),
        (6, 2, 3, 2, 3),
        (7, 2_147_483_647, 500, 1, 0),
    ],
)
def test_the_envelope_counts_right(
    visitor: RoleClient, count: int, page: int, per_page: int, pages: int, size: int
) -> None:
    _many(count)
    envelope = visitor.get("/hsds/services", {"page": page, "per_page": per_page}).json()
    contents = envelope.pop("contents")
    assert len(contents) == size
    assert envelope == {
        "total_items": count,
        "total_pages": pages,
        "page_number": page,
        "size": size,
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": size == 0,
    }


@pytest.mark.parametrize("per_page", [1, 2, 3, 5, 11, 20])
@pytest.mark.parametrize(("words", "step"), [("", 1), ("", 2), ("", 4), ("", 500), ("service", 500)])
def test_pages_hold_everything_once_and_in_one_order(
    visitor: RoleClient, monkeypatch: pytest.MonkeyPatch, per_page: int, words: str, step: int
) -> None:
    monkeypatch.setattr("directory.hsds.composed_marks.STEP", step)
    monkeypatch.setattr("directory.hsds.composed_marks._kept", {})
    _many(11)
    seen: list[str] = []
    page: dict[str, Any] = {"last_page": False, "page_number": 0}
    while not page["last_page"]:
        asked = {"page": page["page_number"] + 1, "per_page": per_page, "search": words}
        page = visitor.get("/hsds/services", asked).json()
        seen += [record["id"] for record in page["contents"]]
    assert seen == sorted(str(id_of(f"Service {number}")) for number in range(11))


def test_deep_pages_follow_a_change_at_once(visitor: RoleClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("directory.hsds.composed_marks.STEP", 2)
    _many(9)
    asked = {"page": 3, "per_page": 3}
    before = [record["id"] for record in visitor.get("/hsds/services", asked).json()["contents"]]
    first = min(str(id_of(f"Service {number}")) for number in range(9))
    HsdsDocument.objects.filter(entity="service", id=first).delete()
    count_totals()
    after = [record["id"] for record in visitor.get("/hsds/services", asked).json()["contents"]]
    assert after == before[1:]


def test_full_pages_are_smaller(visitor: RoleClient) -> None:
    assert visitor.get("/hsds/services", {"full": "true", "per_page": 100}).status_code == 200
    assert list(errors(visitor.get("/hsds/services", {"full": "true", "per_page": 101}))) == ["per_page"]
    asked = {"full_service": "true", "per_page": 101}
    assert list(errors(visitor.get("/hsds/organizations", asked))) == ["per_page"]
