"""Where a listing is: an address that is read before it shows, protecting a place, opening it, its sealed street."""

from typing import Any, NamedTuple
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from directory.actions.keep_address import (
    Street,
    keep_protected_address,
    read_protected_address,
    remove_protected_address,
)
from directory.actions.propose_change import propose_change
from directory.actions.propose_region import propose_region
from directory.actions.refused import Refused
from directory.finding.profile_places import TIER
from directory.models.location import Location
from directory.models.protected_address import ProtectedAddress
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.holding import OPEN, PROTECTED
from directory.views.fresh_proof import asked_anew, proved_anew
from directory.views.profile import Subject, change_told, for_keepers, subject_of, viewer_of
from directory.views.profile_places import asked_places
from directory.views.profile_shown_form import ShownForm
from directory.views.profile_tasks import MAY, handled, told_what_became
from directory.views.profile_where_form import RegionForm, StreetForm, WhereForm
from directory.views.wording_places import place_name


class Told(NamedTuple):
    """A place as these pages show it, and the other places of the same listing."""

    id: UUID
    name: str
    is_protected: bool
    address: str
    others: list["Told"]


def _told(subject: Subject, place: Location) -> Told:
    page = "review_correct_where" if subject.is_corrected else "profile_where_of"
    address = reverse(page, args=[subject.service.pk, place.pk]) if subject.service else ""
    return Told(place.pk, place_name(place), place.is_protected, address, [])


def _places(subject: Subject) -> list[Told]:
    ties = ServiceAtLocation.objects.filter(service=subject.service, location__isnull=False)
    sites = ties.select_related("location__community").order_by("position", "id")
    return list({site.location_id: _told(subject, site.location) for site in sites}.values())


def place_of(subject: Subject, key: UUID | None) -> Told | None:
    """The place asked for, or else the first. Raises Http404 for one of another listing."""
    places = _places(subject)
    if key is not None and key not in {place.id for place in places}:
        raise Http404
    for place in places:
        if key in (None, place.id):
            return place._replace(others=[other for other in places if other.id != place.id])
    return None


@require_http_methods(MAY)
@for_keepers
def where(request: HttpRequest, service: UUID, place: UUID | None = None) -> HttpResponse:
    """The address of an open place; what can be done about a protected one."""
    subject = subject_of(request, service)
    found = place_of(subject, place)
    if found is None or found.is_protected:
        return _protected_page(request, subject, found, RegionForm())
    return where_handled(request, subject, found)


def where_handled(request: HttpRequest, subject: Subject, place: Told) -> HttpResponse:
    """The address of an open place."""

    def make(data: Any, **shown: Any) -> WhereForm:
        return WhereForm(data, place=str(place.id), **shown)

    to_come = [change_told(change) for change in asked_places(subject)]
    return handled(request, subject, "where", make, {"place": place, "to_come": to_come})


def _protected_page(
    request: HttpRequest, subject: Subject, place: Told | None, form: RegionForm
) -> HttpResponse:
    waits = place is not None and _waits(subject, place)
    context = {"subject": subject, "place": place, "waits": waits, "form": form}
    context["shut_out"] = subject.shut_out
    context["to_come"] = [change_told(change) for change in asked_places(subject)]
    return render(request, "directory/profile_protected.html", context, status=400 if form.errors else 200)


def _waits(subject: Subject, place: Told) -> bool:
    """True if it was asked for already that this place be opened."""
    return any(f"{TIER}{place.id}" in change.after for change in subject.changes.held())


@require_http_methods(MAY)
@for_keepers
def shown(request: HttpRequest, service: UUID) -> HttpResponse:
    """Who may find the listing."""
    subject = subject_of(request, service)

    def make(data: Any, **told: Any) -> ShownForm:
        return ShownForm(data, organization=subject.organization, **told)

    return handled(request, subject, "shown", make, {})


@require_POST
@for_keepers
def protect(request: HttpRequest, service: UUID, place: UUID) -> HttpResponse:
    """From now on only its region is told."""
    if "understood" not in request.POST:
        messages.error(request, _("Nothing was changed: tick that you understand what is forgotten."))
        return redirect("profile_where_of", service, place)
    return _set_tier(request, service, place, PROTECTED)


@require_POST
@for_keepers
def ask_to_open(request: HttpRequest, service: UUID, place: UUID) -> HttpResponse:
    """A steward reads it first."""
    return _set_tier(request, service, place, OPEN)


def _set_tier(request: HttpRequest, service: UUID, place: UUID, tier: str) -> HttpResponse:
    subject = subject_of(request, service)
    place_of(subject, place)
    try:
        made = propose_change(
            organization=subject.organization.pk,
            service=service,
            task="where",
            values={f"{TIER}{place}": tier},
            viewer=viewer_of(request),
            now=timezone.now(),
        )
    except Refused as fault:
        messages.error(request, str(fault))
    else:
        if tier == PROTECTED and made:
            messages.success(
                request, _("This place is protected now. Read over what your listings say of it.")
            )
        else:
            told_what_became(request, made)
    return redirect("profile_where_of", service, place)


@require_POST
@for_keepers
def region(request: HttpRequest, service: UUID, place: UUID) -> HttpResponse:
    """It is told by the region of another community, once a steward has read that."""
    subject, form = subject_of(request, service), RegionForm(request.POST)
    found = place_of(subject, place)
    if form.is_valid():
        try:
            made = propose_region(
                organization=subject.organization.pk,
                service=service,
                place=place,
                community=form.cleaned_data["community"],
                viewer=viewer_of(request),
                now=timezone.now(),
            )
        except Refused as fault:
            form.add_error("community", str(fault))
        else:
            told_what_became(request, made)
            return redirect("profile_where_of", service, place)
    return _protected_page(request, subject, found, form)


@sensitive_variables()
@require_http_methods(MAY)
@for_keepers
def street(request: HttpRequest, service: UUID, place: UUID) -> HttpResponse:
    """The sealed street of a protected place: kept, read on record, removed. Asks once more who one is."""
    subject_of(request, service)  # whose it is not, for them it is not there
    if request.method != "POST":
        return reauthentication_required(_street)(request, service, place)
    return _street(request, service, place) if proved_anew(request) else asked_anew(request, request.path)


@sensitive_variables()
def _street(request: HttpRequest, service: UUID, place: UUID) -> HttpResponse:
    subject = subject_of(request, service)
    found = place_of(subject, place)
    if found is None or not found.is_protected:
        raise Http404
    form = StreetForm(request.POST if "keep" in request.POST else None)
    read: Street | None = None
    if request.method == "POST":
        try:
            if "read" in request.POST:
                read = read_protected_address(location_id=place, viewer=viewer_of(request))
            elif _written(request, place, form):
                return redirect("profile_street", service, place)
        except Refused as fault:
            messages.error(request, str(fault))
    return _street_page(request, subject, found, form, read)


@sensitive_variables()
def _written(request: HttpRequest, place: UUID, form: StreetForm) -> bool:
    """False where the form has to be filled in anew."""
    viewer = viewer_of(request)
    if "remove" in request.POST:
        remove_protected_address(location_id=place, viewer=viewer)
        messages.success(request, _("The street is removed."))
        return True
    if "keep" in request.POST and form.is_valid():
        keep_protected_address(location_id=place, street=form.street(), viewer=viewer)
        messages.success(request, _("The street is sealed and kept."))
        return True
    return False


@sensitive_variables()
def _street_page(
    request: HttpRequest, subject: Subject, place: Told, form: StreetForm, read: Street | None
) -> HttpResponse:
    lines: list[str] = []
    if read:
        town = " ".join(filter(None, [read.city, read.state_province, read.postal_code]))
        lines = [line for line in (read.attention, read.address_1, read.address_2, town) if line]
    context = {
        "subject": subject,
        "place": place,
        "form": form,
        "street": lines,
        "is_kept": ProtectedAddress.objects.filter(location_id=place.id).exists(),
    }
    return render(request, "directory/profile_street.html", context, status=400 if form.errors else 200)
