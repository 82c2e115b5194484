"""What all have approved is published: the right to do so lies with the workflow and not with a person.

Wagtail imports this (WAGTAIL_FINISH_WORKFLOW_ACTION) before its own models stand: it names none.
"""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Called when the last step was approved, with the `WorkflowState` and whoever approved it."""
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
