"""A feed and an organization that disagree about one field: what was confirmed stays, and a steward decides."""

from django.db import models
from django.db.models.functions import MD5


class Decision(models.TextChoices):
    """What a steward decided, or how it ended without one."""

    OPEN = "", "open"
    KEEP = "keep", "what was confirmed stays"
    TAKE = "take", "what the feed says is taken"
    SAME = "same", "the feed says the same by now"
    PAST = "past", "the feed says something else by now"


class ImportConflict(models.Model):
    """`offered` is what the feed of `publisher` says of a field that was confirmed otherwise.

    Each offer is open once; decided ones stay as they were, beside a new one of the same words.
    """

    id = models.BigAutoField(primary_key=True)
    publisher = models.ForeignKey("directory.Publisher", on_delete=models.CASCADE, related_name="conflicts")
    entity = models.CharField(max_length=30)
    record_id = models.UUIDField()
    field = models.CharField(max_length=40)
    offered = models.TextField(blank=True)
    first_seen_at = models.DateTimeField()
    decision = models.CharField(max_length=4, choices=Decision.choices, default=Decision.OPEN, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "import_conflict"
        ordering = ("decision", "first_seen_at", "id")
        constraints = (
            # A digest: an index can't hold a text of any length.
            models.UniqueConstraint(
                *("publisher", "entity", "record_id", "field", MD5("offered")),
                condition=models.Q(decision=""),
                name="import_conflict_open_once",
            ),
        )
        indexes = (models.Index(fields=["record_id", "field"], name="import_conflict_of_a_record"),)

    def __str__(self) -> str:
        return f"{self.entity}.{self.field}"
