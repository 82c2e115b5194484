"""A key by which a publisher's own program pushes changes of its organization's listings."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization


class Scope(models.TextChoices):
    """What a token may do."""

    TRY = "try", _("try it out: nothing is changed")
    CHANGE = "change", _("change listings")


class PushTokenQuerySet(models.QuerySet["PushToken"]):
    """Tokens by whether they open anything."""

    def open_at(self, now: datetime) -> "PushTokenQuerySet":
        """Neither over nor taken back."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class PushToken(models.Model):
    """One key of one organization. `hashed` is the SHA-256 of the secret in hex; the secret itself is kept nowhere.

    It acts as whoever made it, who must still lead the organization. Of its use the last day is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="push_tokens")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=Scope)
    hashed = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = PushTokenQuerySet.as_manager()

    class Meta:
        db_table = "push_token"
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="push_token_scope_known"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="push_token_ends"
            ),
            models.CheckConstraint(
                condition=models.Q(hashed__regex=r"^[0-9a-f]{64}$"), name="push_token_is_hashed"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
