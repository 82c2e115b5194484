"""Seals a search into an address that tells nothing, under a key that lives a day (docs/adr/0019).

A key is a file of 32 random bytes named by its UTC day, in a folder that the site's processes share: never in a
database, never derived from a longer-lived secret. Once nothing that it sealed is alive, it is deleted.
"""

import base64
import hmac
import os
import re
import secrets
import struct
import zlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PUBLIC_LIFE = timedelta(minutes=60)
LONGEST_LIFE = timedelta(hours=12)
MOST_BYTES = 1024
BLOCK = 64
_VERSION = b"\x01"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_OF_A_DAY = re.compile(r"[0-9]{8}(\.|$)")
_SWEEP_EVERY = timedelta(minutes=10)
_next_sweep = [datetime.min.replace(tzinfo=UTC)]


class NotSealable(ValueError):
    """The text is too long: over 1 KB, where nothing else is asked."""


class Broken(Exception):
    """Expired, altered, or sealed for something else: not told apart."""


def _folder() -> Path:
    folder = Path(settings.SEAL_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _day_name(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d")


def _key_to_seal(now: datetime) -> bytes:
    """The key of today; made by whichever process comes first, whole or not at all."""
    _sweep(now)
    path = _folder() / _day_name(now)
    if not path.exists():
        draft = path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
        with suppress(FileExistsError):  # another process was first: its key is the day's
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()


def _sweep(now: datetime) -> None:
    """Each process looks for dead keys every few minutes of use: they go when they die, not a day later."""
    if now >= _next_sweep[0]:
        _next_sweep[0] = now + _SWEEP_EVERY
        destroy_dead_keys(now)


def destroy_dead_keys(now: datetime) -> int:
    """Delete every key whose seals have all expired; returns how many."""
    oldest_alive = _day_name(now - LONGEST_LIFE)
    named = [p for p in _folder().iterdir() if _OF_A_DAY.match(p.name)]
    dead = [p for p in named if p.name[:8] < oldest_alive]
    for path in dead:
        path.unlink(missing_ok=True)
    return len(dead)


def mark(text: str, purpose: str, now: datetime) -> bytes:
    """32 bytes by which `text` is known again today and not read; they mean nothing once the key is destroyed."""
    return hmac.new(_key_to_seal(now), f"{purpose} {text}".encode("utf-8", "replace"), sha256).digest()


def _padded(text: bytes) -> bytes:
    """Length first, then zeros to the next block: the address's length hardly tells the query's."""
    body = struct.pack(">H", len(text)) + text
    return body + b"\0" * (-len(body) % BLOCK)


def seal(
    text: str, purpose: str, now: datetime, life: timedelta = PUBLIC_LIFE, *, most: int = MOST_BYTES
) -> str:
    """An address-safe token for `text`, good for `life`. Raises NotSealable over `most` bytes.

    What wraps a search that may be as long as allowed (the way back from a listing) needs a larger `most`.
    """
    raw = text.encode("utf-8", "replace")
    if len(raw) > most:
        raise NotSealable(len(raw))
    day, nonce = _day_name(now).encode(), secrets.token_bytes(12)
    expires = struct.pack(">I", int((now + min(life, LONGEST_LIFE) - _EPOCH).total_seconds()))
    body = AESGCM(_key_to_seal(now)).encrypt(
        nonce, _padded(expires + zlib.compress(raw, 9)), purpose.encode()
    )
    return _written(_VERSION + day + nonce + body)


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unseal(token: str, purpose: str, now: datetime) -> str:
    """The text that `token` was made of. Raises Broken on anything else than a live token of this purpose."""
    try:
        raw = base64.b64decode(token.encode() + b"=" * (-len(token) % 4), altchars=b"-_", validate=True)
        day = raw[1:9].decode("ascii")
        # One spelling each: other characters that decode to the same bytes are an alteration too.
        if raw[:1] != _VERSION or len(day) != 8 or not day.isdigit() or _written(raw) != token:
            raise Broken
        key = (_folder() / day).read_bytes()
        body = AESGCM(key).decrypt(raw[9:21], raw[21:], purpose.encode())
    except (ValueError, OSError, InvalidTag) as error:
        raise Broken from error
    (length,) = struct.unpack(">H", body[:2])
    (expires,) = struct.unpack(">I", body[2:6])
    if (now - _EPOCH).total_seconds() > expires:
        raise Broken
    return zlib.decompress(body[6 : 2 + length]).decode()
