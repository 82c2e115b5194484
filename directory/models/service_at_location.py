"""HSDS service_at_location: one service given at one place."""

from django.db import models

from directory.models.owned import named
from directory.models.record import HsdsRecord


class ServiceAtLocation(HsdsRecord):
    """The pair that a searcher finds: what, and where."""

    service = named("Service", "sites")
    location = named("Location", "services")
    description = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "service_at_location"

    def __str__(self) -> str:
        return str(self.id)
