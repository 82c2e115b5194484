"""Loads Relais's own vocabulary: kinds of help and whom they are for, and the synonyms that searchers type."""

import hashlib
import tomllib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from directory.actions.edit_synonyms import are_synonyms_loaded, load_synonyms
from directory.actions.own_terms import (
    FOCUS,
    FOCUS_TAXONOMY,
    LOADED,
    NEEDS,
    TAXONOMY,
    WORDS,
    digest_of,
    focus_id,
    is_stewards,
    show_vocabulary,
    term_id,
    words_of,
)
from directory.actions.project_listings import project_terms
from directory.models.focus import Focus
from directory.models.publisher import Publisher
from directory.models.taxonomy import Taxonomy, TaxonomyTerm
from safety import audit
from safety.viewer import Viewer

__all__ = ["Loaded", "is_loaded", "load_vocabulary", "term_id", "version_of"]

TAXONOMIES = {
    TAXONOMY: (NEEDS, "Kinds of help, in English and French."),
    FOCUS_TAXONOMY: (FOCUS, "For whom a service is made, in English and French."),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many terms there are in the file, and which of them keep the words of a steward."""

    terms: int
    edited: tuple[str, ...] = ()
    synonyms: int = 0

    def __str__(self) -> str:
        told = f"{self.terms} terms and {self.synonyms} groups of synonyms loaded"
        return f"{told}; edited by stewards and left alone: {', '.join(self.edited)}" if self.edited else told


def version_of(path: Path) -> str:
    """The version that a taxonomy loaded from `path` bears: a digest of its words."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _groups_beside(path: Path) -> dict[str, list[str]]:
    """The groups of synonyms.toml beside the terms, by slug; none where there is no such file."""
    beside = path.with_name("synonyms.toml")
    rows = tomllib.loads(beside.read_text(encoding="utf-8"))["group"] if beside.exists() else []
    return {row["slug"]: row["words"] for row in rows}


def is_loaded(path: Path) -> bool:
    """True if both taxonomies in the database are those of `path`, and the synonyms those that lie beside it."""
    found = Taxonomy.objects.filter(pk__in=TAXONOMIES, version=version_of(path))
    if found.count() != len(TAXONOMIES) or not Focus.objects.exists():
        return False
    return are_synonyms_loaded(_groups_beside(path))


def _make_taxonomies(version: str) -> None:
    publisher, _ = Publisher.objects.get_or_create(
        slug="relais", defaults={"name": "Relais", "name_fr": "Relais", "may_redistribute": True}
    )
    for id_, (name, description) in TAXONOMIES.items():
        facts = {"name": name, "description": description, "version": version, "publisher": publisher}
        Taxonomy.objects.update_or_create(id=id_, defaults=facts)


def _words(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(row.get(name, "")) for name in WORDS}


def _term(row: dict[str, Any], id_: uuid.UUID, taxonomy: uuid.UUID, **more: Any) -> TaxonomyTerm:
    words = _words(row)
    return TaxonomyTerm(
        id=id_,
        publisher_id="relais",
        code=row["slug"],
        taxonomy=TAXONOMIES[taxonomy][0],
        taxonomy_detail_id=taxonomy,
        language="en",
        written={LOADED: digest_of(words)},
        **words,
        **more,
    )


def _positions(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Groups in their order, each followed by its kinds in theirs."""
    group = {r["slug"]: int(r["order"]) * 1000 for r in rows if not r.get("parent")}
    kinds = {r["slug"]: group[r["parent"]] + int(r["order"]) for r in rows if r.get("parent")}
    return group | kinds


def _needs(rows: list[dict[str, Any]]) -> list[TaxonomyTerm]:
    positions = _positions(rows)
    made = []
    for row in sorted(rows, key=lambda r: positions[r["slug"]]):
        parent = term_id(row["parent"]) if row.get("parent") else None
        id_, position = term_id(row["slug"]), positions[row["slug"]]
        made.append(_term(row, id_, TAXONOMY, position=position, parent_id=parent))
    return made


def _focuses(rows: list[dict[str, Any]]) -> list[TaxonomyTerm]:
    return [_term(r, focus_id(r["slug"]), FOCUS_TAXONOMY, position=int(r["order"])) for r in rows]


def _leave_stewards_words(terms: Iterable[TaxonomyTerm]) -> list[str]:
    """Put what stewards wrote back into `terms`; the codes of those."""
    by_id = {term.pk: term for term in terms}
    edited = []
    for kept in TaxonomyTerm.objects.filter(pk__in=by_id).order_by("taxonomy", "position", "id"):
        if is_stewards(kept):
            edited.append(kept.code)
            by_id[kept.pk].written = kept.written
            for name, text in words_of(kept).items():
                setattr(by_id[kept.pk], name, text)
    return edited


@transaction.atomic
def load_vocabulary(*, path: Path, viewer: Viewer) -> Loaded:
    """Add or change the terms of the TOML file at `path` and the groups of synonyms.toml beside it.

    No term is taken away, and nothing that a steward edited is touched.
    """
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    _make_taxonomies(version_of(path))
    terms = [*_needs(rows["term"]), *_focuses(rows.get("focus", []))]
    edited = _leave_stewards_words(terms)
    TaxonomyTerm.objects.bulk_create(
        terms,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["position", "parent", "written", *WORDS],
    )
    show_vocabulary()
    project_terms([term.pk for term in terms], TAXONOMIES)
    groups = load_synonyms(_groups_beside(path))
    details = {"terms": len(terms), "left_alone": len(edited), "synonyms": groups}
    audit.record(
        viewer, action="load_vocabulary", subject_type="taxonomy", subject_id=TAXONOMY, details=details
    )
    return Loaded(len(terms), tuple(edited), groups)
