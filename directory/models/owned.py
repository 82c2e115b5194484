"""Links between HSDS records: kept as given, also where the record they name isn't here."""

from typing import Any

from django.db import models


def named(
    entity: str, related_name: str, *, keeps: bool = False, **more: Any
) -> "models.ForeignKey[Any, Any]":
    """The id of another HSDS record. A publisher may name one that never came: no constraint refuses it.

    When the named record goes, this one goes with it, or `keeps` its place without it.
    """
    target = entity if entity == "self" else f"directory.{entity}"
    rule = models.SET_NULL if keeps else models.CASCADE
    return models.ForeignKey(
        target, null=True, blank=True, on_delete=rule, related_name=related_name, db_constraint=False, **more
    )


def owner_key(entity: str, related_name: str) -> "models.ForeignKey[Any, Any]":
    """An optional link to the record that this one describes; it goes when that record goes."""
    return named(entity, related_name)
