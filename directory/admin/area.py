"""Published areas, for stewards to look at."""

from django.contrib import admin

from directory.admin.record import ReadOnlyAdmin, column
from directory.admin.site import stewards
from directory.models.area import Area


@admin.register(Area, site=stewards)
class AreaAdmin(ReadOnlyAdmin):
    """They come from a census, by a command."""

    list_display = (column("slug"), column("name"), column("province"), column("people"))
    search_fields = ("slug", "name", "name_fr")
