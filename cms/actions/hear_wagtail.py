"""Wagtail says what was published and taken off, by page, bulk, workflow or clock; the actions do the rest."""

from typing import Any

from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished

from cms.actions.publish_edition import publish_edition
from cms.actions.reviewer import marks_of, reviewer_of
from cms.actions.withdraw_editions import withdraw_editions
from cms.models.guided import GuidedPage


def _published(sender: type[Page], instance: Page, revision: Revision | None = None, **_more: Any) -> None:
    if isinstance(instance, GuidedPage):
        reviewer = reviewer_of(revision) if revision else None
        marks = marks_of(revision) if revision else {}
        by = revision.user_id if revision else None
        publish_edition(page=instance, by=by, reviewer=reviewer, marks=marks)


def _unpublished(sender: type[Page], instance: Page, **_more: Any) -> None:
    if isinstance(instance, GuidedPage):
        withdraw_editions(page=instance)


def listen() -> None:
    """Once, when the app is ready."""
    page_published.connect(_published, dispatch_uid="cms_published")
    page_unpublished.connect(_unpublished, dispatch_uid="cms_unpublished")
