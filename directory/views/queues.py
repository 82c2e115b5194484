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

from accounts.models import FactorRenewal
from directory.finding.orphaned import orphaned_on
from directory.models.proposed_change import ProposedChange
from directory.models.safety_report import SafetyReport
from directory.models.same_service import SameService
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_hold import VettingHold
from directory.policies import is_steward, refuse_unless_reviewer
from directory.rules.standing import last_day
from directory.views import calls, dead, translating, wrong_answers
from safety.notices import Notice
from safety.viewer import Viewer

Waiting = Callable[[datetime], Iterable[datetime]]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for stewards. `waiting`: since when each item does, at a moment. `address`: name of its page.

    `comes_first`: whatever waits longer elsewhere; `comes_last` likewise. `query`: what its address asks of the page.
    """

    title: Any
    address: str
    waiting: Waiting
    is_for_advisers: bool = False
    comes_first: bool = False
    comes_last: bool = False
    query: str = ""


def _applications(now: datetime) -> Iterable[datetime]:
    return VettingApplication.objects.waiting().order_by("sent_at").values_list("sent_at", flat=True)


def _proposals(now: datetime) -> Iterable[datetime]:
    proposed = VettingDecision.objects.proposed(last_day(now))
    return proposed.order_by("decided_at").values_list("decided_at", flat=True)


def _questions(now: datetime) -> Iterable[datetime]:
    return VettingHold.objects.open().order_by("placed_at").values_list("placed_at", flat=True)


def _changes(now: datetime) -> Iterable[datetime]:
    return ProposedChange.objects.held().values_list("made_at", flat=True)


def _reports(now: datetime) -> Iterable[datetime]:
    return SafetyReport.objects.open().order_by("received_at").values_list("received_at", flat=True)


def _twins(now: datetime) -> Iterable[datetime]:
    return SameService.objects.to_decide(timezone.localdate(now)).values_list("suggested_at", flat=True)


def _letters(now: datetime) -> Iterable[datetime]:
    failed = Notice.objects.failed().order_by("failed_at", "pk")
    return [at for at in failed.values_list("failed_at", flat=True) if at]


def _sponsors(now: datetime) -> Iterable[datetime]:
    return [one.since for one in orphaned_on(last_day(now))]


def _factors(now: datetime) -> Iterable[datetime]:
    return FactorRenewal.objects.waiting(now).order_by("asked_at").values_list("asked_at", flat=True)


def _to_translate(title: Any, tongue: str) -> Queue:
    """Texts wait for months, and nobody is in danger by it: whatever else waits stands above them."""
    query = f"?missing={tongue}"
    return Queue(title, "review_quality", translating.waiting(tongue), comes_last=True, query=query)


QUEUES = (
    Queue(_("Reports: “I was not safe here”"), "review_reports", _reports, comes_first=True),
    Queue(_("Changes that wait for a call-back or a look"), "review_changes", _changes),
    Queue(_("Applications to vet"), "review_vetting", _applications, is_for_advisers=True),
    Queue(_("Proposals for a second steward"), "review_vetting", _proposals, is_for_advisers=True),
    Queue(_("Questions of survivors' advisers"), "review_vetting", _questions, is_for_advisers=True),
    Queue(_("Let in by a sponsor that is not approved any more"), "review_vetting", _sponsors),
    Queue(_("Listings that may be one"), "review_twins", _twins),
    Queue(_("To call: never checked, or long without an answer"), "review_calls", calls.waiting),
    Queue(_("Visitors say that something is wrong"), "review_wrong", wrong_answers.waiting),
    Queue(_("Numbers and websites that lead nowhere"), "review_dead", dead.waiting),
    Queue(_("Lost second factors, for a second steward"), "review_factors", _factors),
    Queue(_("Letters that did not arrive"), "review_letters", _letters),
    _to_translate(_("To translate into French"), "french"),
    _to_translate(_("To translate into English"), "english"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A queue as the page shows it. `since`: of the item that waits longest."""

    queue: Queue
    count: int
    since: datetime | None

    @property
    def told(self) -> str:
        """How many, in words where no more were read than stewards can do."""
        return calls.how_many(self.count)


def lines(now: datetime, *, for_stewards: bool = True) -> list[Line]:
    """All queues, or those that advisers see, those first in which something waits longest; empty ones last.

    A report that somebody was not safe is judged within a day, and stands above calls that wait for months.
    """
    told = []
    for queue in [one for one in QUEUES if for_stewards or one.is_for_advisers]:
        since = sorted(queue.waiting(now))
        told.append(Line(queue, len(since), since[0] if since else None))
    return sorted(told, key=lambda line: _place(line, now))


def _place(line: Line, now: datetime) -> tuple[bool, bool, bool, datetime]:
    queue = line.queue
    return line.since is None, queue.comes_last, not queue.comes_first, line.since or now


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """What waits for stewards and advisers, and for how long. 403 for everybody else."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    refuse_unless_reviewer(viewer)
    is_one = is_steward(viewer)
    context = {"lines": lines(timezone.now(), for_stewards=is_one), "is_steward": is_one}
    return render(request, "directory/review.html", context)
