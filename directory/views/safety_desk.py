"""The stewards' queue of reports that somebody was not safe, with the time that is left to judge each."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions.refused import Refused
from directory.actions.report_safety import Judged, Told, judge_report, read_report, write_report_down
from directory.forms_vetting import JudgeForm, WriteDownForm
from directory.models.organization import Organization
from directory.models.safety_report import CHANNELS, JUDGEMENTS, SafetyReport
from directory.policies import refuse_unless_steward
from directory.rules.safety_reports import Channel, Judgement, time_left
from directory.views.for_stewards import for_stewards
from directory.views.profile import viewer_of
from directory.views.vetting_sent import was_refused

View = Callable[..., HttpResponse]
MAY = ["GET", "HEAD", "POST"]
LATELY = 20


def hours_left(received_at: datetime, now: datetime) -> str:
    """The time that is left to judge a report, in words."""
    hours = int(time_left(received_at, now).total_seconds() // 3600)
    if hours < 0:
        late = -hours
        return ngettext("Late by %(hours)d hour", "Late by %(hours)d hours", late) % {"hours": late}
    return ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Those that wait, with the time left, and the last that were judged. No words of theirs."""
    refuse_unless_steward(viewer_of(request))
    now = timezone.now()
    waiting = [
        {
            "report": one,
            "channel": CHANNELS[Channel(one.channel)],
            "left": hours_left(one.received_at, now),
            "is_late": time_left(one.received_at, now).total_seconds() < 0,
        }
        for one in SafetyReport.objects.open().order_by("received_at", "pk")
    ]
    judged = SafetyReport.objects.exclude(judged_at=None).select_related("organization")
    told = [
        {"report": one, "judgement": JUDGEMENTS[Judgement(one.judgement)]}
        for one in judged.order_by("-judged_at", "pk")[:LATELY]
    ]
    return render(request, "directory/review_reports.html", {"waiting": waiting, "judged": told})


@sensitive_post_parameters()
@require_http_methods(MAY)
@for_stewards()
def write_down(request: HttpRequest) -> HttpResponse:
    """A steward writes down what was told by phone, by letter or in person."""
    form = WriteDownForm(request.POST if request.method == "POST" else None)
    viewer, now = viewer_of(request), timezone.now()

    def act() -> None:
        told = Told(form.cleaned_data["place"], form.cleaned_data["words"])
        channel = Channel(form.cleaned_data["channel"])
        write_report_down(told=told, channel=channel, viewer=viewer, now=now)

    if form.is_bound and not was_refused(form, act):
        messages.success(request, _("It is kept, for stewards alone."))
        return redirect("review_reports")
    status = 400 if form.is_bound else 200
    return render(request, "directory/review_write_down.html", {"form": form}, status=status)


@sensitive_post_parameters()
@require_http_methods(MAY)
@for_stewards()
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """One report, whose reading is recorded, and the form to judge it."""
    found = SafetyReport.objects.filter(pk=key).select_related("organization", "judged_by").first()
    if found is None:
        raise Http404
    form = JudgeForm(request.POST if request.method == "POST" else None)
    viewer, now = viewer_of(request), timezone.now()

    def act() -> None:
        judgement = Judgement(form.cleaned_data["judgement"])
        about = _named(form.cleaned_data["organization"])
        judged = Judged(judgement, form.cleaned_data["why"], about.pk if about else None)
        judge_report(report=key, judged=judged, viewer=viewer, now=now)

    if form.is_bound and not was_refused(form, act):
        messages.success(request, _("Judged."))
        return redirect("review_reports")
    read = read_report(report=key, viewer=viewer)
    told, why = read or (Told("", ""), "")
    context = {
        "report": found,
        "told": told,
        "why": why,
        "channel": CHANNELS[Channel(found.channel)],
        "left": hours_left(found.received_at, now),
        "judgement": JUDGEMENTS[Judgement(found.judgement)] if found.judgement else "",
        "form": form,
    }
    return render(request, "directory/review_report.html", context, status=400 if form.is_bound else 200)


def _named(text: str) -> Organization | None:
    """The one organization of this name, or of this id. Raises Refused where there is none or several."""
    written = text.strip()
    if not written:
        return None
    try:
        found = Organization.objects.filter(pk=UUID(written))
    except ValueError:
        found = Organization.objects.filter(name__iexact=written)
    if found.count() != 1:
        raise Refused(
            _("No organization has this name, or several have. Write it as it stands on its listing.")
        )
    return found.get()
