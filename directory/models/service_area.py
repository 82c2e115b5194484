"""HSDS service_area: for people of which area a service is meant."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class ServiceArea(HsdsRecord):
    """An area by name, and its outline as written (`extent_type` says in which form)."""

    service = owner_key("Service", "service_areas")
    service_at_location = owner_key("ServiceAtLocation", "service_areas")
    name = models.TextField(blank=True)
    name_fr = models.TextField(blank=True)
    description = models.TextField(blank=True)
    extent = models.TextField(blank=True)
    extent_type = models.TextField(blank=True)
    uri = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "service_area"

    def __str__(self) -> str:
        return str(self.id)
