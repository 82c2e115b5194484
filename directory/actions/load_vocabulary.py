"""Loads Relais's own vocabulary of needs: as HSDS taxonomy terms, and as the searchers' read model."""

import hashlib
import tomllib
import uuid
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from directory.finding.vocabulary import forget_vocabulary
from directory.models.need import Need
from directory.models.publisher import Publisher
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from safety import audit
from safety.viewer import Viewer

OWN = uuid.UUID("5f0f3c64-6a3c-5c0a-9d0e-2b5d0a7d2b11")
"""Namespace of the ids of Relais's own terms: the same everywhere, so that exports meet."""

TAXONOMY = uuid.uuid5(OWN, "taxonomy")
WORDS = ("name", "name_fr", "description", "description_fr", "hint", "hint_fr")


def term_id(slug: str) -> uuid.UUID:
    """The id of the taxonomy term of a need."""
    return uuid.uuid5(OWN, f"need/{slug}")


def version_of(path: Path) -> str:
    """The version that a taxonomy loaded from `path` bears: a digest of its words."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def is_loaded(path: Path) -> bool:
    """True if the vocabulary in the database is the one of `path`."""
    return Taxonomy.objects.filter(pk=TAXONOMY, version=version_of(path)).exists()


def _taxonomy(version: str) -> Taxonomy:
    publisher, _ = Publisher.objects.get_or_create(
        slug="relais", defaults={"name": "Relais", "name_fr": "Relais"}
    )
    facts = {"name": "relais", "description": "Kinds of help, in English and French.", "version": version}
    taxonomy, _ = Taxonomy.objects.update_or_create(id=TAXONOMY, defaults={"publisher": publisher} | facts)
    return taxonomy


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row.get(name, "")) for name in WORDS}


def _term(row: dict[str, Any], taxonomy: Taxonomy, position: int) -> TaxonomyTerm:
    parent = row.get("parent") or ""
    return TaxonomyTerm(
        id=term_id(row["slug"]),
        publisher_id="relais",
        position=position,
        code=row["slug"],
        parent_id=term_id(parent) if parent else None,
        taxonomy="relais",
        taxonomy_detail=taxonomy,
        language="en",
        **_words(row),
    )


def _numbers(slugs: list[str]) -> dict[str, int]:
    """A number for each slug; one that has a number keeps it for ever."""
    numbers = dict(Need.objects.values_list("slug", "number"))
    following = (Need.objects.aggregate(most=Max("number"))["most"] or 0) + 1
    for slug in slugs:
        if slug not in numbers:
            numbers[slug] = following
            following += 1
    return numbers


def _positions(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Groups in their order, each followed by its kinds in theirs."""
    group = {r["slug"]: int(r["order"]) * 1000 for r in rows if not r.get("parent")}
    kinds = {r["slug"]: group[r["parent"]] + int(r["order"]) for r in rows if r.get("parent")}
    return group | kinds


@transaction.atomic
def load_vocabulary(*, path: Path, viewer: Viewer) -> int:
    """Add or change the terms of the TOML file at `path`; none is taken away. Returns how many there are."""
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
    positions, taxonomy = _positions(rows), _taxonomy(version_of(path))
    rows.sort(key=lambda r: positions[r["slug"]])
    TaxonomyTerm.objects.bulk_create(
        [_term(row, taxonomy, positions[row["slug"]]) for row in rows],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["position", "parent", *WORDS],
    )
    numbers = _numbers([row["slug"] for row in rows])
    needs = [
        Need(
            slug=row["slug"],
            number=numbers[row["slug"]],
            parent=row.get("parent") or "",
            position=positions[row["slug"]],
            **_words(row),
        )
        for row in rows
    ]
    Need.objects.bulk_create(
        needs,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["parent", "position", *WORDS],
    )
    audit.record(
        viewer,
        action="load_vocabulary",
        subject_type="taxonomy",
        subject_id=taxonomy.pk,
        details={"terms": len(rows)},
    )
    transaction.on_commit(forget_vocabulary)
    return len(rows)
