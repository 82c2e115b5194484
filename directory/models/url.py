"""HSDS url: a further web address of an organization or service."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class Url(HsdsRecord):
    """An address with what it leads to."""

    organization = owner_key("Organization", "additional_websites")
    service = owner_key("Service", "additional_urls")
    label = models.TextField(blank=True)
    url = models.TextField()

    class Meta(HsdsRecord.Meta):
        db_table = "url"

    def __str__(self) -> str:
        return self.url
