"""Where people must be for a service to be for them: as told by its publisher, and as searchers may know it."""

from django.contrib.gis.db import models as gis
from django.db import models
from django.db.models import Q


class CoverageKind(models.TextChoices):
    """How an area is given."""

    COUNTRY = "country", "all of Canada"
    PROVINCE = "province", "a province or territory"
    COMMUNITY = "community", "a community"
    POLYGON = "polygon", "an outline"


def _is_whole(name: str) -> models.CheckConstraint:
    """Each kind has just what it needs."""
    empty = {"province": "", "place": None, "outline": None}
    return models.CheckConstraint(
        condition=Q(kind="country", **empty)
        | Q(kind="province", place=None, outline=None) & ~Q(province="")
        | Q(kind="community", place__isnull=False, outline=None)
        | Q(kind="polygon", place=None, outline__isnull=False),
        name=name,
    )


class ServiceCoverage(models.Model):
    """One area that a service covers; `service_area` is the HSDS record that it was read from, if any."""

    id = models.BigAutoField(primary_key=True)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="coverage")
    service_area = models.ForeignKey(
        "directory.ServiceArea", null=True, blank=True, on_delete=models.CASCADE, related_name="coverage"
    )
    kind = models.CharField(max_length=10, choices=CoverageKind.choices)
    province = models.CharField(max_length=2, blank=True)
    place = models.ForeignKey(
        "directory.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outline = gis.MultiPolygonField(geography=True, null=True, blank=True)

    class Meta:
        db_table = "service_coverage"
        ordering = ("id",)
        constraints = (_is_whole("service_coverage_is_whole"),)

    def __str__(self) -> str:
        return str(self.id)


class CoverageColumns(models.Model):
    """Read model: one area that a listing covers. Never finer than the published area of a protected place.

    `is_afar`: the listing has no point, and is found by what it covers.
    """

    id = models.BigAutoField(primary_key=True)
    listing_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=CoverageKind.choices)
    province = models.CharField(max_length=2, blank=True)
    is_afar = models.BooleanField(default=False)
    place = models.ForeignKey(
        "directory.Place", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    outline = gis.MultiPolygonField(geography=True, null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class Coverage(CoverageColumns):
    """An area of a listing that everybody may find."""

    class Meta:
        db_table = "coverage"
        ordering = ("listing_id", "id")
        constraints = (_is_whole("coverage_is_whole"),)
        indexes = (models.Index("place", name="coverage_afar", condition=Q(is_afar=True)),)
