"""What stewards did about a sum of reports that something of a listing is wrong."""

from django.conf import settings
from django.db import models

LONGEST_REASON = 300


class WrongAnswer(models.Model):
    """So many reports (`times`) of one sum (`WrongCount`) were seen to; what comes after them waits anew.

    `reason`: why nothing had to change, in a few words; empty where the listing was corrected.
    """

    id = models.BigAutoField(primary_key=True)
    listing_id = models.UUIDField()
    on = models.DateField()
    what = models.CharField(max_length=10)
    times = models.PositiveIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "wrong_answer"
        ordering = ("answered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("listing_id", "on", "what", "times"), name="wrong_answered_once_for_a_sum"
            ),
        )

    def __str__(self) -> str:
        return f"{self.listing_id} {self.on} {self.what}"
