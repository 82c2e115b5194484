"""HSDS organization_identifier: a number that a register gave to an organization."""

from django.db import models

from directory.models.owned import named
from directory.models.record import HsdsRecord


class OrganizationIdentifier(HsdsRecord):
    """A charity number or the like, with the scheme that it belongs to (org-id.guide)."""

    organization = named("Organization", "organization_identifiers")
    identifier_scheme = models.TextField(blank=True)
    identifier_type = models.TextField(blank=True)
    identifier = models.TextField()

    class Meta(HsdsRecord.Meta):
        db_table = "organization_identifier"

    def __str__(self) -> str:
        return str(self.id)
