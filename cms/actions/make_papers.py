"""Editions on paper: made ahead by the worker, so that nobody waits for one and no visitor can make the site work.

What comes of an edition alone, and can be made again at any time, leaves no row in the audit trail (docs/adr/0071).
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from cms.models.edition import Edition
from cms.models.paper import Paper
from cms.papers.page import digest_of_page, page_of, style
from cms.papers.pdf import as_pdf

MAKING = "cms.jobs.make_missing_papers"
"""The worker's task, by its name: its module leans on this one."""


Name = tuple[UUID, str]
"""An edition, and the digest of its page."""


def papers_wanted() -> None:
    """Let the worker look, once this transaction holds: a page was published or reviewed."""
    transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    # Who was asked already looks after this change too.
    with suppress(AlreadyEnqueued):
        app.configure_task(MAKING, queueing_lock="make_papers").defer(timestamp=0)


def make_papers(*, today: date) -> tuple[int, int]:
    """Make each paper that is missing, and take away what nobody gets any more; returns how many of both.

    Those of tomorrow are made too: at midnight a page may be overdue, and its paper must say so at once. Each is kept
    as soon as it is made, so that a worker which is killed loses one at most.

    Raises ExceptionGroup at the end for those that could not be made.
    """
    wanted: set[Name] = set()
    made, faults = 0, []
    for edition, html in _pages(today):
        digest = digest_of_page(html)
        wanted.add((edition.pk, digest))
        try:
            made += _is_made(edition, html, digest)
        except Exception as fault:  # a page that can't be set keeps no other from its paper
            faults.append(fault)
    gone = _forgotten(wanted)
    if faults:
        raise ExceptionGroup(f"{len(faults)} papers could not be made", faults)
    return made, gone


def _pages(today: date) -> Iterator[tuple[Edition, str]]:
    """All that may be asked for today and tomorrow, what is newest first; one in memory at a time."""
    live = Edition.objects.on(today).order_by("-is_current", "-published_at")
    for key in live.values_list("pk", flat=True):
        edition = Edition.objects.get(pk=key)
        for html in dict.fromkeys(page_of(edition, day) for day in (today, today + timedelta(days=1))):
            yield edition, html


def _is_made(edition: Edition, html: str, digest: str) -> bool:
    """False if it was there already."""
    if Paper.objects.filter(edition=edition, digest=digest).exists():
        return False
    content = as_pdf(html, style(), digest)
    with transaction.atomic():
        told = {"content": content, "size": len(content), "made_at": timezone.now()}
        return Paper.objects.get_or_create(edition=edition, digest=digest, defaults=told)[1]


def _forgotten(wanted: set[Name]) -> int:
    kept = Paper.objects.values_list("pk", "edition_id", "digest")
    gone = [pk for pk, edition, digest in kept if (edition, digest) not in wanted]
    return Paper.objects.filter(pk__in=gone).delete()[0]
