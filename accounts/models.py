"""A person who signs in: a UUID and an e-mail address, nothing else that names them."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


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

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("email",)
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case"),)

    def __str__(self) -> str:
        return str(self.id)
