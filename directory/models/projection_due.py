"""A mark that the read model is behind the records: set with a large change, gone when it has caught up."""

from django.db import models


class ProjectionDue(models.Model):
    """One row for each change. `since_at`: when the change was committed that searchers don't see yet."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    since_at = models.DateTimeField()

    class Meta:
        db_table = "projection_due"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.since_at)
