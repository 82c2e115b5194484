"""What a code of somebody else's taxonomy means in our vocabulary."""

from django.db import models


class TermMapping(models.Model):
    """Code `code` of `taxonomy` (its name, folded) means our term `slug`; several rows where it means several.

    The foreign taxonomy itself is not kept here: its codes arrive with the records that bear them.
    """

    id = models.BigAutoField(primary_key=True)
    taxonomy = models.TextField()
    code = models.TextField()
    slug = models.SlugField(max_length=60)

    class Meta:
        db_table = "term_mapping"
        ordering = ("taxonomy", "code", "slug")
        constraints = (
            models.UniqueConstraint(fields=["taxonomy", "code", "slug"], name="term_mapping_said_once"),
        )

    def __str__(self) -> str:
        return f"{self.taxonomy} {self.code}: {self.slug}"
