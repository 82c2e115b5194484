"""Words that people type for the same thing. Part of the public read model, written by stewards and by loading."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SynonymGroup(models.Model):
    """Words and phrases, English and French together, any of which finds what bears another one.

    `loaded` is a digest of the words that were loaded from the project's own list, or says that a steward wrote it.
    A group of the list that a steward removed stays with `is_used` false, so that it is not loaded again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    words = ArrayField(models.TextField())
    loaded = models.CharField(max_length=16)
    is_used = models.BooleanField(default=True)

    class Meta:
        db_table = "synonym_group"
        ordering = ("words", "id")

    def __str__(self) -> str:
        return ", ".join(self.words)
