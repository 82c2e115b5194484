"""The desk of signed-in people: for whom they act, and what they can do there."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directory.finding.beds import bed_services
from directory.models.break_glass import BreakGlass
from directory.models.membership import Membership, Role
from directory.models.vetting import VettingDecision
from directory.policies import is_adviser, is_applicant, is_steward
from directory.rules.standing import Standing, last_day, standing_on
from directory.viewers import HAT, hat_of, hats_of
from directory.views.answers import waiting
from directory.views.desk_tier import is_vetted
from safety.viewer import Viewer


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Reached only with a second factor (accounts.second_factor)."""
    hat = hat_of(request)
    return render(
        request,
        "directory/desk.html",
        {
            "hat": hat,
            "hats": hats_of(request.user.pk),
            "standing": _standing(hat.organization_id) if hat else "",
            "decision": _to_answer(hat, _viewer(request)) if hat else None,
            "leads": hat is not None and hat.role == Role.LEAD,
            "applies": hat is not None and is_applicant(_viewer(request), hat.organization_id),
            "reviews": is_steward(_viewer(request)) or is_adviser(_viewer(request)),
            "answers_wait": hat is not None and is_vetted(request) and bool(waiting(hat.organization_id)),
            "has_beds": hat is not None and bool(bed_services(hat.organization_id)),
            "glass": _openings(hat) if hat is not None and hat.role == Role.LEAD else [],
            "keeps": hat is not None and hat.role in (Role.KEEPER, Role.LEAD),
        },
    )


def _viewer(request: HttpRequest) -> Viewer:
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return found


def _standing(organization: UUID) -> str:
    return standing_on(last_day(timezone.now()), VettingDecision.objects.told_of(organization))


def _to_answer(hat: Membership, viewer: Viewer) -> VettingDecision | None:
    """What was decided other than a plain yes: those who may object to it read why."""
    if not is_applicant(viewer, hat.organization_id):
        return None
    found = VettingDecision.objects.in_force_of(hat.organization_id, last_day(timezone.now()))
    return None if found is None or found.outcome == Standing.APPROVED else found


def _openings(hat: Membership) -> list[tuple[UUID, bool]]:
    """What stewards opened lately of this organization, and whether it is open: whoever leads it got a letter."""
    now = timezone.now()
    found = BreakGlass.objects.filter(organization=hat.organization, opened_at__gt=now - timedelta(days=7))
    return [(one.pk, one.ended_at is None and one.until > now) for one in found]


@require_POST
def choose_hat(request: HttpRequest) -> HttpResponse:
    """From now on in this session, act for one of the organizations one belongs to. Any other is not said to exist."""
    asked = request.POST.get("organization", "")
    if any(str(hat.organization_id) == asked for hat in hats_of(request.user.pk)):
        request.session[HAT] = asked
    return redirect("desk")
