"""The audit trail as people read it: what was done by an organization or about what is its own, and all of it."""

from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from directory.finding.bound import fetched
from safety.acts import for_leads, not_for_stewards
from safety.audit import AuditEntry

A_PAGE = 50

# Its services and places, and every record that hangs on them.
OF_ORGANIZATION_SQL = """
WITH mine AS MATERIALIZED (
    SELECT id FROM service WHERE organization_id = %(organization)s::uuid
), sites AS MATERIALIZED (
    SELECT id, location_id FROM service_at_location WHERE service_id IN (SELECT id FROM mine)
), places AS MATERIALIZED (
    SELECT id FROM location WHERE organization_id = %(organization)s::uuid
), owners AS MATERIALIZED (
    SELECT %(organization)s::uuid AS id UNION SELECT id FROM mine UNION SELECT id FROM sites
     UNION SELECT id FROM places
), own AS MATERIALIZED (
    SELECT 'organization' AS kind, %(organization)s::uuid AS id
    UNION ALL SELECT 'service', id FROM mine
    UNION ALL SELECT 'service_at_location', id FROM sites
    UNION ALL SELECT 'location', id FROM places
    UNION ALL SELECT 'phone', id FROM phone WHERE organization_id IN (SELECT id FROM owners)
              OR service_id IN (SELECT id FROM owners) OR location_id IN (SELECT id FROM owners)
              OR service_at_location_id IN (SELECT id FROM owners)
    UNION ALL SELECT 'schedule', id FROM schedule WHERE service_id IN (SELECT id FROM owners)
              OR location_id IN (SELECT id FROM owners) OR service_at_location_id IN (SELECT id FROM owners)
    UNION ALL SELECT 'address', id FROM address WHERE location_id IN (SELECT id FROM owners)
    UNION ALL SELECT 'language', id FROM language WHERE service_id IN (SELECT id FROM owners)
              OR location_id IN (SELECT id FROM owners)
    UNION ALL SELECT 'contact', id FROM contact WHERE organization_id IN (SELECT id FROM owners)
              OR service_id IN (SELECT id FROM owners) OR location_id IN (SELECT id FROM owners)
              OR service_at_location_id IN (SELECT id FROM owners)
), told AS (
    SELECT e.id, e.at FROM audit_entry e JOIN own ON (own.kind, own.id) = (e.subject_type, e.subject_id)
     WHERE e.action = ANY(%(acts)s::text[])
    UNION
    SELECT e.id, e.at FROM audit_entry e
     WHERE e.organization = %(organization)s::uuid AND e.action = ANY(%(acts)s::text[])
)
SELECT id FROM told WHERE (at, id) < (%(before)s::timestamptz, %(id)s::uuid) ORDER BY at DESC, id DESC LIMIT %(most)s
"""


class Mark(NamedTuple):
    """Where a page ended: what is older comes next."""

    at: datetime
    id: UUID


LATEST = Mark(datetime(9000, 1, 1, tzinfo=UTC), UUID(int=2**128 - 1))


class Page(NamedTuple):
    """Entries, newest first; `older`: the mark of the next page, None where there is none."""

    entries: list[AuditEntry]
    older: Mark | None


def _page(found: list[AuditEntry]) -> Page:
    shown = found[:A_PAGE]
    last = shown[-1] if len(found) > A_PAGE else None
    return Page(shown, Mark(last.at, last.id) if last else None)


def of_organization(organization: UUID, before: Mark = LATEST) -> Page:
    """What its leads may read: done under its hat, or about what is its own, by whomever."""
    asked = {"organization": str(organization), "acts": for_leads(), "most": A_PAGE + 1}
    keys = [
        key for (key,) in fetched(OF_ORGANIZATION_SQL, asked | {"before": before.at, "id": str(before.id)})
    ]
    found = AuditEntry.objects.in_bulk(keys)
    return _page([found[key] for key in keys])


def of_all(
    before: Mark = LATEST,
    *,
    acts: list[str] | None = None,
    subject: UUID | None = None,
    until: date | None = None,
) -> Page:
    """What stewards read: everything but block lists, or these acts, about one thing or done for it, up to a day."""
    found: QuerySet[AuditEntry] = AuditEntry.objects.exclude(action__in=not_for_stewards())
    found = found.order_by("-at", "-id")
    if acts is not None:
        found = found.filter(action__in=acts)
    if subject:
        found = found.filter(subject_id=subject) | found.filter(organization=subject)
    if until:
        found = found.filter(at__date__lte=until)
    earlier = found.filter(at__lt=before.at) | found.filter(at=before.at, id__lt=before.id)
    return _page(list(earlier[: A_PAGE + 1]))
