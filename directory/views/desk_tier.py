"""At which tier a page of the desk shows listings, and the sentence that says why where it is everybody's."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.finding.seers import window_of
from directory.finding.windows import Window
from directory.models.vetting import VettingDecision
from directory.rules.standing import GOOD, Standing, in_force, last_day, standing_on
from directory.viewers import hats_of
from safety.viewer import Tier, Viewer


def viewer(request: HttpRequest) -> Viewer:
    """Who looks, as found at this very request."""
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return found


def window(request: HttpRequest) -> Window:
    """Through which window this request reads listings."""
    return window_of(viewer(request), timezone.now())


def is_vetted(request: HttpRequest) -> bool:
    """True if this request sees the vetted tier."""
    return viewer(request).tier >= Tier.VETTED


def _by_standing(standing: Standing) -> str:
    match standing:
        case Standing.SUSPENDED:
            return _("Your organization is suspended: you see what everybody sees.")
        case Standing.EXPIRED:
            return _(
                "The vetting of your organization is over: you see what everybody sees until it is renewed."
            )
        case Standing.DECLINED:
            return _("Your organization was not let in: you see what everybody sees.")
    return _("Your organization is not vetted yet: you see what everybody sees.")


def why_public(request: HttpRequest) -> str:
    """Why this request sees what everybody sees; empty where it sees the vetted tier."""
    who = viewer(request)
    if who.tier >= Tier.VETTED:
        return ""
    if who.organization is None:
        if hats_of(request.user.pk):
            return _(
                "Choose at your desk for which organization you act. Until then you see what everybody sees."
            )
        return _("You belong to no organization here: you see what everybody sees.")
    decisions = VettingDecision.objects.told_of(who.organization)
    standing = standing_on(last_day(timezone.now()), decisions)
    if in_force(decisions) and standing in GOOD:  # let in, and still at the public tier: promise 27
        if window(request).is_by_name:
            return _(
                "Your organization enforces the law. Such organizations see what everybody sees,"
                " and the listings that name them."
            )
        return _(
            "Your organization enforces the law. Such organizations see what everybody sees, and no more."
        )
    return _by_standing(standing)
