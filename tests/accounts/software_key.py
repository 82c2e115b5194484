"""A passkey of flesh and bits for tests without a browser: makes and answers as a device would, or as a bad one."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HOST = "localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftwareKey:
    """One credential for one person. `verifies`: it asks its person for a PIN, as every passkey here must."""

    verifies: bool = True
    origin: str = f"http://{HOST}"
    identifier: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def _data(self, more: int = 0, credential: bytes = b"") -> AuthenticatorData:
        flags = AuthenticatorData.FLAG(PRESENT | (VERIFIED if self.verifies else 0) | more)
        return AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, 0, credential)

    def _client(self, kind: str, challenge: str) -> bytes:
        return bytes(
            CollectedClientData.create(type=kind, challenge=websafe_decode(challenge), origin=self.origin)
        )

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser sends for `creation_options`."""
        public = ES256.from_cryptography_key(self.private.public_key())
        made = AttestedCredentialData.create(b"\0" * 16, self.identifier, public)
        told = AttestationObject.create("none", self._data(ATTESTED, bytes(made)), {})
        client = self._client("webauthn.create", options["publicKey"]["challenge"])
        return self._sent(clientDataJSON=client, attestationObject=bytes(told))

    def answer(self, options: dict[str, Any], person: str = "") -> dict[str, Any]:
        """What a browser sends for `request_options`; `person` is whom the key names as its own."""
        data = self._data()
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signature = self.private.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._sent(
            clientDataJSON=client,
            authenticatorData=bytes(data),
            signature=signature,
            userHandle=person.encode(),
        )

    def _sent(self, **response: bytes) -> dict[str, Any]:
        identifier = websafe_encode(self.identifier)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in response.items()},
            "clientExtensionResults": {},
        }
