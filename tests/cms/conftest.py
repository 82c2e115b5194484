"""Protocols for tests: a page of each kind, published as Wagtail publishes it."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cms.actions.keep_home import home
from cms.models.edition import Edition
from cms.models.fields import ROW
from cms.models.guided import GuidedPage
from cms.models.protocol import ProtocolPage

Publish = Callable[..., GuidedPage]


def rows(*given: dict[str, str]) -> str:
    """Rows as Wagtail stores them."""
    return json.dumps([{"type": ROW, "value": row} for row in given])


SOURCE = rows(
    {"title": "National consultations", "publisher": "", "date": "2018", "address": "", "fact": "Asked for"}
)
STEPS = rows({"title": "Make tea", "text": "- hot\n- sweet", "when": "first 5 minutes"})


def day(days: int = 0) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def fields(**other: Any) -> dict[str, Any]:
    """What a whole protocol has."""
    return {
        "title": "First contact",
        "summary": "What to do first.",
        "when_to_use": "When somebody comes.",
        "steps": STEPS,
        "sources": SOURCE,
        "review_by": day(200),
        "sector": ["shelter"],
        "forms": ["forced_marriage"],
        "needs": ["emergency_shelter"],
        **other,
    }


@pytest.fixture
def publish(db: None) -> Publish:
    """Adds a page and publishes it, as somebody or as nobody."""

    def published(
        slug: str,
        language: str = "en",
        *,
        by: User | None = None,
        model: type[GuidedPage] = ProtocolPage,
        **other: Any,
    ) -> GuidedPage:
        above = home(language)
        page = model(slug=slug, locale=above.locale, live=False, **other)
        above.add_child(instance=page)
        page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
        page.refresh_from_db()
        return page

    return published


def again(page: GuidedPage, by: User | None = None, **changed: Any) -> Edition:
    """Change a page, publish it once more, and give its newest edition."""
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    return newest(page)


def newest(page: GuidedPage) -> Edition:
    """The edition that readers get."""
    return Edition.objects.get(key=page.translation_key, language=page.language, is_current=True)
