"""Survivors' advisers: people whose question has to be answered before an organization is let in."""

import uuid

from django.conf import settings
from django.db import models


class AdviserQuerySet(models.QuerySet["Adviser"]):
    """Advisers, by whether they still are."""

    def live(self) -> "AdviserQuerySet":
        """Those who were not thanked yet, and can sign in."""
        return self.filter(ended_at=None, user__is_active=True)


class Adviser(models.Model):
    """One person who advises, from a moment to another. `named_by`: null if it was done by a command."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AdviserQuerySet.as_manager()

    class Meta:
        db_table = "adviser"
        ordering = ("began_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=models.Q(ended_at=None), name="adviser_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="adviser_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
