"""Phones, for stewards."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.admin.record import WAITS_FOR_A_CALL, WritingAdmin, column
from directory.admin.site import stewards
from directory.models.phone import Phone


@admin.register(Phone, site=stewards)
class PhoneAdmin(WritingAdmin):
    """The number itself is shown and not edited: a wrong one sends somebody to the wrong person."""

    notice = WAITS_FOR_A_CALL
    list_display = (column("number"), column("service"), column("organization"), column("publisher"))
    list_select_related = ("service", "organization", "publisher")
    list_filter = ("publisher",)
    search_fields = ("number",)
    search_help_text = _("A part of the number as it is written, or the id")
    editable = ("type", "description", "description_fr")
    fields = (
        *("number", "extension", "service", "organization", "location", "service_at_location", "publisher"),
        *editable,
    )

    def correcting(self, record: Phone) -> str:
        """The contact of the listing that shows it, or of the organization."""
        site = record.service_at_location
        service = record.service_id or (site.service_id if site else None)
        if service:
            return reverse("review_correct_task", args=[service, "contact"])
        return (
            reverse("review_correct_owner", args=[record.organization_id, "contact"])
            if record.organization_id
            else ""
        )
