"""Organizations that somebody may be told of by name: what is hidden from them at the desk is not told here either."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.finding.search import fetch
from directory.finding.seers import window_of
from directory.finding.windows import SEEN
from directory.models.blocked_organization import BlockedOrganization
from directory.models.membership import Membership
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from directory.rules.standing import last_day
from directory.rules.text import fold
from safety.viewer import Viewer

SEEN_SQL = f"""SELECT DISTINCT e.organization_id FROM listing e
    WHERE e.organization_id = ANY(%(asked)s::uuid[]) {SEEN}"""  # noqa: S608
SHORTEST = 3
MOST_LOOKED_AT, MOST = 200, 10


def _known(asked: Collection[UUID], viewer: Viewer, now: datetime) -> set[UUID]:
    """Of these, those with a listing that `viewer` finds, and those that have none but people or a decision."""
    rows = fetch(SEEN_SQL, {"asked": [str(key) for key in asked]}, window_of(viewer, now))
    seen = {UUID(str(key)) for (key,) in rows}
    without = Organization.objects.filter(pk__in=set(asked) - seen).exclude(
        Exists(Service.objects.filter(organization_id=OuterRef("pk")))
    )
    at_work = without.filter(
        Exists(Membership.objects.live().filter(organization_id=OuterRef("pk")))
        | Exists(VettingDecision.objects.filter(organization_id=OuterRef("pk")))
    )
    return seen | set(at_work.order_by("pk").values_list("pk", flat=True))


def is_known(organization: UUID, viewer: Viewer, now: datetime) -> bool:
    """True if `viewer` may be told that this organization is there. Who has its code was given it, unless blocked."""
    if not Organization.objects.filter(pk=organization).exists():
        return False
    blocks = BlockedOrganization.objects.filter(organization_id=organization, blocked_id=viewer.organization)
    return not blocks.exists() or organization in _known([organization], viewer, now)


def _code(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


def organizations_called(text: str, viewer: Viewer, now: datetime, *, is_vetted: bool) -> list[Organization]:
    """Those whose name holds `text`, or the one with this code; at most MOST. `is_vetted`: let in now alone."""
    others = Organization.objects.exclude(pk=viewer.organization)
    if code := _code(text):
        found = [one for one in others.filter(pk=code) if is_known(one.pk, viewer, now)]
    else:
        found = _by_name(others, text, viewer, now)
    let_in = VettingDecision.objects.let_in_on(last_day(now)) if is_vetted else None
    return [one for one in found if let_in is None or one.pk in let_in][:MOST]


def _by_name(others: QuerySet[Organization], text: str, viewer: Viewer, now: datetime) -> list[Organization]:
    told = " ".join(text.split())
    if len(fold(told)) < SHORTEST:
        return []
    named = others.filter(Q(name__unaccent__icontains=told) | Q(name_fr__unaccent__icontains=told))
    looked_at = list(named.order_by("name", "pk")[:MOST_LOOKED_AT])
    known = _known([one.pk for one in looked_at], viewer, now)
    return [one for one in looked_at if one.pk in known]
