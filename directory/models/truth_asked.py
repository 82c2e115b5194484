"""A person of an organization is asked whether what is told of its listings is still true."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from directory.models.organization import Organization


class TruthAskedQuerySet(models.QuerySet["TruthAsked"]):
    """Questions, by whether they can still be answered."""

    def open_at(self, now: datetime) -> "TruthAskedQuerySet":
        """Those whose link opens."""
        return self.filter(expires_at__gt=now)


class TruthAsked(models.Model):
    """One letter to one person. Its link is signed, bears its id alone, and can say yes and nothing else.

    Which listings it is about is not kept: at each moment, those of the organization whose check runs out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = TruthAskedQuerySet.as_manager()

    class Meta:
        db_table = "truth_asked"
        ordering = ("asked_at", "id")
        indexes = (models.Index(fields=("organization", "asked_at"), name="truth_asked_of_whom"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("asked_at")), name="truth_asked_before_it_expires"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
