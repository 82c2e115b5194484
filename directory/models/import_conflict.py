"""A feed and an organization that disagree about one field: what was confirmed stays, and a steward decides."""

from django.db import models


class Decision(models.TextChoices):
    """What a steward decided."""

    OPEN = "", "open"
    KEEP = "keep", "what was confirmed stays"
    TAKE = "take", "what the feed says is taken"


class ImportConflict(models.Model):
    """`offered` is what the feed of `publisher` says of a field that was confirmed otherwise."""

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
            models.UniqueConstraint(
                fields=["entity", "record_id", "field", "offered"], name="import_conflict_told_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entity}.{self.field}"
