"""An organization's wish to have the community of a protected place named, and who approved it."""

from django.db import models
from django.db.models import F, Q


class CommunityDisclosure(models.Model):
    """Asked after a warning was read; names the community once two other people have approved, until withdrawn.

    What was withdrawn is forgotten: `place` is empty from then on.
    """

    id = models.BigAutoField(primary_key=True)
    location = models.ForeignKey(
        "directory.Location", on_delete=models.CASCADE, related_name="community_disclosures"
    )
    place = models.ForeignKey(
        "directory.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.UUIDField()
    warned_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    first_approved_by = models.UUIDField(null=True, blank=True)
    first_approved_at = models.DateTimeField(null=True, blank=True)
    second_approved_by = models.UUIDField(null=True, blank=True)
    second_approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "community_disclosure"
        ordering = ("-asked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(place__isnull=False, withdrawn_at=None)
                | Q(place=None, withdrawn_at__isnull=False),
                name="community_disclosure_forgets_what_was_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(warned_at__lte=F("asked_at")),
                name="community_disclosure_was_warned_of",
            ),
            models.CheckConstraint(
                condition=Q(first_approved_by=None) | ~Q(first_approved_by=F("asked_by")),
                name="community_disclosure_first_approver_is_another",
            ),
            models.CheckConstraint(
                condition=Q(second_approved_by=None)
                | (
                    Q(first_approved_by__isnull=False)
                    & ~Q(second_approved_by=F("first_approved_by"))
                    & ~Q(second_approved_by=F("asked_by"))
                ),
                name="community_disclosure_second_approver_is_a_third",
            ),
            models.UniqueConstraint(
                fields=["location"], condition=Q(withdrawn_at=None), name="community_disclosure_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
