"""The audit trail: an entry with each change, chained at commit, anchored outside the database.

The entry says who did what to which thing, in plain ids. At commit the database makes the link
(docs/adr/0018, migrations/sql/0002_audit.sql); here everything is computed again, independently, so
that a trail that was edited, cut, reordered or shortened is noticed.
"""

import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Now
from django.utils import timezone

from safety.acts import ACTS
from safety.viewer import Viewer

Fact = str | int | bool | None
WORD = re.compile(r"[a-z][a-z0-9_]{1,62}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
MOST_FACTS = 20
LONGEST_FACT = 200
LARGEST_NUMBER = 2**63
GENESIS = bytes(32)
BATCH = 2000
ANCHOR_LINE = re.compile(r"(?P<seq>[1-9]\d{0,18}) (?P<hash>[0-9a-f]{64}) (?P<at>\S+)")

# The moment as text: an owner may have written one that no Python datetime holds.
WALK_SQL = """
SELECT l.seq, l.entry_id, l.previous, l.hash,
       e.id, trunc(extract(epoch FROM e.at) * 1000000)::text,
       e.actor, e.organization, e.action, e.subject_type, e.subject_id, e.details
  FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
 ORDER BY l.seq
"""
UNLINKED_SQL = """
SELECT id FROM audit_entry e WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id)
 ORDER BY at, id LIMIT 1
"""


class AuditEntry(models.Model):
    """Who did what to which thing, in ids. The database stamps the moment, refuses any change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.UUIDField(null=True)
    organization = models.UUIDField(null=True)
    action = models.TextField()
    subject_type = models.TextField()
    subject_id = models.UUIDField(null=True)
    # Canonical JSON as text: the hash covers the very characters, whatever jsonb makes of them.
    details = models.TextField(default="{}")

    class Meta:
        db_table = "audit_entry"
        indexes = (
            models.Index(fields=("subject_type", "subject_id", "at"), name="audit_entry_of_a_subject"),
            models.Index(fields=("organization", "at"), name="audit_entry_under_a_hat"),
            models.Index(fields=("at", "id"), name="audit_entry_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"

    def facts(self) -> dict[str, Fact]:
        """The details, read back."""
        return dict(json.loads(self.details))


class AuditLink(models.Model):
    """A link, made by the database at commit: in the order of commits, without a gap."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="link")
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "audit_link"

    def __str__(self) -> str:
        return str(self.seq)


def record(
    viewer: Viewer,
    *,
    action: str,
    subject_type: str,
    subject_id: UUID | None = None,
    details: Mapping[str, Fact] | None = None,
    using: str = "default",
) -> AuditEntry:
    """Write the entry of a change, in its transaction and after its last save (docs/adr/0018).

    `action` is an imperative (`import_table`), `details` a few flat facts that name no person.
    Raises RuntimeError outside a transaction and ValueError for an act without words in `safety.acts`, or for a word or
    fact of another form.
    """
    if not connections[using].in_atomic_block:
        raise RuntimeError("safety.audit.record needs the transaction of the change that it records.")
    return AuditEntry.objects.using(using).create(
        actor=viewer.user,
        organization=viewer.organization,
        action=_act(action),
        subject_type=_word("subject_type", subject_type),
        subject_id=subject_id,
        details=canonical(details or {}),
    )


def canonical(details: Mapping[str, Fact]) -> str:
    """The one JSON text of `details`. Raises ValueError for what an entry must not hold."""
    if len(details) > MOST_FACTS:
        raise ValueError(f"An audit entry holds at most {MOST_FACTS} facts, not {len(details)}.")
    for name, value in details.items():
        _check_fact(_word("name of a fact", name), value)
    return json.dumps(dict(details), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _act(action: str) -> str:
    if _word("action", action) not in ACTS:
        raise ValueError("An act needs words that people can read: add it to safety/acts.py.")
    return action


def _word(what: str, text: str) -> str:
    if not WORD.fullmatch(text):
        raise ValueError(f"The {what} of an audit entry is lower case words with underscores.")
    return text


def _check_fact(name: str, value: Fact) -> None:
    # The value itself is never quoted: it may be the very thing that must not be written down.
    match value:
        case None | bool():
            return
        case int():
            is_good = -LARGEST_NUMBER <= value < LARGEST_NUMBER
        case str():
            is_good = len(value) <= LONGEST_FACT and not CONTROL.search(value)
        case _:
            is_good = False
    if not is_good:
        raise ValueError(
            f"The fact {name} must be a short text without control characters, a whole number, "
            "true, false or nothing."
        )


class Row(NamedTuple):
    """A link with the entry that it names; the entry's fields are None where that is gone."""

    seq: int
    entry_id: UUID
    previous: bytes
    hash: bytes
    id: UUID | None
    microseconds: str
    actor: UUID | None
    organization: UUID | None
    action: str
    subject_type: str
    subject_id: UUID | None
    details: str


def digest(row: Row) -> bytes:
    """SHA-256 over sequence, previous hash and every field, each behind its length (-1: null).

    The same as `audit_digest` in migrations/sql/0002_audit.sql, written a second time on purpose.
    """
    fields = (
        row.seq, row.id, row.microseconds, row.actor, row.organization,
        row.action, row.subject_type, row.subject_id, row.details,
    )  # fmt: skip
    parts = [row.previous, *(None if field is None else str(field).encode() for field in fields)]
    return hashlib.sha256(b"".join(map(_measured, parts))).digest()


def _measured(part: bytes | None) -> bytes:
    return (-1 if part is None else len(part)).to_bytes(4, "big", signed=True) + (part or b"")


class AnchorFault(Exception):
    """The anchor file can't be read as anchors, or the chain no longer agrees with it."""


class Anchor(NamedTuple):
    """Where the chain stood: the hash of one link."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found; `rows` is how many links were good before the first fault.

    A fault without `first_bad_seq`: an entry without a link, or an unreadable anchor file.
    """

    rows: int
    anchors: int = 0
    first_bad_seq: int | None = None
    entry: UUID | None = None
    reason: str = ""

    @property
    def ok(self) -> bool:
        """No fault was found."""
        return not self.reason


def anchor_file() -> Path:
    """The file of this site (settings.AUDIT_ANCHOR_FILE)."""
    return Path(settings.AUDIT_ANCHOR_FILE)


def read_anchors(path: Path) -> list[Anchor]:
    """Every anchored place; none where there is no file. Raises AnchorFault for a torn line."""
    text = path.read_text(encoding="ascii", errors="replace") if path.exists() else ""
    anchors = []
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        match = ANCHOR_LINE.fullmatch(line.removesuffix("\n"))
        if match is None or not line.endswith("\n"):
            raise AnchorFault(f"line {number} of the anchor file is not an anchor")
        anchors.append(Anchor(int(match["seq"]), bytes.fromhex(match["hash"])))
    return anchors


def write_anchor(connection: BaseDatabaseWrapper, path: Path | None = None) -> Anchor | None:
    """Append where the chain stands now; None where nothing is new. The file is never rewritten.

    Raises AnchorFault where the chain contradicts the last anchor: no new line for it then.
    """
    path = path or anchor_file()
    anchors = read_anchors(path)
    if anchors and _hash_at(connection, anchors[-1].seq) != anchors[-1].hash:
        raise AnchorFault(f"the chain no longer holds what was anchored at link {anchors[-1].seq}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM audit_link ORDER BY seq DESC LIMIT 1")
        head = cursor.fetchone()
    if head is None or (anchors and head[0] <= anchors[-1].seq):
        return None
    _append(path, f"{head[0]} {bytes(head[1]).hex()} {timezone.now().isoformat()}\n")
    return Anchor(head[0], bytes(head[1]))


def _hash_at(connection: BaseDatabaseWrapper, seq: int) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_link WHERE seq = %s", [seq])
        found = cursor.fetchone()
    return None if found is None else bytes(found[0])


def _append(path: Path, line: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(file, line.encode()) != len(line):
            raise AnchorFault(f"the disk took only a part of the new line of {path}")
        os.fsync(file)
    finally:
        os.close(file)


def verify(connection: BaseDatabaseWrapper, path: Path | None = None) -> Verdict:
    """Compute the chain again, link by link, beside every anchor; the first fault ends it."""
    try:
        # Read before the chain: an anchor that is written meanwhile must not look like a cut tail.
        anchors = read_anchors(path or anchor_file())
    except AnchorFault as fault:
        return Verdict(0, reason=str(fault))
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        verdict = _walk(_rows(connection), anchors)
        return _look_for_unlinked(connection, verdict) if verdict.ok else verdict


def _rows(connection: BaseDatabaseWrapper) -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(WALK_SQL)
        while batch := cursor.fetchmany(BATCH):
            for seq, entry_id, previous, hash_, *entry in batch:
                yield Row(seq, entry_id, bytes(previous or b""), bytes(hash_ or b""), *entry)


def _walk(rows: Iterator[Row], anchors: list[Anchor]) -> Verdict:
    anchored = _by_seq(anchors)
    last, count = GENESIS, 0
    for row in rows:
        seq = count + 1
        reason = _fault_of(row, seq, last) or _fault_of_anchor(row, anchored)
        if reason:
            entry = row.entry_id if row.seq == seq else None
            return Verdict(count, len(anchors), seq, entry, reason)
        last, count = row.hash, seq
    if any(seq > count for seq in anchored):
        reason = f"the chain ends at link {count}, but a later one was anchored: its tail was cut off"
        return Verdict(count, len(anchors), count + 1, None, reason)
    return Verdict(count, len(anchors))


def _by_seq(anchors: list[Anchor]) -> dict[int, set[bytes]]:
    found: dict[int, set[bytes]] = {}
    for anchor in anchors:
        found.setdefault(anchor.seq, set()).add(anchor.hash)
    return found


def _fault_of(row: Row, expected: int, last: bytes) -> str:
    """What is wrong with a link that should be number `expected` and follow the hash `last`."""
    if row.seq != expected:
        return f"this link is missing, the next one there is {row.seq}"
    if row.previous != last:
        return "the link does not follow the one before it: links were reordered or replaced"
    if row.id is None:
        return "the entry of this link was deleted"
    if digest(row) != row.hash:
        return "the entry or its link was edited"
    return ""


def _fault_of_anchor(row: Row, anchored: dict[int, set[bytes]]) -> str:
    if anchored.get(row.seq, {row.hash}) != {row.hash}:
        return "the chain was written anew: this link is not the one that was anchored"
    return ""


def _look_for_unlinked(connection: BaseDatabaseWrapper, verdict: Verdict) -> Verdict:
    with connection.cursor() as cursor:
        cursor.execute(UNLINKED_SQL)
        found = cursor.fetchone()
    if found is None:
        return verdict
    reason = "the entry has no link: it was slipped past the chain, or links were cut off"
    return Verdict(verdict.rows, verdict.anchors, None, found[0], reason)
