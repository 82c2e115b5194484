"""An organization asks to be let in: a draft, then sent, and perhaps withdrawn."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.rules.standing import GOOD, Standing

ANSWERED = Q(outcome__in=sorted(GOOD), agreed_at__gt=OuterRef("sent_at")) | Q(
    outcome=Standing.DECLINED, decided_at__gt=OuterRef("sent_at")
)


class VettingApplicationQuerySet(models.QuerySet["VettingApplication"]):
    """Applications by what became of them."""

    def drafts(self) -> "VettingApplicationQuerySet":
        """Not sent yet."""
        return self.filter(sent_at=None, withdrawn_at=None)

    def waiting(self) -> "VettingApplicationQuerySet":
        """Sent, and neither withdrawn nor answered: nobody was let in nor declined since."""
        answers = VettingDecision.objects.filter(ANSWERED, organization=OuterRef("organization"))
        return self.filter(sent_at__isnull=False, withdrawn_at=None).exclude(Exists(answers))


class VettingApplication(models.Model):
    """One application. `sealed`: what was answered, under the organization's own key; `version` counts the savings.

    `sponsor`: the approved organization that answers for this one, as a steward made out from what was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="vetting_applications"
    )
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    sponsor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+", null=True)
    began_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    sent_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = VettingApplicationQuerySet.as_manager()

    class Meta:
        db_table = "vetting_application"
        ordering = ("began_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organization",),
                condition=Q(sent_at=None, withdrawn_at=None),
                name="vetting_application_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None, sent_at=None)
                | Q(sent_by__isnull=False, sent_at__gte=F("began_at")),
                name="vetting_application_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__gte=F("began_at")),
                name="vetting_application_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(sponsor=F("organization")), name="vetting_application_sponsor_is_another"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
