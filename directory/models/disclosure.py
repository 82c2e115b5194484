"""What an organization or service agreed to: where it may be published, and who governs its data."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class PublishTo(models.TextChoices):
    """Where a listing may appear."""

    SITE = "site", "this site"
    VETTED = "vetted", "vetted organizations"
    NAMED = "named", "organizations that it names"
    OPEN_DATA = "open_data", "open data"


def publish_to() -> "ArrayField[Any, Any]":
    """Where it agreed to appear. NULL: never asked, then `directory.rules.publishing` decides."""
    return ArrayField(models.CharField(max_length=10, choices=PublishTo.choices), null=True, blank=True)


def governed_by() -> "models.ForeignKey[Any, Any]":
    """The Nation or organization that decides what appears of it, on the site, as open data, in gap views (OCAP)."""
    return models.ForeignKey(
        "directory.Organization", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
