"""Numbers that people of an organization told or confirmed, or that a steward reached them by: not a feed's alone."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from directory.models.field_source import FieldSource
from directory.models.phone import Phone
from directory.models.service import Service
from directory.rules.new_listings import digits_of
from directory.rules.publishing import RESERVED_PUBLISHERS

FEWEST_DIGITS = 3
"""A crisis line may have so few."""


def verified(phones: Iterable[Phone]) -> set[UUID]:
    """Ids of those that lead to the people themselves.

    Written at the desk, confirmed by a person, or told by a listing about which a steward spoke with its people: what
    a feed adds to such a one waits for a call.
    """
    rows = list(phones)
    confirmed = FieldSource.objects.filter(
        entity="phone", field="number", record_id__in=[row.pk for row in rows], confirmed_on__isnull=False
    )
    sure = set(confirmed.values_list("record_id", flat=True))
    assured = Service.objects.exclude(assured_date=None)
    listings = set(assured.filter(pk__in=[_service_of(row) for row in rows]).values_list("pk", flat=True))
    owners = [row.organization_id for row in rows if row.organization_id]
    spoken = set(assured.filter(organization_id__in=owners).values_list("organization_id", flat=True))
    return {
        row.pk
        for row in rows
        if row.pk in sure
        or row.publisher_id in RESERVED_PUBLISHERS
        or _service_of(row) in listings
        or row.organization_id in spoken
    }


def _service_of(row: Phone) -> UUID | None:
    if row.service_id is None and row.service_at_location is not None:
        return row.service_at_location.service_id
    return row.service_id


def is_told_newly(called: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """True if the number that was called is one that the change brings, or if no number was called."""
    (mine,) = digits_of([called]) or {""}
    return len(mine) < FEWEST_DIGITS or mine in _numbers(after) - _numbers(before)


def _numbers(values: Mapping[str, Any]) -> frozenset[str]:
    rows = [row for key in ("phones", "organization.phones") for row in values.get(key) or []]
    return digits_of(row["number"] for row in rows)
