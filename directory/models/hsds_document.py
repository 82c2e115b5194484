"""Read model of the open data: the public facts of each HSDS record, composed into answers by `directory/hsds/`."""

from django.contrib.gis.db import models as gis
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from directory.models.json_text import JsonTextField


class HsdsDocument(models.Model):
    """One record as open data may show it: its own public fields, and what hangs on it alone, in `document`.

    Records that may be asked for by themselves (services, organizations, places) are named by the `_id` columns
    and composed when read. `modified_at` is when the public document last became another. A service at a place is
    found by the words and terms of its service too: `search` is empty, `term_ids` are its own.
    """

    pk = models.CompositePrimaryKey("entity", "id")
    entity = models.CharField(max_length=30)
    id = models.UUIDField()
    document = JsonTextField()
    organization_id = models.UUIDField(null=True)
    program_id = models.UUIDField(null=True)
    service_id = models.UUIDField(null=True)
    location_id = models.UUIDField(null=True)
    taxonomy_id = models.UUIDField(null=True)
    parent_id = models.UUIDField(null=True)
    term_ids = ArrayField(models.UUIDField(), default=list)
    taxonomy_ids = ArrayField(models.UUIDField(), default=list)
    search = SearchVectorField(null=True)
    # Of the words that `search` was read from: the same ones are not read again.
    words_digest = models.UUIDField(null=True)
    point = gis.PointField(geography=True, null=True, spatial_index=False)
    modified_at = models.DateTimeField()

    class Meta:
        db_table = "hsds_document"
        ordering = ("entity", "id")
        indexes = (
            models.Index(fields=["entity", "modified_at", "id"], name="hsds_document_by_moment"),
            models.Index(
                fields=["entity", "organization_id"],
                name="hsds_document_of_organization",
                condition=Q(organization_id__isnull=False),
            ),
            models.Index(
                fields=["entity", "service_id"],
                name="hsds_document_of_service",
                condition=Q(service_id__isnull=False),
            ),
            models.Index(
                fields=["entity", "location_id"],
                name="hsds_document_of_location",
                condition=Q(location_id__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.entity} {self.id}"


class HsdsTotal(models.Model):
    """How many documents of an entity there are: a page of open data need not count them."""

    entity = models.CharField(primary_key=True, max_length=30)
    total = models.PositiveIntegerField()

    class Meta:
        db_table = "hsds_total"
        ordering = ("entity",)

    def __str__(self) -> str:
        return f"{self.entity} {self.total}"
