"""Own days of a schedule: dates on which other hours hold, or none."""

from django.db import models
from django.db.models import Q


class ScheduleDay(models.Model):
    """Hours on one date, outweighing the schedule and public holidays; both times empty: closed.

    A date may have several rows, one for each span. `note` says why ("Inventory").
    """

    id = models.BigAutoField(primary_key=True)
    # The database's own constraint takes the days away with their schedule, also where an import deletes by SQL.
    schedule = models.ForeignKey(
        "directory.Schedule", on_delete=models.CASCADE, related_name="own_days", db_constraint=False
    )
    on = models.DateField()
    opens_at = models.TextField(blank=True)
    closes_at = models.TextField(blank=True)
    note = models.TextField(blank=True)
    note_fr = models.TextField(blank=True)

    class Meta:
        db_table = "schedule_day"
        ordering = ("schedule", "on", "opens_at")
        constraints = (
            models.UniqueConstraint(
                fields=["schedule", "on", "opens_at"], name="schedule_day_begins_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(opens_at="", closes_at="")
                | Q(
                    opens_at__regex=r"^([01]\d|2[0-3]):[0-5]\d$",
                    closes_at__regex=r"^([01]\d|2[0-3]):[0-5]\d$",
                ),
                name="schedule_day_has_two_times_or_none",
            ),
        )

    def __str__(self) -> str:
        return self.on.isoformat()
