"""Whose turn it is hears that something waits, and whoever handed a page in what became of it: never what it is.

Wagtail's own letters hold titles and comments, go out inside of the request, and their failures are logged with the
address. Ours are queued (docs/adr/0041) and take their places: each is connected under the name that Wagtail's has.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.models import User
from cms.models.review_tasks import PeerReviewTask, has_written
from directory.actions.tell_people import tell_person


@transaction.atomic
def _tell(people: list[UUID]) -> None:
    for person in people:
        tell_person(person, timezone.now())


def _step_began(sender: type[TaskState], instance: TaskState, user: User | None = None, **_more: Any) -> None:
    """Those who may approve it now, but for its writers and whoever handed it in."""
    task, page = instance.task.specific, instance.workflow_state.content_object
    if not isinstance(task, PeerReviewTask):
        return
    members = User.objects.filter(groups__in=task.groups.all(), is_active=True).distinct().order_by("pk")
    _tell([one.pk for one in members if one != user and not has_written(page, one)])


def _came_back(
    sender: type[WorkflowState], instance: WorkflowState, user: User | None = None, **_more: Any
) -> None:
    """Whoever asked for it: changes are wanted, or it was approved."""
    asked = instance.requested_by
    if asked is not None and asked != user:
        _tell([asked.pk])


def _began(sender: type[WorkflowState], **_more: Any) -> None:
    """Nobody: those whose turn it is are told by its first step."""


PLACES: tuple[tuple[Any, type[Any], str, Callable[..., None]], ...] = (
    (task_submitted, TaskState, "group_approval_task_submitted", _step_began),
    (workflow_submitted, WorkflowState, "workflow_state_submitted", _began),
    (workflow_rejected, WorkflowState, "workflow_state_rejected", _came_back),
    (workflow_approved, WorkflowState, "workflow_state_approved", _came_back),
)


def tell_reviewers() -> None:
    """Once, before Wagtail's administration is ready: what is connected first under a name stays."""
    for signal, sender, name, receiver in PLACES:
        signal.connect(receiver, sender=sender, dispatch_uid=f"{name}_email_notification")
