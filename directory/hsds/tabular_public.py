"""Open data as rows of CSV files: the documents of the read model taken apart again.

Reads nothing but `hsds_document`, so the role of the public doors can do it and nothing else can slip in.
"""

from collections.abc import Callable

from django.db.models import QuerySet

from directory.hsds.composed import whole
from directory.hsds.composed_rows import chunks, documents
from directory.hsds.export_disclosure import OPEN_DATA
from directory.hsds.taken_apart import TakenApart
from directory.models.hsds_document import HsdsDocument

LINKS = ("organization_id", "program_id", "service_id", "location_id", "taxonomy_id", "parent_id")
CHUNK = 500


class OpenRows(TakenApart):
    """The rows of all documents; close it."""

    def __init__(self, documents_of: Callable[[str], QuerySet[HsdsDocument]] = documents) -> None:
        super().__init__()
        for entity in OPEN_DATA:
            for rows in chunks(documents_of(entity), CHUNK):
                for row in rows:
                    links = {name: str(id_) for name in LINKS if (id_ := row.names(name))}
                    self.put(entity, whole(row) | {"id": str(row.id)}, links)
