"""Which services of an import are housing whose places are protected by default: by our terms, mapped ones or words.

Asked of staging and of what is stored of its publisher, once the ids are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from directory.actions.import_hsds_tables import ask
from directory.models.need import Need
from directory.rules.publishing import is_protected_by_default
from directory.rules.shelter_words import FIRST_SIGHT, sounds_like_shelter
from directory.rules.text import fold

OWN = (
    "SELECT id, code, taxonomy = 'relais' FROM taxonomy_term WHERE taxonomy IN ('relais', 'relais_focus')"
    " UNION SELECT id, code, taxonomy = 'relais' FROM staged_taxonomy_term WHERE taxonomy IN ('relais', 'relais_focus')"
)
# Somebody else's terms that are mapped to ours; how their taxonomy is spelled is Python's to compare.
MAPPED = (
    "SELECT t.id, t.taxonomy, x.name, m.taxonomy, m.slug FROM {terms} t"
    " JOIN term_mapping m ON m.code = t.code LEFT JOIN {taxonomies} x ON x.id = t.taxonomy_id"
    " WHERE t.publisher_id IS DISTINCT FROM 'relais'"
)
WORDED = (
    "SELECT id, name FROM staged_taxonomy_term WHERE name ~* %s UNION SELECT id, name FROM taxonomy_term"
    " WHERE name ~* %s AND publisher_id <> 'relais'"
)
TIES = (
    "SELECT link_id, taxonomy_term_id FROM staged_attribute WHERE taxonomy_term_id = ANY(%s)"
    " UNION SELECT link_id, taxonomy_term_id FROM attribute WHERE taxonomy_term_id = ANY(%s) AND publisher_id = %s"
)
TIES_OF = (
    "SELECT link_id, taxonomy_term_id FROM staged_attribute WHERE link_id = ANY(%s)"
    " UNION SELECT link_id, taxonomy_term_id FROM attribute WHERE link_id = ANY(%s)"
)
NAMED = (
    "SELECT s.id, s.name || E'\\n' || coalesce(s.alternate_name, '') FROM staged_service s"
    " WHERE s.name ~* %(sift)s OR s.alternate_name ~* %(sift)s"
    " UNION ALL SELECT s.id, o.name FROM staged_service s JOIN staged_organization o ON o.id = s.organization_id"
    " WHERE o.name ~* %(sift)s"
    " UNION ALL SELECT s.id, o.name FROM staged_service s JOIN organization o ON o.id = s.organization_id"
    " WHERE o.name ~* %(sift)s AND NOT EXISTS (SELECT FROM staged_organization n WHERE n.id = o.id)"
    " UNION ALL SELECT s.id, concat_ws(E'\\n', s.name, s.alternate_name, o.name)"
    " FROM staged_service_at_location l JOIN service s ON s.id = l.service_id"
    " LEFT JOIN organization o ON o.id = s.organization_id"
    " WHERE concat_ws(E'\\n', s.name, s.alternate_name, o.name) ~* %(sift)s"
    " AND NOT EXISTS (SELECT FROM staged_service n WHERE n.id = s.id)"
)


@dataclass(slots=True)
class Shelters:
    """Ids of services: `by_kind` somebody said so, `by_words` nobody said what they are and they sound like it."""

    by_kind: set[UUID] = field(default_factory=set)
    by_words: set[UUID] = field(default_factory=set)

    @property
    def all(self) -> list[UUID]:
        """Both."""
        return sorted(self.by_kind | self.by_words)


def shelters(cursor: CursorWrapper, publisher: str) -> Shelters:
    """Those among the staged services, and among stored ones that staged rows tie to a term or place."""
    means = _meanings(cursor)
    found = Shelters(_by_kind(cursor, publisher, means))
    worded = {
        id_ for id_, name in ask(cursor, WORDED, [FIRST_SIGHT, FIRST_SIGHT]) if sounds_like_shelter(name)
    }
    worded -= means.keys()
    ties = ask(cursor, TIES, [list(worded), list(worded), publisher]) if worded else []
    cursor.execute(NAMED, {"sift": FIRST_SIGHT})
    candidates = {id_ for id_, names in cursor.fetchall() if sounds_like_shelter(*names.split("\n"))}
    candidates |= {link for link, _ in ties if link}
    found.by_words = candidates - found.by_kind - _of_known_kind(cursor, candidates, means)
    return found


Meanings = dict[UUID, set[tuple[bool, str]]]
"""Term -> (True for a kind, False for a focus; our slug)."""


def _meanings(cursor: CursorWrapper) -> Meanings:
    """What terms mean in our words: our own, and those of others that are mapped."""
    own = ask(cursor, OWN)
    is_kind = {code: kind for _, code, kind in own}
    found: Meanings = {id_: {(kind, code)} for id_, code, kind in own}
    if not ask(cursor, "SELECT 1 FROM term_mapping LIMIT 1"):
        return found
    for terms in ("staged_taxonomy_term", "taxonomy_term"):
        for taxonomies in ("staged_taxonomy", "taxonomy"):
            rows = ask(cursor, MAPPED, terms=terms, taxonomies=taxonomies)
            for id_, written, named, mapped, slug in rows:
                if mapped in {fold(written or ""), fold(named or "")} and slug in is_kind:
                    found.setdefault(id_, set()).add((is_kind[slug], slug))
    return found


def _by_kind(cursor: CursorWrapper, publisher: str, means: Meanings) -> set[UUID]:
    groups = dict(Need.objects.exclude(parent="").values_list("slug", "parent"))
    housing = [id_ for id_, told in means.items() if any(_is_housing(slug, groups) for _, slug in told)]
    ties = ask(cursor, TIES, [housing, housing, publisher]) if housing else []
    holders = sorted({link for link, _ in ties if link})
    return {
        id_
        for id_, told in _told_of(cursor, holders, means).items()
        if is_protected_by_default(*_kinds(told, groups))
    }


def _is_housing(slug: str, groups: dict[str, str]) -> bool:
    return slug == "housing" or groups.get(slug) == "housing" or is_protected_by_default([slug], [], [])


def _kinds(
    told: Iterable[tuple[bool, str]], groups: dict[str, str]
) -> tuple[list[str], list[str], list[str]]:
    kinds = [slug for is_kind, slug in told if is_kind]
    return (
        kinds,
        [groups[slug] for slug in kinds if slug in groups],
        [slug for is_kind, slug in told if not is_kind],
    )


def _told_of(cursor: CursorWrapper, ids: list[UUID], means: Meanings) -> dict[UUID, set[tuple[bool, str]]]:
    found: dict[UUID, set[tuple[bool, str]]] = {}
    for link, term in ask(cursor, TIES_OF, [ids, ids]) if ids else ():
        if term in means:
            found.setdefault(link, set()).update(means[term])
    return found


def _of_known_kind(cursor: CursorWrapper, ids: set[UUID], means: Meanings) -> set[UUID]:
    """Those of which it is known what they are: then their words need not be read."""
    told = _told_of(cursor, sorted(ids), means)
    return {id_ for id_, words in told.items() if any(is_kind for is_kind, _ in words)}
