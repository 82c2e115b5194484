"""The stewards' checklist: each look at a point is a row, the latest of an application counts."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.vetting_application import VettingApplication
from directory.rules.vetting import Point

POINT_NAMES = {
    Point.IDENTITY: _("Legal identity, or a sponsor that answers for it"),
    Point.SERVICES: _("The services are what it says"),
    Point.REFERENCES: _("References asked"),
    Point.PRIVACY_LEAD: _("Somebody looks after privacy"),
    Point.TELLS: _("What it tells police, immigration and child protection"),
    Point.CONDUCT: _("Code of conduct agreed to"),
    Point.MOU: _("Memorandum of understanding signed"),
    Point.TRAINING: _("Its people are trained in privacy"),
}


class VettingCheckQuerySet(models.QuerySet["VettingCheck"]):
    """Looks at points."""

    def latest(self, application: uuid.UUID) -> dict[Point, "VettingCheck"]:
        """The last look at each point that was looked at."""
        found = self.filter(application_id=application).select_related("checked_by")
        return {Point(one.point): one for one in found.order_by("checked_at", "id")}


class VettingCheck(models.Model):
    """One look at one point. `sealed`: the note, under the organization's own key; empty without one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(VettingApplication, on_delete=models.PROTECT, related_name="checks")
    point = models.CharField(max_length=16)
    is_done = models.BooleanField()
    sealed = models.BinaryField(default=bytes)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    objects = VettingCheckQuerySet.as_manager()

    class Meta:
        db_table = "vetting_check"
        ordering = ("checked_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(point__in=[str(point) for point in Point]),
                name="vetting_check_point_known",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
