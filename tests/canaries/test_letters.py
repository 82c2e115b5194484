"""Letters and their queue: whoever writes one is given every id that there is, and tells of none what it is about."""

from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models

from safety import notices
from tests.canaries import beside
from tests.canaries.asking import undone
from tests.canaries.words import Canary
from tests.canaries.world import World

pytestmark = pytest.mark.promise(20)
MOST = 40
"""Rows of one table whose ids are tried."""


def _ids() -> set[UUID]:
    """The ids of the first rows of every table."""
    found: set[UUID] = set()
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.UUIDField) and model._meta.app_label in (
            "directory",
            "accounts",
            "safety",
        ):
            found |= set(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:MOST])
    return found | set(notices.Notice.objects.order_by("pk").values_list("subject_id", flat=True))


def _told(world: World, text: str) -> list[Canary]:
    return sorted(world.aviary.found_in([text]), key=str)


def test_no_letter_says_what_it_is_about(world: World) -> None:
    """Promise 20: of every kind that somebody writes, about everything that there is."""
    written = 0
    with undone():
        for kind, writer in notices._writers.items():
            for key in _ids():
                letter = writer(key)
                if letter is None:
                    continue
                written += 1
                assert _told(world, f"{letter.subject}\n{letter.body}") == [], kind
    assert written > 5


def test_the_queue_the_cache_and_the_trail_hold_no_words(world: World) -> None:
    """Promise 20: all that making this world left there: applications, reports, changes, invitations, tokens."""
    with connection.cursor() as cursor:
        cursor.execute(beside.ROWS_SQL, {"job": 0, "since": "2000-01-01"})
        rows = cursor.fetchall()
    assert {"a job", "a notice", "the audit trail"} <= {where for where, _text in rows}
    assert [(where, str(one)) for where, text in rows for one in _told(world, text)] == []
