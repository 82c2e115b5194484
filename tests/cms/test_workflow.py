"""From a draft to its readers: editors, survivors' advisers and the law, nobody their own text, both languages."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, TaskState

from accounts.models import User
from cms.actions.keep_home import ADVISERS, AUTHORS, EDITORS, LEGAL, home
from cms.models.edition import Edition
from cms.models.protocol import ProtocolPage
from cms.models.review_tasks import unpublishable
from tests.cast import SignIn
from tests.cms.conftest import SOURCE, Publish, fields, newest, rows
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db
PAGE = "/en/protocols/first-contact/"
Act = Callable[[Page, User, str], None]


@pytest.fixture
def author(keeper: User) -> User:
    """Kim writes, and is an editor as well."""
    keeper.groups.add(*Group.objects.filter(name__in=[AUTHORS, EDITORS]))
    return keeper


@pytest.fixture
def others(steward: User, intake: User, navigator: User) -> list[User]:
    """One for each step: another editor, an adviser, a lawyer."""
    for person, name in zip((steward, intake, navigator), (EDITORS, ADVISERS, LEGAL), strict=True):
        person.groups.add(Group.objects.get(name=name))
    return [steward, intake, navigator]


def draft(author: User, language: str, **more: object) -> ProtocolPage:
    above = home(language)
    page = ProtocolPage(slug="first-contact", locale=above.locale, live=False, owner=author, **fields(**more))
    above.add_child(instance=page)
    page.save_revision(user=author)
    return page


def submit(page: Page, by: User) -> Page:
    page.get_workflow().start(page, by)
    return fresh(page)


def fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def act(page: Page, by: User, name: str = "approve") -> Page:
    state: TaskState = fresh(page).current_workflow_task_state
    state.task.specific.on_action(state, by, name)
    return fresh(page)


def approved(page: Page, author: User, others: list[User]) -> Page:
    submit(page, author)
    for person in others:
        page = act(page, person)
    return page


@pytest.fixture
def pair(author: User) -> tuple[ProtocolPage, ProtocolPage]:
    english = draft(author, "en")
    return english, draft(author, "fr", translation_key=english.translation_key)


def test_nobody_of_the_groups_may_publish_by_themselves(
    pair: tuple[Page, Page], author: User, others: list[User]
) -> None:
    for person in (author, *others):
        assert not pair[0].permissions_for_user(person).can_publish(), person.email


def test_both_languages_are_published_together_and_reviewed(
    pair: tuple[Page, Page], author: User, others: list[User], visitor: RoleClient
) -> None:
    english, french = pair
    english = approved(english, author, others)
    assert not english.live, "French is not approved yet"
    assert visitor.get(PAGE).status_code == 404
    french = approved(french, author, others)
    assert french.live
    assert fresh(english).live
    for edition in Edition.objects.order_by("language"):
        assert edition.reviewed_by == others[2].pk
        assert edition.published_by == author.pk
    assert "Needs review" not in visitor.get(PAGE).text


def test_a_language_alone_is_never_published(author: User, others: list[User]) -> None:
    assert not approved(draft(author, "en"), author, others).live


def test_who_wrote_any_of_it_approves_none_of_it(pair: tuple[Page, Page], author: User) -> None:
    page = submit(pair[0], author)
    task = page.current_workflow_task_state.task.specific
    assert {name for name, _, _ in task.get_actions(page, author)} == {"reject"}
    with pytest.raises(PermissionDenied):
        act(page, author)


def test_an_adviser_who_asks_for_a_change_stops_it_until_it_was_made(
    pair: tuple[Page, Page], author: User, others: list[User]
) -> None:
    page = submit(pair[0], author)
    act(page, others[0])
    page = act(page, others[1], "reject")
    assert page.current_workflow_state.status == "needs_changes"
    page.summary = "As the adviser asked."
    page.save_revision(user=author)
    page.current_workflow_state.resume(author)
    assert fresh(page).current_workflow_task_state.status == "in_progress"
    assert not fresh(page).live


def test_a_change_of_what_is_live_goes_the_same_way_and_needs_no_other_text_in_french(
    publish: Publish, author: User, others: list[User]
) -> None:
    english = publish("first-contact", **fields())
    publish("first-contact", "fr", translation_key=english.translation_key, **fields())
    english.summary = "Revised."
    english.save_revision(user=author)
    assert newest(english).facts["summary"] != "Revised."
    approved(english, author, others)
    assert newest(english).facts["summary"] == "Revised."
    assert newest(english).number == 2


@pytest.mark.ignore_template_errors
def test_what_could_not_be_published_is_not_approved_and_it_is_said_why(
    author: User, others: list[User], sign_in: SignIn
) -> None:
    page = draft(author, "en", sources=rows())
    page.save_revision(user=author)
    page = submit(page, author)
    task = page.current_workflow_task_state.task.specific
    assert "approve" not in {name for name, _, _ in task.get_actions(page, others[0])}
    with pytest.raises(PermissionDenied):
        act(page, others[0])
    editor, address = sign_in(others[0]), f"/cms/pages/{page.pk}/edit/"
    text = editor.get(address).text
    assert "be approved like this" in text
    assert "at least one source" in text
    page.sources = SOURCE
    page.save_revision(user=author)
    assert unpublishable(page) == []
    assert "approve" in {name for name, _, _ in task.get_actions(page, others[0])}


@pytest.mark.ignore_template_errors
def test_no_editor_reads_the_address_of_an_adviser(author: User, others: list[User], sign_in: SignIn) -> None:
    page = submit(draft(author, "en"), author)
    for person in others:
        page = act(page, person)
    page.save_revision(user=others[1])
    browser = sign_in(author)
    paths = [f"pages/{page.pk}/{name}/" for name in ("edit", "history", "workflow_history")]
    found = [browser.get(f"/cms/{path}") for path in (*paths, "reports/workflow/", "reports/workflow_tasks/")]
    found += [browser.get("/cms/reports/site-history/"), browser.get(f"/cms/pages/{page.get_parent().pk}/")]
    told = "".join(answer.text for answer in found if answer.status_code == 200)
    assert sum(answer.status_code == 200 for answer in found) >= 5
    assert others[1].get_full_name() in told
    assert [person.email for person in others if person.email in told] == []
