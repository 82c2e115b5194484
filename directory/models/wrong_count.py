"""How often visitors said that something of a listing is wrong: sums of a day, and nothing of who said it."""

from django.db import models


class WrongCount(models.Model):
    """Reports of one day (UTC) about one listing, by `what` (directory/rules/said_wrong.py).

    No foreign key: listings are made anew from other tables, and a sum may outlive what it was about.
    """

    id = models.BigAutoField(primary_key=True)
    listing_id = models.UUIDField()
    on = models.DateField()
    what = models.CharField(max_length=10)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "wrong_count"
        ordering = ("on", "listing_id", "what")
        constraints = (
            models.UniqueConstraint(fields=("listing_id", "on", "what"), name="wrong_counted_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.listing_id} {self.on} {self.what}"
