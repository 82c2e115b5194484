"""The gazetteer: communities and postal areas of Canada. Part of the public read model."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Place(models.Model):
    """A community or a forward sortation area with one point. `id` is GeoNames's, or negative for postal areas."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(
        max_length=12, choices=[("community", "community"), ("postal_area", "postal area")]
    )
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

    class Meta:
        db_table = "place"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name}, {self.province}"
