"""Communities of protected places that organizations agreed to name, for stewards to look at."""

from django.contrib import admin

from directory.admin.record import ReadOnlyAdmin, column
from directory.admin.site import stewards
from directory.models.community_disclosure import CommunityDisclosure


@admin.register(CommunityDisclosure, site=stewards)
class CommunityDisclosureAdmin(ReadOnlyAdmin):
    """Asked, approved twice and withdrawn elsewhere: each step by another person."""

    ordering = ("-pk",)
    list_display = (
        *(column("location"), column("place"), column("asked_at"), column("first_approved_at")),
        *(column("second_approved_at"), column("withdrawn_at")),
    )
    list_select_related = ("location", "place")
