"""The street of a protected place, where its organization chose to keep one here: sealed, never in clear."""

from django.db import models


class ProtectedAddress(models.Model):
    """`sealed` is encrypted under the organization's own key and bound to this location; nothing else is kept."""

    location = models.OneToOneField(
        "directory.Location", primary_key=True, on_delete=models.CASCADE, related_name="protected_address"
    )
    organization = models.ForeignKey("directory.Organization", on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "protected_address"
        ordering = ("location",)

    def __str__(self) -> str:
        return str(self.location_id)
