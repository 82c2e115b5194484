"""Signatures of what leaves the site as a file: Ed25519 (RFC 8032), by a key drawn from the newest of PORTAL_KEYS.

The key is drawn by HKDF (RFC 5869) under a name of its own, so that it opens nothing that is sealed. An older key of
the ring still checks what it signed, until it is taken out of the ring.
"""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from safety.crypto import Key, keyring, newest_key

PURPOSE = b"relais: signature of files"


def _private(key: Key) -> Ed25519PrivateKey:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.secret)
    return Ed25519PrivateKey.from_private_bytes(drawn)


def _pem(key: Key) -> bytes:
    return _private(key).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def sign(text: bytes) -> bytes:
    """The signature, 64 bytes."""
    return _private(newest_key()).sign(text)


def public_keys() -> list[bytes]:
    """The public keys as PEM, newest first: that of what is signed today, then those of before."""
    return [_pem(key) for key in keyring().keys]


def fingerprint(pem: bytes) -> str:
    """By which people compare a public key: the first 32 hexadecimal digits of its SHA-256, in groups of four."""
    digits = sha256(_read(pem).public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def is_signed(text: bytes, signature: bytes, pem: bytes) -> bool:
    """True if the private half of `pem` signed exactly this. Raises ValueError for what is no such key."""
    try:
        _read(pem).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _read(pem: bytes) -> Ed25519PublicKey:
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("This is no Ed25519 public key.")
    return key
