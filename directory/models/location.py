"""HSDS location: a place where services are given. A protected one has no true geometry."""

from django.db import models

from directory.models.owned import named
from directory.models.record import HsdsRecord


class PlacedBy(models.TextChoices):
    """How well a place is known. Only `coordinates` may ever be given kilometres."""

    COORDINATES = "coordinates", "coordinates"
    COMMUNITY = "community", "community"
    POSTAL_AREA = "postal_area", "postal area"
    AREA = "area", "published area"
    NOTHING = "nothing", "nothing"


class Location(HsdsRecord):
    """A place. `is_protected` places keep no coordinates and no street: their community is all there is."""

    organization = named("Organization", "locations")
    location_type = models.TextField(default="physical")
    url = models.TextField(blank=True)
    name = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    external_identifier = models.TextField(blank=True)
    external_identifier_type = models.TextField(blank=True)

    is_protected = models.BooleanField(default=False)
    placed_by = models.CharField(max_length=12, choices=PlacedBy.choices, default=PlacedBy.NOTHING)
    community = models.ForeignKey(
        "directory.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    area = models.ForeignKey(
        "directory.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(HsdsRecord.Meta):
        db_table = "location"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(is_protected=False)
                | models.Q(
                    latitude=None,
                    longitude=None,
                    transportation="",
                    external_identifier="",
                    placed_by__in=["community", "nothing"],
                ),
                name="location_protected_has_no_geometry",
            ),
            models.CheckConstraint(
                condition=~models.Q(placed_by="coordinates")
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_placed_by_coordinates_has_them",
            ),
            models.CheckConstraint(
                condition=~models.Q(placed_by__in=["community", "postal_area"])
                | models.Q(community__isnull=False),
                name="location_placed_by_community_names_it",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.id)
