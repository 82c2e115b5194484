"""Publishers of records, for stewards."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from directory.actions.edit_publisher import edit_publisher
from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.publisher import Publisher
from directory.viewers import viewer_of


@admin.register(Publisher, site=stewards)
class PublisherAdmin(WritingAdmin):
    """One comes with its first import; its slug never changes."""

    list_display = (
        *(column("slug"), column("name"), column("licence")),
        *(column("may_redistribute", boolean=True), column("cadence"), column("is_demo", boolean=True)),
    )
    search_fields = ("slug", "name")
    editable = (
        *("name", "name_fr", "url", "identifier", "email", "licence", "licence_url", "attribution"),
        *("may_redistribute", "cadence"),
    )
    fields = ("slug", "is_demo", *editable)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """By `edit_publisher`."""
        edit_publisher(slug=obj.pk, values=self.changed_values(form), viewer=viewer_of(request))
