"""What nobody reviews in time: its owner hears of it, and what concerns immediate safety is taken off."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from accounts.models import User
from cms.actions.keep_home import AUTHORS, EDITORS
from cms.actions.watch_reviews import ask_for_reviews, take_off_outdated
from cms.models.edition import Edition
from cms.models.guided import GuidedPage
from safety.audit import AuditEntry
from safety.notices import deliver
from tests.cast import SignIn
from tests.cms.conftest import Publish, again, day, fields
from tests.roles import RoleClient, role

pytestmark = pytest.mark.django_db
OVERDUE, LONG_OVERDUE = day(-1), day(-61)


@pytest.fixture
def owner(keeper: User) -> User:
    """Kim writes."""
    keeper.groups.add(*Group.objects.filter(name__in=[AUTHORS, EDITORS]))
    return keeper


@pytest.fixture
def editor(steward: User) -> User:
    """Sam is an editor too, and owns no page."""
    steward.groups.add(Group.objects.get(name=EDITORS))
    return steward


def told() -> list[str]:
    """To whom letters went since it was asked last."""
    mail.outbox.clear()
    deliver(timezone.now())
    return sorted(letter.to[0] for letter in mail.outbox)


def test_an_owner_hears_a_month_before_and_once_it_is_overdue(
    publish: Publish, owner: User, editor: User
) -> None:
    publish("tea", owner=owner, **fields(review_by=day(30)))
    publish("bed", owner=owner, **fields(title="Bed", review_by=day(30)))
    publish("late", owner=owner, **fields(title="Late", review_by=day(31)))
    assert ask_for_reviews(today=day()) == 1
    assert told() == [owner.email]
    assert "Relais" in mail.outbox[0].body
    assert "Tea" not in mail.outbox[0].body
    assert ask_for_reviews(today=day()) == 0, "once is enough"
    assert ask_for_reviews(today=day(31)) == 2, "two are overdue now, and one is due soon"


def test_a_page_without_an_owner_is_all_editors_own(publish: Publish, owner: User, editor: User) -> None:
    publish("tea", **fields(review_by=OVERDUE))
    ask_for_reviews(today=day())
    assert told() == sorted([owner.email, editor.email])


def test_who_may_not_write_any_more_is_not_asked(publish: Publish, owner: User, editor: User) -> None:
    publish("tea", owner=owner, **fields(review_by=OVERDUE))
    owner.groups.clear()
    ask_for_reviews(today=day())
    assert told() == [editor.email]


def test_no_letter_goes_once_it_was_seen_to(publish: Publish, owner: User) -> None:
    page = publish("tea", owner=owner, **fields(review_by=OVERDUE))
    ask_for_reviews(today=day())
    again(page, review_by=day(300))
    assert told() == []


@pytest.fixture
def outdated(publish: Publish, owner: User) -> GuidedPage:
    return publish("tea", owner=owner, **fields(review_by=LONG_OVERDUE, is_urgent=True))


def test_what_concerns_safety_is_unpublished_after_its_grace_and_its_owner_hears(
    outdated: GuidedPage, owner: User
) -> None:
    assert take_off_outdated(today=day()) == 1
    outdated.refresh_from_db()
    assert not outdated.live
    assert not Edition.objects.filter(is_live=True).exists()
    assert AuditEntry.objects.filter(action="take_off_outdated").count() == 1
    assert told() == [owner.email]
    assert take_off_outdated(today=day()) == 0


def test_what_can_wait_is_left_where_it_is(publish: Publish, visitor: RoleClient) -> None:
    publish("tea", **fields(review_by=LONG_OVERDUE))
    assert take_off_outdated(today=day()) == 0
    assert "Review is overdue" in visitor.get("/en/protocols/tea/").text


def test_the_database_itself_shows_the_public_nothing_out_of_time(outdated: GuidedPage) -> None:
    """Before any job ran, and whatever a view asks for."""
    with role("relais_public"):
        assert not Edition.objects.exists()


def test_it_comes_back_with_a_new_day_of_review(outdated: GuidedPage, visitor: RoleClient) -> None:
    take_off_outdated(today=day())
    again(outdated, review_by=day(300))
    assert visitor.get("/en/protocols/tea/").status_code == 200


@pytest.mark.ignore_template_errors
def test_editors_see_what_is_due_where_they_begin(publish: Publish, owner: User, sign_in: SignIn) -> None:
    publish("tea", **fields(title="Tea for two", review_by=OVERDUE))
    publish("bed", **fields(title="Bed for one", review_by=day(300)))
    text = sign_in(owner).get("/cms/").text
    panel = text.partition('id="due-reviews')[2].partition("</section>")[0]
    assert "Tea for two" in panel
    assert "overdue since" in panel
    assert "Bed for one" not in panel
