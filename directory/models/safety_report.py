"""Somebody says that they were not safe at an organization. Stewards read it; that organization never does."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.rules.safety_reports import Channel, Judgement

CHANNELS = {
    Channel.FORM: _("by the form"),
    Channel.PHONE: _("by phone"),
    Channel.MAIL: _("by letter or e-mail"),
    Channel.IN_PERSON: _("in person"),
}
JUDGEMENTS = {
    Judgement.CREDIBLE: _("Credible: suspend at once"),
    Judgement.NOT_CREDIBLE: _("Not credible"),
    Judgement.FACTS_ONLY: _("About wrong facts only: a listing has to be corrected"),
}


class SafetyReportQuerySet(models.QuerySet["SafetyReport"]):
    """Reports, by whether somebody looked at them."""

    def open(self) -> "SafetyReportQuerySet":
        """Not judged yet."""
        return self.filter(judged_at=None)


class SafetyReport(models.Model):
    """One report. `sealed`: what was told, `sealed_why`: why it was judged so, both under the site's own key.

    Not under the organization's: whoever destroys that one must not destroy what was said about it. `recorded_by`: the
    steward who wrote down what was told otherwise than by the form.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    channel = models.CharField(max_length=10)
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="safety_reports", null=True
    )
    judgement = models.CharField(max_length=12, blank=True)
    sealed_why = models.BinaryField(default=bytes)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    judged_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(VettingDecision, on_delete=models.PROTECT, related_name="+", null=True)

    objects = SafetyReportQuerySet.as_manager()

    class Meta:
        db_table = "safety_report"
        ordering = ("received_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=[str(one) for one in Channel]), name="safety_report_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(channel=str(Channel.FORM), recorded_by=None)
                | (~Q(channel=str(Channel.FORM)) & Q(recorded_by__isnull=False)),
                name="safety_report_written_down_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(judgement="", judged_by=None, judged_at=None)
                | Q(
                    judgement__in=[str(one) for one in Judgement],
                    judged_by__isnull=False,
                    judged_at__gte=F("received_at"),
                ),
                name="safety_report_judged_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(judgement=str(Judgement.CREDIBLE)) | Q(organization__isnull=False),
                name="safety_report_credible_is_about_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
