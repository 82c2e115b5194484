"""Places, for stewards."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.location import Location


@admin.register(Location, site=stewards)
class LocationAdmin(WritingAdmin):
    """The database refuses a street, coordinates or directions of a protected place; the form then says so."""

    is_beside_a_listing = True
    notice = _(
        "A protected place keeps no street, no coordinates and no directions. "
        "Protecting a place is done by a command and cannot be undone here."
    )
    list_display = (
        column("name"),
        column("organization"),
        column("community"),
        column("is_protected", boolean=True),
        column("publisher"),
    )
    list_select_related = ("organization", "community", "publisher")
    search_fields = ("name",)
    search_help_text = _("A part of the name, or the id")
    raw_id_fields = ("community",)
    editable = (
        *("description", "transportation", "placed_by", "community", "latitude", "longitude"),
        *("external_identifier", "external_identifier_type"),
    )
    fields = (
        *(
            "name",
            "alternate_name",
            "organization",
            "publisher",
            "location_type",
            "url",
            "is_protected",
            "area",
        ),
        *("flags", *editable),
    )
    list_filter = ("is_protected", "publisher")
