"""Counts the places of housing that is protected by default and that tell where they are, though nobody opened them."""

from django.db import connection

from directory.rules.publishing import PROTECTED_KINDS

COUNT = """
SELECT count(DISTINCT l.id) FROM taxonomy_term t
  JOIN attribute a ON a.taxonomy_term_id = t.id
  JOIN service_at_location s ON s.service_id = a.link_id
  JOIN location l ON l.id = s.location_id
 WHERE t.taxonomy = 'relais' AND t.code = ANY(%s) AND NOT l.is_protected
   AND (l.latitude IS NOT NULL OR EXISTS (SELECT FROM address d WHERE d.location_id = l.id))
   AND NOT EXISTS (SELECT FROM opened_place o WHERE o.location_id = l.id)
"""


def open_shelters() -> int:
    """How many there are: after a mapping or a tie said what their services are."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [[*sorted(PROTECTED_KINDS), "housing"]])
        (count,) = cursor.fetchone()
    return int(count)
