"""What people of an organization fill in at the desk and at its door."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directory.models.membership import Role


class InviteForm(forms.Form):
    """Whom to ask, as what, in which language."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("This person"), choices=Role)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[("en", _("English")), ("fr", _("French"))]
    )


class RoleForm(forms.Form):
    """What a member does from now on."""

    role = forms.ChoiceField(choices=Role)


class NewPasswordForm(forms.Form):
    """The password of a new account, typed twice."""

    password1 = forms.CharField(
        label=_("Password"),
        help_text=password_validators_help_text_html(),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *given: Any, email: str, **more: Any) -> None:
        """`email`: a password must not be like it."""
        super().__init__(*given, **more)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Both are the same, and good enough for an account of this address."""
        told: dict[str, Any] = super().clean() or {}
        first, again = told.get("password1"), told.get("password2")
        if first and again and first != again:
            self.add_error("password2", _("This is not what you typed above."))
        elif first and again:
            try:
                validate_password(first, User(email=self.email))
            except forms.ValidationError as fault:
                self.add_error("password1", fault)
        return told
