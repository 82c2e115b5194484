"""What only an organization itself sees: shut in the stewards' administration, read there by broken glass (record 52).

Each page that shows something of it is a reading: a row of the audit trail, and a letter to the organization.
"""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.actions.break_glass import note_reading_by_glass, open_glass_of
from directory.admin.labels import LABELS
from directory.models.organization import Organization
from directory.policies import is_custodians_alone
from safety.viewer import Viewer


def _viewer(request: HttpRequest) -> Viewer:
    found: Viewer = request.viewer  # type: ignore[attr-defined]  # set by ViewerMiddleware
    return found


def way_to_glass(organization: UUID) -> SafeString:
    """What stands in place of a value, and the page where a steward opens it for a reason."""
    address = reverse("review_glass", args=[organization])
    shut, way = _("Only the organization itself sees this."), _("Open it for a reason")
    return format_html('{} <a href="{}">{}</a>', shut, address, way)


@cache
def told_shut(name: str, keeper: Callable[[Any], UUID]) -> Callable[[Any], SafeString]:
    """A field of a page under its own label, without its value; the same one each time: Django compares."""

    @admin.display(description=LABELS.get(name, name))
    def told(record: Any) -> SafeString:
        return way_to_glass(keeper(record))

    told.__name__ = name
    return told


class BehindGlass(admin.ModelAdmin):
    """A page whose fields of the custodian tier are shut, unless its steward holds the glass of the organization.

    Where a record has no organization, nobody keeps anything from stewards.
    """

    def shut(self, record: Any) -> frozenset[str]:
        """Names of the columns of this record that only its organization sees."""
        entity, is_protected = record._meta.db_table, getattr(record, "is_protected", False)
        names = [field.name for field in record._meta.concrete_fields]
        return frozenset(
            one for one in names if is_custodians_alone(f"{entity}.{one}", is_protected=is_protected)
        )

    def keeper(self, record: Any) -> UUID | None:
        """Whose record it is."""
        found: UUID | None = record.pk if isinstance(record, Organization) else record.organization_id
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """A list is sifted by its own filters: any other column could be asked letter by letter."""
        is_filter = lookup.partition("__")[0] in self.list_filter
        return is_filter and bool(super().lookup_allowed(lookup, value, request))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is shut stands there without its value."""
        names, shut = super().get_fields(request, obj), self._shut_to(request, obj)
        return [told_shut(name, self.keeper) if name in shut else name for name in names] if shut else names

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any) -> Any:  # noqa: FBT001, FBT002  # Django's own signature
        """Nothing is taken for what is shut: a field that a form declares by itself would be, shown or not."""
        made: Any = super().get_form(request, obj, change, **more)
        for name in self._shut_to(request, obj):
            made.base_fields.pop(name, None)
        return made

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **more: Any) -> HttpResponse:
        """Each page is a reading where it shows what was opened."""
        record = more.get("obj")
        owner = self._owner_of_shut(record)
        shown = set(self.get_fields(request, record)) & self.shut(record) if owner else set()
        if owner and shown and self._is_open(request, owner):
            note_reading_by_glass(organization=owner, viewer=_viewer(request), now=timezone.now())
            context = {**context, "is_read_by_glass": True}
        return super().render_change_form(request, context, *args, **more)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Somebody whose glass ended meanwhile is told that what is shut now was not written."""
        if self._shut_to(request, obj) & set(request.POST):
            messages.warning(request, _("What only the organization itself sees was left as it is."))
        return super().response_change(request, obj)

    def _owner_of_shut(self, record: Any) -> UUID | None:
        """Whose glass it takes; nobody's where nothing of the record is shut."""
        return self.keeper(record) if record is not None and self.shut(record) else None

    def _shut_to(self, request: HttpRequest, record: Any) -> frozenset[str]:
        """Names of the columns that this steward may not read at this moment."""
        owner = self._owner_of_shut(record)
        return frozenset() if owner is None or self._is_open(request, owner) else self.shut(record)

    def _is_open(self, request: HttpRequest, organization: UUID) -> bool:
        """Asked once for each request."""
        noted: dict[UUID, bool] = vars(request).setdefault("_glasses", {})
        if organization not in noted:
            found = open_glass_of(_viewer(request), organization, timezone.now())
            noted[organization] = found is not None
        return noted[organization]
