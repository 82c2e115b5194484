"""What the link of a forgotten password is worth: nothing while a new second factor is asked for or its door is open.

Else whoever reads the mailbox had the password as well as the letter that opens the door (docs/adr/0064).
"""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from accounts.models import FactorRenewal, User


def is_renewed(user: AbstractBaseUser) -> bool:
    """True while a second factor is renewed for this person, at whatever step."""
    return FactorRenewal.objects.under_way(timezone.now()).filter(user_id=user.pk).exists()


class ResetToken(EmailAwarePasswordResetTokenGenerator):
    """Answered as a link that is too old; asked both where the form is shown and where it is sent."""

    def check_token(self, user: AbstractBaseUser | None, token: str | None) -> bool:
        """Hold the person until the request is over, as whoever vouches does: of two at once one comes first."""
        if user is None or not super().check_token(user, token):
            return False
        User.objects.select_for_update().filter(pk=user.pk).first()
        return not is_renewed(user)
