"""What an organization signed or did on a day: memorandum, code of conduct, what it tells authorities, training."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization


class Paper(models.TextChoices):
    """Each is good until a day, and then done anew."""

    MOU = "mou", _("Memorandum of understanding")
    CONDUCT = "conduct", _("Code of conduct")
    TELLS = "tells", _("What it tells police, immigration and child protection")
    TRAINING = "training", _("Privacy training")


class VettingPaperQuerySet(models.QuerySet["VettingPaper"]):
    """Papers of organizations."""

    def latest(self, organization: uuid.UUID) -> dict[str, "VettingPaper"]:
        """Of each kind the one that is good the longest."""
        found = self.filter(organization_id=organization).select_related("signed_by", "recorded_by")
        return {one.paper: one for one in found.order_by("until", "recorded_at", "id")}


class VettingPaper(models.Model):
    """One paper. `version`: of the text that was signed; empty for training. `signed_by`: null if it came on paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="vetting_papers")
    paper = models.CharField(max_length=10, choices=Paper)
    version = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    until = models.DateField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = VettingPaperQuerySet.as_manager()

    class Meta:
        db_table = "vetting_paper"
        ordering = ("recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(paper__in=Paper.values), name="vetting_paper_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("on")), name="vetting_paper_ends_after_it_began"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
