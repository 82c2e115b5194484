"""What an uploaded sheet would change, kept sealed for an hour until its person says yes."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from directory.models.organization import Organization


class SheetDraftQuerySet(models.QuerySet["SheetDraft"]):
    """Drafts by whether they still count."""

    def open_at(self, now: datetime) -> "SheetDraftQuerySet":
        """Those that can be confirmed."""
        return self.filter(expires_at__gt=now)


class SheetDraft(models.Model):
    """One upload of one person. `sealed`: offers and faults under the organization's own key; the file is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sheet_drafts")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sealed = models.BinaryField()

    objects = SheetDraftQuerySet.as_manager()

    class Meta:
        db_table = "sheet_draft"
        ordering = ("made_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("organization", "made_by"), name="sheet_draft_one_of_a_person"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="sheet_draft_ends"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
