"""Whom a listing names: organizations that find it where it is for them alone, and enforcement where it opts in."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from directory.models.organization import Organization

if TYPE_CHECKING:
    from uuid import UUID


class NamedOrganizationQuerySet(models.QuerySet["NamedOrganization"]):
    """Names by listing."""

    def of(self, service: "UUID", owner: "UUID") -> "NamedOrganizationQuerySet":
        """Those that a listing of `owner` names."""
        return self.filter(service_id=service, owner_id=owner)


class NamedOrganization(models.Model):
    """One organization that one listing names. What it comes to is decided in `directory.finding.windows`.

    `owner`: whose listing it was then; of a listing that went to somebody else the names count no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No foreign key: a feed may take its service away, and nothing of this is to hold it back.
    service_id = models.UUIDField()
    owner = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="named_by")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    objects = NamedOrganizationQuerySet.as_manager()

    class Meta:
        db_table = "named_organization"
        ordering = ("named_at", "id")
        constraints = (
            models.UniqueConstraint("service_id", "organization", name="named_organization_once"),
            models.CheckConstraint(
                condition=~Q(organization_id=F("owner_id")), name="named_organization_is_another"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
