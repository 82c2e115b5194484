"""The vocabulary as searchers see it. Part of the public read model, written by the projector alone."""

from django.db import models


class Need(models.Model):
    """A kind of help, or a group of kinds (without parent). `number` is its place in the tags of a listing.

    A retired one is not offered to searchers any more; services that have it keep it, and it still can be asked for.
    """

    slug = models.SlugField(primary_key=True, max_length=60)
    number = models.PositiveIntegerField(unique=True)
    parent = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()
    name = models.TextField()
    name_fr = models.TextField()
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    hint_fr = models.TextField(blank=True)
    is_offered = models.BooleanField(default=True)

    class Meta:
        db_table = "need"
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.slug
