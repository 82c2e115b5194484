"""HSDS program: several services of one organization under one name."""

from django.db import models

from directory.models.owned import named
from directory.models.record import HsdsRecord


class Program(HsdsRecord):
    """A program; its services name it."""

    organization = named("Organization", "programs")
    name = models.TextField()
    name_fr = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    description_fr = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "program"

    def __str__(self) -> str:
        return self.name
