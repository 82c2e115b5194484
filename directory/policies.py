"""Who may see what of a listing. Every door asks here; the table itself stands in safety/tiers.py."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from directory.models.record import HsdsRecord
from safety.tiers import may_see
from safety.viewer import Tier, Viewer


def seen(record: HsdsRecord, field: str, tier: Tier, *, is_protected: bool) -> Any:
    """The value of `field` if `tier` sees it; an empty text otherwise."""
    name = f"{record._meta.db_table}.{field}"
    return getattr(record, field) if may_see(name, tier, is_protected=is_protected) else ""


def is_custodian(viewer: Viewer, organization: UUID | None) -> bool:
    """True if `viewer` acts for this organization, or stands at the custodian tier."""
    is_own = organization is not None and viewer.organization == organization
    return is_own or viewer.tier >= Tier.CUSTODIAN


def refuse_unless_custodian(viewer: Viewer, organization: UUID | None) -> None:
    """Raise PermissionDenied unless `viewer` may change what belongs to `organization`."""
    if not is_custodian(viewer, organization):
        raise PermissionDenied


def may_read_street(viewer: Viewer, organization: UUID | None) -> bool:
    """True for the protected place's own organization, and from the tier on that sees its street."""
    return is_custodian(viewer, organization) or may_see("address.address_1", viewer.tier, is_protected=True)
