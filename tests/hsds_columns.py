"""The columns that the project keeps for an HSDS entity."""

from django.apps import apps

from directory.models.record import HsdsRecord


def columns_of(entity: str) -> set[str]:
    """Names of the entity's columns and attributes, or nothing if it isn't kept."""
    for model in apps.get_app_config("directory").get_models():
        if issubclass(model, HsdsRecord) and model._meta.db_table == entity:
            return {name for f in model._meta.concrete_fields for name in (f.column, f.attname)}
    return set()
