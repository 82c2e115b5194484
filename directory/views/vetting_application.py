"""The door of an organization that asks to be let in: its application, as draft, sent and withdrawn."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.apply_for_vetting import (
    Incomplete,
    answers_of,
    refuse_incomplete,
    save_application,
    send_application,
    withdraw_application,
)
from directory.actions.refused import Refused
from directory.forms_vetting import ApplicationForm
from directory.models.membership import Membership, Role
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_labels import TOLD
from directory.policies import refuse_unless_applicant
from directory.rules.standing import in_force, last_day, standing_on
from directory.rules.vetting import CONDUCT_VERSION, MOU_VERSION, TELLS, Answers
from directory.views.fresh_proof import STAYS_FRESH_FOR_LEADS, proved_anew
from safety.viewer import Viewer

View = Callable[..., HttpResponse]
MAY = ["GET", "HEAD", "POST"]


def _viewer(request: HttpRequest) -> Viewer:
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return found


def _for_applicants(view: View) -> View:
    """403 for whoever may not ask for the organization acted for; the view gets its id."""

    @wraps(view)
    def asked(request: HttpRequest, **named: Any) -> HttpResponse:
        viewer = _viewer(request)
        organization = viewer.organization or UUID(int=0)
        refuse_unless_applicant(viewer, organization)
        return view(request, organization, **named)

    return asked


@sensitive_post_parameters()
@require_http_methods(MAY)
@_for_applicants
def apply(request: HttpRequest, organization: UUID) -> HttpResponse:
    """The application: what was sent and waits, or the form, with what was kept of it."""
    if request.method == "POST":
        return _sent(request, organization)
    waiting = VettingApplication.objects.waiting().filter(organization_id=organization).last()
    if waiting:
        return _waits(request, waiting)
    return _page(request, organization, ApplicationForm(initial=_kept(organization)))


def _waits(request: HttpRequest, waiting: VettingApplication) -> HttpResponse:
    answers = answers_of(waiting)
    told = {name: TOLD.get(getattr(answers, name), "") for name in TELLS}
    context = {
        "organization": waiting.organization,
        "application": waiting,
        "decision": VettingDecision.objects.in_force_of(waiting.organization_id, last_day(timezone.now())),
        "answers": answers,
        "told": told,
        "leads": _leads(request, waiting.organization_id),
    }
    return render(request, "directory/application_waits.html", context)


def _leads(request: HttpRequest, organization: UUID) -> bool:
    mine = Membership.objects.live().filter(user_id=_viewer(request).user, organization_id=organization)
    return mine.filter(role=Role.LEAD).exists()


def _kept(organization: UUID) -> dict[str, Any]:
    """The draft; without one, the words of the last application, to be agreed to anew."""
    mine = VettingApplication.objects.filter(organization_id=organization)
    draft, last = mine.drafts().first(), mine.filter(sent_at__isnull=False).last()
    if draft:
        told = asdict(answers_of(draft))
    else:
        again = dict.fromkeys((*TELLS, "conduct", "mou"), "")
        told = asdict(replace(answers_of(last), **again)) if last else asdict(Answers())
    ticked = {name: told[name] == "yes" for name in ("conduct", "mou")}
    return told | ticked | {"version": draft.version if draft else 0}


def _page(request: HttpRequest, organization: UUID, form: ApplicationForm, status: int = 200) -> HttpResponse:
    decisions = VettingDecision.objects.told_of(organization)
    latest = in_force(decisions)
    context = {
        "organization": Organization.objects.get(pk=organization),
        "standing": standing_on(last_day(timezone.now()), decisions),
        "until": latest.until if latest else None,
        "decision": VettingDecision.objects.in_force_of(organization, last_day(timezone.now())),
        "draft": VettingApplication.objects.drafts().filter(organization_id=organization).first(),
        "form": form,
        "conduct_version": CONDUCT_VERSION,
        "mou_version": MOU_VERSION,
        "leads": _leads(request, organization),
    }
    return render(request, "directory/application.html", context, status=status)


def _sent(request: HttpRequest, organization: UUID) -> HttpResponse:
    """Keep what was written, whatever is missing; send it if that was asked with fresh proof and nothing is missing."""
    form = ApplicationForm(request.POST)
    is_to_send = request.POST.get("do") == "send"
    if not form.is_valid():
        return _page(request, organization, form, 400)
    told: dict[str, Any] = {
        "organization": organization,
        "answers": form.answers(),
        "version": form.cleaned_data["version"] or 0,
        "viewer": _viewer(request),
        "now": timezone.now(),
    }
    is_proved = proved_anew(request, STAYS_FRESH_FOR_LEADS)
    try:
        if is_to_send:
            refuse_incomplete(told["answers"], told["now"])
        (send_application if is_to_send and is_proved else save_application)(**told)
    except Incomplete as fault:
        return _incomplete(request, organization, form, told, fault)
    except Refused as fault:
        form.add_error(None, str(fault))
        return _page(request, organization, _with_version(form, organization), 400)
    if is_to_send and not is_proved:
        messages.info(
            request, _("It is kept. It binds your organization: show once more who you are, then send it.")
        )
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    done = _("The application is sent.") if is_to_send else _("It is kept. Send it when it is complete.")
    messages.success(request, done)
    return redirect("apply_for_vetting")


def _asked_who(request: HttpRequest) -> HttpResponse:
    """What is sent binds an organization: whoever finds a session open can't. It is kept, and sent after the proof."""
    messages.info(
        request, _("It is kept. It binds your organization: show once more who you are, then send it.")
    )
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")


def _incomplete(
    request: HttpRequest, organization: UUID, form: ApplicationForm, told: dict[str, Any], fault: Incomplete
) -> HttpResponse:
    """What is missing is said at its field, and what was written is kept."""
    try:
        save_application(**told)
    except Refused as changed:
        form.add_error(None, str(changed))
    else:
        form.add_error(None, str(fault))
    for name in fault.names:
        is_day = name == "trained_on"
        form.add_error(name, _("Choose a day that is over.") if is_day else _("This is missing."))
    return _page(request, organization, _with_version(form, organization), 400)


def _with_version(form: ApplicationForm, organization: UUID) -> ApplicationForm:
    """Sent once more, the form goes on from what is kept now."""
    draft = VettingApplication.objects.drafts().filter(organization_id=organization).first()
    form.data = form.data.copy()
    form.data["version"] = str(draft.version if draft else 0)
    return form


@require_POST
@_for_applicants
def withdraw(request: HttpRequest, organization: UUID, key: UUID) -> HttpResponse:
    """Take a draft or an unanswered application back. Another organization's is answered as what is not there."""
    try:
        if not VettingApplication.objects.filter(pk=key, organization_id=organization).exists():
            raise Refused(_("This application is not there any more."))
        withdraw_application(application=key, viewer=_viewer(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The application is withdrawn."))
    return redirect("apply_for_vetting")
