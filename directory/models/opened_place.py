"""A place of a kind that is protected by default, opened on purpose: no import protects it again by itself."""

from django.db import models


class OpenedPlace(models.Model):
    """Who opened it and when."""

    location = models.OneToOneField(
        "directory.Location",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="opened",
        db_constraint=False,
    )
    opened_by = models.UUIDField(null=True, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "opened_place"
        ordering = ("location",)

    def __str__(self) -> str:
        return str(self.location_id)
