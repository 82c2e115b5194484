"""That a survivors' adviser has nothing against letting an organization in: a second yes need not wait for them."""

import uuid

from django.conf import settings
from django.db import models

from directory.models.vetting_application import VettingApplication


class VettingNoObjection(models.Model):
    """Said once by each adviser of one application; it holds for no other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        VettingApplication, on_delete=models.PROTECT, related_name="no_objections"
    )
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        db_table = "vetting_no_objection"
        ordering = ("said_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "said_by"), name="vetting_no_objection_once_by_each"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)
