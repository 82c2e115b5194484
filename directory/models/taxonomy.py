"""HSDS taxonomy, taxonomy_term and attribute: the words by which services are found."""

from django.db import models

from directory.models.owned import named
from directory.models.record import HsdsRecord


class Taxonomy(HsdsRecord):
    """A set of terms. Relais's own is the one whose name is `relais`."""

    name = models.TextField()
    description = models.TextField(blank=True)
    uri = models.TextField(blank=True)
    version = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "taxonomy"
        verbose_name_plural = "taxonomies"

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(HsdsRecord):
    """One word of a taxonomy; in Relais's own, `code` is the slug that searches use."""

    code = models.TextField(blank=True)
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    parent = named("self", "children")
    taxonomy = models.TextField(blank=True)
    taxonomy_detail = named("Taxonomy", "terms", db_column="taxonomy_id")
    language = models.TextField(blank=True)
    term_uri = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    hint_fr = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "taxonomy_term"

    def __str__(self) -> str:
        return self.name


class Attribute(HsdsRecord):
    """Ties a term to a record: `link_entity` names its kind, `link_id` the record."""

    link_id = models.UUIDField(null=True, blank=True)
    taxonomy_term = named("TaxonomyTerm", "attributes")
    link_type = models.TextField(blank=True)
    link_entity = models.TextField(blank=True)
    value = models.TextField(blank=True)
    label = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "attribute"
        indexes = (models.Index(fields=["link_id"], name="attribute_of"),)

    def __str__(self) -> str:
        return str(self.id)
