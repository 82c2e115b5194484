"""Gives listings the numbers of what synonyms mean, after stewards changed groups or an update brought some."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from directory.actions.project_listings import alone
from directory.finding.concepts import meant_sql
from directory.finding.synonyms import forget_synonyms
from directory.finding.windows import of_vetted
from directory.models.concept import Concept
from directory.models.synonym import SynonymGroup
from directory.rules.synonyms import Concept as Words
from directory.rules.synonyms import concept_of

PART = 5000
"""Listings in one transaction: what an edit may have to wait for is a second."""

TAGGING = 7307
"""The door that those who give numbers pass one by one."""

# A word that one of the languages does not read would be missed there: then the group has no concept.
ADD_SQL = """
WITH read AS (
    SELECT word, tsvector_to_array(to_tsvector('relais_en', word)) AS en,
           tsvector_to_array(to_tsvector('relais_fr', word)) AS fr FROM unnest(%(words)s::text[]) word
)
INSERT INTO concept (words, lexemes_en, lexemes_fr, is_ready)
SELECT %(words)s::text[], ARRAY(SELECT DISTINCT unnest(en) FROM read ORDER BY 1),
       ARRAY(SELECT DISTINCT unnest(fr) FROM read ORDER BY 1), false
 WHERE NOT EXISTS (SELECT FROM read WHERE en = '{}' OR fr = '{}')
ON CONFLICT (words) DO NOTHING
"""
PART_SQL = f"""
WITH part AS MATERIALIZED (
    SELECT id, search_en, search_fr FROM listing WHERE id > %s::uuid ORDER BY id LIMIT {PART}
), {meant_sql("part")}, written AS (
    UPDATE listing l SET concepts = m.concepts FROM meant m
     WHERE m.id = l.id AND l.concepts IS DISTINCT FROM m.concepts
)
SELECT id::text FROM part ORDER BY id DESC LIMIT 1
"""  # noqa: S608


@contextmanager
def _only_one() -> Iterator[bool]:
    """Whether nobody else is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TAGGING])
        (is_free,) = cursor.fetchone()
    try:
        yield is_free
    finally:
        if is_free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TAGGING])


def _wanted() -> set[Words]:
    groups = SynonymGroup.objects.filter(is_used=True).order_by("words", "id").values_list("words", flat=True)
    return {concept for group in groups if (concept := concept_of(group))}


def _add(concepts: Iterable[Words]) -> None:
    with connection.cursor() as cursor:
        for words in sorted(concepts):
            cursor.execute(ADD_SQL, {"words": list(words)})


def _tag_part(sql: str, last: str) -> str | None:
    """Look at the listings that come after id `last`; the id of the last of them, None where there are no more."""
    with alone(), connection.cursor() as cursor:
        cursor.execute(sql, [last])
        row = cursor.fetchone()
    return row[0] if row else None


def _tag_all() -> None:
    for sql in (PART_SQL, of_vetted(PART_SQL)):
        last: str | None = "00000000-0000-0000-0000-000000000000"
        while last:
            last = _tag_part(sql, last)


def tag_concepts() -> int:
    """Make every concept that synonyms need one that searches may ask for. Returns how many came to be so.

    Whoever writes a listing while this runs gives it the new numbers, too: they are committed before the first part is
    looked at, and a part waits for all that began to write before. Concepts that no group needs are given up.
    """
    with _only_one() as is_free:
        if not is_free:
            return 0
        with transaction.atomic():
            wanted = _wanted()
            known = {tuple(c.words): c.number for c in Concept.objects.all()}
            unneeded = [number for words, number in known.items() if words not in wanted]
            Concept.objects.filter(number__in=unneeded).delete()
            _add(wanted - known.keys())
        new = list(Concept.objects.filter(is_ready=False).values_list("number", flat=True))
        if new:
            _tag_all()
        made = Concept.objects.filter(number__in=new).update(is_ready=True)
        forget_synonyms()
        return made
