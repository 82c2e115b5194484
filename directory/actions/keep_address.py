"""The street of a protected place, where its organization chose to keep one here: sealed under that organization's key.

It is in no read model and in no export; each reading leaves a row in the audit trail. Destroying the organization's
key (`safety.owner_keys.shred`) closes it for good.
"""

import json
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from directory.actions.refused import Refused
from directory.actions.tell_people import tell_organization
from directory.models.location import Location
from directory.models.protected_address import ProtectedAddress
from directory.policies import may_read_street, refuse_unless_custodian
from safety import audit, crypto, owner_keys
from safety.viewer import Viewer

BLOCK = 256
"""Bytes to which the text is filled up, so that its length tells nothing of the street."""


@dataclass(frozen=True, slots=True)
class Street:
    """HSDS's own fields of an address."""

    address_1: str
    city: str
    state_province: str
    attention: str = ""
    address_2: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = "CA"


@transaction.atomic
def keep_protected_address(*, location_id: UUID, street: Street, viewer: Viewer) -> None:
    """Seal and store the street, in place of any that was kept before.

    Raises Refused for a place that isn't protected or has no organization, PermissionDenied for anybody else's, and
    `owner_keys.Shredded` once the organization's key is destroyed.
    """
    location = Location.objects.select_for_update().get(pk=location_id)
    refuse_unless_custodian(viewer, location.organization_id)
    if not location.is_protected or location.organization_id is None:
        raise Refused("Only the protected place of an organization keeps a sealed address.")
    owner = location.organization_id
    facts = {
        "organization_id": owner,
        "sealed": _sealed(street, owner, location_id),
        "stored_at": timezone.now(),
    }
    ProtectedAddress.objects.update_or_create(location_id=location_id, defaults=facts)
    audit.record(viewer, action="keep_protected_address", subject_type="location", subject_id=location_id)


@transaction.atomic
def read_protected_address(*, location_id: UUID, viewer: Viewer) -> Street | None:
    """Return the street, or nothing where none is kept; the reading is recorded either way.

    Its organization is written to when somebody else reads it. Raises PermissionDenied below the tier PARTY,
    `crypto.Unreadable` where the key is gone or the value was moved here.
    """
    kept = ProtectedAddress.objects.filter(location_id=location_id).first()
    now = timezone.now()
    if not may_read_street(viewer, _owner(location_id, kept), now):
        raise PermissionDenied
    audit.record(viewer, action="read_protected_address", subject_type="location", subject_id=location_id)
    if kept is not None and viewer.organization != kept.organization_id:
        tell_organization(kept.organization_id, now)
    if kept is None:
        return None
    key = owner_keys.existing_data_key(kept.organization_id)
    context = _context(kept.organization_id, location_id)
    return Street(**json.loads(crypto.open_sealed(bytes(kept.sealed), key=key, context=context)))


@transaction.atomic
def remove_protected_address(*, location_id: UUID, viewer: Viewer) -> bool:
    """Remove the sealed street; False where none was kept. Raises PermissionDenied."""
    kept = ProtectedAddress.objects.select_for_update().filter(location_id=location_id).first()
    refuse_unless_custodian(viewer, kept.organization_id if kept else None)
    if kept is None:
        return False
    kept.delete()
    audit.record(viewer, action="remove_protected_address", subject_type="location", subject_id=location_id)
    return True


def _owner(location: UUID, kept: ProtectedAddress | None) -> UUID | None:
    """Whose street it is, or would be."""
    if kept is not None:
        return kept.organization_id
    return Location.objects.filter(pk=location).values_list("organization_id", flat=True).first()


def _sealed(street: Street, owner: UUID, location: UUID) -> bytes:
    text = json.dumps(asdict(street), ensure_ascii=False).encode()
    padded = text + b" " * (-len(text) % BLOCK)
    return crypto.seal(padded, key=owner_keys.data_key(owner), context=_context(owner, location))


def _context(owner: UUID, location: UUID) -> crypto.Context:
    return crypto.Context(owner=owner, table="protected_address", column="sealed", row=location)
