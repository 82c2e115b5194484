"""An assessment tool: read by nobody before both groups reviewed it, in both languages; its page sends no answer."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from cms.actions.keep_home import ADVISERS, AUTHORS, EDITORS, LEGAL, MIGRANTS, SEX_WORKERS, home, keep_home
from cms.actions.load_protocols import load_protocols
from cms.models.assessment import AssessmentPage, Question
from cms.models.edition import Edition
from cms.rules.marks import Led, Mark
from safety.viewer import VISITOR
from tests.cms.conftest import Publish, fields
from tests.cms.test_workflow import act, fresh, submit
from tests.roles import RoleClient

pytestmark = pytest.mark.django_db
PAGE, PAGE_FR = "/en/protocols/what-it-looks-like/", "/fr/protocoles/what-it-looks-like/"
NEEDED = ["food", "legal_advice"]
ASKED = [{"type": "row", "value": {"title": "Who keeps the pay?", "text": "Ask first.", "needs": NEEDED}}]
FORM = re.compile(r"<form.*?</form>", re.S)
PATHS = ("what-trafficking-looks-like", "a-quoi-ressemble-la-traite")


def tool(author: User, language: str, **more: Any) -> AssessmentPage:
    above = home(language)
    told = fields(**{"title": "What it looks like", "questions": ASKED, "steps": []} | more)
    page = AssessmentPage(slug="what-it-looks-like", locale=above.locale, live=False, owner=author, **told)
    above.add_child(instance=page)
    page.save_revision(user=author)
    return page


@pytest.fixture
def author(keeper: User) -> User:
    keep_home()
    keeper.groups.add(*Group.objects.filter(name__in=[AUTHORS, EDITORS]))
    return keeper


@pytest.fixture
def reviewers(steward: User, intake: User, navigator: User) -> list[User]:
    """In the order of the steps: an editor, an adviser, a lawyer, then one for each of the two groups."""
    steps = (
        (steward, EDITORS),
        (intake, ADVISERS),
        (navigator, LEGAL),
        (steward, SEX_WORKERS),
        (intake, MIGRANTS),
    )
    for person, name in steps:
        person.groups.add(Group.objects.get(name=name))
    return [person for person, _ in steps]


def through(page: Page, author: User, people: list[User]) -> Page:
    submit(page, author)
    for person in people:
        page = act(page, person)
    return page


def published(author: User, reviewers: list[User], **more: Any) -> list[AssessmentPage]:
    english = tool(author, "en", **more)
    french = tool(author, "fr", translation_key=english.translation_key, **more)
    return [through(page, author, reviewers) for page in (english, french)]


def test_both_groups_review_it_before_both_languages_are_read(
    author: User, reviewers: list[User], visitor: RoleClient
) -> None:
    english = tool(author, "en")
    french = tool(author, "fr", translation_key=english.translation_key)
    through(english, author, reviewers)
    assert visitor.get(PAGE).status_code == 404, "French is not approved yet"
    through(french, author, reviewers[:-1])
    assert not fresh(french).live, "the group led by migrants has not reviewed it"
    assert fresh(french).current_workflow_task_state.task.specific.speaks_for == Led.MIGRANTS
    assert visitor.get(PAGE_FR).status_code == 404
    act(french, reviewers[-1])
    today = timezone.localdate()
    for edition in Edition.objects.filter(kind="assessment"):
        assert (edition.sex_worker_led_by, edition.migrant_led_by) == (reviewers[3].pk, reviewers[4].pk)
        assert (edition.sex_worker_led_on, edition.migrant_led_on) == (today, today)
    assert Edition.objects.filter(kind="assessment", is_live=True).count() == 2
    assert "Reviewed by a group led by sex workers" in visitor.get(PAGE).text
    assert visitor.get(PAGE_FR).status_code == 200


def test_a_change_on_the_way_asks_all_of_them_again(author: User, reviewers: list[User]) -> None:
    page = through(tool(author, "en"), author, reviewers[:4])
    page.summary = "Changed after the first group approved it."
    page.save_revision(user=author)
    page = act(page, reviewers[4])
    assert page.current_workflow_task_state.task.specific.speaks_for == ""


def test_published_by_any_other_way_it_is_refused_by_the_action_and_the_database(
    author: User, publish: Publish
) -> None:
    with pytest.raises(ValidationError, match="led by sex workers"):
        publish("what-it-looks-like", model=AssessmentPage, **fields(questions=ASKED))
    row = Edition(
        kind="assessment", key=author.pk, language="en", number=1, slug="x", facts={}, tier="public"
    )
    row.published_at = timezone.now()
    mark = Mark(author.pk, timezone.localdate())
    for led in Led:
        with pytest.raises(IntegrityError, match="marked_by_both"), transaction.atomic():
            row.save(force_insert=True)
        setattr(row, f"{led}_by", mark.by)
        setattr(row, f"{led}_on", mark.on)
    with pytest.raises(IntegrityError, match="marked_by_both"), transaction.atomic():
        row.save(force_insert=True)  # one person for both groups


def test_its_page_has_no_form_that_sends_an_answer(
    author: User, reviewers: list[User], visitor: RoleClient
) -> None:
    published(author, reviewers)
    text = visitor.get(PAGE).text
    main = text[text.index("<main") : text.index("</main>")]
    boxes = re.findall(r"<input[^>]*>", main)
    assert len(boxes) == 2  # the question, and the one that shows all
    assert not [box for box in boxes if " name=" in box or " form=" in box or "value=" in box]
    forms = FORM.findall(main)
    assert len(forms) == len(NEEDED)
    for form, need in zip(forms, NEEDED, strict=True):
        assert form.startswith('<form method="post" action="/en/find/">')
        assert "<input" not in form
        assert f'name="need"\n                              value="{need}"' in form
    for other in ("<script", "localStorage", "<select", "<textarea"):
        assert other not in main
    sent = visitor.post("/en/find/", {"need": NEEDED[0]})
    assert sent.status_code == 303
    assert NEEDED[0] not in sent.headers["Location"]


def test_one_for_vetted_organizations_is_read_at_the_desk_alone(
    author: User, reviewers: list[User], visitor: RoleClient
) -> None:
    published(author, reviewers, tier="vetted")
    assert visitor.get(PAGE).status_code == 404
    assert visitor.get("/en/protocols/").text.count("What it looks like") == 0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is the person a foreigner?", "from"),
        ("Quel est son métier ?", "living"),
        ("Has she bruises?", "looks"),
    ],
)
def test_an_editor_is_told_which_words_no_question_may_hold(question: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Question().clean({"title": question, "text": "Ask.", "needs": []})
    assert said in str(refused.value.block_errors["title"].messages)


def test_ours_comes_in_both_languages_as_a_draft_that_nobody_reads(visitor: RoleClient) -> None:
    load_protocols(folder=settings.FIXTURES / "protocols", viewer=VISITOR)
    drafts = AssessmentPage.objects.order_by("locale__language_code")
    assert [(page.slug, page.live) for page in drafts] == [(slug, False) for slug in PATHS]
    assert not Edition.objects.filter(kind="assessment").exists()
    assert visitor.get(f"/en/protocols/{PATHS[0]}/").status_code == 404
    assert not load_protocols(folder=settings.FIXTURES / "protocols", viewer=VISITOR)
    drafts[0].save_revision(user=None)
    AssessmentPage.objects.filter(pk=drafts[0].pk).update(summary="Older words.")
    assert load_protocols(folder=settings.FIXTURES / "protocols", viewer=VISITOR).renewed == 1
    for page in drafts:
        page.refuse_unpublishable()
