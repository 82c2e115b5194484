"""The stewards' queues by age. Another one is another line of QUEUES."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.policies import refuse_unless_steward
from directory.rules.standing import last_day

Waiting = Callable[[datetime], Iterable[datetime]]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for stewards. `waiting`: since when each item does, at a moment. `address`: name of its page."""

    title: Any
    address: str
    waiting: Waiting


def _applications(now: datetime) -> Iterable[datetime]:
    return VettingApplication.objects.waiting().order_by("sent_at").values_list("sent_at", flat=True)


def _proposals(now: datetime) -> Iterable[datetime]:
    proposed = VettingDecision.objects.proposed(last_day(now))
    return proposed.order_by("decided_at").values_list("decided_at", flat=True)


QUEUES = (
    Queue(_("Applications to vet"), "review_vetting", _applications),
    Queue(_("Proposals for a second steward"), "review_vetting", _proposals),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A queue as the page shows it. `since`: of the item that waits longest."""

    queue: Queue
    count: int
    since: datetime | None


def lines(now: datetime) -> list[Line]:
    """All queues, those first in which something waits longest; empty ones last."""
    told = []
    for queue in QUEUES:
        since = sorted(queue.waiting(now))
        told.append(Line(queue, len(since), since[0] if since else None))
    return sorted(told, key=lambda line: (line.since is None, line.since or now))


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What waits for stewards, and for how long. 403 for everybody else."""
    refuse_unless_steward(request.viewer)  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return render(request, "directory/review.html", {"lines": lines(timezone.now())})
