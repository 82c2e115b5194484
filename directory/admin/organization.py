"""Organizations, for stewards."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.admin.publishing import PublishToField
from directory.admin.record import MOST_LINKS, WAITS_FOR_A_CALL, RecordForm, WritingAdmin, column, links_to
from directory.admin.site import stewards
from directory.models.organization import Organization
from directory.models.service import Service


class OrganizationForm(RecordForm):
    """With where it agreed to appear as one choice."""

    publish_to = PublishToField()


@admin.register(Organization, site=stewards)
class OrganizationAdmin(WritingAdmin):
    """Never deleted here: its services would go with it."""

    form = OrganizationForm
    notice = WAITS_FOR_A_CALL
    list_display = (column("name"), column("name_fr"), column("publisher"))
    list_select_related = ("publisher",)
    list_filter = ("publisher",)
    search_fields = ("name", "name_fr")
    search_help_text = _("A part of the name, or the id")
    raw_id_fields = ("governed_by", "parent_organization")
    editable = (
        *("description", "description_fr", "tax_status", "tax_id", "year_incorporated", "legal_status"),
        *("publish_to", "governed_by", "parent_organization"),
    )
    fields = (
        *("name", "name_fr", "alternate_name", "publisher", "services", "email", "website", "flags"),
        *editable,
    )

    def correcting(self, record: Organization) -> str:
        """The page of its contact."""
        is_any = Service.objects.filter(organization=record).exists()
        return reverse("review_correct_owner", args=[record.pk, "contact"]) if is_any else ""

    @admin.display(description=_("Services"))
    def services(self, organization: Organization) -> SafeString | str:
        """The first of its services."""
        rows: Any = Service.objects.filter(organization=organization).order_by("position", "id")[:MOST_LINKS]
        return links_to((service, service.name) for service in rows)
