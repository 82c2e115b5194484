"""What was done, in words: each organization's leads read their part of the audit trail, stewards all of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory.finding.trail import LATEST, Mark, Page, of_all, of_organization
from directory.models.organization import Organization
from directory.views.break_glass import openings
from directory.views.for_stewards import for_stewards
from directory.views.leads import for_leads
from directory.views.profile import viewer_of
from directory.views.wording_acts import told
from safety.acts import DATA, LISTINGS, PEOPLE, PLACES, VETTING

GROUPS = {
    "listings": (_("Listings"), LISTINGS),
    "places": (_("Protected places"), PLACES),
    "people": (_("People"), PEOPLE),
    "vetting": (_("Vetting and reports"), VETTING),
    "data": (_("Feeds and words"), DATA),
}


class TrailForm(forms.Form):
    """What stewards look for. `before` is the mark at which the page before ended."""

    group = forms.ChoiceField(
        required=False,
        label=_("About"),
        choices=[("", _("Everything")), *((name, label) for name, (label, _acts) in GROUPS.items())],
    )
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)
    until = forms.DateField(
        required=False, label=_("Up to this day"), widget=forms.DateInput(attrs={"type": "date"})
    )


def mark_of(text: str) -> Mark:
    """Where to go on, as a link wrote it; the latest for anything else."""
    at, _space, key = text.partition("_")
    try:
        found = Mark(datetime.fromisoformat(at), UUID(key))
    except ValueError:
        return LATEST
    return found if found.at.tzinfo else LATEST


def _context(page: Page, **more: Any) -> dict[str, Any]:
    older = f"{page.older.at.isoformat()}_{page.older.id}" if page.older else ""
    return {"lines": told(page.entries, more.get("organization")), "older": older, **more}


@require_safe
@for_leads("trail")
def ours(request: HttpRequest) -> HttpResponse:
    """What was done by their people, and by anybody about what is theirs."""
    organization = get_object_or_404(Organization, pk=viewer_of(request).organization)
    page = of_organization(organization.pk, mark_of(request.GET.get("before", "")))
    told = openings(organization.pk, timezone.now())
    return render(request, "directory/trail.html", _context(page, organization=organization, openings=told))


@require_safe
@for_stewards()
def review(request: HttpRequest) -> HttpResponse:
    """Everything, narrowed as they ask."""
    form = TrailForm(request.GET)
    if not form.is_valid():
        return render(request, "directory/trail.html", {"lines": [], "older": "", "form": form}, status=400)
    asked = form.cleaned_data
    acts = list(GROUPS[asked["group"]][1]) if asked["group"] else None
    mark = mark_of(request.GET.get("before", ""))
    page = of_all(mark, acts=acts, subject=asked["subject"], until=asked["until"])
    kept = request.GET.copy()
    kept.pop("before", None)
    return render(
        request,
        "directory/trail.html",
        _context(page, form=form, kept=kept.urlencode(), is_narrowed=any(asked.values())),
    )
