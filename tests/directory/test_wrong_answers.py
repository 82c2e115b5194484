"""What visitors say is wrong is seen to by a steward: corrected, or with a reason; what comes later waits anew."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.answer_wrong import answer_wrong
from directory.actions.count_wrong import count_wrong
from directory.actions.refused import Refused
from directory.finding.said_wrong import open_sums, reports_in
from directory.models.listing import Listing
from directory.models.wrong_answer import WrongAnswer
from directory.views import wrong_answers
from directory.views.queues import lines
from safety.audit import AuditEntry
from tests.cast import SignIn
from tests.directory.conftest import MakeService
from tests.directory.profiles import House, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.roles import RoleClient, role

__all__ = ["house", "second"]


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def said(house: House, *what: str, days: int = 0) -> None:
    """Visitors say so, some days ago."""
    listing = Listing.objects.get(service_id=house.service.pk).pk
    for one in what:
        count_wrong(listing_id=listing, what=one, on=timezone.localdate() - timedelta(days=days))


def left() -> int:
    """Reports that wait."""
    return reports_in(open_sums(timezone.localdate()))


def waiting() -> int:
    """How many listings the desk says wait."""
    return next(one for one in lines(moment()) if one.queue.address == "review_wrong").count


def test_it_stands_on_the_list_with_the_way_there(house: House, desk: RoleClient) -> None:
    said(house, "hours", "hours", "number")
    page = desk.get(reverse("review_wrong")).text
    assert "The hours (2), The telephone number (1)" in page
    assert f'href="{reverse("desk_listing", args=[house.service.sites.get().pk])}"' in page
    assert 'href="tel:6135550142"' in page
    assert waiting() == 1


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"decision": "corrected", "reason": "left over"}, "Corrected"),
        ({"decision": "right", "reason": " Called: they are open. "}, "Called: they are open."),
    ],
    ids=["corrected", "right"],
)
def test_seen_to_it_leaves_the_list_and_the_keeper_is_not_told_any_more(
    sent: dict[str, str], told: str, house: House, desk: RoleClient, keeper: User, sign_in: SignIn
) -> None:
    said(house, "hours", "hours", days=3)
    said(house, "closed")
    assert "The hours (2)" in sign_in(keeper).get(reverse("profile")).text
    address = reverse("review_wrong_answer", args=[house.service.pk])
    page = desk.post(address, sent | {"seen": "3"}, follow=True).text
    assert "It is off this list." in page
    assert "Nothing waits." in page
    assert told in page
    assert ("left over" in page) is False
    assert (left(), waiting()) == (0, 0)
    assert "The hours (2)" not in sign_in(keeper).get(reverse("profile")).text
    row = AuditEntry.objects.get(action="answer_wrong")
    assert row.subject_id == house.service.pk
    assert row.facts() == {"reports": 3, "corrected": sent["decision"] == "corrected"}


def test_what_is_said_afterwards_waits_anew(house: House) -> None:
    said(house, "hours", "hours")
    asked = {"service": house.service.pk, "viewer": house.steward, "now": moment()}
    answer_wrong(seen=2, reason="", **asked)
    assert left() == 0
    said(house, "hours")
    assert left() == 1
    answer_wrong(seen=1, reason="Called.", **asked)
    assert left() == 0
    assert sorted(WrongAnswer.objects.values_list("times", flat=True)) == [2, 3]


def test_what_was_not_seen_is_not_closed(house: House, desk: RoleClient) -> None:
    said(house, "hours")
    desk.get(reverse("review_wrong"))
    said(house, "closed")
    address = reverse("review_wrong_answer", args=[house.service.pk])
    page = desk.post(address, {"decision": "corrected", "seen": "1"}, follow=True).text
    assert "Visitors have said more meanwhile." in page
    assert left() == 2


def test_of_two_stewards_the_second_is_told(house: House) -> None:
    said(house, "hours")
    asked = {"service": house.service.pk, "seen": 1, "reason": "", "viewer": house.steward, "now": moment()}
    answer_wrong(**asked)
    with pytest.raises(Refused, match="already"):
        answer_wrong(**asked)


@pytest.mark.parametrize(
    "sent",
    [
        {"decision": "right", "reason": "  ", "seen": "1"},
        {"decision": "right", "reason": "x" * 301, "seen": "1"},
        {"decision": "burn", "seen": "1"},
        {"decision": "corrected", "seen": "all"},
        {},
    ],
    ids=str,
)
def test_what_can_not_be_taken_closes_nothing(sent: dict[str, str], house: House, desk: RoleClient) -> None:
    said(house, "hours")
    address = reverse("review_wrong_answer", args=[house.service.pk])
    assert desk.post(address, sent, follow=True).status_code == 200
    assert left() == 1


def test_pages_beyond_the_first(
    house: House, make_service: MakeService, desk: RoleClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wrong_answers, "A_PAGE", 1)
    other = make_service("Kitchen")
    said(house, "hours", "hours")
    count_wrong(listing_id=other.sites.get().pk, what="closed", on=timezone.localdate())
    first, last = (desk.get(reverse("review_wrong"), {"page": page}).text for page in (1, 2))
    assert ("Clinic" in first, "Kitchen" in first) == (True, False)
    assert ("Clinic" in last, "Kitchen" in last) == (False, True)


def test_it_is_for_stewards_and_is_not_rewritten(
    house: House, keeper: User, steward: User, sign_in: SignIn
) -> None:
    said(house, "hours")
    with pytest.raises(PermissionDenied):
        answer_wrong(service=house.service.pk, seen=1, reason="", viewer=house.keeper, now=moment())
    address = reverse("review_wrong_answer", args=[house.service.pk])
    sent = {"decision": "corrected", "seen": "1"}
    assert sign_in(keeper).get(reverse("review_wrong")).status_code == 403
    assert sign_in(keeper).post(address, sent).status_code == 403
    assert sign_in(steward).post(address, sent)["Location"] == reverse("review_wrong")
    assert left() == 1
    answer_wrong(service=house.service.pk, seen=1, reason="", viewer=house.steward, now=moment())
    for statement in ("UPDATE wrong_answer SET reason = ''", "DELETE FROM wrong_answer"):
        with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
            connection.cursor().execute(statement)
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_public"):
        connection.cursor().execute("SELECT 1 FROM wrong_answer")
