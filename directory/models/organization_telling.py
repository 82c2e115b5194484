"""What an organization signed that it tells others: shown on its listings while its word is good."""

from django.db import models

from directory.models.organization import Organization


class OrganizationTelling(models.Model):
    """One of "police", "immigration", "child protection", as a dimension and term of eligibility."""

    id = models.BigAutoField(primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    dimension = models.CharField(max_length=30)
    term = models.CharField(max_length=40)
    signed_on = models.DateField()
    until = models.DateField(db_index=True)

    class Meta:
        db_table = "organization_telling"
        ordering = ("organization", "dimension")
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "dimension"], name="organization_telling_one_each"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dimension}:{self.term}"
