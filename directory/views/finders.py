"""Which organizations a listing names. Whether they alone find it is asked with its other facts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions.name_organizations import name_organization, unname_organization
from directory.actions.refused import Refused
from directory.finding.named import named_by
from directory.policies import leads
from directory.rules.publishing import agreed, is_for_named_only
from directory.views.leads import for_keepers_anew
from directory.views.look_for import looked_for
from directory.views.profile import Subject, name_of, subject_of, viewer_of
from directory.views.wording_finders import finders_text


def _named(subject: Subject, now: datetime) -> list[dict[str, Any]]:
    assert subject.service is not None
    return [
        {
            "id": one.organization.pk,
            "name": name_of(one.organization),
            "finds": one.finds,
            "enforces": one.enforces,
        }
        for one in named_by(subject.service.pk, subject.organization.pk, now)
    ]


def _act(subject: Subject, request: HttpRequest) -> str:
    """Do what was sent; what to say of it. Raises Refused, and ValueError for what this page never sends."""
    assert subject.service is not None
    named = {"service": subject.service.pk, "viewer": viewer_of(request)}
    if "name" in request.POST:
        name_organization(organization=UUID(request.POST["name"]), now=timezone.now(), **named)  # type: ignore[arg-type]
        return _("It is named: it finds this listing from now on.")
    if "unname" in request.POST:
        unname_organization(organization=UUID(request.POST["unname"]), **named)  # type: ignore[arg-type]
        return _("It is not named any more.")
    raise ValueError(request.POST)


def _sent(subject: Subject, request: HttpRequest) -> None:
    try:
        messages.success(request, _act(subject, request))
    except Refused as fault:
        messages.error(request, str(fault))
    except PermissionDenied:
        messages.error(request, _("Only whoever leads your organization can do this."))
    except ValueError:
        messages.error(request, _("Choose one of the answers."))


@require_http_methods(["GET", "HEAD", "POST"])
@for_keepers_anew
def finders(request: HttpRequest, service: UUID) -> HttpResponse:
    """Who finds it now, whom it names, and a form to look for another."""
    subject = subject_of(request, service)
    assert subject.service is not None
    if request.method == "POST" and "look" not in request.POST:
        _sent(subject, request)
        return redirect("finders", service=service)
    now = timezone.now()
    form, found = looked_for(request, now, is_vetted=True)
    answer = agreed(subject.service.publish_to, subject.organization.publish_to)
    rows = _named(subject, now)
    context = {
        "subject": subject,
        "who": finders_text(answer),
        "is_named_only": is_for_named_only(answer),
        "rows": rows,
        "form": form,
        "found": found,
        "on_list": {row["id"] for row in rows},
        "leads": leads(viewer_of(request), subject.organization.pk),
    }
    return render(request, "directory/finders.html", context, status=400 if form.errors else 200)
