"""Which services' listings may read otherwise after an import: their own rows, or rows about them, are touched."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from directory.actions.import_hsds_report import ImportReport
from directory.actions.import_hsds_tables import ask, run, table_of

# The services of a holder, by the link that names it.
BY_LINK = {
    "service_id": "SELECT {ids}",
    "link_id": "SELECT {ids}",
    "organization_id": "SELECT id FROM service WHERE organization_id IN ({ids})",
    "program_id": "SELECT id FROM service WHERE program_id IN ({ids})",
    "location_id": "SELECT service_id FROM service_at_location WHERE location_id IN ({ids})",
    "service_at_location_id": "SELECT service_id FROM service_at_location WHERE id IN ({ids})",
    "taxonomy_term_id": "SELECT link_id FROM attribute WHERE taxonomy_term_id IN ({ids})",
    "phone_id": "SELECT service_id FROM phone WHERE id IN ({ids})"
    " UNION SELECT s.id FROM service s JOIN phone p ON p.organization_id = s.organization_id WHERE p.id IN ({ids})"
    " UNION SELECT l.service_id FROM service_at_location l JOIN phone p"
    " ON p.service_at_location_id = l.id OR p.location_id = l.location_id WHERE p.id IN ({ids})",
}
ITSELF = {
    "service": "service_id",
    "organization": "organization_id",
    "program": "program_id",
    "location": "location_id",
    "service_at_location": "service_at_location_id",
    "taxonomy_term": "taxonomy_term_id",
}
NEVER_SHOWN = frozenset(
    {"contact", "funding", "service_capacity", "unit", "metadata", "organization_identifier"}
)


def gather_services(
    cursor: CursorWrapper, publisher: str, entities: Sequence[str], report: ImportReport
) -> None:
    """Add to `import_service`; called before the merge (whose a row was) and after it (whose it is)."""
    if "service" in entities:
        _gather(cursor, "service")
    is_all = _is_all(cursor, publisher)
    for entity in entities:
        is_touched = report.added[entity] + report.changed[entity] and entity not in NEVER_SHOWN
        # Words are shared: others' services may bear them too.
        if is_touched and (entity == "taxonomy_term" or not is_all):
            _gather(cursor, entity)


def _is_all(cursor: CursorWrapper, publisher: str) -> bool:
    """True if every service of the publisher is gathered already: nothing else of it could add one."""
    found = ask(
        cursor,
        "SELECT (SELECT count(*) FROM touched_service) >= (SELECT count(*) FROM service WHERE publisher_id = %s)",
        [publisher],
    )
    return bool(found[0][0])


def _gather(cursor: CursorWrapper, entity: str) -> None:
    table = table_of(entity)
    if entity in ITSELF:
        own = sql.SQL("SELECT id FROM {}").format(sql.Identifier(table.touched))
        _add(cursor, ITSELF[entity], own)
    links = ["service_id"] if entity == "service_at_location" else [r.name for r in table.owners]
    for link in links if entity not in ITSELF or entity == "service_at_location" else ():
        if link in BY_LINK and not (entity == "attribute" and link == "taxonomy_term_id"):
            ids = sql.SQL(
                "SELECT m.{link} FROM {main} m JOIN {touched} t ON t.id = m.id WHERE m.{link} IS NOT NULL"
            )
            _add(
                cursor,
                link,
                ids.format(
                    link=sql.Identifier(link),
                    main=sql.Identifier(entity),
                    touched=sql.Identifier(table.touched),
                ),
            )


def _add(cursor: CursorWrapper, link: str, ids: sql.Composable) -> None:
    if link == "service_id":
        found: sql.Composable = ids
    elif link == "link_id":
        # A tie may hold any record: services, and what leads to them.
        ways = [ids] + [
            sql.SQL(BY_LINK[way]).format(ids=ids)  # type: ignore[arg-type]
            for way in ("organization_id", "location_id", "service_at_location_id")
        ]
        found = sql.SQL(" UNION ").join(ways)
    else:
        found = sql.SQL(BY_LINK[link]).format(ids=ids)  # type: ignore[arg-type]
    run(
        cursor,
        "INSERT INTO import_service SELECT DISTINCT f.id FROM ({found}) AS f(id) WHERE f.id IS NOT NULL",
        found=found,
    )


def gathered(cursor: CursorWrapper) -> list[object]:
    """The ids of all services that were gathered, in a fixed order."""
    return [id_ for (id_,) in ask(cursor, "SELECT DISTINCT id FROM import_service ORDER BY id")]
