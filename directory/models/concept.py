"""What is meant by groups of synonyms, as numbers that listings bear. Part of the public read model."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Concept(models.Model):
    """Words of which a text has one if it tells what a group of synonyms means.

    A listing whose words have any of the lexemes bears the number in `concepts`, once the concept `is_ready`; until
    then nobody may ask for the number. A number that was given never means other words.
    """

    number = models.AutoField(primary_key=True)
    words = ArrayField(models.TextField(), unique=True)
    lexemes_en = ArrayField(models.TextField())
    lexemes_fr = ArrayField(models.TextField())
    is_ready = models.BooleanField(default=False)

    class Meta:
        db_table = "concept"
        ordering = ("number",)

    def __str__(self) -> str:
        return ", ".join(self.words)
