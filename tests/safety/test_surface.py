"""The public surface: no cookie either way, the same bytes for everyone, compressed; the desk is neither."""

import gzip
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from directory.views.sealed import find_address
from safety.surface import PublicSurfaceMiddleware, is_private
from tests.cast import SignIn
from tests.roles import RoleClient

PAGES = ["/", "/en/", "/fr/", "/en/find/", "/fr/trouver/", "/en/safety/", "/fr/securite/"]
OTHERS = ["/exit/", "/find/", "/en", "/en/nothing/", "/api/schema", "/api/search?need=shelter", "/healthz"]
OTHERS += ["/hsds/", "/hsds/services", "/hsds/services/nothing", "/hsds/openapi.json"]
COOKIES = {"sessionid": "a" * 32, "csrftoken": "b" * 32, "django_language": "fr", "messages": "c"}


def with_cookies(client: RoleClient) -> RoleClient:
    for name, value in COOKIES.items():
        client.cookies[name] = value
    return client


PRIVATE = [
    "/en/desk/",
    "/fr/bureau/",
    "/fr/desk/",
    "/en/bureau/x",
    "/en/desk",
    "/cms/",
    "/cms",
    "/admin/login/",
]
PRIVATE += ["/en/accounts/login/", "/fr/accounts/2fa/"]
PUBLIC = ["/", "/en/", "/en/find/", "/exit/", "/api/search", "/desk/", "/en/desktop/", "/administration/"]
PUBLIC += ["/hsds/", "/hsds/services/"]
PUBLIC += [
    "/de/desk/",
    "/EN/desk/",
    "//en/desk/",
    "/en//desk/",
    "/x/en/desk/",
    "/accounts/login/",
    "/en/x/desk/",
]


@pytest.mark.parametrize("path", PRIVATE)
def test_signed_in_work_is_private(path: str) -> None:
    assert is_private(path)


@pytest.mark.parametrize("path", PUBLIC)
def test_everything_else_is_public(path: str) -> None:
    assert not is_private(path)


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", PAGES + OTHERS)
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_no_public_answer_sets_a_cookie_even_for_somebody_who_brings_some(
    visitor: RoleClient, path: str, method: str
) -> None:
    """Promise 19: nothing that would stay is ever sent."""
    answer = getattr(with_cookies(visitor), method)(path)
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_a_cookie_changes_no_byte(path: str, visitor: RoleClient) -> None:
    plain, answer = visitor.get(path), with_cookies(RoleClient()).get(path)
    assert answer.content == plain.content
    assert dict(answer.headers) == dict(plain.headers)


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", PAGES)
def test_somebody_signed_in_gets_the_public_page_that_everybody_gets(
    path: str, visitor: RoleClient, navigator: User, sign_in: SignIn
) -> None:
    assert sign_in(navigator).get(path).content == visitor.get(path).content


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", ["accept-language", "user-agent", "referer", "sec-ch-ua", "dnt"])
def test_what_a_browser_says_of_itself_changes_no_page_unless_caches_are_told(
    path: str, name: str, visitor: RoleClient
) -> None:
    plain, other = visitor.get(path), visitor.get(path, headers={name: "fr-CA"})
    assert other.content == plain.content or name in plain["Vary"].lower()
    assert path == "/" or "Vary" not in plain or plain["Vary"] == "Accept-Encoding"


@pytest.mark.promise(19)
@pytest.mark.parametrize(("path", "seen"), [("/en/", []), ("/en/desk/", ["sessionid"])])
def test_a_public_view_sees_no_cookie_and_sets_none_even_if_it_tries(path: str, seen: list[str]) -> None:
    found: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.extend([*request.COOKIES, *(["header"] if not seen and "HTTP_COOKIE" in request.META else [])])
        response = HttpResponse()
        response.set_cookie("trace", "left behind")
        return response

    request = RequestFactory(headers={"cookie": "sessionid=a"}).get(path)
    assert request.COOKIES, "somebody further out has read them already"
    answer = PublicSurfaceMiddleware(view)(request)
    assert found == seen
    assert bool(answer.cookies) == bool(seen)


def test_a_search_that_was_posted_leaves_no_cookie(visitor: RoleClient) -> None:
    answer = with_cookies(visitor).post("/en/find/", {"need": "shelter"})
    assert answer.status_code == 303
    assert "Set-Cookie" not in answer
    assert "Set-Cookie" not in visitor.get(answer["Location"])


@pytest.mark.parametrize("path", ["/en/", "/fr/", "/en/safety/", "/api/schema"])
def test_public_text_is_compressed_for_who_can_read_it(visitor: RoleClient, path: str) -> None:
    plain = visitor.get(path)
    small = visitor.get(path, headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in plain
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 2
    assert "Accept-Encoding" in small["Vary"]


def test_a_compressed_page_is_the_same_bytes_for_everyone(visitor: RoleClient) -> None:
    headers = {"accept-encoding": "gzip"}
    first, second = (visitor.get("/en/safety/", headers=headers) for _ in range(2))
    assert first.content == second.content
    assert first["Content-Length"] == str(len(first.content))


def test_a_sealed_page_is_compressed_too(visitor: RoleClient) -> None:
    answer = visitor.get(find_address("need=shelter"), headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_signed_in_pages_are_never_compressed(navigator: User, sign_in: SignIn) -> None:
    headers = {"accept-encoding": "gzip"}
    client = sign_in(navigator)
    for path in ("/en/accounts/login/", "/en/desk/", "/en/accounts/2fa/"):
        answer: Any = client.get(path, headers=headers)
        assert "Content-Encoding" not in answer, path
