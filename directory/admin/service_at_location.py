"""Services at places, for stewards."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.service_at_location import ServiceAtLocation


@admin.register(ServiceAtLocation, site=stewards)
class ServiceAtLocationAdmin(WritingAdmin):
    """What is paired came with its publisher's records; only the words about it are edited."""

    is_beside_a_listing = True
    list_display = (column("service"), column("location"), column("publisher"))
    list_select_related = ("service", "location", "publisher")
    list_filter = ("publisher",)
    search_fields = ("service__name",)
    search_help_text = _("A part of the service's name, or the id")
    editable = ("description",)
    fields = ("service", "location", "publisher", "flags", *editable)
