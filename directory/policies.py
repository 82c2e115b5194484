"""Who may see what of a listing. Every door asks here; the table itself stands in safety/tiers.py."""

from typing import Any

from directory.models.record import HsdsRecord
from safety.tiers import may_see
from safety.viewer import Tier


def seen(record: HsdsRecord, field: str, tier: Tier, *, is_protected: bool) -> Any:
    """The value of `field` if `tier` sees it; an empty text otherwise."""
    name = f"{record._meta.db_table}.{field}"
    return getattr(record, field) if may_see(name, tier, is_protected=is_protected) else ""
