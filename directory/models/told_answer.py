"""What workers heard when they asked: it waits for the keeper of the listing, and changes nothing by itself."""

import uuid

from django.conf import settings
from django.db import models

from directory.models.organization import Organization


class ToldAnswer(models.Model):
    """A yes to one term, heard from the service. Whoever decides sees what was heard, and not who told it.

    `is_confirmed` is None while it waits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No foreign key: a feed may take its service away, and nothing of this is to hold it back.
    service_id = models.UUIDField()
    dimension = models.CharField(max_length=30)
    term = models.CharField(max_length=40)
    told_for = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)

    class Meta:
        db_table = "told_answer"
        ordering = ("told_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("service_id", "dimension", "term"),
                condition=models.Q(decided_at=None),
                name="told_answer_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, is_confirmed=None)
                | models.Q(decided_at__isnull=False, is_confirmed__isnull=False),
                name="told_answer_is_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dimension}:{self.term}"
