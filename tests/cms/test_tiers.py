"""What only vetted organizations may read: not by address, by guess, by feed, by search, nor by SQL."""

import pytest

from accounts.models import User
from cms.models.edition import Edition
from tests.cast import SignIn
from tests.cms.conftest import Publish, again, fields, newest
from tests.directory.vetted_cast import decided, employed
from tests.directory.vetting import made
from tests.roles import RoleClient, role

pytestmark = [pytest.mark.django_db, pytest.mark.promise(2)]
CANARY = "zanzibar"


@pytest.fixture
def kept(publish: Publish) -> Edition:
    """A protocol for vetted organizations, beside a public one about the same."""
    publish("tea", **fields(title="Tea"))
    words = {"title": f"Title {CANARY}", "summary": f"Summary {CANARY}", "when_to_use": f"When {CANARY}"}
    return newest(publish("kept", tier="vetted", **fields(**words)))


def found(visitor: RoleClient, kept: Edition) -> str:
    answer = visitor.post("/en/protocols/", {"q": CANARY})
    paths = [answer["Location"], "/en/protocols/", "/en/protocols/feed.atom", "/en/protocols/tea/"]
    paths += ["/en/protocols/kept/", "/en/protocols/kept/1/", "/en/protocols/kept/history/"]
    paths += ["/api/protocols", f"/api/protocols/{kept.key}", f"/api/protocols/{kept.key}?version=1"]
    return "".join(visitor.get(path).text for path in paths)


def test_no_public_page_feed_search_or_api_holds_a_vetted_text(visitor: RoleClient, kept: Edition) -> None:
    assert CANARY not in found(visitor, kept).replace(f'value="{CANARY}"', "")
    for path in ("kept/", "kept/1/", "kept/history/", "kept/9/"):
        assert visitor.get(f"/en/protocols/{path}").status_code == 404


def test_the_database_itself_keeps_it_from_the_public_role(kept: Edition) -> None:
    with role("relais_public"):
        assert set(Edition.objects.values_list("slug", flat=True)) == {"tea"}


def test_what_becomes_vetted_is_kept_in_its_older_versions_too(publish: Publish, visitor: RoleClient) -> None:
    page = publish("first-contact", **fields())
    again(page, tier="vetted", summary="For few.")
    assert visitor.get("/en/protocols/first-contact/1/").status_code == 404


def at_desk(person: User, sign_in: SignIn, *, vetted: bool, by: User) -> RoleClient:
    organization = made("Doorway")
    employed(person, organization)
    if vetted:
        decided(organization, by)
    return sign_in(person)


def test_a_vetted_worker_reads_it_at_the_desk(
    kept: Edition, navigator: User, steward: User, sign_in: SignIn
) -> None:
    browser = at_desk(navigator, sign_in, vetted=True, by=steward)
    assert f"Title {CANARY}" in browser.get("/en/desk/protocols/").text
    assert f"Summary {CANARY}" in browser.get("/en/desk/protocols/kept/").text
    token = browser.post("/en/desk/protocols/", {"q": CANARY})["Location"]
    assert f"Title {CANARY}" in browser.get(token).text


def test_who_is_not_vetted_does_not_even_at_the_desk(
    kept: Edition, outsider: User, steward: User, sign_in: SignIn
) -> None:
    browser = at_desk(outsider, sign_in, vetted=False, by=steward)
    assert CANARY not in browser.get("/en/desk/protocols/").text
    assert browser.get("/en/desk/protocols/kept/").status_code == 404
    assert browser.get("/en/desk/protocols/tea/").status_code == 200
