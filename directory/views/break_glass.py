"""Break-glass: the page on which a steward opens it, reads and ends it; and what the organization is told of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.break_glass import (
    end_break_glass,
    open_break_glass,
    open_glass_of,
    read_notes_by_glass,
    read_street_by_glass,
    reason_of,
)
from directory.actions.keep_address import Street
from directory.actions.refused import Refused
from directory.models.break_glass import BreakGlass
from directory.models.location import Location
from directory.models.organization import Organization
from directory.models.protected_address import ProtectedAddress
from directory.rules.break_glass import LONGEST, minutes_left
from directory.views.for_stewards import for_stewards
from directory.views.profile import name_of, viewer_of
from directory.views.wording_finders import finders_text
from safety.crypto import Unreadable

Context = dict[str, Any]
LATELY, MOST = timedelta(days=30), 20


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you need to read it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One sentence or more. The organization reads it too. Name no person."),
    )


def openings(organization: UUID, now: datetime) -> list[Context]:
    """What was opened lately of an organization, the latest first, with the reason."""
    found = BreakGlass.objects.filter(organization_id=organization, opened_at__gt=now - LATELY)
    return [
        {
            "id": one.pk,
            "reason": reason_of(one),
            "opened_at": one.opened_at,
            "until": one.ended_at or one.until,
            "minutes": minutes_left(one.until, now),
            "is_open": one.ended_at is None and one.until > now,
            "by": one.opened_by,
        }
        for one in found.select_related("opened_by").order_by("-opened_at", "-pk")[:MOST]
    ]


def _places(organization: UUID) -> list[Context]:
    """Its protected places, by what is given there; whether a street is kept of each."""
    found = Location.objects.filter(organization_id=organization, is_protected=True).select_related("area")
    kept = set(ProtectedAddress.objects.filter(organization_id=organization).values_list("pk", flat=True))
    return [
        {
            "id": place.pk,
            "name": ", ".join(
                name_of(site.service)
                for site in place.services.select_related("service").order_by("position", "pk")
                if site.service
            ),
            "is_kept": place.pk in kept,
        }
        for place in found.order_by("pk")
    ]


def _page(request: HttpRequest, key: UUID, **more: Any) -> HttpResponse:
    organization, now = get_object_or_404(Organization, pk=key), timezone.now()
    glass = open_glass_of(viewer_of(request), key, now)
    form = more.pop("form", None) or ReasonForm()
    context = {
        "organization": organization,
        "glass": glass,
        "minutes": minutes_left(glass.until, now) if glass else 0,
        "places": _places(key) if glass else [],
        "openings": openings(key, now),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "directory/review_glass.html", context | more, status=status)


def _open(request: HttpRequest, key: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            told = {"reason": form.cleaned_data["reason"], "viewer": viewer_of(request)}
            open_break_glass(organization=key, now=timezone.now(), **told)
        except Refused as fault:
            form.add_error("reason", str(fault))
        else:
            messages.success(request, _("It is open. The organization is being written to."))
            return redirect("review_glass", key=key)
    return _page(request, key, form=form)


@sensitive_variables()
def _street(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        location = UUID(request.POST["street"])
        street = read_street_by_glass(location=location, viewer=viewer_of(request), now=timezone.now())
    except ValueError:
        return redirect("review_glass", key=key)
    except Unreadable:
        messages.error(request, _("The key of this organization was destroyed: it can’t be read any more."))
        return redirect("review_glass", key=key)
    return _page(request, key, read=location, street_lines=_lines(street) if street else "")


def _lines(street: Street) -> str:
    """As it stands on a letter."""
    town = f"{street.city}, {street.state_province} {street.postal_code}"
    return "\n".join(filter(None, (street.attention, street.address_1, street.address_2, town.strip())))


@sensitive_variables()
def _notes(request: HttpRequest, key: UUID) -> HttpResponse:
    notes = read_notes_by_glass(organization=key, viewer=viewer_of(request), now=timezone.now())
    rows = [{"notes": one, "name": name_of(one), "who": finders_text(one.publish_to)} for one in notes]  # type: ignore[arg-type]  # has both names
    return _page(request, key, notes=rows)


def _end(request: HttpRequest, glass: str) -> None:
    try:
        end_break_glass(glass=UUID(glass), viewer=viewer_of(request), now=timezone.now())
    except ValueError:
        return
    messages.success(request, _("It is closed."))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards("review_glass", about="key")
def glass(request: HttpRequest, key: UUID) -> HttpResponse:
    """Open it for a reason; while it is open, read; end it. What was read stands in this one answer.

    403 for what is read when it is not open any more.
    """
    if request.method != "POST":
        return _page(request, key)
    get_object_or_404(Organization, pk=key)
    if "street" in request.POST:
        return _street(request, key)
    if "notes" in request.POST:
        return _notes(request, key)
    if "end" in request.POST:
        _end(request, request.POST["end"])
        return redirect("review_glass", key=key)
    return _open(request, key)


@require_POST
def end_ours(request: HttpRequest, glass: UUID) -> HttpResponse:
    """Whoever leads the organization ends it, in one tap: closing asks for no proof. 403 for everybody else."""
    viewer = viewer_of(request)
    if not BreakGlass.objects.filter(pk=glass, organization_id=viewer.organization).exists():
        raise PermissionDenied
    end_break_glass(glass=glass, viewer=viewer, now=timezone.now())
    messages.success(request, _("It is closed."))
    return redirect("trail")
