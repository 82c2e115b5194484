"""Who reviewed a revision on its way through the workflow."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from wagtail.models import Revision, TaskState

from cms.models.review_tasks import PeerReviewTask
from cms.rules.marks import Led, Mark, Marks


def reviewer_of(revision: Revision) -> UUID | None:
    """Who approved this very revision in a step that counts as its review, last; nobody if none did."""
    steps = PeerReviewTask.objects.filter(is_review=True).values("pk")
    found = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED, task__in=steps)
    last: Any = found.exclude(finished_by=None).order_by("-finished_at").first()
    return last.finished_by_id if last else None


def marks_of(revision: Revision) -> Marks:
    """Who approved this very revision for each group that reviews assessment tools, and when; the last of each."""
    told: dict[Led, Mark] = {}
    for led in Led:
        steps = PeerReviewTask.objects.filter(speaks_for=led).values("pk")
        found = TaskState.objects.filter(
            revision=revision, status=TaskState.STATUS_APPROVED, task__in=steps
        ).exclude(finished_by=None)
        last: Any = found.order_by("-finished_at").first()
        if last is not None:
            told[led] = Mark(by=last.finished_by_id, on=timezone.localdate(last.finished_at))
    return told
