"""Organizations let in by the word of another, which itself is not approved any more."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.rules.standing import LAST_ZONE, Standing, in_force, standing_on


@dataclass(frozen=True, slots=True)
class Orphaned:
    """`sponsor`: who answered for `organization`. `since`: when it stopped being approved."""

    organization: Organization
    sponsor: Organization
    since: datetime


def orphaned_on(day: date) -> list[Orphaned]:
    """Those that are let in on `day` and whose sponsor is not approved, the longest without one first."""
    here = VettingDecision.objects.let_in_on(day)
    applied = VettingApplication.objects.filter(
        sent_at__isnull=False, withdrawn_at=None, organization__in=here
    )
    rows = applied.defer("sealed").select_related("organization", "sponsor").order_by("sent_at")
    latest = {one.organization_id: one for one in rows}
    told = []
    for one in latest.values():
        since = _lost(one.sponsor_id, day) if one.sponsor is not None else None
        if one.sponsor is not None and since is not None:
            told.append(Orphaned(one.organization, one.sponsor, since))
    return sorted(told, key=lambda row: (row.since, row.organization.name))


def _lost(sponsor: object, day: date) -> datetime | None:
    """Since when a sponsor isn't approved; None while it is. It was, when it was named."""
    decisions = VettingDecision.objects.told_of(sponsor)  # type: ignore[arg-type]  # of a foreign key
    latest = in_force(decisions)
    if latest is None or latest.at is None or standing_on(day, decisions) is Standing.APPROVED:
        return None
    if standing_on(day, decisions) is Standing.EXPIRED and latest.until is not None:
        return datetime.combine(latest.until + timedelta(days=1), time(), tzinfo=LAST_ZONE)
    return latest.at
