"""What every HSDS record has beside HSDS's own fields: who published it, under which key, in which order."""

import uuid

from django.db import models


class HsdsRecord(models.Model):
    """Abstract. `id` is HSDS's; `position` keeps the order in which a publisher listed its records."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publisher = models.ForeignKey("directory.Publisher", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")


BESIDE_HSDS = frozenset({"publisher", "position"})
"""Fields of HsdsRecord that are Relais's own bookkeeping and shown to nobody as facts of a service."""
