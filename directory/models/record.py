"""What every HSDS record has beside HSDS's own fields: who published it, as what, in which order, how written."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class HsdsRecord(models.Model):
    """Abstract. `id` is HSDS's; `position` keeps the order in which a publisher listed its records.

    `given_id` is the publisher's own id where it could not become ours (no UUID, or another publisher's already).
    `written` keeps, by field name, what a publisher wrote where a column can't: it is told as long as the column
    still says the same, or says nothing. `flags` name what is wrong with kept values ("latitude:out_of_range");
    a flagged value is shown and never used for finding.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No constraint: publishers are never deleted, and a check for each of a million rows is a quarter of an import.
    publisher = models.ForeignKey(
        "directory.Publisher", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    position = models.PositiveIntegerField(default=0)
    given_id = models.TextField(blank=True, default="", editable=False)
    written = models.JSONField(default=dict, blank=True, editable=False)
    flags = ArrayField(models.TextField(), default=list, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ("position", "id")


BESIDE_HSDS = frozenset({"publisher", "position", "given_id", "written", "flags"})
"""Fields of HsdsRecord that are Relais's own bookkeeping and shown to nobody as facts of a service."""
