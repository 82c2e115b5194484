"""Where records come from: a network, a 211, a list somebody copied, or the demonstration."""

from django.db import models


class Publisher(models.Model):
    """A source of records. `is_demo` marks records that describe nothing real, wherever they are shown."""

    slug = models.SlugField(primary_key=True)
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    url = models.URLField(blank=True)
    licence = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.name
