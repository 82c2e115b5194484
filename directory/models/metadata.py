"""HSDS metadata and meta_table_description: what changed in a record, and how a table was written."""

from django.db import models

from directory.models.record import HsdsRecord


class Metadata(HsdsRecord):
    """One change of one field. Its values may tell what a place had before it was protected: never public."""

    resource_id = models.UUIDField(null=True, blank=True)
    resource_type = models.TextField(blank=True)
    last_action_date = models.TextField(blank=True)
    last_action_type = models.TextField(blank=True)
    field_name = models.TextField(blank=True)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    updated_by = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "metadata"
        indexes = (models.Index(fields=["resource_id"], name="metadata_of"),)

    def __str__(self) -> str:
        return str(self.id)


class MetaTableDescription(HsdsRecord):
    """Language and character set of a table that was taken over."""

    name = models.TextField(blank=True)
    language = models.TextField(blank=True)
    character_set = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "meta_table_description"

    def __str__(self) -> str:
        return str(self.id)
