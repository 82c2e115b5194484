"""The gazetteer: communities and postal areas of Canada. Part of the public read model."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PlaceSource(models.TextChoices):
    """Where a place was first taken from."""

    PACKAGE = "package", "a package of the site"
    NAMES_FILE = "names_file", "an operator's file of geographical names"


class Place(models.Model):
    """A community or a forward sortation area with one point.

    `id` is GeoNames's, negative for what postal areas give, 2**52 and more for a feature of a names file. `alternates`
    come from packages and are renewed with them; `fed_names` from an operator's file and stay.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(
        max_length=12, choices=[("community", "community"), ("postal_area", "postal area")]
    )
    source = models.CharField(max_length=10, choices=PlaceSource, default=PlaceSource.PACKAGE)
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    province = models.CharField(max_length=2)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    zone = models.CharField(max_length=40)
    area = models.ForeignKey(
        "directory.Area", null=True, blank=True, on_delete=models.SET_NULL, related_name="places"
    )
    alternates = ArrayField(models.TextField(), default=list)
    fed_names = ArrayField(models.TextField(), default=list, blank=True)
    is_unsure = models.BooleanField(default=False)

    class Meta:
        db_table = "place"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name}, {self.province}"
