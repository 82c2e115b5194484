"""At the desk an adviser says that a version was reviewed, or takes a page off; nobody else does."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from cms.actions.keep_home import ADVISERS
from cms.models.edition import Edition
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.cms.conftest import Publish, again, fields, newest
from tests.directory.vetting import proved_anew
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db
DESK = "/en/desk/protocols/tea/"


@pytest.fixture
def adviser(intake: User) -> User:
    intake.groups.add(Group.objects.get(name=ADVISERS))
    return intake


def test_an_adviser_reviews_what_they_read(
    publish: Publish, adviser: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    page = publish("tea", **fields())
    browser = proved_anew(sign_in(adviser))
    assert "I reviewed this version" in browser.get(DESK).text
    assert browser.post(f"{DESK}reviewed/", {"number": "1"}).status_code == 303
    assert newest(page).reviewed_by == adviser.pk
    assert "I reviewed this version" not in browser.get(DESK).text
    assert "Needs review" not in visitor.get("/en/protocols/tea/").text


def test_what_was_replaced_meanwhile_is_not_reviewed_unread(
    publish: Publish, adviser: User, sign_in: SignIn
) -> None:
    page = publish("tea", **fields())
    again(page, summary="Other words.")
    assert proved_anew(sign_in(adviser)).post(f"{DESK}reviewed/", {"number": "1"}).status_code == 404
    assert newest(page).reviewed_by is None


def test_an_adviser_takes_off_what_does_harm(
    publish: Publish, adviser: User, sign_in: SignIn, visitor: RoleClient
) -> None:
    page = publish("tea", **fields())
    assert proved_anew(sign_in(adviser)).post(f"{DESK}taken-off/", {"number": "1"}).status_code == 303
    page.refresh_from_db()
    assert not page.live
    assert visitor.get("/en/protocols/tea/").status_code == 404
    assert AuditEntry.objects.filter(action="take_off_protocol", actor=adviser.pk).exists()


@pytest.mark.parametrize("way", ["reviewed", "taken-off"])
def test_a_session_that_was_left_open_vouches_for_nothing(
    publish: Publish, adviser: User, sign_in: SignIn, way: str
) -> None:
    publish("tea", **fields())
    answer = sign_in(adviser).post(f"{DESK}{way}/", {"number": "1"})
    assert answer["Location"] == "/en/accounts/reauthenticate/?next=%2Fen%2Fdesk%2Fprotocols%2Ftea%2F"
    edition = Edition.objects.get()
    assert (edition.is_live, edition.reviewed_by) == (True, None)


@pytest.mark.parametrize("way", ["reviewed", "taken-off"])
def test_nobody_else_is_offered_it_or_may_do_it(
    publish: Publish, outsider: User, adviser: User, sign_in: SignIn, way: str
) -> None:
    publish("tea", by=adviser, **fields())
    browser = sign_in(outsider)
    assert "I reviewed this version" not in browser.get(DESK).text
    assert browser.post(f"{DESK}{way}/", {"number": "1"}).status_code == 403
    assert Edition.objects.get().is_live
    assert Edition.objects.get().reviewed_by is None


def test_who_published_it_is_not_offered_to_review_it(
    publish: Publish, adviser: User, sign_in: SignIn
) -> None:
    publish("tea", by=adviser, **fields())
    browser = proved_anew(sign_in(adviser))
    assert "I reviewed this version" not in browser.get(DESK).text
    assert browser.post(f"{DESK}reviewed/", {"number": "1"}).status_code == 403
