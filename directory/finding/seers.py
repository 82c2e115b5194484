"""From who looks, the window through which listings are read; and whether one is found through it at all."""

from datetime import datetime
from uuid import UUID

from directory.finding.search import fetch
from directory.finding.windows import EVERYBODY, SEEN, Window
from directory.models.named_organization import NamedOrganization
from directory.models.vetting import VettingDecision
from directory.rules.standing import is_let_in, last_day
from safety.viewer import Tier, Viewer

FOUND_SQL = f"SELECT e.id FROM listing e WHERE e.service_id = %(service)s {SEEN} LIMIT 1"  # noqa: S608


def window_of(viewer: Viewer, now: datetime) -> Window:
    """What `viewer` may find at this moment: asked at each request, so that a name that is taken back is gone.

    Who is let in and stays below the vetted tier enforces the law: it finds what everybody finds and what names it.
    """
    if viewer.tier >= Tier.VETTED:
        return Window(viewer.tier, viewer.organization)
    if viewer.organization is None or not _is_named(viewer.organization):
        return EVERYBODY
    told = VettingDecision.objects.told_of(viewer.organization)
    is_by_name = is_let_in(last_day(now), told)
    return Window(viewer.tier, viewer.organization, is_by_name) if is_by_name else EVERYBODY


def vetted_eyes() -> Window:
    """What a vetted worker of no organization in particular finds: nobody names it, nobody blocks it.

    For whoever keeps a listing, to look at that one alone.
    """
    return Window(Tier.VETTED)


def _is_named(organization: UUID) -> bool:
    return NamedOrganization.objects.filter(organization_id=organization).exists()


def finds(viewer: Viewer, service: UUID, now: datetime) -> bool:
    """True if `viewer` finds a listing of this service. What is closed to them is as what is not there."""
    return bool(fetch(FOUND_SQL, {"service": service}, window_of(viewer, now)))
