"""A person is asked to join an organization; the address is kept no longer than the question stands."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from directory.models.membership import Role
from directory.models.organization import Organization


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they can still be answered."""

    def unanswered(self) -> "InvitationQuerySet":
        """Neither accepted nor taken back; the time of some may be over."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open_at(self, now: datetime) -> "InvitationQuerySet":
        """Those whose link opens."""
        return self.unanswered().filter(expires_at__gt=now)


class Invitation(models.Model):
    """One question to one address. `email` is emptied once it was answered, taken back or is over.

    The link to it is signed and bears its id alone; it works once, until `expires_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=Role)
    language = models.CharField(max_length=2)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        db_table = "invitation"
        ordering = ("invited_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_asks_an_address_once",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=models.Q(language__in=["en", "fr"]), name="invitation_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None),
                name="invitation_ends_one_way",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
