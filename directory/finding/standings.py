"""Where organizations stand, for stewards: of those about which anything was decided. All others are unvetted."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from directory.models.vetting import VettingDecision
from directory.rules.standing import Standing, in_force, standing_on
from safety.audit import AuditEntry

CONTROL = "control"
"""Beside the standings: ended because others took control of it. It is vetted anew."""
SLUGS = (*(str(one) for one in Standing), CONTROL)


class Stands(NamedTuple):
    """One of SLUGS, and the last day of what lets it in or did, if any."""

    slug: str
    until: date | None = None


def standings(day: date) -> dict[UUID, Stands]:
    """By organization, on `day`: two statements, however many there are."""
    rows = defaultdict[UUID, list[VettingDecision]](list)
    for one in VettingDecision.objects.order_by("decided_at", "id"):
        rows[one.organization_id].append(one)
    found = {key: _stands(day, decisions) for key, decisions in rows.items()}
    taken = _taken_over(key for key, one in found.items() if one.slug == Standing.EXPIRED)
    return found | {key: Stands(CONTROL) for key in taken if _is_latest(rows[key], taken[key])}


def _stands(day: date, decisions: list[VettingDecision]) -> Stands:
    told = [one.told() for one in decisions]
    latest = in_force(told)
    return Stands(str(standing_on(day, told)), latest.until if latest else None)


def _taken_over(organizations: Iterable[UUID]) -> dict[UUID, set[str]]:
    """By organization, the decisions that were made because others took control of it."""
    said = AuditEntry.objects.filter(
        subject_type="organization", subject_id__in=list(organizations), action="say_control_changed"
    )
    found = defaultdict[UUID, set[str]](set)
    for entry in said.order_by("at", "id"):
        if entry.subject_id:
            found[entry.subject_id].add(str(entry.facts().get("decision")))
    return found


def _is_latest(decisions: list[VettingDecision], ended: set[str]) -> bool:
    latest = in_force(one.told() for one in decisions)
    return any(str(one.pk) in ended and one.told() == latest for one in decisions)
