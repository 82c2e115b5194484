"""Leaving the site: at once, to a neutral page, with what this site left behind cleared."""

import pytest

from tests.roles import RoleClient

pytestmark = pytest.mark.promise(19)


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("", "https://weather.gc.ca/"),
        ("?in=en", "https://weather.gc.ca/"),
        ("?in=fr", "https://meteo.gc.ca/"),
        ("?in=de", "https://weather.gc.ca/"),
        ("?in=https://elsewhere.example", "https://weather.gc.ca/"),
        ("?next=https://elsewhere.example", "https://weather.gc.ca/"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_it_leads_to_a_neutral_page_in_the_readers_language_and_nowhere_else(
    visitor: RoleClient, method: str, query: str, target: str
) -> None:
    answer = getattr(visitor, method)(f"/exit/{query}")
    assert (answer.status_code, answer["Location"]) == (303, target)


def test_without_a_stated_language_the_browsers_own_decides(visitor: RoleClient) -> None:
    answer = visitor.get("/exit/", headers={"accept-language": "fr-CA, en;q=0.5"})
    assert answer["Location"] == "https://meteo.gc.ca/"


def test_it_asks_the_browser_to_forget_what_this_site_left(visitor: RoleClient) -> None:
    answer = visitor.get("/exit/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.content == b""
    assert "Set-Cookie" not in answer


def test_somebody_signed_in_leaves_in_the_same_way(visitor: RoleClient) -> None:
    visitor.cookies["sessionid"] = "a-session"
    answer = visitor.get("/exit/?in=fr")
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_only_reads(visitor: RoleClient, method: str) -> None:
    answer = getattr(visitor, method)("/exit/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert "Clear-Site-Data" not in answer


def test_every_page_offers_it_with_its_language(visitor: RoleClient) -> None:
    for path, language in [("/en/", "en"), ("/fr/", "fr"), ("/en/safety/", "en"), ("/fr/securite/", "fr")]:
        assert f'href="/exit/?in={language}"' in visitor.get(path).content.decode(), path
