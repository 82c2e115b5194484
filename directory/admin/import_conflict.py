"""Fields about which a feed and the organization disagree, for stewards."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.actions.decide_conflict import decide_conflict
from directory.actions.services_concerned import model_of
from directory.admin.deciding import decide_each
from directory.admin.record import ReadOnlyAdmin, column
from directory.admin.site import stewards
from directory.models.import_conflict import Decision, ImportConflict
from directory.viewers import viewer_of


@admin.register(ImportConflict, site=stewards)
class ImportConflictAdmin(ReadOnlyAdmin):
    """Decided in the list, one or several."""

    ordering = ("decision", "first_seen_at", "id")
    list_display = (
        *(column("entity"), column("field"), column("offered"), column("publisher")),
        *(column("first_seen_at"), column("decision")),
    )
    list_select_related = ("publisher",)
    list_filter = ("decision", "publisher")
    fields = (
        *("entity", "record_id", "field", "confirmed", "offered", "publisher"),
        *("first_seen_at", "decision", "decided_at"),
    )
    readonly_fields = ("confirmed",)
    actions = ("keep", "take")

    @admin.display(description=_("What stands there now"))
    def confirmed(self, conflict: ImportConflict) -> Any:
        """The value of the field today."""
        try:
            record = model_of(conflict.entity)._default_manager.filter(pk=conflict.record_id).first()
            field = model_of(conflict.entity)._meta.get_field(conflict.field)
        except (LookupError, FieldDoesNotExist):
            return "-"
        return field.value_from_object(record) if record else "-"

    @admin.action(description=_("Keep what was confirmed"))
    def keep(self, request: HttpRequest, queryset: QuerySet[ImportConflict]) -> None:
        """The feed is not followed."""
        self._decide(request, queryset, Decision.KEEP)

    @admin.action(description=_("Take what the feed says"))
    def take(self, request: HttpRequest, queryset: QuerySet[ImportConflict]) -> None:
        """The feed is followed."""
        self._decide(request, queryset, Decision.TAKE)

    def _decide(self, request: HttpRequest, queryset: QuerySet[ImportConflict], decision: Decision) -> None:
        viewer = viewer_of(request)
        decide_each(
            request,
            queryset,
            lambda conflict: decide_conflict(conflict_id=conflict.pk, decision=decision, viewer=viewer),
        )
