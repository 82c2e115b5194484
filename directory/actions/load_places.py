"""Loads the gazetteer of the site's own packages, and its areas; what an operator's file gave stays."""

from django.db import transaction

from directory.actions.load_areas import forget_old_areas, write_areas
from directory.actions.place_packages import package_places
from directory.finding.places import forget_gazetteer
from directory.models.place import Place
from safety import audit
from safety.viewer import Viewer

KEPT = {"fed_names", "name_fr"}
"""Fields that no package gives and an operator's file may have filled."""


def are_places_loaded() -> bool:
    """Whether the gazetteer is here, with postal areas marked as far as they are doubtful."""
    return Place.objects.filter(is_unsure=True).exists()


@transaction.atomic
def load_places(*, viewer: Viewer) -> int:
    """Add or renew every community, postal area and published area; returns how many places of packages there are."""
    places = package_places()
    fed = list(Place.objects.exclude(pk__in=[place.pk for place in places]).order_by("pk"))
    kept = write_areas([*places, *fed])
    fields = [f.name for f in Place._meta.concrete_fields if not f.primary_key and f.name not in KEPT]
    Place.objects.bulk_create(
        places, batch_size=1000, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    Place.objects.bulk_update(fed, ["area"], batch_size=1000)
    forget_old_areas(kept)
    audit.record(viewer, action="load_places", subject_type="place", details={"places": len(places)})
    transaction.on_commit(forget_gazetteer)
    return len(places)
