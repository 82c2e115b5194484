"""The block list that an organization keeps: who must not find what it shows at the desk."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directory.models.organization import Organization


class BlockedOrganization(models.Model):
    """One organization on the list of another. What it comes to is decided in `directory.finding.windows`.

    Nobody but who leads `organization` reads it: no page, letter or answer tells `blocked`, or anybody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="block_list")
    blocked = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    blocked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    blocked_at = models.DateTimeField()

    class Meta:
        db_table = "blocked_organization"
        ordering = ("blocked_at", "id")
        constraints = (
            models.UniqueConstraint("organization", "blocked", name="blocked_organization_once"),
            models.CheckConstraint(
                condition=~Q(organization_id=F("blocked_id")), name="blocked_organization_is_another"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
