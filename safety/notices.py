"""Notices: letters that say only that something waits, queued with the change and delivered, or visibly failed.

The row is the queue: it holds a kind and an id, never a text or an address. Whoever knows the kind writes the letter at
the moment of sending, from what is true then (docs/adr/0041).
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

DELIVERY = "safety.jobs.deliver_notices"
"""The worker's task, by its name: its module leans on this one."""

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
"""Doubled with each try: the last one is two hours after the first."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """To whom, in which language ("en", "fr", or both: "en, fr"), under what heading, and the few words of it."""

    to: str
    language: str
    subject: str
    body: str


Writer = Callable[[uuid.UUID], Letter | None]
_writers: dict[str, Writer] = {}


def register(kind: str, writer: Writer) -> None:
    """Say who writes letters of a kind. None instead of a letter: there is nothing to say any more."""
    _writers[kind] = writer


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by what became of them."""

    def waiting(self, now: datetime) -> "NoticeQuerySet":
        """Those whose turn it is."""
        return self.filter(sent_at=None, failed_at=None, due_at__lte=now)

    def sent(self) -> "NoticeQuerySet":
        """Those that a mail server took. Where there was nothing to say any more, nobody got a letter."""
        return self.filter(sent_at__isnull=False, set_aside_at=None)

    def failed(self) -> "NoticeQuerySet":
        """Those that were given up and that nobody has seen to yet: a steward has to."""
        return self.filter(failed_at__isnull=False, set_aside_at=None)


class Notice(models.Model):
    """One letter to be written about one thing. `due_at`: when it is tried next.

    `set_aside_at`: somebody saw to one that was given up, or there was nothing to say any more when its turn came.
    `once`: a word of the occasion; of one thing and kind it is written about once. Empty: as often as it is asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField()
    subject_id = models.UUIDField()
    once = models.TextField(default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        db_table = "notice"
        ordering = ("due_at", "id")
        indexes = (
            models.Index(
                fields=("due_at",), name="notice_waiting", condition=models.Q(sent_at=None, failed_at=None)
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_id", "once"), name="notice_once", condition=~models.Q(once="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


def notify(kind: str, subject_id: uuid.UUID, *, once: str = "") -> Notice | None:
    """Queue a letter in the transaction under way: with it, or not at all. Raises RuntimeError outside of one.

    None, and nothing is queued, where the occasion `once` had its letter already.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("safety.notices.notify needs the transaction of the change that it tells of.")
    if kind not in _writers:
        raise ValueError(f"Nobody writes letters of the kind {kind!r}.")
    now = timezone.now()
    made = Notice(kind=kind, subject_id=subject_id, once=once, created_at=now, due_at=now)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return None
    app.configure_task(DELIVERY).defer(timestamp=0)
    return made


def try_again(notice: Notice, now: datetime) -> None:
    """Let one that was given up be tried as often as at first, in the transaction under way that holds it."""
    notice.tries, notice.due_at, notice.failed_at = 0, now, None
    notice.save(update_fields=["tries", "due_at", "failed_at"])
    app.configure_task(DELIVERY).defer(timestamp=0)


def came_back(notice: Notice, now: datetime) -> None:
    """A mail server took it and gave it back later: nobody read it, and somebody has to see to it."""
    notice.sent_at, notice.failed_at = None, now
    notice.save(update_fields=["sent_at", "failed_at"])


def set_aside(notice: Notice, now: datetime) -> None:
    """Somebody saw to one that was given up: it stays as it is, and out of the queue."""
    notice.set_aside_at = now
    notice.save(update_fields=["set_aside_at"])


def deliver(now: datetime) -> int:
    """Send what waits, each in a transaction of its own. Returns how many were sent.

    Two workers at once never take the same one. One that is killed in the middle leaves it waiting.
    """
    sent = 0
    while (told := _deliver_one(now)) is not None:
        sent += told
    return sent


@transaction.atomic
def _deliver_one(now: datetime) -> bool | None:
    """Whether the next one was sent; None where nothing waits."""
    notice = Notice.objects.waiting(now).select_for_update(skip_locked=True).first()
    if notice is None:
        return None
    try:
        with transaction.atomic():
            letter = _writers[notice.kind](notice.subject_id)
        _send(letter)
    except Exception as fault:  # whatever it is: the notice stays, and somebody sees it
        _note_failure(notice, now, fault)
        return False
    notice.sent_at = now
    notice.set_aside_at = None if letter else now
    notice.save(update_fields=["sent_at", "set_aside_at"])
    return letter is not None


def _send(letter: Letter | None) -> None:
    if letter is not None:
        headers: dict[str, Any] = {"Content-Language": letter.language, "Auto-Submitted": "auto-generated"}
        EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers).send()


def _note_failure(notice: Notice, now: datetime, fault: Exception) -> None:
    """The log gets the kind of fault alone: its text may hold an address."""
    notice.tries += 1
    notice.due_at = now + FIRST_WAIT * 2 ** (notice.tries - 1)
    notice.failed_at = now if notice.tries >= MOST_TRIES else None
    notice.save(update_fields=["tries", "due_at", "failed_at"])
    given_up = " It is given up." if notice.failed_at else ""
    log.error("Notice %s could not be sent: %s.%s", notice.pk, type(fault).__name__, given_up)
