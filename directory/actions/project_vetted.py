"""Writes what vetted organizations find at the desk and nobody else: listings, and more facts of those of everybody."""

from collections.abc import Iterator
from operator import itemgetter

import orjson

from directory.actions.project_pages import build_pages, write_pages
from directory.finding.arrays import array, lines, lines_sql
from directory.finding.bound import fetched
from directory.finding.facts import tellers_of
from directory.finding.facts_vetted import gather_contacts, vetted_facts
from directory.finding.gathered import Gathered
from directory.finding.vocabulary import Vocabulary
from directory.finding.windows import of_vetted

THERE_SQL = "SELECT EXISTS (SELECT FROM vetted_listing WHERE service_id = ANY(%(asked)s::uuid[]))"
FACTS_SQL = f"""
WITH given AS MATERIALIZED (
    SELECT * FROM unnest(%(id)s::uuid[], %(service_id)s::uuid[], {lines_sql("%(en)s")}, {lines_sql("%(fr)s")})
        AS given(id, service_id, en, fr) WHERE id IS NOT NULL
), gone AS (
    DELETE FROM vetted_facts f WHERE f.service_id = ANY(%(asked)s::uuid[])
       AND NOT EXISTS (SELECT FROM given g WHERE g.id = f.id)
)
INSERT INTO vetted_facts AS f (id, service_id, en, fr) SELECT id, service_id, en, fr FROM given
ON CONFLICT (id) DO UPDATE SET (service_id, en, fr) = (excluded.service_id, excluded.en, excluded.fr)
 WHERE (f.service_id, f.en, f.fr) IS DISTINCT FROM (excluded.service_id, excluded.en, excluded.fr)
"""  # noqa: S608

Row = tuple[str, str, str, str]


def _rows(batch: Gathered) -> Iterator[Row]:
    """Listing, service, and what is to see more of it in English and in French."""
    contacts = gather_contacts(batch)
    for service in batch.services:
        if not (batch.is_on_site(service) or batch.is_at_desk_only(service)):
            continue
        for teller in tellers_of(batch, service):
            told = [vetted_facts(teller, contacts, language) for language in ("en", "fr")]
            if any(told):
                english, french = (orjson.dumps(facts).decode() for facts in told)
                yield teller.id, service.id, english, french


def _write_facts(asked: list[str], batch: Gathered) -> None:
    rows = list(_rows(batch))
    ids, services, english, french = (list(map(itemgetter(n), rows)) for n in range(4))
    values = {"id": array(ids), "service_id": array(services), "en": lines(english), "fr": lines(french)}
    fetched(FACTS_SQL, values | {"asked": array(asked)})


def write_vetted(asked: list[str], batch: Gathered, words: Vocabulary) -> None:
    """Make the vetted tables be as they should for the services `asked`. Few are for vetted organizations alone."""
    _write_facts(asked, batch)
    is_any = any(map(batch.is_at_desk_only, batch.services))
    if is_any or fetched(THERE_SQL, {"asked": array(asked)})[0][0]:
        write_pages(asked, build_pages(batch, words, batch.is_at_desk_only), of_vetted)
