"""Narrowing a list: the number on a button is kept, and no button leads to nothing."""

from typing import Any

import pytest
from django.http import QueryDict

from directory.finding.answer import Answer
from directory.finding.vocabulary import vocabulary
from directory.rules.query import Query
from directory.views.narrow import LEAST, MOST, narrow_context
from directory.views.sent import pairs_sent
from tests.directory.conftest import MakeService
from tests.directory.demo_answers import AskDemo
from tests.roles import RoleClient

SEARCHES = [
    "near=Winnipeg",
    "",
    "near=Winnipeg&need=legal_help",
    "near=Toronto&need=legal_help&need=housing&within=1000",
    "near=Montreal&language=fra&way=phone&way=in_person",
    "near=Iqaluit&open=evening&open=now",
    "near=Vancouver&age=17&with=children&away=50",
    "q=help&sort=checked",
    "near=Halifax&focus=youth_leaving_care&focus=men",
]


def buttons(narrow: dict[str, Any]) -> list[dict[str, Any]]:
    """Every button of the page."""
    return [button for group in narrow.get("groups", []) for button in group["buttons"]]


@pytest.mark.parametrize("search", SEARCHES)
def test_every_button_leads_to_at_least_as_many_as_it_says(ask_demo: AskDemo, search: str) -> None:
    before = ask_demo(search)
    narrow = narrow_context(before, vocabulary())
    assert before.total < LEAST or buttons(narrow)
    for button in buttons(narrow):
        after = ask_demo(f"{search}&only={button['value']}")
        assert 0 < button["count"] < before.total
        assert button["count"] <= after.total <= before.total, button
        name, value = button["value"].split("=")
        assert [v for n, v in after.query.pairs() if n == name] == [value]
        if name == "language":
            assert after.speaking >= button["count"]
        elif name != "open":  # what states no hours stays, and comes last
            assert after.total == button["count"], button


def test_a_list_that_is_read_at_a_glance_is_not_narrowed(make_service: MakeService) -> None:
    few = Answer(Query(), total=LEAST - 1, facets={"food": 2})
    assert narrow_context(few, vocabulary()) == {}
    assert narrow_context(Answer(Query(), total=LEAST, facets={"food": LEAST}), vocabulary()) == {}


def test_the_largest_come_first_and_only_some(make_service: MakeService) -> None:
    many = {
        code: number
        for number, code in enumerate(("cre", "pan", "spa", "tgl", "fra", "iku", "oji", "ara"), 2)
    }
    (group,) = narrow_context(Answer(Query(), total=40, language_facets=many), vocabulary())["groups"]
    assert [button["count"] for button in group["buttons"]] == [9, 8, 7, 6, 5, 4][:MOST]
    assert group["buttons"][0]["value"] == "language=ara"


def test_kinds_of_help_come_once_their_group_was_chosen(make_service: MakeService) -> None:
    facets = {"legal_help": 9, "legal_advice": 5, "housing": 8, "emergency_shelter": 4}

    def offered(*needs: str, total: int = 12) -> list[str]:
        narrow = narrow_context(Answer(Query(needs=needs), total=total, facets=facets), vocabulary())
        return [button["value"] for button in buttons(narrow)]

    assert offered() == ["need=legal_help", "need=housing"]
    assert offered("legal_help", total=9) == ["need=legal_advice"]
    assert offered("legal_help", "housing") == [
        "need=legal_help", "need=housing", "need=legal_advice", "need=emergency_shelter",
    ]  # fmt: skip
    assert offered("legal_advice") == []
    assert offered(total=9) == ["need=housing", "need=legal_advice"]


def test_only_takes_the_place_of_all_of_its_name_and_nothing_else() -> None:
    sent = QueryDict("near=K&need=food&need=legal_help&way=phone&only=need=emergency_shelter")
    assert pairs_sent(sent) == [("near", "K"), ("way", "phone"), ("need", "emergency_shelter")]


@pytest.mark.parametrize("only", ["", "need", "need=", "near=Kingston", "page=2"])
def test_what_is_no_button_narrows_nothing(only: str) -> None:
    told = pairs_sent(QueryDict(f"need=food&only={only}"))
    assert told == [("need", "food"), *([("only", only)] if only else [])]


def test_the_page_narrows_by_a_press_and_keeps_the_rest(
    visitor: RoleClient, make_service: MakeService
) -> None:
    for number in range(5):
        make_service(f"Clinic {number}", needs=["legal_advice"])
    for number in range(2):
        make_service(f"Kitchen {number}", needs=["food"])
    page = visitor.get(
        visitor.post("/en/find/", {"near": "Kingston", "status": "none", "age": "30"})["Location"]
    )
    text = page.content.decode()
    assert "Narrow this list" in text
    button = next(b for b in buttons(page.context["narrow"]) if b["count"] == 2)
    sent: dict[str, Any] = dict(page.context["narrow"]["fields"]) | {"only": button["value"]}
    narrowed = visitor.get(visitor.post("/en/find/", sent)["Location"])
    assert [card["name"][:7] for card in narrowed.context["cards"]] == ["Kitchen"] * 2
    labels = [chip["label"] for chip in narrowed.context["chips"]]
    assert {"Near Kingston", "Status", "30 years old", button["label"]} == set(labels)


def test_the_list_of_picked_services_is_kept_when_a_list_is_narrowed(
    visitor: RoleClient, make_service: MakeService
) -> None:
    services = [make_service(f"Place {n}", needs=["food" if n else "legal_advice"]) for n in range(LEAST)]
    sealed = visitor.post("/en/find/", {"near": "Kingston"})["Location"]
    page = visitor.get(sealed)
    token = sealed.strip("/").rpartition("/")[2]
    listing = page.context["cards"][0]["id"]
    picked = visitor.post("/en/list/", {"at": "find", "from": token, "add": listing})["Location"]
    page = visitor.get(picked.partition("#")[0])
    assert any(name == "kept" for name, _ in page.context["narrow"]["fields"]), services
