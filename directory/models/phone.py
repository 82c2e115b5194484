"""HSDS phone: a number to call or text."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Phone(HsdsRecord):
    """A number as its publisher wrote it. Short codes and toll-free numbers are kept as they are."""

    organization = owner_key("Organization", "phones")
    service = owner_key("Service", "phones")
    location = owner_key("Location", "phones")
    service_at_location = owner_key("ServiceAtLocation", "phones")
    contact = owner_key("Contact", "phones")
    number = models.TextField()
    extension = models.TextField(blank=True)
    type = models.TextField(blank=True)
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "phone"

    def __str__(self) -> str:
        return str(self.id)
