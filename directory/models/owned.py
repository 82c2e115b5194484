"""HSDS objects that hang on a service, a place, or the two together."""

from typing import Any

from django.db import models


def owner_key(entity: str, related_name: str) -> "models.ForeignKey[Any, Any]":
    """An optional link to the record that this one describes; it goes when that record goes."""
    return models.ForeignKey(
        f"directory.{entity}", null=True, blank=True, on_delete=models.CASCADE, related_name=related_name
    )
