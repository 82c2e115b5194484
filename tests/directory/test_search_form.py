"""The form speaks every parameter: what was asked stands in it again, what is wrong stands beside its field."""

import gzip
import re
from typing import Any

import pytest
from django.http import QueryDict

from directory.rules.eligibility_terms import DIMENSIONS
from directory.rules.person import Child
from directory.rules.query import CHOICES, REPEATED, SINGLE, Query
from directory.views.not_shown import LINES, not_shown_lines
from directory.views.search_form import form_context
from directory.views.sent import child_rows, pairs_sent
from tests.directory.conftest import MakeService
from tests.roles import RoleClient

FIND = "/en/find/"
MOST_BYTES = 60 * 1024
ASKED = {
    "near": "Kingston",
    "within": "250",
    "away": "50",
    "not_in": ["QC", "Toronto"],
    "language": "pan",
    "age": "17",
    "gender": "woman",
    "with": ["children", "pet"],
    "child": ["14m", "3"],
    "indigenous": "inuit",
    "status": "none",
    "accept": ["no_id", "keep_phone"],
    "access": "wheelchair",
    "intake": "self_call",
    "open": ["now", "evening"],
    "way": "phone",
    "sort": "distance",
    "focus": "men",
}


def opened(visitor: RoleClient, asked: dict[str, Any]) -> Any:
    """The page of a search that was posted."""
    return visitor.get(visitor.post(FIND, asked)["Location"])


def fields(page: str) -> set[str]:
    """Names of what can be filled in."""
    form = page[page.index('<form class="search"') :]
    form = form[: form.index("</form>")]
    return set(re.findall(r'name="(\w+)"', form))


def chosen(page: str) -> set[tuple[str, str]]:
    """Boxes that are ticked, and options of lists that are taken, by the name of the field."""
    form = page[page.index('<form class="search"') :]
    form = form[: form.index("</form>")]
    ticked = re.findall(r'name="(\w+)"\s+value="([^"]*)" checked', form)
    for name, options in re.findall(r'<select[^>]*?name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        ticked += [(name, value) for value in re.findall(r'value="([^"]+)" selected', options)]
    return set(ticked)


def test_every_public_parameter_has_a_field(visitor: RoleClient, db: None) -> None:
    told = fields(visitor.get(FIND).content.decode())
    rows = {name for name in told if name.startswith("child_")}
    assert rows == {f"child_{what}_{number}" for what in ("age", "sex") for number in (1, 2, 3)}
    wanted = {*SINGLE, *REPEATED} - {"page", "beds", "child"}
    assert wanted - told == set()
    assert told <= wanted | rows


@pytest.mark.parametrize(
    "name", ["gender", "with", "indigenous", "status", "accept", "access", "intake", "open", "way"]
)
def test_every_value_that_can_be_asked_in_public_is_offered(visitor: RoleClient, db: None, name: str) -> None:
    page = visitor.get(FIND).content.decode()
    for value in CHOICES[name]:
        assert f'value="{value}"' in page, value
    assert 'value="partner"' not in page


def test_what_was_asked_stands_in_the_form_again(visitor: RoleClient, make_service: MakeService) -> None:
    make_service()
    page = opened(visitor, ASKED).content.decode()
    told = chosen(page)
    single = {(n, v) for n, v in ASKED.items() if isinstance(v, str) and n not in ("near", "age")}
    assert single <= told
    assert {("with", "children"), ("with", "pet"), ("accept", "no_id"), ("accept", "keep_phone")} <= told
    assert {("open", "now"), ("open", "evening"), ("not_in", "QC")} <= told
    assert {("child_age_1", "14"), ("child_sex_1", "m"), ("child_age_2", "3")} <= told
    assert re.search(r'name="age"\s+value="17"', page)
    assert re.search(r'name="not_in"\s+value="Toronto"', page)


def test_folded_parts_open_only_where_something_is_set_or_faulty() -> None:
    assert form_context()["opens"] == {"where": False, "when": False, "about": False}
    assert form_context(Query(ways=("phone",)))["opens"] == {"where": False, "when": True, "about": False}
    assert form_context(errors={"age": ["x"]})["opens"] == {"where": False, "when": False, "about": True}


def test_rows_of_children_become_one_value_each() -> None:
    sent = QueryDict(
        "child_age_2=3&child_sex_2=&child_age_1=14&child_sex_1=m&child_age_3=&child_sex_3=&near=K&q="
    )
    assert pairs_sent(sent) == [("near", "K"), ("child", "14m"), ("child", "3")]


def test_children_who_were_told_leave_a_row_for_one_more() -> None:
    assert len(child_rows([])) == 3
    assert len(child_rows([Child(3), Child(4), Child(5)])) == 4
    assert len(child_rows([Child(age) for age in range(7)])) == 7
    assert [(row.age, row.sex) for row in child_rows([Child(0, "female")])][:2] == [("0", "f"), ("", "")]


def test_rows_are_sealed_as_children(visitor: RoleClient, make_service: MakeService) -> None:
    make_service()
    page = opened(visitor, {"child_age_1": "14", "child_sex_1": "m", "child_age_2": "", "child_sex_2": ""})
    assert [chip["label"] for chip in page.context["chips"]] == ["Child: 14, boy"]


def test_a_child_without_an_age_is_asked_for_it(visitor: RoleClient, make_service: MakeService) -> None:
    page = opened(visitor, {"child_sex_1": "f", "near": "Kingston"})
    assert page.context["errors"] == {"child": ["Choose the age of each child."]}
    assert ("child_sex_1", "f") in chosen(page.content.decode())


@pytest.mark.parametrize(
    ("name", "value"), [("age", "two"), ("not_in", "Qqqqxxxxville"), ("away", "5"), ("child", "40")]
)
def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(
    visitor: RoleClient, make_service: MakeService, name: str, value: str
) -> None:
    page = opened(visitor, {name: value})
    text = page.content.decode()
    assert list(page.context["errors"]) == [name]
    assert f'id="{name}-error"' in text
    assert f'<a href="#{name}">' in text
    assert f'id="{name}"' in text
    if name in ("age", "not_in"):
        assert f'value="{value}"' in text


def test_a_status_in_an_address_is_not_repeated_and_the_form_says_why_it_is_asked(
    visitor: RoleClient, make_service: MakeService
) -> None:
    text = visitor.get(f"{FIND}?status=student&age=17").content.decode()
    assert 'value="student" selected' not in text
    assert re.search(r'name="age"\s+value="17"', text)
    assert "It never stands in the address" in text


def test_everything_at_once_fits_into_one_address_or_is_told(
    visitor: RoleClient, make_service: MakeService
) -> None:
    everything = ASKED | {name: list(CHOICES[name]) for name in ("accept", "access", "intake", "way")}
    assert visitor.post(FIND, everything).status_code == 303
    answer = visitor.post(
        FIND, everything | {"q": "w" * 190, "language": ["pan", "cre", "spa"], "near": "n" * 200}
    )
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "This search is too long." in text
    assert ("accept", "no_curfew") in chosen(text)


def test_every_line_of_who_is_not_shown_bends_with_its_number() -> None:
    assert set(LINES) == {*DIMENSIONS} - {
        "stay",
        "way",
        "tells_police",
        "tells_immigration",
        "tells_child_protection",
    } | {"open"}
    assert not_shown_lines({"age": 1, "with": 12, "status": 0}) == [
        "12 services don't take who comes with you.",
        "1 service is only for another age.",
    ]
    assert not_shown_lines({"something": 2}) == ["2 services don't fit another part of your search."]


@pytest.mark.parametrize(
    ("asked", "is_told"), [({"age": "18"}, True), ({"age": "19"}, False), ({"child": "3"}, False)]
)
def test_the_duty_to_report_is_told_before_the_results_to_the_young(
    visitor: RoleClient, make_service: MakeService, asked: dict[str, str], is_told: bool
) -> None:
    make_service("Drop-in")
    text = opened(visitor, asked).content.decode()
    duty = "Workers must report a child in danger."
    assert (duty in text) is is_told
    if is_told:
        assert text.index(duty) < text.index('<li class="result"')


def test_a_page_of_results_is_light_on_a_slow_line(visitor: RoleClient, make_service: MakeService) -> None:
    for number in range(20):
        make_service(f"Service number {number}", hours=[("MO,TU,WE,TH,FR", "09:00", "17:00")])
    asked = {
        name: value for name, value in ASKED.items() if name not in ("within", "away", "not_in", "focus")
    }
    body = opened(visitor, asked | {"open": []}).content
    assert body.count(b'<li class="result"') == 20
    assert len(gzip.compress(body)) < MOST_BYTES / 2


def test_a_page_of_results_says_what_fits_and_why_others_are_not_shown(
    visitor: RoleClient, make_service: MakeService
) -> None:
    make_service("For adults", minimum_age=18)
    make_service("For youth", minimum_age=12)
    page = opened(visitor, {"age": "16", "with": "pet"})
    (card,) = page.context["cards"]
    assert [note["text"] for note in card["notes"]] == ["Accepts 12 and over.", "Pets: ask."]
    assert page.context["not_shown"] == ["1 service is only for another age."]
    assert "Why are others not shown?" in page.content.decode()
    machine = visitor.get("/api/search", {"age": "16", "with": "pet", "lang": "en"}).json()
    (result,) = machine["results"]
    assert (result["match"], machine["not_shown"]["age"]) == ("ask", 1)
    assert "Accepts 12 and over. Pets: ask." in result["reasons"]
    assert set(machine["facets"]) == {"need", "language", "focus", "way", "open"}
