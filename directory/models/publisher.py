"""Where records come from: a network, a 211, a list somebody copied, or the demonstration."""

from django.db import models


class Cadence(models.TextChoices):
    """How often a publisher says its records are brought up to date."""

    UNKNOWN = "unknown", "not stated"
    ONCE = "once", "once, never again"
    DAILY = "daily", "every day"
    WEEKLY = "weekly", "every week"
    MONTHLY = "monthly", "every month"
    QUARTERLY = "quarterly", "every three months"
    YEARLY = "yearly", "every year"


class Publisher(models.Model):
    """A source of records: its licence, whether that lets us pass them on as open data, and how fresh they are.

    `identifier` is one of org-id.guide. `is_demo` marks records that describe nothing real, wherever they are shown.
    """

    slug = models.SlugField(primary_key=True)
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    url = models.URLField(blank=True)
    identifier = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    licence = models.TextField(blank=True)
    licence_url = models.URLField(blank=True)
    attribution = models.TextField(blank=True)
    may_redistribute = models.BooleanField(default=False)
    cadence = models.CharField(max_length=10, choices=Cadence.choices, default=Cadence.UNKNOWN)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name
