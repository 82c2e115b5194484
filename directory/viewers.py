"""Builds the Viewer of a signed-in request and hands it to the database's row-level context."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from directory.models.membership import Membership
from directory.models.vetting import VettingDecision
from directory.rules.standing import last_day, sees_vetted
from safety.context import set_viewer
from safety.surface import is_private
from safety.viewer import VISITOR, Tier, Viewer

HAT = "acts_for"
"""Name in the session of the organization that a person of several chose to act for."""


def hats_of(user: UUID) -> list[Membership]:
    """What a person may act as, oldest first."""
    live = Membership.objects.live().filter(user_id=user)
    return list(live.select_related("organization").order_by("began_at", "id"))


def hat_of(request: HttpRequest) -> Membership | None:
    """The membership that this request acts by: the chosen one, the only one, or none until one is chosen."""
    noted = vars(request)
    if "worn" not in noted:
        noted["worn"] = _chosen(request)
    worn: Membership | None = noted["worn"]
    return worn


def _chosen(request: HttpRequest) -> Membership | None:
    hats = hats_of(request.user.pk)
    chosen = [hat for hat in hats if str(hat.organization_id) == request.session.get(HAT)]
    return next(iter(chosen or (hats if len(hats) == 1 else [])), None)


def tier_of(organization: UUID, day: date) -> Tier:
    """What members of an organization see on `day`: asked at each request, so that a suspension bites at once."""
    return Tier.VETTED if sees_vetted(day, VettingDecision.objects.told_of(organization)) else Tier.PUBLIC


def viewer_of(request: HttpRequest) -> Viewer:
    """Who looks: a visitor, a person who belongs nowhere, or a member at the tier of the organization."""
    user = request.user
    if not user.is_authenticated:
        return VISITOR
    hat = hat_of(request)
    if hat is None:
        return Viewer(user=user.pk)
    tier = tier_of(hat.organization_id, last_day(timezone.now()))
    return Viewer(user=user.pk, organization=hat.organization_id, tier=tier)


def wear(request: HttpRequest, hat: Membership | None) -> None:
    """This request acts as `hat` from here on, for the database too; None: for no organization."""
    vars(request)["worn"] = hat
    viewer = viewer_of(request)
    set_viewer(viewer)
    request.viewer = viewer  # type: ignore[attr-defined]  # our own attribute


class ViewerMiddleware:
    """Names the viewer inside the transaction that safety.context opened; sets `request.viewer`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Public pages have one viewer: the visitor."""
        viewer = VISITOR
        if is_private(request.path_info):
            viewer = viewer_of(request)
            set_viewer(viewer)
        request.viewer = viewer  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)
