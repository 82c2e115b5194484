"""A steward reads what only an organization itself sees: why, from when to when, and who ended it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directory.models.organization import Organization
from directory.rules.break_glass import LASTS


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Openings by whether they open anything."""

    def open_at(self, now: datetime) -> "BreakGlassQuerySet":
        """Neither over nor ended."""
        return self.filter(ended_at=None, opened_at__lte=now, until__gt=now)


class BreakGlass(models.Model):
    """One opening, of one organization, for one steward. `sealed`: the reason, under the organization's key.

    Never made longer: whoever needs more opens anew, for a reason of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        db_table = "break_glass"
        ordering = ("opened_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")) & Q(until__lte=F("opened_at") + LASTS),
                name="break_glass_ends_soon",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="break_glass_ended_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
