"""What each answer tells a browser, a cache and the next site."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from directory.models.listing import Listing
from directory.views.sealed import find_address, listing_address
from tests.cast import SignIn
from tests.directory.conftest import MakeService, make_service  # noqa: F401  # a fixture
from tests.roles import RoleClient

PUBLIC = ["/", "/en/", "/fr/", "/en/find/", "/fr/trouver/", "/en/safety/", "/fr/securite/", "/exit/"]
PUBLIC += ["/api/schema", "/healthz", "/nothing/here/", "/en/nothing/", "/static/nothing.css", "/find/"]
PRIVATE = ["/en/accounts/login/", "/fr/accounts/login/", "/en/desk/", "/fr/bureau/", "/cms/", "/admin/"]
SHARED = ["/", "/en/", "/fr/", "/en/safety/", "/fr/securite/"]
EVERYWHERE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy_of(answer: Any) -> dict[str, list[str]]:
    """The content policy by directive."""
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_are_not_kept_and_send_no_referrer(visitor: RoleClient, path: str) -> None:
    answer = visitor.get(path)
    assert {name: answer[name] for name in EVERYWHERE} == EVERYWHERE
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("path", PRIVATE)
def test_signed_in_answers_are_not_kept_and_send_a_referrer_to_this_site_alone(
    visitor: RoleClient, path: str
) -> None:
    answer = visitor.get(path)
    assert {name: answer[name] for name in EVERYWHERE} == EVERYWHERE
    assert answer["Referrer-Policy"] == "same-origin"
    assert "CDN-Cache-Control" not in answer


@pytest.mark.promise(18)
@pytest.mark.parametrize("path", PUBLIC + PRIVATE)
def test_the_content_policy_admits_this_site_and_nothing_unsafe(visitor: RoleClient, path: str) -> None:
    policy = policy_of(visitor.get(path))
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == ["'none'"]
    assert {value for values in policy.values() for value in values} == {"'none'", "'self'"}


@pytest.mark.promise(19)
@pytest.mark.parametrize("path", SHARED)
def test_a_page_that_is_the_same_for_everyone_may_stand_in_front_of_us_for_a_minute(
    visitor: RoleClient, path: str
) -> None:
    answer = visitor.get(path)
    assert answer["CDN-Cache-Control"] == "max-age=60"
    assert answer["Cache-Control"] == "no-store"
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.promise(19)
def test_a_listing_is_shared_at_its_permanent_address_and_private_on_the_way_from_a_search(
    visitor: RoleClient,
    make_service: MakeService,  # noqa: F811  # the fixture
) -> None:
    make_service("Legal clinic")
    id_ = Listing.objects.values_list("pk", flat=True)[0]
    permanent, reached = visitor.get(f"/en/listing/{id_}/"), visitor.get(listing_address(str(id_), "", 1))
    assert (permanent.status_code, reached.status_code) == (200, 200)
    assert permanent["CDN-Cache-Control"] == "max-age=60"
    assert "CDN-Cache-Control" not in reached


@pytest.mark.parametrize("path", [p for p in PUBLIC if p not in SHARED])
def test_other_public_answers_are_for_one_reader(visitor: RoleClient, path: str) -> None:
    assert "CDN-Cache-Control" not in visitor.get(path)


def test_a_sealed_page_belongs_to_one_reader(visitor: RoleClient) -> None:
    for language in ("en", "fr"):
        address = find_address("need=shelter").replace("/en/find/", f"/{language}/find/")
        assert "CDN-Cache-Control" not in visitor.get(address)


def test_a_shared_page_with_words_in_its_address_is_not_shared(visitor: RoleClient) -> None:
    assert "CDN-Cache-Control" not in visitor.get("/en/?q=shelter")


def test_a_page_of_errors_is_not_shared(visitor: RoleClient) -> None:
    answer = visitor.get(f"/en/listing/{uuid4()}/")
    assert answer.status_code == 404
    assert "CDN-Cache-Control" not in answer


def test_style_sheets_may_be_kept(visitor: RoleClient) -> None:
    answer = visitor.get("/static/css/relais.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.get("Cache-Control", "")
    answer.close()


def test_the_desk_of_somebody_who_is_in_is_not_kept(navigator: User, sign_in: SignIn) -> None:
    answer = sign_in(navigator).get("/en/desk/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_wrong_host_is_refused_with_the_same_headers(visitor: RoleClient) -> None:
    answer = visitor.get("/en/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "elsewhere.example" not in answer.content.decode()
