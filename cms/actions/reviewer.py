"""Who reviewed a revision on its way through the workflow."""

from typing import Any
from uuid import UUID

from wagtail.models import Revision, TaskState

from cms.models.review_tasks import PeerReviewTask


def reviewer_of(revision: Revision) -> UUID | None:
    """Who approved this very revision in a step that counts as its review, last; nobody if none did."""
    steps = PeerReviewTask.objects.filter(is_review=True).values("pk")
    found = TaskState.objects.filter(revision=revision, status=TaskState.STATUS_APPROVED, task__in=steps)
    last: Any = found.exclude(finished_by=None).order_by("-finished_at").first()
    return last.finished_by_id if last else None
