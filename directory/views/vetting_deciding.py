"""What stewards send from an organization's page: points, papers, a sponsor, decisions."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.actions.decide_on_application import agree_by_the_book, decide_by_the_book
from directory.actions.look_at_application import Signed, check_point, name_sponsor, record_paper
from directory.actions.refused import Refused
from directory.actions.take_off import put_listings_back, take_listings_off
from directory.actions.vet_organization import Proposal
from directory.forms_vetting import LetInForm, PaperForm, ShutOutForm
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_paper import Paper
from directory.rules.standing import Kind, Standing, in_force, last_day
from directory.rules.vetting import Point
from directory.views.profile import viewer_of
from directory.views.vetting_desk import (
    on_organization,
    organization_page,
    point_form,
    sponsor_form,
)
from directory.views.vetting_sent import was_refused


def _done(request: HttpRequest, key: UUID, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("review_organization", key)


def _application(key: UUID) -> UUID:
    """The application that waits. Raises Refused."""
    found = VettingApplication.objects.waiting().filter(organization_id=key).last()
    if found is None:
        raise Refused(_("This application was answered or withdrawn already."))
    return found.pk


@require_POST
@on_organization
def check(request: HttpRequest, key: UUID, point: str) -> HttpResponse:
    """A point is done, or not. 404 for a point that there is not."""
    if point not in tuple(Point):
        raise Http404
    form, of, viewer, now = (
        point_form(Point(point), request.POST),
        Point(point),
        viewer_of(request),
        timezone.now(),
    )

    def act() -> None:
        check_point(application=_application(key), point=of, viewer=viewer, now=now, **form.cleaned_data)

    if was_refused(form, act, "note"):
        return organization_page(request, key, 400, points={of: form})
    return _done(request, key, _("The checklist is up to date."))


@require_POST
@on_organization
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was signed on paper, or a training."""
    form, viewer, now = PaperForm(request.POST, auto_id="paper-%s"), viewer_of(request), timezone.now()

    def act() -> None:
        told = form.cleaned_data
        signed = Signed(Paper(told["paper"]), told["on"], told["version"])
        record_paper(organization=key, signed=signed, viewer=viewer, now=now)

    if was_refused(form, act):
        return organization_page(request, key, 400, paper_form=form)
    return _done(request, key, _("It is noted."))


@require_POST
@on_organization
def sponsor(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who answers for the organization."""
    now, viewer = timezone.now(), viewer_of(request)
    form = sponsor_form(Organization.objects.get(pk=key), last_day(now), request.POST)

    def act() -> None:
        named = UUID(form.cleaned_data["sponsor"])
        name_sponsor(application=_application(key), sponsor=named, viewer=viewer, now=now)

    if was_refused(form, act, "sponsor"):
        return organization_page(request, key, 400, sponsor_form=form)
    return _done(request, key, _("The sponsor is noted."))


@require_POST
@on_organization
def let_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """Propose to let the organization in; another steward has to agree."""
    form = LetInForm(request.POST, auto_id="in-%s")
    if was_refused(form, lambda: _decide(request, key, Kind(form.cleaned_data["kind"]), form)):
        return organization_page(request, key, 400, in_form=form)
    return _done(request, key, _("Proposed. It is in force once another steward agrees."))


@require_POST
@on_organization
def shut_out(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decline, suspend or end: from the next request of anybody on."""
    form = ShutOutForm(request.POST, auto_id="out-%s")
    latest = in_force(VettingDecision.objects.told_of(key))
    kind = latest.kind if latest else Kind.COMMUNITY
    if was_refused(form, lambda: _decide(request, key, kind, form)):
        return organization_page(request, key, 400, out_form=form)
    return _done(request, key, _("Decided, and in force from now on."))


def _decide(request: HttpRequest, key: UUID, kind: Kind, form: forms.Form) -> None:
    told = form.cleaned_data
    proposal = Proposal(
        outcome=Standing(told["outcome"]),
        kind=kind,
        reason=told["reason"],
        appeal=told["appeal"],
        until=told.get("until"),
    )
    viewer, now = viewer_of(request), timezone.now()
    decide_by_the_book(organization=key, proposal=proposal, viewer=viewer, now=now)


@require_POST
@on_organization
def listings(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take its listings off the site, or put them back."""
    viewer, is_back = viewer_of(request), request.POST.get("do") == "back"
    try:
        if is_back:
            put_listings_back(organization=key, viewer=viewer)
        else:
            take_listings_off(organization=key, viewer=viewer, now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("review_organization", key)
    told = _("They are on the site again.") if is_back else _("They are off the site.")
    return _done(request, key, told)


@require_POST
@on_organization
def agree(request: HttpRequest, key: UUID, decision: UUID) -> HttpResponse:
    """Agree to what another steward proposed. 404 for another organization's proposal."""
    if not VettingDecision.objects.filter(pk=decision, organization_id=key).exists():
        raise Http404
    try:
        agree_by_the_book(decision=decision, viewer=viewer_of(request), now=timezone.now())
    except Refused as fault:
        messages.error(request, str(fault))
        return redirect("review_organization", key)
    return _done(request, key, _("Agreed. The organization is let in from now on."))
