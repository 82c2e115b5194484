"""Read model of the vetted tier: what vetted organizations find at the desk beside what everybody may (ADR 0046).

Tables of their own, which relais_public can't read: nothing has to be filtered out of the public ones. Written by the
same projector, in the same transaction.
"""

from django.db import models
from django.db.models import Q

from directory.models.coverage import CoverageColumns
from directory.models.json_text import JsonTextField
from directory.models.listing import ListingColumns, ListingPageColumns


class VettedListing(ListingColumns):
    """A listing that only vetted organizations may find."""

    class Meta:
        db_table = "vetted_listing"
        ordering = ("tie", "id")


class VettedListingPage(ListingPageColumns):
    """The page of a listing that only vetted organizations may find: the facts that everybody would see of it."""

    class Meta:
        db_table = "vetted_listing_page"
        ordering = ("id",)


class VettedCoverage(CoverageColumns):
    """An area of a listing that only vetted organizations may find."""

    class Meta:
        db_table = "vetted_coverage"
        ordering = ("listing_id", "id")
        indexes = (models.Index("place", name="vetted_coverage_afar", condition=Q(is_afar=True)),)


class VettedFacts(models.Model):
    """What the vetted tier sees of a listing and the public does not, as JSON; of public listings and of the others.

    No row where there is nothing more to see.
    """

    id = models.UUIDField(primary_key=True)
    service_id = models.UUIDField(db_index=True)
    en = JsonTextField()
    fr = JsonTextField()

    class Meta:
        db_table = "vetted_facts"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.id)
