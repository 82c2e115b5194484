"""Takes over what the codes of a foreign taxonomy mean in our vocabulary, and ties every service anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from directory.actions.map_terms import publishers_of_foreign_terms, replace_mappings, retie_services
from directory.actions.open_shelters import open_shelters
from directory.actions.own_terms import FOCUS_TAXONOMY, TAXONOMY
from directory.actions.project_listings import project_services
from directory.models.publisher import Publisher
from directory.models.taxonomy import TaxonomyTerm
from directory.models.term_mapping import TermMapping
from directory.rules.text import fold
from safety import audit
from safety.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One row of a mapping file; `number` is its line, the header's is 1."""

    number: int
    taxonomy: str
    code: str
    need: str


class BadMapping(Exception):
    """Rows that can't be taken: `faults` holds (row number, reason). Nothing was written."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(faults)} rows can't be taken; nothing was changed.")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class MappingReport:
    """How many mappings there are now in the file's taxonomies, and how many services were tied otherwise by them."""

    mappings: int
    services: int
    open_places: int = 0
    """Places of shelters and the like that still tell where they are; the next package of their feed protects them."""

    def __str__(self) -> str:
        told = f"{self.mappings} mappings loaded; {self.services} services tied otherwise"
        if not self.open_places:
            return told
        return (
            f"{told}; {self.open_places} places of shelters and the like are open: import their feed again, or"
            " manage.py protect_location or open_location each"
        )


def _fault(row: MappingRow, slugs: set[str], seen: set[tuple[str, str, str]]) -> str:
    if not fold(row.taxonomy):
        return "taxonomy is missing"
    if not row.code:
        return "code is missing"
    if not row.need:
        return "need is missing"
    if row.need not in slugs:
        return f"need: the vocabulary has no term {row.need[:60]!r}"
    if (fold(row.taxonomy), row.code, row.need) in seen:
        return "this was said by a row before"
    return ""


def check_mapping(rows: Iterable[MappingRow]) -> list[TermMapping]:
    """The mappings that `rows` are. Raises BadMapping with every fault."""
    own = TaxonomyTerm.objects.filter(taxonomy_detail_id__in=[TAXONOMY, FOCUS_TAXONOMY])
    slugs = set(own.order_by().values_list("code", flat=True))
    seen: set[tuple[str, str, str]] = set()
    faults: list[tuple[int, str]] = []
    for row in rows:
        if fault := _fault(row, slugs, seen):
            faults.append((row.number, fault))
        seen.add((fold(row.taxonomy), row.code, row.need))
    if faults:
        raise BadMapping(faults)
    return [TermMapping(taxonomy=taxonomy, code=code, slug=slug) for taxonomy, code, slug in sorted(seen)]


@transaction.atomic
def load_term_mapping(*, rows: Iterable[MappingRow], digest: str, viewer: Viewer) -> MappingReport:
    """Replace the mappings of the taxonomies that `rows` name, whole or not at all. Raises BadMapping."""
    mappings = check_mapping(rows)
    replace_mappings(mappings)
    report = MappingReport(len(mappings), retie_all(), open_shelters())
    details = {
        "mappings": report.mappings,
        "services": report.services,
        "open_places": report.open_places,
        "digest": digest,
    }
    audit.record(viewer, action="load_term_mapping", subject_type="term_mapping", details=details)
    return report


def retie_all() -> int:
    """Tie every publisher's services as the mappings now say, and tell them anew; how many changed."""
    if not publishers_of_foreign_terms():
        return 0
    slugs = Publisher.objects.order_by("slug").values_list("slug", flat=True)
    changed = [service for slug in slugs for service in retie_services(slug)]
    project_services(sorted(changed))
    return len(changed)
