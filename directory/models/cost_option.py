"""HSDS cost_option: what a service costs, for whom and from when to when."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class CostOption(HsdsRecord):
    """A price in `currency` (three letters), its days as written."""

    service = owner_key("Service", "cost_options")
    valid_from = models.TextField(blank=True)
    valid_to = models.TextField(blank=True)
    option = models.TextField(blank=True)
    currency = models.TextField(blank=True)
    amount = models.DecimalField(null=True, blank=True, max_digits=15, decimal_places=3)
    amount_description = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "cost_option"

    def __str__(self) -> str:
        return str(self.id)
