"""The public pages of protocols: found, narrowed, read, fed, asked for as JSON; no cookie, the same for everyone."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings

from cms.actions.load_protocols import load_protocols
from cms.models.edition import Edition
from safety.viewer import VISITOR
from tests.cms.conftest import Publish, again, fields
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db
CONTENT = Path(__file__).with_name("content")
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(visitor: RoleClient, path: str, **asked: str) -> list[str]:
    """What the list shows for what was asked."""
    answer = visitor.post(path, asked)
    assert answer.status_code == 303
    text = visitor.get(answer["Location"]).text
    return re.findall(r'<a href="/(?:en/protocols|fr/protocoles)/[a-z0-9-]+/">([^<]+)</a>\s*</h2>', text)


@pytest.fixture
def three(publish: Publish) -> None:
    publish(
        "tea", **fields(title="Tea", summary="A warm drink.", sector=["health"], forms=["forced_marriage"])
    )
    publish(
        "bed",
        **fields(title="Bed", summary="A place for tonight.", sector=["shelter"], needs=["second_stage"]),
    )
    publish(
        "lit", "fr", **fields(title="Lit", summary="Une place en maison d’hébergement.", sector=["shelter"])
    )


def test_the_list_holds_its_language_alone(three: None, visitor: RoleClient) -> None:
    assert titles(visitor, "/en/protocols/", kind="protocol") == ["Bed", "Tea"]
    assert titles(visitor, "/fr/protocoles/", kind="protocol") == ["Lit"]


def test_choices_narrow_and_are_counted(three: None, visitor: RoleClient) -> None:
    assert titles(visitor, "/en/protocols/", sector="health") == ["Tea"]
    assert titles(visitor, "/en/protocols/", sector="health", forms="forced_marriage") == ["Tea"]
    text = visitor.get("/en/protocols/").text
    assert re.search(r"Shelters and housing\s+\(1\)", text)


def test_words_are_found_folded_and_by_what_means_the_same(three: None, visitor: RoleClient) -> None:
    assert titles(visitor, "/en/protocols/", q="warm drinks") == ["Tea"]
    assert titles(visitor, "/fr/protocoles/", q="HEBERGEMENT") == ["Lit"]
    assert titles(visitor, "/fr/protocoles/", q="refuge") == ["Lit"], "refuge means maison d’hébergement"
    assert titles(visitor, "/en/protocols/", q="qqqq") == []


def test_what_is_asked_stands_in_no_address(three: None, visitor: RoleClient) -> None:
    for answer in (
        visitor.post("/en/protocols/", {"q": "tea", "sector": "health"}),
        visitor.get("/en/protocols/?q=tea&sector=health"),
    ):
        assert answer.status_code == 303
        assert "tea" not in answer["Location"]
        assert "health" not in answer["Location"]


@pytest.mark.parametrize("bad", [{"sector": "circus"}, {"colour": "red"}, {"q": "x" * 201}, {"kind": "q"}])
def test_what_cannot_be_asked_is_said(three: None, visitor: RoleClient, bad: dict[str, str]) -> None:
    answer = visitor.post("/en/protocols/", bad)
    assert answer.status_code == 400
    assert "can’t be asked" in answer.text or "can&#x27;t be asked" in answer.text


def test_an_altered_address_shows_the_list_and_says_so(three: None, visitor: RoleClient) -> None:
    answer = visitor.get(f"/en/protocols/find/{'A' * 120}/")
    assert answer.status_code == 410
    assert "This page has expired" in answer.text


PATHS = [
    "/en/protocols/",
    "/fr/protocoles/",
    "/en/protocols/first-contact/",
    "/fr/protocoles/premier-contact/",
]
PATHS += ["/en/protocols/first-contact/1/", "/en/protocols/first-contact/history/", "/en/protocols/feed.atom"]


@pytest.mark.promise(19)
def test_no_cookie_is_set_and_the_page_is_the_same_for_everyone(visitor: RoleClient) -> None:
    load_protocols(folder=CONTENT, viewer=VISITOR)
    for path in PATHS:
        plain = visitor.get(path)
        browser = RoleClient()
        browser.cookies["sessionid"] = "a" * 32
        answer = browser.get(path)
        assert (answer.status_code, answer.content) == (200, plain.content), path
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert answer["CDN-Cache-Control"] == "max-age=60"
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_language_switch_leads_to_the_same_page(visitor: RoleClient) -> None:
    load_protocols(folder=CONTENT, viewer=VISITOR)
    assert 'href="/fr/protocoles/premier-contact/"' in visitor.get("/en/protocols/first-contact/").text
    assert 'href="/en/protocols/first-contact/"' in visitor.get("/fr/protocoles/premier-contact/").text


def test_of_a_cited_version_it_leads_to_the_one_that_stood_beside_it(
    publish: Publish, visitor: RoleClient
) -> None:
    english = publish("tea", **fields())
    french = publish("the", "fr", translation_key=english.translation_key, **fields(title="Thé"))
    again(english, summary="Other words.")
    for slug, number in (("tea", 1), ("tea", 2)):
        assert 'href="/fr/protocoles/the/1/"' in visitor.get(f"/en/protocols/{slug}/{number}/").text
    again(french, summary="D’autres mots.")
    assert 'href="/fr/protocoles/the/1/"' in visitor.get("/en/protocols/tea/1/").text
    assert 'href="/fr/protocoles/the/2/"' in visitor.get("/en/protocols/tea/2/").text
    french.unpublish()
    assert 'href="/fr/protocoles/"' in visitor.get("/en/protocols/tea/2/").text


def test_the_feed_leads_to_versions_for_good(three: None, visitor: RoleClient) -> None:
    feed = ET.fromstring(visitor.get("/en/protocols/feed.atom").content)  # our own
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert sorted(links) == [f"{settings.SITE_URL}/en/protocols/{slug}/1/" for slug in ("bed", "tea")]


def test_wherever_a_title_stands_alone_it_says_that_nobody_reviewed_it(
    publish: Publish, three: None, visitor: RoleClient
) -> None:
    publish("coffee", **fields(title="Coffee"))
    asks = "Needs review by a qualified person"
    feed = ET.fromstring(visitor.get("/en/protocols/feed.atom").content)  # our own
    told = [entry.find(f"{ATOM}summary").text or "" for entry in feed.findall(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert [text.partition(" - ")[0] for text in told] == [asks] * 3
    page = visitor.get("/en/protocols/coffee/").text
    related = page[page.index('"related-title"') :].partition("</section>")[0]
    assert 0 < related.count('href="/en/protocols/') == related.count(asks)


def test_the_api_tells_the_list_and_one_of_them_whole(three: None, visitor: RoleClient) -> None:
    told = visitor.get("/api/protocols?lang=en").json()
    assert [row["title"] for row in told["results"]] == ["Bed", "Tea"]
    assert "steps" not in told["results"][0]
    one = visitor.get(f"/api/protocols/{told['results'][1]['id']}?lang=en").json()
    assert one["steps"][0]["title"] == "Make tea"
    assert one["standing"] == "unreviewed"
    assert visitor.get(f"/api/protocols/{told['results'][1]['id']}?lang=fr").status_code == 404


@pytest.mark.parametrize("query", ["lang=de", "version=0", "version=x", "version=99999999999", "colour=red"])
def test_the_api_says_what_it_cannot_read(three: None, visitor: RoleClient, query: str) -> None:
    key = Edition.objects.filter(slug="tea").values_list("key", flat=True)[0]
    answer = visitor.get(f"/api/protocols/{key}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.split("=")[0]]


def test_related_ones_share_kinds_of_help(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields(title="Tea", needs=["emergency_shelter", "drop_in"]))
    publish("bed", **fields(title="Bed", needs=["emergency_shelter"]))
    publish("law", **fields(title="Law", needs=["legal_advice"]))
    text = visitor.get("/en/protocols/tea/").text
    assert 'href="/en/protocols/bed/"' in text
    assert 'href="/en/protocols/law/"' not in text


def test_the_statements_of_a_page_do_not_grow_with_the_pages(
    publish: Publish, visitor: RoleClient, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        publish(f"tea-{number}", **fields(title=f"Tea {number}"))
    visitor.get("/en/protocols/")
    with django_assert_max_num_queries(4 + 3):  # the test's own savepoint and role
        visitor.get("/en/protocols/")
    with django_assert_max_num_queries(6 + 3):
        visitor.get("/en/protocols/tea-1/")
