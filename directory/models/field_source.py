"""Where a single field comes from, wherever that differs from its record's publisher."""

from django.db import models


class FieldSource(models.Model):
    """`confirmed_on`: a person at the organization said it is so, and no feed changes it from then on."""

    id = models.BigAutoField(primary_key=True)
    entity = models.CharField(max_length=30)
    record_id = models.UUIDField()
    field = models.CharField(max_length=40)
    publisher = models.ForeignKey(
        "directory.Publisher", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source_url = models.TextField(blank=True)
    stated_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "field_source"
        ordering = ("entity", "record_id", "field")
        constraints = (
            models.UniqueConstraint(fields=["entity", "record_id", "field"], name="field_source_one_a_field"),
        )

    def __str__(self) -> str:
        return f"{self.entity}.{self.field}"
