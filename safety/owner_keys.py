"""A data key for each owner (an organization's plain id), wrapped under the key-encryption keys.

Shredding takes the wrapped key away and leaves a tombstone: what was sealed stays closed for good,
and no new key is quietly made for that owner. Keys are not cached: hold none beyond a request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import connections, models, transaction
from django.db.models import Q
from django.utils import timezone

from safety import audit
from safety.crypto import (
    Context,
    Key,
    Keyring,
    Unreadable,
    keyring,
    make_key,
    open_sealed,
    seal,
)
from safety.viewer import VISITOR, Viewer

# The id that values carry. It tells nothing of the owner; a second generation would get another.
GENERATION = "o1"
# Owns what belongs to no organization, so that it rotates with the rest: second-factor secrets.
SITE = UUID("00000000-0000-0000-0000-000000000001")
BATCH = 100
BEFORE_ALL = UUID(int=0)
# One statement, so that a key made at the same moment is destroyed too.
SHRED_SQL = """
INSERT INTO owner_key (owner, wrapped, kek_id, made_at, shredded_at)
VALUES (%s, NULL, '', now(), now())
ON CONFLICT (owner) DO UPDATE SET wrapped = NULL, kek_id = '', shredded_at = now()
 WHERE owner_key.shredded_at IS NULL
"""


class Shredded(Unreadable):
    """The owner's key was destroyed: nothing of it opens again, and nothing new may be sealed."""


class OwnerKeyQuerySet(models.QuerySet["OwnerKey"]):
    """Keys, in the words of their life."""

    def alive(self) -> Self:
        """Not shredded."""
        return self.filter(wrapped__isnull=False)

    def wrapped_under_another(self, kek_id: str) -> Self:
        """Alive and still under an older key-encryption key."""
        return self.alive().exclude(kek_id=kek_id)


class OwnerKey(models.Model):
    """The wrapped data key of one owner, or the tombstone of one that was shredded."""

    owner = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField(null=True)
    kek_id = models.TextField()
    made_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)

    objects = OwnerKeyQuerySet.as_manager()

    class Meta:
        db_table = "owner_key"
        constraints = (
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, shredded_at__isnull=True)
                | Q(wrapped__isnull=True, shredded_at__isnull=False, kek_id=""),
                name="owner_key_is_wrapped_or_shredded",
            ),
        )

    def __str__(self) -> str:
        return str(self.owner)


@dataclass(frozen=True, slots=True)
class Rewrapping:
    """What a rotation did: keys wrapped anew, and keys that still need an older or unknown one."""

    done: int
    left: int


def data_key(owner: UUID, *, using: str = "default") -> Key:
    """The key to seal with; made at first use, once, however many ask together. Raises Shredded."""
    row = _find(owner, using)
    if row is None:
        fresh = _wrap(owner, make_key(GENERATION), keyring().newest, timezone.now())
        OwnerKey.objects.using(using).bulk_create([fresh], ignore_conflicts=True)
        row = OwnerKey.objects.using(using).get(owner=owner)
    return _unwrap(row, keyring())


def existing_data_key(owner: UUID, *, using: str = "default") -> Key:
    """The key to open with; never makes one. Raises Unreadable where there is none."""
    row = _find(owner, using)
    if row is None:
        raise Unreadable
    return _unwrap(row, keyring())


def shred(owner: UUID, *, viewer: Viewer, using: str = "default") -> bool:
    """Destroy the owner's key and say so in the audit trail; False where that was done before.

    An owner without a key gets the tombstone too. Older backups still hold the wrapped key.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(SHRED_SQL, [owner])
        if cursor.rowcount == 0:
            return False
        audit.record(
            viewer,
            action="shred_owner_key",
            subject_type="owner_key",
            subject_id=owner,
            using=using,
        )
    return True


def rewrap_all(
    *,
    viewer: Viewer = VISITOR,
    progress: Callable[[int], None] | None = None,
    using: str = "default",
) -> Rewrapping:
    """Wrap every living key under the newest key-encryption key, a batch in each transaction.

    Can be stopped and run again; readers are served meanwhile as long as PORTAL_KEYS holds both.
    `progress` hears how many are done so far.
    """
    ring = keyring()
    after, done = BEFORE_ALL, 0
    while True:
        with transaction.atomic(using=using):
            rows = _next_batch(ring, after, using)
            changed = _rewrap(rows, ring, using)
            _record_rewrapping(viewer, ring, changed, using)
        if not rows:
            break
        after, done = rows[-1].owner, done + changed
        if progress is not None:
            progress(done)
    left = OwnerKey.objects.using(using).wrapped_under_another(ring.newest.id).count()
    return Rewrapping(done, left)


def _next_batch(ring: Keyring, after: UUID, using: str) -> list[OwnerKey]:
    # A row that is being shredded is left alone: waiting for it could only find a tombstone.
    rows = OwnerKey.objects.using(using).select_for_update(skip_locked=True)
    return list(rows.wrapped_under_another(ring.newest.id).filter(owner__gt=after).order_by("owner")[:BATCH])


def _rewrap(rows: list[OwnerKey], ring: Keyring, using: str) -> int:
    changed = []
    for row in rows:
        try:
            changed.append(_wrap(row.owner, _unwrap(row, ring), ring.newest, row.made_at))
        except Unreadable:
            continue
    if changed:
        OwnerKey.objects.using(using).bulk_update(changed, ["wrapped", "kek_id"])
    return len(changed)


def _record_rewrapping(viewer: Viewer, ring: Keyring, changed: int, using: str) -> None:
    if changed:
        audit.record(
            viewer,
            action="rewrap_owner_keys",
            subject_type="owner_key",
            details={"under": ring.newest.id, "keys": changed},
            using=using,
        )


def _find(owner: UUID, using: str) -> OwnerKey | None:
    return OwnerKey.objects.using(using).filter(owner=owner).first()


def _wrap(owner: UUID, key: Key, kek: Key, made_at: datetime) -> OwnerKey:
    wrapped = seal(key.secret, key=kek, context=_place(owner))
    return OwnerKey(owner=owner, wrapped=wrapped, kek_id=kek.id, made_at=made_at)


def _unwrap(row: OwnerKey, ring: Keyring) -> Key:
    if row.wrapped is None:
        raise Shredded
    wrapped = bytes(row.wrapped)
    secret = open_sealed(wrapped, key=ring.key_for(wrapped), context=_place(row.owner))
    return Key(GENERATION, secret)


def _place(owner: UUID) -> Context:
    return Context(owner=owner, table="owner_key", column="wrapped", row=owner)
