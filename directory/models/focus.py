"""For whom services are made, as searchers see it. Part of the public read model, written by the projector alone."""

from django.db import models


class Focus(models.Model):
    """People for whom a service is made. `number` is its place in the tags of a listing and never changes.

    A retired one is not offered to searchers any more; services that have it keep it, and it still can be asked for.
    """

    slug = models.SlugField(primary_key=True, max_length=60)
    number = models.PositiveIntegerField(unique=True)
    position = models.PositiveIntegerField()
    name = models.TextField()
    name_fr = models.TextField()
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)
    is_offered = models.BooleanField(default=True)

    class Meta:
        db_table = "focus"
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.slug
