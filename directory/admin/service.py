"""Services, for stewards."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.actions.assure_service import assure_service
from directory.admin.publishing import PublishToField
from directory.admin.record import MOST_LINKS, WAITS_FOR_A_CALL, RecordForm, WritingAdmin, column, links_to
from directory.admin.site import stewards
from directory.models.phone import Phone
from directory.models.service import Service
from directory.models.service_at_location import ServiceAtLocation
from directory.models.taxonomy import Attribute
from directory.viewers import viewer_of


class ServiceForm(RecordForm):
    """The words of a service, and the day on which the steward spoke to its people."""

    publish_to = PublishToField()
    spoken_on = forms.DateField(
        label=_("I spoke with them on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Only if a person there told you that all of this is true. Searchers see the day."),
    )


@admin.register(Service, site=stewards)
class ServiceAdmin(WritingAdmin):
    """Names and ways of contact are shown; everything else is edited."""

    form = ServiceForm
    notice = WAITS_FOR_A_CALL
    list_display = (
        column("name"),
        column("organization"),
        column("publisher"),
        column("status"),
        column("assured_date"),
    )
    list_select_related = ("organization", "publisher")
    list_filter = ("status", "publisher")
    search_fields = ("name", "name_fr")
    search_help_text = _("A part of the name, or the id")
    raw_id_fields = ("governed_by",)
    editable = (
        *("description", "description_fr", "eligibility_description", "eligibility_description_fr"),
        *("application_process", "application_process_fr", "fees_description", "fees_description_fr"),
        *("alert", "alert_fr", "status", "minimum_age", "maximum_age", "wait_time"),
        *("interpretation_services", "publish_to", "governed_by", "spoken_on"),
    )
    fields = (
        *("name", "name_fr", "organization", "publisher", "places", "phones", "kinds"),
        *("email", "url", "assured_date", "flags"),
        *editable,
    )

    def correcting(self, record: Service) -> str:
        """Its page at the desk."""
        return reverse("review_correct", args=[record.pk]) if record.organization_id else ""

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the page names, in one statement."""
        return super().get_queryset(request).select_related("organization", "publisher")

    @admin.display(description=_("Places"))
    def places(self, service: Service) -> SafeString | str:
        """Where it is given."""
        pairs = ServiceAtLocation.objects.filter(service=service).select_related("location__community")
        rows = pairs.filter(location__location_type__isnull=False).order_by("position", "id")[:MOST_LINKS]
        return links_to(
            (p.location, str(p.location.name or p.location.community or p.location_id)) for p in rows
        )

    @admin.display(description=_("Phones"))
    def phones(self, service: Service) -> SafeString | str:
        """Its own numbers."""
        rows = Phone.objects.filter(service=service).order_by("position", "id")[:MOST_LINKS]
        return links_to((phone, phone.number) for phone in rows)

    @admin.display(description=_("Kinds"))
    def kinds(self, service: Service) -> SafeString | str:
        """The terms by which it is found, its publisher's own ones too."""
        ties = Attribute.objects.filter(link_id=service.pk, taxonomy_term__name__isnull=False)
        rows = ties.select_related("taxonomy_term").order_by("position", "id")[:MOST_LINKS]
        return links_to((tie.taxonomy_term, tie.taxonomy_term.name) for tie in rows)

    def changed_values(self, form: Any) -> dict[str, Any]:
        """Without the day of the talk, which has an action of its own."""
        return {name: value for name, value in super().changed_values(form).items() if name != "spoken_on"}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """The words first, then the day on which they were found true."""
        super().save_model(request, obj, form, change)
        if on := form.cleaned_data.get("spoken_on"):
            email = request.user.get_username()
            assure_service(service_id=obj.pk, on=on, assurer_email=email, viewer=viewer_of(request))
