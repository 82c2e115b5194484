"""Two records of one service: linked to one golden listing, or kept apart."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.actions.link_services import keep_apart, link_services
from directory.admin.deciding import decide_each
from directory.admin.record import WritingAdmin, column
from directory.admin.site import stewards
from directory.models.same_service import SameService
from directory.viewers import viewer_of


@admin.register(SameService, site=stewards)
class SameServiceAdmin(WritingAdmin):
    """Suggestions wait here; a steward can also name a pair."""

    notice = _("Once linked, the first is listed and the second is not; both records stay whole.")
    ordering = ("-pk",)
    list_display = ("__str__", column("kept"), column("other"), column("likeness"), column("verdict"))
    list_select_related = ("kept", "other")
    list_filter = ("verdict", "likeness")
    raw_id_fields = ("kept", "other")
    actions = ("link", "link_the_other_way", "apart")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Two records make a new pair."""
        return ("kept", "other") if obj is None else ("kept", "other", "likeness", "verdict", "decided_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """One that is there is decided about in the list."""
        return [] if obj is None else list(self.get_fields(request, obj))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Yes: that links the two."""
        return self.has_view_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's own signature
        """A new pair is linked at once; one that is there has nothing to save."""
        if not change:
            pair = link_services(kept_id=obj.kept_id, other_id=obj.other_id, viewer=viewer_of(request))
            obj.pk = pair.pk

    @admin.action(description=_("Link: the first is listed"))
    def link(self, request: HttpRequest, queryset: QuerySet[SameService]) -> None:
        """`kept` stays."""
        viewer = viewer_of(request)
        decide_each(
            request,
            queryset,
            lambda pair: link_services(kept_id=pair.kept_id, other_id=pair.other_id, viewer=viewer),
        )

    @admin.action(description=_("Link: the second is listed"))
    def link_the_other_way(self, request: HttpRequest, queryset: QuerySet[SameService]) -> None:
        """`other` stays."""
        viewer = viewer_of(request)
        decide_each(
            request,
            queryset,
            lambda pair: link_services(kept_id=pair.other_id, other_id=pair.kept_id, viewer=viewer),
        )

    @admin.action(description=_("Keep apart: both are listed"))
    def apart(self, request: HttpRequest, queryset: QuerySet[SameService]) -> None:
        """Two services."""
        viewer = viewer_of(request)
        decide_each(
            request,
            queryset,
            lambda pair: keep_apart(kept_id=pair.kept_id, other_id=pair.other_id, viewer=viewer),
        )
