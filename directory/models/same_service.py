"""Two records that describe one service: linked, so that searchers see one golden listing."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from directory.models.service import Status

SHOWN = (Status.ACTIVE, Status.TEMPORARILY_CLOSED)


class Likeness(models.TextChoices):
    """Why two records are thought to be one service."""

    GIVEN_ID = "given_id", "the same id from two publishers"
    PHONE_AND_NAME = "phone_name", "the same phone and name"
    STEWARD = "steward", "a steward said so"
    LOOKS_ALIKE = "alike", "a protected place, and one that looks like it"
    TWO_OF_THREE = "two_of_3", "two of phone, name and place agree"


class Verdict(models.TextChoices):
    """What is held of it."""

    SUGGESTED = "suggested", "perhaps"
    LINKED = "linked", "one service"
    APART = "apart", "two services"


class SameServiceQuerySet(models.QuerySet["SameService"]):
    """Pairs, by what stewards have still to say of them."""

    def to_decide(self, day: date) -> "SameServiceQuerySet":
        """Those that wait on this day, but for what shows no more: one that rests already, or was taken down."""
        rests = SameService.objects.filter(verdict=Verdict.LINKED).values("other_id")
        waiting = self.filter(verdict=Verdict.SUGGESTED).exclude(later_until__gt=day)
        shown = {"kept__status__in": SHOWN, "other__status__in": SHOWN}
        return waiting.filter(**shown).exclude(kept_id__in=rests).exclude(other_id__in=rests)


class SameService(models.Model):
    """`kept` is listed and `other` is not, once the verdict is "linked"; both records stay whole.

    `suggested_at`: since when a steward is asked. `later_until`: the day on which it is asked again.
    """

    id = models.BigAutoField(primary_key=True)
    kept = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="same_as")
    other = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="same_as_kept")
    likeness = models.CharField(max_length=10, choices=Likeness.choices)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.SUGGESTED)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    suggested_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    later_until = models.DateField(null=True, blank=True)

    objects = SameServiceQuerySet.as_manager()

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
