"""Foreign taxonomies: services tied to somebody else's terms are tied to ours too, by the mappings we hold."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from directory.actions.own_terms import FOCUS_TAXONOMY, TAXONOMY
from directory.finding.arrays import array
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from directory.models.term_mapping import TermMapping
from directory.rules.text import fold

MAPPED = "relais:mapped"
"""`given_id` of the ties made here: they are no publisher's own, so no re-import changes or removes one."""

# The id is made of what is tied: the same tie has the same id wherever and however often it is made.
# (RFC 9562, version 8. A version 5 needs SHA-1, which PostgreSQL has in an extension only.)
RETIE = """
WITH name(given, folded) AS (SELECT * FROM unnest(%(given)s::text[], %(folded)s::text[])),
own AS (SELECT id, code FROM taxonomy_term WHERE taxonomy_id = ANY(%(own)s::uuid[])),
meant AS MATERIALIZED (
  SELECT DISTINCT t.id AS foreign_id, own.id AS term_id
    FROM taxonomy_term t
    LEFT JOIN taxonomy x ON x.id = t.taxonomy_id
    JOIN name n ON n.given IN (t.taxonomy, x.name)
    JOIN term_mapping m ON m.taxonomy = n.folded AND m.code = t.code
    JOIN own ON own.code = m.slug
   WHERE t.publisher_id <> 'relais'
),
asked AS MATERIALIZED (
  SELECT id, publisher_id FROM service s
   WHERE publisher_id = %(publisher)s AND (%(services)s::uuid[] IS NULL OR id = ANY(%(services)s::uuid[]))
),
wanted AS MATERIALIZED (
  SELECT DISTINCT asked.id AS service_id, asked.publisher_id, meant.term_id
    FROM meant JOIN attribute a ON a.taxonomy_term_id = meant.foreign_id JOIN asked ON asked.id = a.link_id
),
gone AS (
  DELETE FROM attribute a USING asked
   WHERE a.link_id = asked.id AND a.given_id = %(mapped)s
     AND NOT EXISTS (SELECT FROM wanted w WHERE w.service_id = a.link_id AND w.term_id = a.taxonomy_term_id)
  RETURNING a.link_id
),
added AS (
  INSERT INTO attribute (id, publisher_id, position, given_id, written, flags,
                         link_id, taxonomy_term_id, link_type, link_entity, value, label)
  SELECT overlay(overlay(md5(service_id::text || '/' || term_id::text) PLACING '8' FROM 13)
                 PLACING '8' FROM 17)::uuid,
         publisher_id, 30000, %(mapped)s, '{}', '{}', service_id, term_id, '', 'service', '', ''
    FROM wanted w
   WHERE NOT EXISTS (SELECT FROM attribute a WHERE a.link_id = w.service_id AND a.taxonomy_term_id = w.term_id)
  ON CONFLICT (id) DO NOTHING
  RETURNING link_id
)
SELECT link_id FROM gone UNION SELECT link_id FROM added
"""


def _names() -> list[str]:
    """The names under which foreign terms stand, as written."""
    of_terms = (
        TaxonomyTerm.objects.exclude(publisher_id="relais").order_by().values_list("taxonomy", flat=True)
    )
    of_taxonomies = Taxonomy.objects.exclude(publisher_id="relais").order_by().values_list("name", flat=True)
    return sorted({*of_terms.distinct(), *of_taxonomies.distinct()} - {""})


@transaction.atomic
def retie_services(publisher_slug: str, service_ids: Iterable[UUID | str] | None = None) -> list[UUID]:
    """Make the ties of one publisher's services what the mappings say; the services whose ties changed.

    A tie goes when its mapping or the foreign tie that it came from is gone. A service that its publisher tied to our
    term itself gets none besides. Projects nothing and writes no audit row: that is its caller's to do.
    """
    given = _names()
    facts: dict[str, object] = {
        "given": given,
        "folded": [fold(name) for name in given],
        "own": [TAXONOMY, FOCUS_TAXONOMY],
        "publisher": publisher_slug,
        "services": None if service_ids is None else array(service_ids),
        "mapped": MAPPED,
    }
    with connection.cursor() as cursor:
        cursor.execute(RETIE, facts)
        return sorted(service for (service,) in cursor.fetchall())


def map_terms(publisher_slug: str, service_ids: Iterable[UUID | str] | None = None) -> int:
    """As `retie_services`; how many services have other ties than before. For an import, before it projects."""
    return len(retie_services(publisher_slug, service_ids))


def publishers_of_foreign_terms() -> Sequence[str]:
    """Slugs of the publishers whose own terms, or whose services' mapped ties, there are."""
    foreign = TaxonomyTerm.objects.exclude(publisher_id="relais").order_by("publisher_id")
    return list(foreign.values_list("publisher_id", flat=True).distinct())


def replace_mappings(rows: Sequence[TermMapping]) -> None:
    """Every mapping of the taxonomies that `rows` name gives way to `rows`."""
    TermMapping.objects.filter(taxonomy__in={row.taxonomy for row in rows}).delete()
    TermMapping.objects.bulk_create(rows, batch_size=2000)
