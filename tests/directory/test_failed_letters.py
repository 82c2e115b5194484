"""Letters that were given up wait for a steward, who sees no address, has them sent again or sets them aside."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from directory.actions.ask_still_true import ask_still_true
from directory.actions.failed_letters import send_letter_again, set_letter_aside
from directory.actions.refused import Refused
from directory.actions.tell_people import KIND as ITEM
from directory.actions.tell_people import tell_person
from directory.models.service import Service
from directory.views.queues import lines
from safety.audit import AuditEntry
from safety.notices import MOST_TRIES, Notice, deliver
from safety.viewer import Viewer
from tests.cast import SignIn
from tests.directory.profiles import House, house, moment, second
from tests.directory.test_invitations import prove_again
from tests.roles import RoleClient

__all__ = ["house", "second"]


@pytest.fixture
def failed(keeper: User) -> Notice:
    """A letter to Kim that no server took."""
    with transaction.atomic():
        tell_person(keeper.pk, moment())
    Notice.objects.update(tries=MOST_TRIES, failed_at=moment() - timedelta(days=2))
    return Notice.objects.get()


@pytest.fixture
def desk(steward: User, sign_in: SignIn) -> RoleClient:
    """Sam's browser, who has just proved anew who that is."""
    browser = sign_in(steward)
    prove_again(browser)
    return browser


def test_sent_again_it_is_tried_as_at_first(failed: Notice, steward: User) -> None:
    assert deliver(moment()) == 0
    send_letter_again(notice=failed.pk, viewer=Viewer(user=steward.pk), now=moment())
    failed.refresh_from_db()
    assert (failed.tries, failed.failed_at) == (0, None)
    assert deliver(moment()) == 1
    assert len(mail.outbox) == 1
    row = AuditEntry.objects.get(action="send_letter_again")
    assert (row.actor, row.subject_id, row.details) == (steward.pk, failed.pk, f'{{"kind":"{ITEM}"}}')


def test_set_aside_it_waits_for_nobody(failed: Notice, steward: User) -> None:
    set_letter_aside(notice=failed.pk, viewer=Viewer(user=steward.pk), now=moment())
    assert not Notice.objects.failed().exists()
    assert deliver(moment() + timedelta(days=9)) == 0
    assert AuditEntry.objects.filter(action="set_letter_aside").count() == 1
    for act in (send_letter_again, set_letter_aside):
        with pytest.raises(Refused):
            act(notice=failed.pk, viewer=Viewer(user=steward.pk), now=moment())


def test_what_is_on_its_way_is_not_sent_twice(failed: Notice, steward: User) -> None:
    send_letter_again(notice=failed.pk, viewer=Viewer(user=steward.pk), now=moment())
    with pytest.raises(Refused):
        send_letter_again(notice=failed.pk, viewer=Viewer(user=steward.pk), now=moment())


def test_only_stewards(failed: Notice, keeper: User) -> None:
    for act in (send_letter_again, set_letter_aside):
        with pytest.raises(PermissionDenied):
            act(notice=failed.pk, viewer=Viewer(user=keeper.pk), now=moment())


def test_the_queue_tells_the_kind_the_organization_and_no_address(
    house: House, desk: RoleClient, keeper: User
) -> None:
    Service.objects.update(assured_date=timezone.localdate() - timedelta(days=300))
    assert ask_still_true(moment()) == 1
    Notice.objects.update(failed_at=moment())
    page = desk.get(reverse("review_letters")).text
    assert "“Is it still true?”" in page
    assert "Clinic House" in page
    assert keeper.email not in page
    line = next(one for one in lines(moment()) if one.queue.address == "review_letters")
    assert line.count == 1


@pytest.mark.parametrize(("decision", "waits"), [("again", False), ("aside", False), ("burn", True)])
def test_each_answer_of_the_page(decision: str, waits: bool, failed: Notice, desk: RoleClient) -> None:
    done = desk.post(reverse("review_letter", args=[failed.pk]), {"decision": decision}, follow=True)
    assert done.status_code == 200
    assert Notice.objects.failed().exists() is waits
    assert ("Nothing waits." in done.text) is not waits


def test_a_letter_of_nobody_and_one_that_is_gone(desk: RoleClient, failed: Notice) -> None:
    at = moment()
    Notice.objects.create(kind=ITEM, subject_id=uuid4(), created_at=at, due_at=at, failed_at=at)
    assert desk.get(reverse("review_letters")).status_code == 200
    gone = desk.post(reverse("review_letter", args=[UUID(int=5)]), {"decision": "again"}, follow=True)
    assert "does not wait" in gone.text


def test_the_door_is_for_stewards_with_fresh_proof(
    failed: Notice, steward: User, keeper: User, outsider: User, sign_in: SignIn
) -> None:
    page, decide = reverse("review_letters"), reverse("review_letter", args=[failed.pk])
    for user in (keeper, outsider):
        assert sign_in(user).get(page).status_code == 403
        assert sign_in(user).post(decide, {"decision": "aside"}).status_code == 403
    assert "/reauthenticate/" in sign_in(steward).get(page)["Location"]
    sign_in(steward).post(decide, {"decision": "aside"})
    sign_in(steward, second_factor=False).post(decide, {"decision": "aside"})
    assert Notice.objects.failed().exists()
