"""HSDS location: a place where services are given. A protected one has no true geometry."""

from django.db import models
from django.db.models import Q

from directory.models.owned import named
from directory.models.record import HsdsRecord


class PlacedBy(models.TextChoices):
    """How well a place is known. Only `coordinates` may ever be given kilometres."""

    COORDINATES = "coordinates", "coordinates"
    COMMUNITY = "community", "community"
    POSTAL_AREA = "postal_area", "postal area"
    AREA = "area", "published area"
    NOTHING = "nothing", "nothing"


NOT_KEPT = (
    "url",
    "name",
    "alternate_name",
    "description",
    "transportation",
    "external_identifier",
    "external_identifier_type",
    "given_id",
)
"""Texts of a place that a protected one doesn't keep: any of them may lead to its door."""


class Location(HsdsRecord):
    """A place. Of an `is_protected` one only its published `area` is known: no point, street, community or text."""

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
                condition=Q(is_protected=False)
                | Q(
                    latitude=None,
                    longitude=None,
                    community=None,
                    placed_by__in=["area", "nothing"],
                    written={},
                    flags=[],
                    **dict.fromkeys(NOT_KEPT, ""),
                ),
                name="location_protected_has_only_its_area",
            ),
            models.CheckConstraint(
                condition=Q(placed_by="area", area__isnull=False, is_protected=True)
                | ~Q(placed_by="area") & Q(area=None),
                name="location_has_an_area_if_protected",
            ),
            models.CheckConstraint(
                condition=~Q(placed_by="coordinates")
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="location_placed_by_coordinates_has_them",
            ),
            models.CheckConstraint(
                condition=~Q(placed_by__in=["community", "postal_area"]) | Q(community__isnull=False),
                name="location_placed_by_community_names_it",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.id)
