"""HSDS address: the street of a place that is not protected."""

from django.db import models

from directory.models.owned import named
from directory.models.record import HsdsRecord


class Address(HsdsRecord):
    """A street address. The database refuses one for a protected place (migrations/sql/0002)."""

    location = named("Location", "addresses")
    attention = models.TextField(blank=True)
    address_1 = models.TextField()
    address_2 = models.TextField(blank=True)
    city = models.TextField(blank=True)
    region = models.TextField(blank=True)
    state_province = models.TextField(blank=True)
    postal_code = models.TextField(blank=True)
    country = models.TextField(blank=True, default="CA")
    address_type = models.TextField(default="physical")

    class Meta(HsdsRecord.Meta):
        db_table = "address"

    def __str__(self) -> str:
        return str(self.id)
