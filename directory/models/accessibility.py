"""HSDS accessibility: how a place can be entered and used."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Accessibility(HsdsRecord):
    """What a place has, or lacks, for people with disabilities, in the publisher's words."""

    location = owner_key("Location", "accessibility")
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    details = models.TextField(blank=True)
    url = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "accessibility"
        verbose_name_plural = "accessibility"

    def __str__(self) -> str:
        return str(self.id)
