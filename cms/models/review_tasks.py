"""The steps between a draft and its publication: others than its writers approve it, in both languages."""

from types import MappingProxyType
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Page, Task, TaskState, WorkflowState

from accounts.models import User
from cms.models.guided import GuidedPage
from cms.rules.marks import Led

LED = MappingProxyType(
    {Led.SEX_WORKERS.value: _("a group led by sex workers"), Led.MIGRANTS.value: _("a group led by migrants")}
)
APPROVE = "approve"
Action = tuple[str, str, bool]


def has_written(page: Page, user: User) -> bool:
    """True for who wrote any of what is not published yet: they don't approve it."""
    drafts = page.revisions.all()
    if page.live_revision is not None:
        drafts = drafts.filter(pk__gt=page.live_revision_id)
    return bool(drafts.filter(user=user).exists())


def unpublishable(page: Page) -> list[str]:
    """Why the newest draft could not be shown to anybody, in words; empty if it could."""
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, GuidedPage):
        return []
    try:
        draft.refuse_unpublishable()
    except ValidationError as fault:
        return list(fault.messages)
    return []


class PeerReviewTask(GroupApprovalTask):
    """Approved by a member of its groups who wrote nothing of it, whatever else that person may do here."""

    is_review = models.BooleanField(
        _("whoever approves says that it was reviewed: the mark “needs review” goes"), default=False
    )

    speaks_for = models.CharField(
        _("whose group reviews: an assessment tool needs the review of each"),
        max_length=16,
        choices=[("", _("nobody in particular")), *LED.items()],
        blank=True,
    )

    admin_form_fields: ClassVar[list[str]] = [
        *GroupApprovalTask.admin_form_fields,
        "is_review",
        "speaks_for",
    ]

    class Meta:
        verbose_name = _("approval by others than its writers")
        verbose_name_plural = _("approvals by others than its writers")

    def get_actions(self, obj: Page, user: User) -> list[Action]:
        """To approve is offered to no writer, nor of what could not be published; to ask for changes is."""
        offered = super().get_actions(obj, user)
        may_approve = not (has_written(obj, user) or unpublishable(obj))
        return [action for action in offered if action[0] != APPROVE or may_approve]

    def on_action(self, task_state: TaskState, user: User, action_name: str, **more: Any) -> None:
        """The same once more, where it is done. Raises PermissionDenied."""
        page = task_state.workflow_state.content_object
        if action_name == APPROVE and (has_written(page, user) or unpublishable(page)):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **more)

    @classmethod
    def get_description(cls) -> Any:
        """What Wagtail says of it."""
        return _("Members of the chosen groups can approve this, but nobody what they wrote themselves")


class BothLanguagesTask(Task):
    """Waits until the other language is live, or waits here as well: then both go on."""

    class Meta:
        verbose_name = _("both languages")
        verbose_name_plural = _("both languages")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Approve it at once where the other language is there; with it the other one, if that waited."""
        task_state = super().start(workflow_state, user=user)
        other = workflow_state.content_object.get_translations().first()
        waiting = other.specific.current_workflow_task_state if other else None
        if waiting is not None and waiting.task_id != self.pk:
            waiting = None
        if other is not None and (other.live or waiting is not None):
            task_state.approve(user=user, update=False)
        if waiting is not None:
            waiting.approve(user=user)
        return task_state

    @classmethod
    def get_description(cls) -> Any:
        """What Wagtail says of it."""
        return _("Waits until the page is approved in English and in French")
