"""What goes out by mail while pages are reviewed: that something waits, never a title, a comment or a name."""

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.admin.mail import send_notification
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.models import User
from safety.notices import deliver
from tests.cms.test_workflow import act, author, fresh, others, pair, submit

__all__ = ["author", "others", "pair"]
pytestmark = pytest.mark.django_db
SENDERS = [
    (task_submitted, TaskState),
    (workflow_submitted, WorkflowState),
    (workflow_rejected, WorkflowState),
    (workflow_approved, WorkflowState),
]


def told() -> list[str]:
    """To whom letters went since it was asked last; what each says is looked at."""
    assert mail.outbox == [], "nothing is sent inside of the request"
    deliver(timezone.now())
    sent, text = [letter.to[0] for letter in mail.outbox], "".join(one.body for one in mail.outbox)
    assert "Sign in to see it." in text
    for word in ("First contact", "protocol", "Too hard", "@"):
        assert word not in text, word
    mail.outbox.clear()
    return sorted(sent)


def test_whose_turn_it_is_hears_and_the_writer_hears_what_became_of_it(
    pair: tuple[Page, Page], author: User, others: list[User]
) -> None:
    editor, adviser, _lawyer = others
    page = submit(pair[0], author)
    assert told() == [editor.email], "its writer is an editor, too"
    act(page, editor)
    assert told() == [adviser.email]
    state = fresh(page).current_workflow_task_state
    state.task.specific.on_action(state, adviser, "reject", comment="Too hard to read.")
    assert told() == [author.email]


def test_no_letter_of_wagtails_own_is_left() -> None:
    for signal, sender in SENDERS:
        told = {receiver.__module__ for receiver in signal._live_receivers(sender)[0]}
        assert told == {"cms.actions.tell_reviewers"}


def test_a_letter_about_comments_holds_none(pair: tuple[Page, Page], author: User) -> None:
    context = {"page": pair[0], "editor": author, "new_comments": [{"text": "Too hard to read."}]}
    send_notification([author], "updated_comments", context)
    (letter,) = mail.outbox
    assert "Too hard" not in letter.body + letter.subject
    assert "First contact" not in letter.body + letter.subject
    assert "Sign in to see it." in letter.body
