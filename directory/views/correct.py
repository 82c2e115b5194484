"""A steward corrects what a listing says that nobody here keeps, with the forms that keepers have."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.actions.correct_listing import undo_correction
from directory.actions.refused import Refused
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import is_kept
from directory.views.for_stewards import for_stewards
from directory.views.profile import LATEST, Subject, changes_told, name_of, told_of, viewer_of
from directory.views.profile_tasks import (
    BY_STEWARD,
    FORMS,
    MAY,
    ORGANIZATION_FORMS,
    handled,
    hours_handled,
    hours_keys,
    told_what_became,
)
from directory.views.profile_where import place_of, where_handled


def _subject(service: UUID) -> Subject:
    """A listing that belongs to an organization. Raises Http404."""
    found = get_object_or_404(
        Service.objects.select_related("organization").exclude(organization=None), pk=service
    )
    assert found.organization is not None
    return Subject(found.organization, found, is_corrected=True)


def _is_theirs(request: HttpRequest, subject: Subject) -> bool:
    """True where somebody keeps it, and what was sent is answered with that."""
    is_theirs = is_kept(subject.organization.pk)
    if is_theirs and request.method == "POST":
        messages.error(
            request, _("Nothing was saved: this organization has people here who keep its listings.")
        )
    return is_theirs


@require_safe
@for_stewards()
def listing(request: HttpRequest, service: UUID) -> HttpResponse:
    """What can be corrected, and what was changed lately; of a listing that is kept, whom to ask."""
    subject = _subject(service)
    assert subject.service is not None
    (told,) = told_of([subject.service])
    context = {
        "subject": subject,
        "told": told,
        "changes": changes_told(subject, LATEST),
        "of_organization": changes_told(Subject(subject.organization, None), LATEST),
        "organization": name_of(subject.organization),
        "is_kept": (kept := is_kept(subject.organization.pk)),
        "may_undo": not kept,
        "has_address": (place := place_of(subject, None)) is not None and not place.is_protected,
    }
    return render(request, "directory/review_correct.html", context)


@require_http_methods(MAY)
@for_stewards()
def task(request: HttpRequest, service: UUID, name: str) -> HttpResponse:
    """One task, by its name."""
    subject = _subject(service)
    if name not in FORMS:
        raise Http404
    if _is_theirs(request, subject):
        return redirect(subject.home)
    return handled(request, subject, name, FORMS[name], {})


@require_http_methods(MAY)
@for_stewards()
def owner_task(request: HttpRequest, organization: UUID, name: str) -> HttpResponse:
    """What the organization itself tells: shown of each of its listings that says nothing of its own."""
    owner = get_object_or_404(Organization, pk=organization)
    subject = Subject(owner, None, is_corrected=True)
    if name not in ORGANIZATION_FORMS or not Service.objects.filter(organization=owner).exists():
        raise Http404
    if _is_theirs(request, subject):
        return redirect(subject.home)
    return handled(request, subject, name, ORGANIZATION_FORMS[name], {})


@require_http_methods(MAY)
@for_stewards()
def hours(request: HttpRequest, service: UUID, owner: UUID | None = None, kind: str = "") -> HttpResponse:
    """The hours of one kind."""
    subject = _subject(service)
    if _is_theirs(request, subject):
        return redirect(subject.home)
    return hours_handled(request, subject, owner, kind, hours_keys(subject))


@require_http_methods(MAY)
@for_stewards()
def where(request: HttpRequest, service: UUID, place: UUID | None = None) -> HttpResponse:
    """The address of an open place. Of a protected one there is nothing that a steward could correct here."""
    subject = _subject(service)
    found = place_of(subject, place)
    if found is None or found.is_protected:
        messages.info(
            request, _("Its place is protected, or none is known: there is no address to correct here.")
        )
        return redirect(subject.home)
    if _is_theirs(request, subject):
        return redirect(subject.home)
    return where_handled(request, subject, found)


@require_POST
@for_stewards("review_changes")
def undo(request: HttpRequest, change: UUID) -> HttpResponse:
    """Bring back what was said before."""
    found = get_object_or_404(ProposedChange.objects.select_related("organization", "service"), pk=change)
    subject = Subject(found.organization, found.service, is_corrected=True)
    if not _is_theirs(request, subject):
        try:
            made = undo_correction(change=change, viewer=viewer_of(request), now=timezone.now())
        except Refused as fault:
            messages.error(request, str(fault))
        else:
            told_what_became(request, made, BY_STEWARD)
    return redirect(subject.home)
