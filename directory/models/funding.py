"""HSDS funding: who pays for an organization or service."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Funding(HsdsRecord):
    """A source of money, in the publisher's words."""

    organization = owner_key("Organization", "funding")
    service = owner_key("Service", "funding")
    source = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "funding"

    def __str__(self) -> str:
        return str(self.id)
