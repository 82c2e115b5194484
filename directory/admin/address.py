"""Streets of open places, for stewards."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.address import Address


@admin.register(Address, site=stewards)
class AddressAdmin(WritingAdmin):
    """A protected place has none, and the database takes none."""

    is_beside_a_listing = True
    list_display = (column("location"), column("city"), column("postal_code"), column("publisher"))
    list_select_related = ("location", "publisher")
    list_filter = ("publisher",)
    search_fields = ("postal_code",)
    search_help_text = _("A part of the postal code, or the id")
    editable = (
        *(
            "attention",
            "address_1",
            "address_2",
            "city",
            "region",
            "state_province",
            "postal_code",
            "country",
        ),
    )
    fields = ("location", "publisher", "flags", *editable)
