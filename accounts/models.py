"""A person who signs in: a UUID and an e-mail address, nothing else that names them."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 300
ASK_HOLDS = timedelta(days=7)
"""So long a second steward may agree; after that it is asked for anew."""
PASSWORD_SETTLES = timedelta(days=7)
"""So old is a password that came by mail before it counts beside the mailbox that it came through (docs/adr/0064)."""


def written(email: str) -> str:
    """An address as it is kept: one spelling for all of it, as sign-in compares it. Raises ValueError for none."""
    if not email.strip():
        raise ValueError("A person needs an e-mail address.")
    return email.strip().lower()


class UserQuerySet(models.QuerySet["User"]):
    """People, in the words of sign-in."""

    def with_email(self, email: str) -> "UserQuerySet":
        """Those whose address is `email`, case ignored (none or one)."""
        return self.filter(email__iexact=email)


class UserManager(BaseUserManager["User"]):
    """Makes people; Django's commands look for these two names."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "User":
        """A person with a hashed password, or none that would ever match."""
        user = self.model(email=written(email), **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person who signs in as `username`, case ignored. Raises User.DoesNotExist."""
        return self.get_queryset().with_email(username or "").get()

    def create_superuser(self, email: str, password: str, **more: Any) -> "User":
        """A steward of everything; the second factor is asked of them all the same."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **more)


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by e-mail. What a person may do comes from memberships and vetting, in `directory`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(_("can sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    password_reset_at = models.DateTimeField(null=True, editable=False)
    """When a password was last chosen through a letter, by whoever reads the mailbox."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case"),)

    def __str__(self) -> str:
        return str(self.id)

    def get_full_name(self) -> str:
        """How editors see each other (Wagtail asks for it): an address may tell who a survivors' adviser is."""
        return str(_("Person %(code)s") % {"code": self.id.hex[:6].upper()})


class FactorRenewalQuerySet(models.QuerySet["FactorRenewal"]):
    """Renewals by how far they got."""

    def unfinished(self) -> "FactorRenewalQuerySet":
        """Neither used nor taken back; the time of some may be over."""
        return self.filter(used_at=None, ended_at=None)

    def waiting(self, now: datetime) -> "FactorRenewalQuerySet":
        """Those that a second steward has to agree to."""
        return self.unfinished().filter(opens_at=None, asked_at__gt=now - ASK_HOLDS)

    def to_come(self, now: datetime) -> "FactorRenewalQuerySet":
        """Those whose door opens, or will."""
        return self.unfinished().filter(expires_at__gt=now)

    def open_at(self, now: datetime) -> "FactorRenewalQuerySet":
        """Those whose door opens."""
        return self.to_come(now).filter(opens_at__lte=now)

    def under_way(self, now: datetime) -> "FactorRenewalQuerySet":
        """Those that wait for a second steward, or whose door opens or will."""
        return self.waiting(now) | self.to_come(now)

    def shut(self) -> "FactorRenewalQuerySet":
        """Those that took a second factor away, and gave no new one yet."""
        return self.filter(factor_ended_at__isnull=False, used_at=None)


class FactorRenewal(models.Model):
    """Somebody lost the second factor, and another person asked for a new one (docs/adr/0058).

    `opens_at` to `expires_at`: when the door of the letter opens; empty while a second steward has to agree, which
    `needs_second` says. `factor_ended_at`: the old factor opens nothing from then on. `ended_at`: taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON)
    needs_second = models.BooleanField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    factor_ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = FactorRenewalQuerySet.as_manager()

    class Meta:
        db_table = "factor_renewal"
        ordering = ("asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(used_at=None, ended_at=None),
                name="factor_renewal_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("user")) & ~models.Q(agreed_by=models.F("user")),
                name="factor_renewal_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("asked_by")),
                name="factor_renewal_by_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(needs_second=False)
                | models.Q(opens_at=None)
                | models.Q(agreed_by__isnull=False),
                name="factor_renewal_of_a_steward_agreed",
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at=None, expires_at=None)
                | models.Q(expires_at__gt=models.F("opens_at")),
                name="factor_renewal_opens_for_a_while",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
