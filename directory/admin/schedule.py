"""Hours, for stewards."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.schedule import Schedule


@admin.register(Schedule, site=stewards)
class ScheduleAdmin(WritingAdmin):
    """One recurrence a page, in the words of RFC 5545."""

    is_beside_a_listing = True
    list_display = (
        *(column("service"), column("location"), column("byday"), column("opens_at"), column("closes_at")),
        column("publisher"),
    )
    list_select_related = ("service", "location", "publisher")
    list_filter = ("hours_of", "publisher")
    search_fields = ("service__name",)
    search_help_text = _("A part of the service's name, or the id")
    editable = (
        *(
            "freq",
            "byday",
            "bymonthday",
            "opens_at",
            "closes_at",
            "valid_from",
            "valid_to",
            "dtstart",
            "until",
        ),
        *("count", "interval", "wkst", "hours_of", "zone", "on_holidays"),
        *("description", "description_fr", "notes"),
    )
    fields = ("service", "location", "service_at_location", "publisher", "flags", *editable)
