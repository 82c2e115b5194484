"""HSDS unit and service_capacity: how many beds, seats or hours there are, and were left when last told."""

from django.db import models

from directory.models.owned import named, owner_key
from directory.models.record import HsdsRecord


class Unit(HsdsRecord):
    """What is counted: beds, families, hours."""

    name = models.TextField()
    scheme = models.TextField(blank=True)
    identifier = models.TextField(blank=True)
    uri = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "unit"

    def __str__(self) -> str:
        return self.name


class ServiceCapacity(HsdsRecord):
    """`available` of `maximum` units at the moment `updated` (as written). More available than there are is kept."""

    service = owner_key("Service", "capacities")
    unit = named("Unit", "capacities", keeps=True)
    available = models.DecimalField(null=True, blank=True, max_digits=15, decimal_places=3)
    maximum = models.DecimalField(null=True, blank=True, max_digits=15, decimal_places=3)
    description = models.TextField(blank=True)
    updated = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "service_capacity"
        verbose_name_plural = "service capacities"

    def __str__(self) -> str:
        return str(self.id)
