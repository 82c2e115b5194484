"""HSDS address: the street of a place that is not protected."""

from django.db import models

from directory.models.record import HsdsRecord


class Address(HsdsRecord):
    """A street address. The database refuses one for a protected place (migrations/sql/0002)."""

    location = models.ForeignKey("directory.Location", on_delete=models.CASCADE, related_name="addresses")
    attention = models.TextField(blank=True)
    address_1 = models.TextField()
    address_2 = models.TextField(blank=True)
    city = models.TextField()
    region = models.TextField(blank=True)
    state_province = models.TextField()
    postal_code = models.TextField(blank=True)
    country = models.CharField(max_length=2, default="CA")
    address_type = models.CharField(max_length=10, default="physical")

    class Meta(HsdsRecord.Meta):
        db_table = "address"

    def __str__(self) -> str:
        return str(self.id)
