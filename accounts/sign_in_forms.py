"""allauth's forms without the words that it writes into an empty field: the label says it, and in one French."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm


class SignInForm(LoginForm):
    """Address and password."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["login"].widget.attrs.pop("placeholder", None)


class ForgottenForm(ResetPasswordForm):
    """The address that a new password is asked for."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["email"].widget.attrs.pop("placeholder", None)
