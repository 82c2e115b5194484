"""Structured eligibility: what a service stated about whom it takes, one fact a row."""

from django.db import models
from django.db.models import Q


class ServiceFact(models.Model):
    """`dimension` and `term` are words of `directory.rules.eligibility_terms`. No row: not stated, so "ask".

    `stated` is yes or no; `low` and `high` bound what is counted (years of age, days of stay).
    """

    id = models.BigAutoField(primary_key=True)
    service = models.ForeignKey("directory.Service", on_delete=models.CASCADE, related_name="stated_facts")
    dimension = models.CharField(max_length=30)
    term = models.CharField(max_length=40, blank=True)
    stated = models.BooleanField()
    low = models.DecimalField(null=True, blank=True, max_digits=9, decimal_places=3)
    high = models.DecimalField(null=True, blank=True, max_digits=9, decimal_places=3)

    class Meta:
        db_table = "service_fact"
        ordering = ("service", "dimension", "term")
        constraints = (
            models.UniqueConstraint(fields=["service", "dimension", "term"], name="service_fact_stated_once"),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=models.F("high")),
                name="service_fact_low_is_not_above_high",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dimension}:{self.term}"
