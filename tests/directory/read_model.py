"""The read model as plain rows, to compare and to search through."""

from typing import Any

from django.db import connection

TABLES = {
    "listing": "SELECT to_jsonb(t) - 'point', ST_AsText(point), search_en::text, search_fr::text FROM listing t",
    "listing_page": "SELECT to_jsonb(t) FROM listing_page t",
    "moved_listing": "SELECT to_jsonb(t) FROM moved_listing t",
    "coverage": "SELECT to_jsonb(t) - 'id' - 'outline', ST_AsText(outline) FROM coverage t",
    "hsds_document": "SELECT to_jsonb(t) - 'point', ST_AsText(point), search::text FROM hsds_document t",
    "hsds_total": "SELECT to_jsonb(t) FROM hsds_total t",
}


def read_model() -> dict[str, list[str]]:
    """Every row of every table that a projection writes, as text, in order."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for name, statement in TABLES.items():
            cursor.execute(f"SELECT row_to_json(r)::text FROM ({statement}) r ORDER BY 1")
            found[name] = [row for (row,) in cursor.fetchall()]
    return found


def documents(entity: str) -> dict[str, dict[str, Any]]:
    """The open data of an entity: document by id."""
    from directory.models.hsds_document import HsdsDocument

    rows = HsdsDocument.objects.filter(entity=entity).order_by("id")
    return {str(row.id): row.document for row in rows}
