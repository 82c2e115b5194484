"""Communities of protected places that organizations agreed to name, for stewards to look at."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directory.admin.labels import LABELS
from directory.admin.record import ReadOnlyAdmin, column
from directory.admin.site import stewards
from directory.models.community_disclosure import CommunityDisclosure


def _is_named(wish: CommunityDisclosure) -> bool:
    """True from the second approval on: from then on everybody reads it."""
    return wish.second_approved_at is not None and wish.withdrawn_at is None


@admin.register(CommunityDisclosure, site=stewards)
class CommunityDisclosureAdmin(ReadOnlyAdmin):
    """Asked, approved twice and withdrawn elsewhere, by people of the organization. Until then it tells where it is."""

    ordering = ("-pk",)
    list_display = (
        *(column("location"), "place_named", column("asked_at"), column("first_approved_at")),
        *(column("second_approved_at"), column("withdrawn_at")),
    )
    list_select_related = ("location", "place")

    @admin.display(description=LABELS["community"])
    def place_named(self, wish: CommunityDisclosure) -> Any:
        """The community that everybody reads; of a wish, that it is one."""
        return wish.place if _is_named(wish) else _("not named yet")

    def shut(self, record: Any) -> frozenset[str]:
        """The community until it is named."""
        return frozenset() if _is_named(record) else frozenset({"place"})

    def keeper(self, record: Any) -> UUID | None:
        """Whose place it is."""
        found: UUID | None = record.location.organization_id
        return found
