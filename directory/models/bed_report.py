"""Beds today: what a provider said last, and the links by which its night desk says it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from directory.models.organization import Organization
from directory.rules.beds import BANDS


class BedReport(models.Model):
    """The last answer of a service. It counts for twelve hours (`directory.rules.beds`); what was before is not kept.

    Seen at the vetted tier alone: who has how many beds tonight tells who is where.
    """

    # No foreign key: a feed may take its service away, and nothing of this is to hold it back.
    service_id = models.UUIDField(primary_key=True)
    band = models.CharField(max_length=10)
    reported_at = models.DateTimeField()

    class Meta:
        db_table = "bed_report"
        ordering = ("reported_at", "service_id")
        constraints = (
            models.CheckConstraint(condition=models.Q(band__in=BANDS), name="bed_report_band_known"),
        )

    def __str__(self) -> str:
        return str(self.service_id)


class NightLinkQuerySet(models.QuerySet["NightLink"]):
    """Links by whether they work."""

    def open_at(self, now: datetime) -> "NightLinkQuerySet":
        """Neither taken back nor over."""
        return self.filter(revoked_at=None, expires_at__gt=now)


class NightLink(models.Model):
    """A link that says one thing of one service: how many beds. It is signed, opens without signing in, and ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_id = models.UUIDField(db_index=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="night_links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = NightLinkQuerySet.as_manager()

    class Meta:
        db_table = "night_link"
        ordering = ("made_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="night_link_ends_after_it_began"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
