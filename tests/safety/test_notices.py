"""Letters that say only that something waits: queued with the change, delivered to a real server, or visibly failed."""

import logging
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from safety import notices
from safety.notices import FIRST_WAIT, MOST_TRIES, Letter, Notice, deliver, notify, register
from tests.postbox import *  # noqa: F403  # pytest finds fixtures by name
from tests.postbox import Postbox
from tests.roles import role

pytestmark = pytest.mark.django_db
NOW = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> dict[UUID, Letter | None]:
    """What there is to say of each thing, by its id."""
    told: dict[UUID, Letter | None] = {}
    monkeypatch.setattr(notices, "_writers", {})
    register("test", lambda subject: told[subject])
    return told


def queue(told: dict[UUID, Letter | None], letter: Letter | None) -> Notice:
    subject = uuid4()
    told[subject] = letter
    return notify("test", subject)


LETTER = Letter("tove@relais.example", "fr", "Quelque chose vous attend", "Connectez-vous.\n")


def jobs() -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(task_name="safety.jobs.deliver_notices")


def test_a_letter_reaches_the_server_once(postbox: Postbox, kinds: dict[UUID, Letter | None]) -> None:
    made = queue(kinds, LETTER)
    assert deliver(NOW) == 1
    (letter,) = postbox.letters
    assert (letter["To"], letter["Content-Language"]) == ("tove@relais.example", "fr")
    assert letter["Auto-Submitted"] == "auto-generated"
    made.refresh_from_db()
    assert made.sent_at == NOW
    assert deliver(NOW) == 0
    assert len(postbox.letters) == 1


def test_the_queue_holds_no_address_and_no_text(kinds: dict[UUID, Letter | None]) -> None:
    queue(kinds, LETTER)
    row = Notice.objects.values().get()
    job = jobs().values().get()
    for text in ("tove", "relais.example", "attend", "Connectez"):
        assert text not in f"{row}{job}"
    assert job["args"] == {"timestamp": 0}


def test_one_occasion_has_one_letter_and_another_has_its_own(
    postbox: Postbox, kinds: dict[UUID, Letter | None]
) -> None:
    subject, other = uuid4(), uuid4()
    kinds[subject] = kinds[other] = LETTER
    assert notify("test", subject, once="2026-11-23 30")
    assert notify("test", subject, once="2026-11-23 30") is None
    assert deliver(NOW) == 1
    assert notify("test", subject, once="2026-11-23 30") is None, "sent is sent"
    assert notify("test", subject, once="2026-11-23 7")
    assert notify("test", other, once="2026-11-23 30")
    assert notify("test", other)
    assert notify("test", other), "without an occasion, as often as it is asked for"
    assert deliver(NOW) == 4


def _fail(told: dict[UUID, Letter | None]) -> None:
    queue(told, LETTER)
    raise ZeroDivisionError


def test_nothing_is_queued_for_a_change_that_did_not_come_to_be(kinds: dict[UUID, Letter | None]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _fail(kinds)
    assert not Notice.objects.exists()
    assert not jobs().exists()


def test_nothing_is_queued_outside_of_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="transaction"):
        notify("test", uuid4())


def test_a_kind_that_nobody_writes_is_refused() -> None:
    with pytest.raises(ValueError, match="Nobody writes"):
        notify("unknown", uuid4())


def test_what_has_nothing_to_say_any_more_is_done(postbox: Postbox, kinds: dict[UUID, Letter | None]) -> None:
    made = queue(kinds, None)
    assert deliver(NOW) == 0
    made.refresh_from_db()
    assert made.sent_at == NOW
    assert postbox.letters == []


def test_a_server_that_refuses_is_asked_again_and_then_it_shows(
    postbox: Postbox, kinds: dict[UUID, Letter | None], caplog: pytest.LogCaptureFixture
) -> None:
    postbox.refuses, now = True, NOW
    made = queue(kinds, LETTER)
    for tried in range(1, MOST_TRIES + 1):
        with caplog.at_level(logging.ERROR):
            assert deliver(now) == 0
        made.refresh_from_db()
        assert made.tries == tried
        assert deliver(made.due_at - timedelta(seconds=1)) == 0
        now = made.due_at
    assert list(Notice.objects.failed()) == [made]
    assert deliver(NOW + timedelta(days=30)) == 0
    assert now - NOW == FIRST_WAIT * (2**MOST_TRIES - 1)
    assert "given up" in caplog.text
    assert "tove" not in caplog.text


def test_one_that_fails_keeps_no_other_from_being_sent(
    postbox: Postbox, kinds: dict[UUID, Letter | None]
) -> None:
    broken = notify("test", uuid4())
    queue(kinds, LETTER)
    assert deliver(NOW) == 1
    broken.refresh_from_db()
    assert (broken.tries, broken.sent_at) == (1, None)


def test_it_gets_through_once_the_server_is_back(postbox: Postbox, kinds: dict[UUID, Letter | None]) -> None:
    postbox.refuses = True
    made = queue(kinds, LETTER)
    deliver(NOW)
    postbox.refuses = False
    made.refresh_from_db()
    assert deliver(made.due_at) == 1


@pytest.mark.parametrize("statement", ["UPDATE notice SET kind = 'x'", "DELETE FROM notice"])
def test_those_who_serve_rewrite_no_notice(statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), role("relais_portal"):
        connection.cursor().execute(statement)


def test_those_who_serve_can_deliver(postbox: Postbox, kinds: dict[UUID, Letter | None]) -> None:
    with role("relais_portal"):
        queue(kinds, LETTER)
        assert deliver(NOW) == 1
