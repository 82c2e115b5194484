"""What stewards decided about letting an organization in. Rows are added and agreed to, never changed otherwise."""

import uuid
from collections import defaultdict
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from directory.models.organization import Organization
from directory.rules.standing import DECIDED, GOOD, Decision, Kind, Standing, in_force, standing_on

TWO = models.Q(outcome__in=sorted(GOOD))


class VettingDecisionQuerySet(models.QuerySet["VettingDecision"]):
    """Decisions, as the rules read them."""

    def told_of(self, organization: uuid.UUID) -> list[Decision]:
        """All that was decided about an organization, in order."""
        return [one.told() for one in self.filter(organization_id=organization).order_by("decided_at", "id")]

    def in_force_of(self, organization: uuid.UUID, day: date) -> "VettingDecision | None":
        """The decision by which an organization stands where it does on `day`; None where none is, or it ran out."""
        rows = list(self.filter(organization_id=organization).order_by("decided_at", "id"))
        latest = in_force(one.told() for one in rows)
        if latest is None or standing_on(day, [latest]) is not latest.outcome:
            return None
        return next(one for one in reversed(rows) if one.told() == latest)

    def proposed(self, day: date) -> "VettingDecisionQuerySet":
        """What waits for a second steward: nothing was decided since, and its last day is not over."""
        since = self.model._default_manager.filter(
            organization=OuterRef("organization"), decided_at__gt=OuterRef("decided_at")
        )
        return self.filter(TWO, agreed_at=None, until__gte=day).exclude(Exists(since))

    def let_in_on(self, day: date) -> dict[uuid.UUID, Decision]:
        """The decision that lets in, of every organization that is let in on `day`."""
        perhaps = self.filter(TWO, agreed_at__isnull=False, until__gte=day).values("organization_id")
        told = defaultdict[uuid.UUID, list[Decision]](list)
        for one in self.filter(organization_id__in=perhaps).order_by("decided_at", "id"):
            told[one.organization_id].append(one.told())
        latest = {key: in_force(decisions) for key, decisions in told.items()}
        return {
            key: one for key, one in latest.items() if one is not None and standing_on(day, told[key]) in GOOD
        }


class VettingDecision(models.Model):
    """One decision. One that lets in is in force once a second steward agreed; others at once.

    `until`: the last day of what lets in. `reason`: what the organization is told. `appeal`: how it can object.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="vetting_decisions")
    outcome = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    until = models.DateField(null=True)
    reason = models.TextField()
    appeal = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    agreed_at = models.DateTimeField(null=True)

    objects = VettingDecisionQuerySet.as_manager()

    class Meta:
        db_table = "vetting_decision"
        ordering = ("decided_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome__in=[str(outcome) for outcome in DECIDED]),
                name="vetting_outcome_known",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in Kind]), name="vetting_kind_known"
            ),
            models.CheckConstraint(
                condition=~TWO | models.Q(until__isnull=False), name="vetting_lets_in_until_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(agreed_by=models.F("decided_by")), name="vetting_takes_two_people"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None, agreed_at=None)
                | models.Q(agreed_by__isnull=False, agreed_at__gte=models.F("decided_at")),
                name="vetting_agreed_by_somebody_at_some_time",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="vetting_says_why"),
        )

    def __str__(self) -> str:
        return str(self.id)

    def told(self) -> Decision:
        """As the rules read it."""
        outcome = Standing(self.outcome)
        at = self.agreed_at if outcome in GOOD else self.decided_at
        return Decision(outcome=outcome, kind=Kind(self.kind), at=at, until=self.until)
