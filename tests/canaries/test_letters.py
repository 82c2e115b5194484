"""Letters, their queue and a copy of the database tell of nothing what it is about (promise 20)."""

import re
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models

from accounts.models import User
from directory.models.membership import Membership
from directory.models.organization import Organization
from safety import notices
from tests.canaries import beside
from tests.canaries.asking import undone
from tests.canaries.rights import is_sealed
from tests.canaries.words import Canary
from tests.canaries.world import World
from tests.roles import role

pytestmark = pytest.mark.promise(20)
GIVEN = {"place", "place_name", "area", "spatial_ref_sys"}
"""What comes with the site: thousands of rows about towns."""
IN_SEALED = {"sheet_draft.words", "break_glass.reason", "push_token.secret"}
"""Sealed too; those who read it need no row."""
BYTES = re.compile(r"\\\\x((?:[0-9a-f]{2})+)")
OURS = ("directory", "accounts", "safety")
MOST = 2
"""Rows of one table whose ids are tried, where it is none of those that letters are about."""


def _ids() -> set[UUID]:
    """Of every table the first ids, and all that a letter was ever written about here."""
    found = set(notices.Notice.objects.order_by("pk").values_list("subject_id", flat=True))
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.UUIDField) and model._meta.app_label in OURS:
            keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
            found |= set(keys if model in (User, Organization, Membership) else keys[:MOST])
    return found


def _told(world: World, text: str) -> list[Canary]:
    return sorted(world.aviary.found_in([text]), key=str)


def test_no_letter_says_what_it_is_about(world: World) -> None:
    """Promise 20: of every kind that somebody writes, about everything that there is."""
    written = 0
    with undone():
        ids = _ids()
        for kind, writer in notices._writers.items():
            for key in ids:
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


def _bytes_in(row: str) -> list[str]:
    """What stands in columns of bytes, as whoever has the copy would read it."""
    return [bytes.fromhex(found).decode("latin-1") for found in BYTES.findall(row)]


@pytest.mark.promise(20)
def test_a_copy_of_the_database_tells_nothing_that_is_sealed(world: World) -> None:
    """Promise 20: every row of every table as a dump writes it, without keys, holds none of the sealed words."""
    met: set[Canary] = set()
    with role("relais_owner"), connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - GIVEN):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows = (reading for (text,) in cursor.fetchall() for reading in (text, *_bytes_in(text)))
            met |= world.aviary.found_in(rows)
    assert {"contact.name", "service.assurer_email", "user.email"} <= {one.what for one in met}
    assert {str(one) for one in met if is_sealed(one) or one.what in IN_SEALED} == set()
