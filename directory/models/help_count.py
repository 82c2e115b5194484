"""How often people said that a listing helped, or did not: sums of a day, and nothing of who said it."""

from django.db import models


class HelpCount(models.Model):
    """The answers of one day (UTC) to "Did this help?" at the foot of one listing.

    No foreign key: listings are made anew from other tables, and a sum may outlive what it was about.
    """

    id = models.BigAutoField(primary_key=True)
    listing_id = models.UUIDField()
    on = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "help_count"
        ordering = ("on", "listing_id")
        constraints = (models.UniqueConstraint(fields=("listing_id", "on"), name="help_counted_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.listing_id} {self.on}"
