"""Writes the published areas that the gazetteer gives, and moves protected places out of those that are no more."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from directory.actions.project_listings import project_services
from directory.finding.places import plain
from directory.models.area import Area
from directory.models.location import Location
from directory.models.place import Place
from directory.models.service_at_location import ServiceAtLocation
from directory.rules.areas import PublishedArea, areas_of
from directory.rules.table_places import kilometres

TOLD = [field.name for field in fields(PublishedArea) if field.name != "slug"]


def write_areas(places: Sequence[Place]) -> set[str]:
    """Add or renew the areas of `places` (all of them, unsaved) and name each one's on it; returns their slugs."""
    found = areas_of(map(plain, places))
    Area.objects.bulk_create(
        [Area(**asdict(area)) for area in found.areas],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=TOLD,
    )
    for place in places:
        place.area_id = found.area_of.get(place.pk)
    return {area.slug for area in found.areas}


def forget_old_areas(kept: set[str]) -> None:
    """Remove areas that the gazetteer no longer gives; who stood there stands in the nearest one of the province."""
    old = list(Area.objects.filter(is_by_agreement=False).exclude(pk__in=kept).order_by("pk"))
    for area in old:
        _move_out(area, kept)
    Area.objects.filter(pk__in=[area.pk for area in old]).delete()


def _move_out(area: Area, kept: set[str]) -> None:
    moved = list(Location.objects.filter(area=area).order_by("pk").values_list("pk", flat=True))
    if not moved:
        return
    here = (area.latitude, area.longitude)
    others = Area.objects.filter(pk__in=kept, province=area.province).order_by("pk")
    near = min(others, key=lambda a: kilometres(here, (a.latitude, a.longitude)), default=None)
    placed_by = "nothing" if near is None else "area"
    Location.objects.filter(pk__in=moved).update(area=near, placed_by=placed_by)
    tied = ServiceAtLocation.objects.filter(location_id__in=moved, service_id__isnull=False)
    project_services(sorted(set(tied.values_list("service_id", flat=True))))
