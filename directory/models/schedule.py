"""HSDS schedule: when a service or place is open, in RFC 5545 words."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class HoursOf(models.TextChoices):
    """What a schedule is the hours of. People may live in a house day and night that takes newcomers from 9 to 5."""

    NOT_STATED = "", "not stated"
    INTAKE = "intake", "taking newcomers"
    PHONE = "phone", "the phone"
    OFFICE = "office", "the office"
    DROP_IN = "drop_in", "dropping in"
    RESIDENT = "resident", "people who stay"


class OnHolidays(models.TextChoices):
    """What public holidays do to these hours."""

    NOT_STATED = "not_stated", "not stated"
    OPEN = "open", "open as usual"
    CLOSED = "closed", "closed"
    OWN_LIST = "own_list", "its own days"


class Schedule(HsdsRecord):
    """One recurrence, its values as written; `directory.rules.opening` reads them. `description` is free text.

    `zone` is an IANA name, the place's own where it is empty; HSDS's `timezone` is an offset in hours, as written.
    """

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
    schedule_link = models.TextField(blank=True)
    attending_type = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    description_fr = models.TextField(blank=True)
    hours_of = models.CharField(
        max_length=10, choices=HoursOf.choices, default=HoursOf.NOT_STATED, blank=True
    )
    zone = models.TextField(blank=True)
    on_holidays = models.CharField(max_length=10, choices=OnHolidays.choices, default=OnHolidays.NOT_STATED)

    class Meta(HsdsRecord.Meta):
        db_table = "schedule"

    def __str__(self) -> str:
        return str(self.id)
