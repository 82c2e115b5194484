"""Where a listing that a steward found to be one with another is shown now. Part of the read model: all may read it."""

from django.db import models


class MovedListing(models.Model):
    """An id that no listing has any more, since its service rests behind another (`same_service`, "linked").

    `id`: of the old listing, or of the service that rests. `from_id` is that service, `service_id` the one that is
    kept, `listing_id` its listing that is nearest to where the old one was.
    """

    id = models.UUIDField(primary_key=True)
    from_id = models.UUIDField(db_index=True)
    service_id = models.UUIDField(db_index=True)
    listing_id = models.UUIDField()

    class Meta:
        db_table = "moved_listing"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.id} is {self.listing_id}"
