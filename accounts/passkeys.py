"""Passkeys: what is asked of them beyond allauth's own checks, and in which words.

Every passkey here shows that its device has checked its person (user verification), for it opens the desk by itself.
allauth keeps one challenge for each session, whichever page it was made for, so the answer is looked at, not the page.
"""

import uuid
from typing import Any

from allauth.mfa.webauthn import forms
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.core.exceptions import ValidationError
from django.forms import CharField
from django.utils.translation import gettext_lazy as _
from fido2.cose import UnsupportedKey
from fido2.webauthn import AuthenticationResponse, AuthenticatorData, RegistrationResponse

REFUSED = _("This passkey was not accepted. Try once more, or choose another way.")
NAME = _("Name of the passkey")
NAME_HINT = _("So that you know later which one it is: “work telephone”.")
NAME_LENGTH = 60


def refused() -> ValidationError:
    """One answer for everything that can be wrong with a passkey: no stranger learns which part was right."""
    return ValidationError(REFUSED, code="passkey_refused")


def _parsed(kind: Any, credential: Any) -> Any:
    """`credential` as fido2 reads it. It comes from outside, and fido2 fails on nonsense in any way there is."""
    try:
        return kind.from_dict(credential)
    except Exception as fault:
        raise refused() from fault


def _require_verified(data: AuthenticatorData) -> None:
    if not data.is_user_verified():
        raise refused()


def read_answer(credential: Any) -> None:
    """Raise ValidationError unless `credential` is an answer of a device that checked its person."""
    answer = _parsed(AuthenticationResponse, credential)
    _require_verified(answer.response.authenticator_data)


def require_person(credential: Any) -> None:
    """Raise ValidationError unless the answer names a person, which signing in by it alone needs."""
    handle = _parsed(AuthenticationResponse, credential).response.user_handle
    try:
        uuid.UUID((handle or b"").decode("ascii"))
    except ValueError as fault:
        raise refused() from fault


def read_new(credential: Any) -> dict[str, Any]:
    """The parts of a new passkey that are kept, and nothing that a browser adds. Raises ValidationError."""
    made = _parsed(RegistrationResponse, credential)
    data = made.response.attestation_object.auth_data
    _require_verified(data)
    if data.credential_data is None or isinstance(data.credential_data.public_key, UnsupportedKey):
        raise refused()
    response = credential["response"]
    return {
        "id": credential["id"],
        "rawId": credential["rawId"],
        "type": "public-key",
        "response": {name: response[name] for name in ("clientDataJSON", "attestationObject")},
        "clientExtensionResults": {"credProps": {"rk": True}},
    }


class _InOurWords:
    """The forms that take an answer: allauth's refusals in the words of this page."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Any:
        """The passkey that answered. Raises ValidationError."""
        read_answer(self.cleaned_data["credential"])
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form beside it
        except ValidationError as fault:
            raise refused() if fault.code == "incorrect_code" else fault from fault


class SecondFactorForm(_InOurWords, forms.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ProveAgainForm(_InOurWords, forms.ReauthenticateWebAuthnForm):
    """A passkey of somebody who is signed in."""


class SignInForm(_InOurWords, forms.LoginWebAuthnForm):
    """A passkey alone. It counts for both factors: held, and opened by its person."""

    def clean_credential(self) -> Any:
        """The passkey that answered, whose answer tells whose it is. Raises ValidationError."""
        require_person(self.cleaned_data["credential"])
        return super().clean_credential()


class AddForm(forms.AddWebAuthnForm):
    """A new passkey. There is one kind: each opens the desk alone, and after the password."""

    name = CharField(label=NAME, help_text=NAME_HINT, max_length=NAME_LENGTH, required=False)
    passwordless = None  # type: ignore[assignment]  # allauth's choice of two kinds is not offered

    def clean_credential(self) -> dict[str, Any]:
        """What is kept of it. Raises ValidationError."""
        return read_new(self.cleaned_data["credential"])

    def clean(self) -> dict[str, Any]:
        """Checked against the challenge of this session. Raises ValidationError."""
        try:
            return super().clean()
        except ValidationError as fault:
            raise refused() from fault


class RenameForm(forms.EditWebAuthnForm):
    """Another name for a passkey."""

    name = CharField(label=NAME, help_text=NAME_HINT, max_length=NAME_LENGTH)


class AddPasskey(AddWebAuthnView):
    """The page of a new passkey, which asks the device to keep it and to check its person."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the words for the browser that allauth would use for the stronger of its two kinds."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {
            "creation_options": auth.begin_registration(self.request.user, passwordless=True)
        }
        return context
