"""HSDS required_document: a paper that a service asks for."""

from django.db import models

from directory.models.owned import owner_key
from directory.models.record import HsdsRecord


class RequiredDocument(HsdsRecord):
    """A paper, in the publisher's words."""

    service = owner_key("Service", "required_documents")
    document = models.TextField(blank=True)
    document_fr = models.TextField(blank=True)
    uri = models.TextField(blank=True)

    class Meta(HsdsRecord.Meta):
        db_table = "required_document"

    def __str__(self) -> str:
        return str(self.id)
