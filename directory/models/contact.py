"""HSDS contact: a person to turn to, for those who work together."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Contact(HsdsRecord):
    """A named person or desk. Never public: it tells who works where."""

    organization = owner_key("Organization", "contacts")
    service = owner_key("Service", "contacts")
    service_at_location = owner_key("ServiceAtLocation", "contacts")
    location = owner_key("Location", "contacts")
    name = models.TextField(blank=True)
    title = models.TextField(blank=True)
    department = models.TextField(blank=True)
    email = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "contact"

    def __str__(self) -> str:
        return str(self.id)
