"""Two records that describe one service: linked, so that searchers see one golden listing."""

from django.db import models
from django.db.models import F, Q


class Likeness(models.TextChoices):
    """Why two records are thought to be one service."""

    GIVEN_ID = "given_id", "the same id from two publishers"
    PHONE_AND_NAME = "phone_name", "the same phone and name"
    STEWARD = "steward", "a steward said so"
    LOOKS_ALIKE = "alike", "a protected place, and one that looks like it"


class Verdict(models.TextChoices):
    """What is held of it."""

    SUGGESTED = "suggested", "perhaps"
    LINKED = "linked", "one service"
    APART = "apart", "two services"


class SameService(models.Model):
    """`kept` is listed and `other` is not, once the verdict is "linked"; both records stay whole."""

    id = models.BigAutoField(primary_key=True)
    kept = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="same_as")
    other = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="same_as_kept")
    likeness = models.CharField(max_length=10, choices=Likeness.choices)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.SUGGESTED)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "same_service"
        ordering = ("verdict", "id")
        constraints = (
            models.UniqueConstraint(fields=["kept", "other"], name="same_service_told_once"),
            models.UniqueConstraint(
                fields=["other"], condition=Q(verdict="linked"), name="same_service_one_golden_listing"
            ),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="same_service_is_two_records"),
        )

    def __str__(self) -> str:
        return f"{self.kept_id} {self.verdict} {self.other_id}"
