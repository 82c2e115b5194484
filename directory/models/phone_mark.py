"""Calls that led nowhere, as workers and stewards who made them say: shown to stewards and to the keeper alone."""

from django.conf import settings
from django.db import models

from directory.rules.dead_phones import Heard


class PhoneMark(models.Model):
    """A number of a service that was called on a day, and what was heard. `cleared_at`: a steward got through."""

    id = models.BigAutoField(primary_key=True)
    # No foreign key: a feed may take its service away, and nothing of this is to hold it back.
    service_id = models.UUIDField(db_index=True)
    number = models.TextField()
    heard = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Heard])
    on = models.DateField()
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "phone_mark"
        ordering = ("marked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("service_id", "number", "on", "marked_by"),
                condition=models.Q(cleared_at=None),
                name="phone_marked_once_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.heard}"
