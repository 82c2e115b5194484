"""What codes of foreign taxonomies mean in ours, for stewards."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.actions.edit_mapping import add_mapping, remove_mapping
from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.term_mapping import TermMapping
from directory.viewers import viewer_of


@admin.register(TermMapping, site=stewards)
class TermMappingAdmin(WritingAdmin):
    """Added and removed; many at once come by `manage.py load_term_mapping`."""

    notice = _("All services that bear the code are tied anew at once.")
    ordering = ("taxonomy", "code", "slug")
    list_display = (column("code"), column("taxonomy"), column("slug"))
    search_fields = ("code", "slug")
    fields = ("taxonomy", "code", "slug")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """One that is there is removed, not changed."""
        return [] if obj is None else list(self.fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Yes."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only to open the list and the form of a new one."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Yes: nothing hangs on it but the ties that it made."""
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """By `add_mapping`."""
        facts = {name: form.cleaned_data[name] for name in self.fields}
        obj.pk = add_mapping(**facts, viewer=viewer_of(request)).pk

    def delete_model(self, request: HttpRequest, obj: TermMapping) -> None:
        """By `remove_mapping`."""
        remove_mapping(mapping_id=obj.pk, viewer=viewer_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TermMapping]) -> None:
        """Never many at once."""
        raise NotImplementedError
