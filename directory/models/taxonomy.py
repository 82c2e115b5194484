"""HSDS taxonomy, taxonomy_term and attribute: the words by which services are found."""

from django.db import models

from directory.models.record import HsdsRecord


class Taxonomy(HsdsRecord):
    """A set of terms. Relais's own is the one whose name is `relais`."""

    name = models.TextField()
    description = models.TextField(blank=True)
    uri = models.URLField(blank=True, max_length=500)
    version = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "taxonomy"

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(HsdsRecord):
    """One word of a taxonomy; in Relais's own, `code` is the slug that searches use."""

    code = models.TextField(blank=True)
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    taxonomy = models.TextField(blank=True)
    taxonomy_detail = models.ForeignKey(
        Taxonomy, null=True, on_delete=models.CASCADE, related_name="terms", db_column="taxonomy_id"
    )
    language = models.TextField(blank=True)
    term_uri = models.URLField(blank=True, max_length=500)
    hint = models.TextField(blank=True)
    hint_fr = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "taxonomy_term"

    def __str__(self) -> str:
        return self.name


class Attribute(HsdsRecord):
    """Ties a term to a record: `link_entity` names its kind, `link_id` the record."""

    link_id = models.UUIDField()
    taxonomy_term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, related_name="attributes")
    link_type = models.TextField(blank=True)
    link_entity = models.TextField()
    value = models.TextField(blank=True)
    label = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "attribute"
        indexes = (models.Index(fields=["link_entity", "link_id"], name="attribute_by_link"),)

    def __str__(self) -> str:
        return str(self.id)
