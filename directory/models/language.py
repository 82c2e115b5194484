"""HSDS language: a language that a service, a place or a phone answers in."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Language(HsdsRecord):
    """`code` is ISO 639-3 where it is known; `name` is as the publisher wrote it."""

    service = owner_key("Service", "languages")
    location = owner_key("Location", "languages")
    phone = owner_key("Phone", "languages")
    name = models.TextField(blank=True)
    code = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "language"

    def __str__(self) -> str:
        return self.code or self.name
