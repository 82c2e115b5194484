"""The read model for finding: what a searcher may see, and nothing that she may not.

Written by one projector (directory/actions/project_listings.py) in the transaction of the change; read by
relais_public. Its one GiST index and its grants stand in migrations/sql/0002_read_model.sql.
"""

from django.contrib.gis.db import models as gis
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from directory.models.json_text import JsonTextField


class MultirangeField(models.TextField):  # type: ignore[type-arg]
    """Minutes of the week in which hours run, as PostgreSQL's int4multirange; text to Python."""

    def db_type(self, connection: object) -> str:
        """The column's type."""
        return "int4multirange"


class ListingColumns(models.Model):
    """One service at one place, or a service without a place. `id` is the service_at_location's, or the service's."""

    id = models.UUIDField(primary_key=True)
    service_id = models.UUIDField(db_index=True)
    organization_id = models.UUIDField()
    # The public point: the true one only of a place that is not protected and was given coordinates.
    point = gis.PointField(geography=True, null=True, spatial_index=False)
    # Kilometres are told only where the point is the door; else `place_name` and a band.
    has_exact_point = models.BooleanField(default=False)
    reach = models.CharField(max_length=10)
    province = models.CharField(max_length=2, blank=True)
    zone = models.CharField(max_length=40)
    # What it offers: the index knows it. What it states of whom it takes, and when, only excludes and sorts.
    tags = ArrayField(models.IntegerField(), default=list)
    stated = ArrayField(models.IntegerField(), default=list)
    # Hours in the code of directory.rules.opening_codes: a plain week, or else what is more than that.
    week = MultirangeField(null=True)
    odd_hours = models.JSONField(null=True)
    on_holidays = models.CharField(max_length=10, default="ask")
    by_appointment = models.BooleanField(default=False)
    fresh_until = models.DateField(null=True)
    search_en = SearchVectorField(null=True)
    search_fr = SearchVectorField(null=True)
    # Numbers of the concepts that its words may tell; null in what was written before there were any.
    concepts = ArrayField(models.IntegerField(), null=True)
    words = models.TextField(blank=True)
    checked_on = models.DateField(null=True)
    is_demo = models.BooleanField(default=False)
    tie = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class Listing(ListingColumns):
    """A listing that everybody may find."""

    class Meta:
        db_table = "listing"
        ordering = ("tie", "id")


class ListingPageColumns(models.Model):
    """The public facts of one listing as JSON, in both languages: all that a result or its page shows."""

    id = models.UUIDField(primary_key=True)
    en = JsonTextField()
    fr = JsonTextField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class ListingPage(ListingPageColumns):
    """The page of a listing that everybody may find."""

    class Meta:
        db_table = "listing_page"
        ordering = ("id",)
