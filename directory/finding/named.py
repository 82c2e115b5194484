"""Whom a listing names, and which of them find it now: said in words what `directory.finding.windows` asks in SQL."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from directory.models.blocked_organization import BlockedOrganization
from directory.models.named_organization import NamedOrganization
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.rules.standing import Kind, last_day


class Named(NamedTuple):
    """One of them. `finds`: let in, and on no block list of the owner; `enforces`: let in as enforcement."""

    organization: Organization
    finds: bool
    enforces: bool


def named_by(service: UUID, owner: UUID, now: datetime) -> list[Named]:
    """Those that this listing of `owner` names, by name."""
    let_in = VettingDecision.objects.let_in_on(last_day(now))
    listed = BlockedOrganization.objects.filter(organization_id=owner).order_by()
    blocked = set(listed.values_list("blocked_id", flat=True))
    rows = NamedOrganization.objects.of(service, owner).select_related("organization")
    found = []
    for one in rows.order_by("organization__name", "pk"):
        key, decision = one.organization_id, let_in.get(one.organization_id)
        is_enforcement = decision is not None and decision.kind is Kind.ENFORCEMENT
        found.append(Named(one.organization, decision is not None and key not in blocked, is_enforcement))
    return found
