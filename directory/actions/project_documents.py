"""Writes the open data: `hsds_document`, a batch of one entity a statement; `hsds_total` keeps count.

Services decide: an organization, place, program, term or taxonomy is in open data while a document there names it.
`modified_at` moves only when the document, or what it is linked to, becomes another.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from directory.finding.arrays import array, lines
from directory.finding.bound import fetched
from directory.finding.documents import (
    ROOTS,
    Without,
    empty_lists_sql,
    field_sql,
    list_sql,
    object_sql,
    seen_by_all,
    term_sql,
    tie_sql,
)
from directory.finding.facts import public_point
from directory.finding.gathered import ORGANIZATION_HIDES, Gathered, SiteRow
from directory.rules.hsds_shape import ENTITIES

AREAS = uuid.UUID("0c3d1f6e-3b7b-5a86-9b0e-51a3a2f6c7d4")
"""Namespace of the service_areas that stand for the published area of a protected place."""

WARNED_STATUS = "inactive"
WARNED = (
    "The directory is looking into this organization and does not recommend it at present."
    " / Le répertoire examine cet organisme et ne le recommande pas pour l’instant."
)
"""What open data say of a service whose organization stewards look into. Others pass it on, so both languages."""

LINKS = ("organization_id", "program_id", "service_id", "location_id", "taxonomy_id", "parent_id")
OWN_TAXONOMIES = ("relais", "relais_focus")
DEPENDENT = ("organization", "location", "program", "taxonomy_term", "taxonomy")
"""Entities that are in open data because documents name them; each after those that name it."""

# Which of the ids asked for are records that open data holds, and whether a protected place hides them. OFFSET 0: asked
# of each by itself, or PostgreSQL would go through all documents for every batch.
CHOSEN = {
    "service": "SELECT id, hides FROM unnest(%(open)s::uuid[], %(hides)s::boolean[]) AS given(id, hides)",
    "service_at_location": "SELECT id, hides FROM unnest(%(open)s::uuid[], %(hides)s::boolean[]) AS given(id, hides)",
    "organization": f"""SELECT o.id, {ORGANIZATION_HIDES.format(organization="o.id")} AS hides FROM organization o
        WHERE o.id = ANY(%(ids)s::uuid[]) AND EXISTS (SELECT FROM hsds_document d
              WHERE d.entity = 'service' AND d.organization_id = o.id OFFSET 0)""",  # noqa: S608
    "location": """SELECT l.id, l.is_protected AS hides FROM location l
        WHERE l.id = ANY(%(ids)s::uuid[]) AND EXISTS (SELECT FROM hsds_document d
              WHERE d.entity = 'service_at_location' AND d.location_id = l.id OFFSET 0)""",
    "program": """SELECT p.id, false AS hides FROM program p WHERE p.id = ANY(%(ids)s::uuid[])
        AND EXISTS (SELECT FROM service s JOIN hsds_document d ON d.entity = 'service' AND d.id = s.id
              WHERE s.program_id = p.id OFFSET 0)""",
    "taxonomy_term": """SELECT t.id, false AS hides FROM taxonomy_term t WHERE t.id = ANY(%(ids)s::uuid[])
        AND (t.taxonomy = ANY(%(own)s) AND t.publisher_id = 'relais'
             OR EXISTS (SELECT FROM hsds_document d WHERE d.term_ids @> ARRAY[t.id]))""",
    "taxonomy": """SELECT x.id, false AS hides FROM taxonomy x WHERE x.id = ANY(%(ids)s::uuid[])
        AND (x.name = ANY(%(own)s) AND x.publisher_id = 'relais'
             OR EXISTS (SELECT FROM hsds_document d WHERE d.taxonomy_ids @> ARRAY[x.id]))""",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands beside a document: SQL for its links, names of the fields whose words find it, SQL for the rest."""

    links: Mapping[str, str]
    english: str = ""
    french: str = ""
    point: str = "NULL::geography"
    terms: str = "coalesce(tied.{ids}, '{{}}')"


BESIDE = {
    "service": Columns(
        {"organization_id": "r.organization_id", "program_id": "r.program_id"},
        "name alternate_name description eligibility_description",
        "name_fr description_fr eligibility_description_fr",
    ),
    "service_at_location": Columns(
        {
            "organization_id": "s.organization_id",
            "service_id": "r.service_id",
            "location_id": "r.location_id",
        },
        point="ST_SetSRID(ST_MakePoint(given.longitude, given.latitude), 4326)::geography",
    ),
    "organization": Columns(
        {"parent_id": "r.parent_organization_id"},
        "name alternate_name description",
        "name_fr description_fr",
        terms="ARRAY(SELECT DISTINCT unnest(coalesce(tied.{ids}, '{{}}') || ARRAY(SELECT DISTINCT unnest(f.{ids})"
        " FROM hsds_document f WHERE f.entity = 'service' AND f.organization_id = r.id)) ORDER BY 1)",
    ),
    "location": Columns({"organization_id": "r.organization_id"}, "name alternate_name description"),
    "program": Columns(
        {"organization_id": "r.organization_id"},
        "name alternate_name description",
        "name_fr description_fr",
    ),
    "taxonomy": Columns({}, "name description"),
    "taxonomy_term": Columns(
        {"taxonomy_id": "r.taxonomy_id", "parent_id": "r.parent_id"},
        "code name description",
        "name_fr description_fr",
    ),
}
FROM = {
    "service_at_location": """
      JOIN service s ON s.id = r.service_id
      JOIN unnest(%(open)s::uuid[], %(longitude)s::float8[], %(latitude)s::float8[], string_to_array(%(areas)s, E'\\n'))
           AS given(id, longitude, latitude, area) ON given.id = r.id"""
}
SCOPE = {"service_at_location": "(d.id = ANY(%(ids)s::uuid[]) OR d.service_id = ANY(%(services)s::uuid[]))"}
MOVING = ("document", *LINKS, "term_ids", "taxonomy_ids")
COMPARED = (*MOVING, "words_digest", "point::bytea")
WRITTEN = (*MOVING, "words_digest", "search", "point", "modified_at")
NAMING = ("organization_id", "location_id", "program_id", "term_ids", "taxonomy_ids")
"""Columns by which a document names those of DEPENDENT, in its order."""


def _words(entity: str, names: str) -> str:
    """SQL for the texts of those fields that everybody may see."""
    told = (seen_by_all(entity, name).shown(f"r.{name}", "chosen.hides") for name in names.split())
    if not names:
        return "''"
    return f"concat_ws(' ', {', '.join(told)})"


def _warned(alias: str) -> dict[str, str]:
    """SQL for the status and alert of a service; of one that stewards look into, that nobody should be sent there."""
    told = {
        "status": f'\',"status":"{WARNED_STATUS}"\'',
        "alert": f"',\"alert\":' || to_json('{WARNED}'::text)::text",
    }
    looked = f"{alias}.id = ANY(%(looked_into)s::uuid[])"
    return {
        name: f"CASE WHEN {looked} THEN {warned} ELSE {field_sql('service', name, alias, 'chosen.hides')} END"
        for name, warned in told.items()
    }


def _document(entity: str, without: Without) -> str:
    """SQL for a document; its own attributes were told before (`tied`), each term once."""
    shape = ENTITIES[entity]
    instead = {}
    if any(nesting.key == "attributes" for nesting in shape.many):
        instead["attributes"] = "',\"attributes\":[' || tied.told || ']'"
    if entity == "service":
        instead |= _warned("r")
    if entity == "service_at_location":
        areas = next(nesting for nesting in shape.many if nesting.key == "service_areas")
        own = list_sql(areas, "r", "c1", "chosen.hides", without)
        # A protected place's area is its only service area.
        instead["service_areas"] = f"CASE WHEN given.area = '' THEN {own} ELSE given.area END"
    return object_sql(shape, "r", "chosen.hides", without, is_root=True, instead=instead)


def _told(entity: str, without: Without) -> str:
    """SQL for the documents of the chosen records with all their columns."""
    columns = BESIDE[entity]
    links = ", ".join(f"{columns.links.get(link, 'NULL::uuid')} AS {link}" for link in LINKS)
    return f"""
WITH chosen AS MATERIALIZED ({CHOSEN[entity]}), ties AS MATERIALIZED (
    SELECT a.*, chosen.hides FROM chosen JOIN attribute a ON a.link_id = chosen.id
), terms AS MATERIALIZED (
    SELECT t.id, t.taxonomy_id, {term_sql("t")} AS told FROM taxonomy_term t
     WHERE t.id IN (SELECT taxonomy_term_id FROM ties)
), tied AS MATERIALIZED (
    SELECT a.link_id, string_agg({tie_sql("a", "t.told", "a.hides")}, ',' ORDER BY a.position, a.id) AS told,
           coalesce(array_agg(DISTINCT t.id ORDER BY t.id) FILTER (WHERE t.id IS NOT NULL), '{{}}') AS term_ids,
           coalesce(array_agg(DISTINCT t.taxonomy_id ORDER BY t.taxonomy_id)
                    FILTER (WHERE t.taxonomy_id IS NOT NULL), '{{}}') AS taxonomy_ids
      FROM ties a LEFT JOIN terms t ON t.id = a.taxonomy_term_id GROUP BY a.link_id
), told AS MATERIALIZED (
    SELECT c.*, md5(english || chr(1) || french)::uuid AS words_digest FROM (
        SELECT r.id, {_document(entity, without)} AS document, {links},
               {columns.terms.format(ids="term_ids")} AS term_ids,
               {columns.terms.format(ids="taxonomy_ids")} AS taxonomy_ids,
               {_words(entity, columns.english)} AS english, {_words(entity, columns.french)} AS french,
               {columns.point} AS point
          FROM chosen JOIN {entity} r ON r.id = chosen.id LEFT JOIN tied ON tied.link_id = r.id {FROM.get(entity, "")}
    ) c
)"""  # noqa: S608


def _row(alias: str, names: Iterable[str]) -> str:
    return f"({', '.join(f'{alias}.{name}' for name in names)})"


# The same words are not read twice: reading them is half of what a document costs. A tsvector holds a megabyte: of
# longer texts the beginning finds them.
SEARCH = """CASE WHEN o.words_digest = t.words_digest THEN o.search
    ELSE to_tsvector('relais_en', left(t.english, 50000)) || to_tsvector('relais_fr', left(t.french, 50000)) END"""


@lru_cache(maxsize=64)
def write_sql(entity: str, without: Without) -> str:
    """The one statement that makes the documents of a batch be as they should: what is so already stays.

    It returns how many came less how many went, and the ids that documents of the batch name now or named before.
    """
    scope = SCOPE.get(entity, "d.id = ANY(%(ids)s::uuid[])")
    naming = ", ".join(NAMING)
    return f"""{_told(entity, without)}, differing AS MATERIALIZED (
    SELECT t.id, {", ".join(f"t.{name}" for name in MOVING)}, t.words_digest, t.point, {SEARCH} AS search,
           CASE WHEN {_row("o", MOVING)} IS DISTINCT FROM {_row("t", MOVING)}
                THEN %(moment)s::timestamptz ELSE o.modified_at END AS modified_at,
           o.id IS NULL AS is_new, {", ".join(f"o.{name} AS old_{name}" for name in NAMING)}
      FROM told t LEFT JOIN hsds_document o ON o.entity = '{entity}' AND o.id = t.id
     WHERE o.id IS NULL OR {_row("o", COMPARED)} IS DISTINCT FROM {_row("t", COMPARED)}
), gone AS (
    DELETE FROM hsds_document d WHERE d.entity = '{entity}' AND {scope}
       AND NOT EXISTS (SELECT FROM told t WHERE t.id = d.id) RETURNING {naming}
), written AS (
    INSERT INTO hsds_document (entity, id, {", ".join(WRITTEN)})
    SELECT '{entity}', id, {", ".join(WRITTEN)} FROM differing
    ON CONFLICT (entity, id) DO UPDATE SET ({", ".join(WRITTEN)}) = {_row("excluded", WRITTEN)}
), links AS (
    SELECT {naming} FROM told UNION ALL SELECT {naming} FROM gone
    UNION ALL SELECT {", ".join(f"old_{name}" for name in NAMING)} FROM differing WHERE NOT is_new
)
SELECT (SELECT count(*) FROM differing WHERE is_new) - (SELECT count(*) FROM gone),
       ARRAY(SELECT DISTINCT organization_id::text FROM links WHERE organization_id IS NOT NULL),
       ARRAY(SELECT DISTINCT location_id::text FROM links WHERE location_id IS NOT NULL),
       ARRAY(SELECT DISTINCT program_id::text FROM links WHERE program_id IS NOT NULL),
       ARRAY(SELECT DISTINCT unnest(term_ids)::text FROM links),
       ARRAY(SELECT DISTINCT unnest(taxonomy_ids)::text FROM links)
"""  # noqa: S608


TOTALS_SQL = """
WITH came AS (
    SELECT * FROM unnest(%(entities)s::text[], %(more)s::integer[]) AS given(entity, more)
), first AS (
    INSERT INTO hsds_total (entity, total) SELECT entity, greatest(more, 0) FROM came
     WHERE NOT EXISTS (SELECT FROM hsds_total t WHERE t.entity = came.entity)
)
UPDATE hsds_total t SET total = t.total + more FROM came WHERE t.entity = came.entity AND more <> 0
"""
COUNT_SQL = """
INSERT INTO hsds_total AS t (entity, total)
SELECT e, (SELECT count(*) FROM hsds_document d WHERE d.entity = e) FROM unnest(%(entities)s::text[]) e
ON CONFLICT (entity) DO UPDATE SET total = excluded.total WHERE t.total <> excluded.total
"""
STRAY_SQL = """
DELETE FROM hsds_document d
 WHERE d.entity = 'service' AND NOT EXISTS (SELECT FROM service s WHERE s.id = d.id)
    OR d.entity = 'service_at_location' AND NOT EXISTS (SELECT FROM hsds_document s
           WHERE s.entity = 'service' AND s.id = d.service_id)
    OR d.entity <> ALL(%(entities)s)
"""
# What may have to go, and our own words, which are told whoever uses them.
NAMED_SQL = """
SELECT entity, id::text FROM hsds_document WHERE entity = ANY(%(dependent)s)
 UNION SELECT 'taxonomy_term', id::text FROM taxonomy_term WHERE taxonomy = ANY(%(own)s) AND publisher_id = 'relais'
 UNION SELECT 'taxonomy', id::text FROM taxonomy WHERE name = ANY(%(own)s) AND publisher_id = 'relais'
"""


def empty_lists() -> Without:
    """The lists that are empty everywhere: nobody need look for them. Pays where everything is looked at."""
    return frozenset(name for (name,) in fetched(empty_lists_sql(), {}))


def _area(site: SiteRow) -> str:
    """The service areas of a protected place, as JSON's text: its published area. Empty for an open place."""
    if not site.is_protected:
        return ""
    if site.area is None:
        return " "
    told = {"id": str(uuid.uuid5(AREAS, f"{site.id}/{site.area}")), "name": site.place_name}
    return f',"service_areas":[{json.dumps(told, ensure_ascii=False)}]'


class Documents:
    """One projection of open data: what it has still to look at, and how many documents came and went.

    `without`: lists that are known to be empty everywhere.
    """

    def __init__(self, moment: datetime, without: Without = frozenset()) -> None:
        self.moment, self.more, self.without = moment, Counter[str](), without
        self.named: dict[str, set[str]] = {entity: set() for entity in DEPENDENT}

    def write_services(self, asked: list[str], batch: Gathered, parents: Mapping[str, str]) -> None:
        """The services of a batch and their pairs with places. Two statements."""
        services = [service for service in batch.services if batch.is_open(service, parents)]
        open_, hides = array(s.id for s in services), array(s.hides for s in services)
        looked_into = array(s.id for s in services if s.organization_id in batch.looked_into)
        given = {"ids": array(asked), "open": open_, "hides": hides, "looked_into": looked_into}
        self._write("service", given)
        sites = [site for service in services for site in batch.sites.get(service.id, ())]
        hidden = {service.id for service in services if service.hides}
        points, ids = [public_point(site) for site in sites], array(site.id for site in sites)
        values: dict[str, Any] = {
            "ids": ids,
            "services": array(asked),
            "open": ids,
            "hides": array(site.service_id in hidden for site in sites),
            "areas": lines(_area(site) for site in sites),
            "longitude": array(longitude for longitude, _ in points),
            "latitude": array(latitude for _, latitude in points),
        }
        self._write("service_at_location", values)

    def write_named(self, size: int) -> None:
        """Whatever the documents written so far name or named, `size` records a statement."""
        for entity in DEPENDENT:
            self.write_entity(entity, size)

    def write_entity(self, entity: str, size: int) -> None:
        """Those of one entity, whose own documents may name more of the entities after it."""
        ids = sorted(self.named[entity])
        for start in range(0, len(ids), size):
            self._write(entity, {"ids": array(ids[start : start + size]), "own": list(OWN_TAXONOMIES)})

    def write_totals(self) -> None:
        """Bring the counts up to date."""
        entities = list(ROOTS)
        fetched(TOTALS_SQL, {"entities": entities, "more": [self.more[entity] for entity in entities]})

    def name_everything(self) -> None:
        """After all services were written: take away strays, and look at all else that is there, named or not."""
        fetched(STRAY_SQL, {"entities": list(ROOTS)})
        asked = {"dependent": list(DEPENDENT), "own": list(OWN_TAXONOMIES)}
        for entity, id_ in fetched(NAMED_SQL, asked):
            if id_:
                self.named[entity].add(id_)

    def count_anew(self) -> None:
        """The counts, from the documents themselves."""
        fetched(COUNT_SQL, {"entities": list(ROOTS)})

    def _write(self, entity: str, values: dict[str, Any]) -> None:
        ((more, *named),) = fetched(write_sql(entity, self.without), values | {"moment": self.moment})
        self.more[entity] += more
        for name, ids in zip(DEPENDENT, named, strict=True):
            self.named[name].update(id_ for id_ in ids if id_)
