"""An adviser's question about an organization: until it is answered, nobody can agree to let that one in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directory.models.organization import Organization


class VettingHoldQuerySet(models.QuerySet["VettingHold"]):
    """Holds, by whether they still hold."""

    def open(self) -> "VettingHoldQuerySet":
        """Not answered, and not taken back."""
        return self.filter(answered_at=None)


class VettingHold(models.Model):
    """One question. `sealed` and `sealed_answer`: the words, under the organization's own key.

    A hold that its adviser took back is answered by the adviser, with no words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="vetting_holds")
    sealed = models.BinaryField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    sealed_answer = models.BinaryField(default=bytes)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField(null=True)

    objects = VettingHoldQuerySet.as_manager()

    class Meta:
        db_table = "vetting_hold"
        ordering = ("placed_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "placed_by"),
                condition=Q(answered_at=None),
                name="vetting_hold_one_of_each_adviser",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__gte=F("placed_at")),
                name="vetting_hold_answered_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
