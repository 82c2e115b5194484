"""HSDS schedule: when a service or place is open, in RFC 5545 words."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Schedule(HsdsRecord):
    """One recurrence, its values as written; `directory.rules.opening` reads them. `description` is free text."""

    service = owner_key("Service", "schedules")
    location = owner_key("Location", "schedules")
    service_at_location = owner_key("ServiceAtLocation", "schedules")
    valid_from = models.TextField(blank=True)
    valid_to = models.TextField(blank=True)
    dtstart = models.TextField(blank=True)
    timezone = models.TextField(blank=True)
    until = models.TextField(blank=True)
    count = models.TextField(blank=True)
    wkst = models.TextField(blank=True)
    freq = models.TextField(blank=True)
    interval = models.TextField(blank=True)
    byday = models.TextField(blank=True)
    byweekno = models.TextField(blank=True)
    bymonthday = models.TextField(blank=True)
    byyearday = models.TextField(blank=True)
    description = models.TextField(blank=True)
    opens_at = models.TextField(blank=True)
    closes_at = models.TextField(blank=True)
    schedule_link = models.URLField(blank=True, max_length=500)
    attending_type = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "schedule"

    def __str__(self) -> str:
        return str(self.id)
