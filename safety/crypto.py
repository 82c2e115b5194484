"""Sealing of single values: AES-256-GCM, bound to the owner, table, column and row of the value.

A sealed value is: version (1 byte), length of the key's id (1 byte), the id, nonce (12 bytes), then
ciphertext with its tag (16 bytes). The head is authenticated too. Limits: NIST SP 800-38D, 8.2.2
and 8.3 (random nonces of 96 bits, fewer than 2**32 seals under one key).
"""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")
# Random keys of 32 bytes practically never have fewer than 16 different ones; typed keys often do.
LEAST_DISTINCT_BYTES = 16


class Unreadable(Exception):
    """A sealed value does not open here. Why is not said: that would help whoever moved it."""

    def __init__(self) -> None:
        super().__init__("This value cannot be read.")


class KeyringFault(ValueError):
    """PORTAL_KEYS is not a list of good keys; the message names the entry and never shows a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of 32 bytes, and the id that what it seals carries."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Context:
    """Whose value it is (None: the site's) and where it stands. Anywhere else it is unreadable."""

    owner: UUID | None
    table: str
    column: str
    row: UUID | int | str


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key-encryption keys, newest first."""

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """The key that wraps from now on."""
        return self.keys[0]

    def key_for(self, sealed: bytes) -> Key:
        """The key whose id `sealed` carries. Raises Unreadable where there is none."""
        wanted = key_id_of(sealed)
        for key in self.keys:
            if key.id == wanted:
                return key
        raise Unreadable


def make_key(key_id: str) -> Key:
    """A new random key."""
    return Key(key_id, secrets.token_bytes(KEY_BYTES))


def seal(plaintext: bytes, *, key: Key, context: Context) -> bytes:
    """`plaintext` under `key`, to be opened in `context` only. Never the same bytes twice."""
    head = _head(key.id)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, plaintext, _bound_to(head, context))


def open_sealed(sealed: bytes, *, context: Context, key: Key | None = None) -> bytes:
    """What `seal` was given. Raises Unreadable for any other key, owner, place or altered byte.

    Without `key` it is one of PORTAL_KEYS that opens, the one that the sealed value names.
    """
    key = key or keyring().key_for(sealed)
    head = _head(key.id)
    if not sealed.startswith(head) or len(sealed) < len(head) + NONCE_BYTES + TAG_BYTES:
        raise Unreadable
    nonce, body = sealed[len(head) : len(head) + NONCE_BYTES], sealed[len(head) + NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, body, _bound_to(head, context))
    except InvalidTag:
        raise Unreadable from None


def key_id_of(sealed: bytes) -> str:
    """The id of the key that `sealed` claims to need. Raises Unreadable."""
    if len(sealed) < 2 or sealed[0] != VERSION:
        raise Unreadable
    name = sealed[2 : 2 + sealed[1]].decode("latin-1")
    if len(name) != sealed[1] or not KEY_ID.fullmatch(name):
        raise Unreadable
    return name


def parse_keyring(text: str) -> Keyring:
    """The keys of PORTAL_KEYS, `id:key,id:key`, newest first. Raises KeyringFault."""
    entries = [entry.strip() for entry in text.split(",") if entry.strip()]
    if not entries:
        raise KeyringFault("PORTAL_KEYS is missing: nothing could be encrypted.")
    keys = tuple(_parse_entry(entry, number) for number, entry in enumerate(entries, start=1))
    for number, key in enumerate(keys, start=1):
        for earlier in keys[: number - 1]:
            if earlier.id == key.id:
                raise KeyringFault(f"PORTAL_KEYS, entry {number}: the id {key.id} stands there twice.")
            if earlier.secret == key.secret:
                raise KeyringFault(f"PORTAL_KEYS, entry {number} ({key.id}): same key as {earlier.id}.")
    return Keyring(keys)


def keyring() -> Keyring:
    """The key-encryption keys of this site. Raises KeyringFault."""
    return parse_keyring(settings.PORTAL_KEYS)


def newest_key() -> Key:
    """The first of PORTAL_KEYS. What is sealed under it directly is not moved by `rotate_keys`."""
    return keyring().newest


def _parse_entry(entry: str, number: int) -> Key:
    key_id, colon, text = entry.partition(":")
    # An entry of the wrong form may be a bare key: only its position is named.
    if not colon or not KEY_ID.fullmatch(key_id):
        raise KeyringFault(f"PORTAL_KEYS, entry {number}: not of the form ID:KEY.")
    where = f"PORTAL_KEYS, entry {number} ({key_id})"
    try:
        secret = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise KeyringFault(f"{where}: the key is not URL-safe base64.") from None
    if len(secret) != KEY_BYTES:
        raise KeyringFault(f"{where}: the key has {len(secret)} bytes, not {KEY_BYTES}.")
    if len(set(secret)) < LEAST_DISTINCT_BYTES:
        raise KeyringFault(f"{where}: the key is weak, it was not made at random.")
    return Key(key_id, secret)


def _head(key_id: str) -> bytes:
    name = key_id.encode("ascii")
    return bytes((VERSION, len(name))) + name


def _bound_to(head: bytes, context: Context) -> bytes:
    """The associated data: each part behind its length, so no two places read as the same bytes."""
    owner = "" if context.owner is None else str(context.owner)
    parts = (owner, context.table, context.column, str(context.row))
    encoded = [part.encode() for part in parts]
    return head + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
