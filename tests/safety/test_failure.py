"""What is left of a request that failed: nothing, and a page that says so in plain words."""

from typing import Any

import pytest

from accounts.models import User
from tests.cast import SignIn
from tests.roles import RoleClient


@pytest.fixture
def desk(navigator: User, sign_in: SignIn, settings: Any) -> RoleClient:
    """A browser at the desk, on a site that has pages that fail."""
    settings.ROOT_URLCONF = "tests.safety.failing_pages"
    client = sign_in(navigator)
    session = client.session
    session["account_authentication_methods_user"] = str(navigator.pk)
    session.save()
    client.raise_request_exception = False
    return client


def is_written() -> bool:
    return User.objects.filter(email="written@relais.example").exists()


@pytest.mark.promise(5)
@pytest.mark.parametrize("page", ["breaks", "breaks_late", "gives_up"])
def test_a_failed_answer_of_the_desk_leaves_no_row(desk: RoleClient, page: str) -> None:
    assert desk.get(f"/en/desk/{page}/").status_code >= 500
    assert not is_written()


def test_an_answer_that_did_not_fail_keeps_its_row(desk: RoleClient) -> None:
    assert desk.get("/en/desk/works/").status_code == 200
    assert is_written()


def test_the_page_of_a_failure_tells_nothing_of_it(desk: RoleClient) -> None:
    body = desk.get("/en/desk/breaks/").content.decode()
    assert "ZeroDivisionError" not in body
    assert "Traceback" not in body
    assert "1-833-900-1010" in body
    assert 'lang="fr"' in body


def test_a_failed_public_page_says_so_with_the_headers_of_every_public_page(
    visitor: RoleClient, settings: Any
) -> None:
    settings.ROOT_URLCONF = "tests.safety.failing_pages"
    visitor.raise_request_exception = False
    answer = visitor.get("/en/public-breaks/")
    assert answer.status_code == 500
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "CDN-Cache-Control" not in answer
