"""Relais's own terms: their ids, what was loaded of them, and how searchers get to see them."""

import hashlib
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from directory.finding.vocabulary import forget_vocabulary
from directory.models.focus import Focus
from directory.models.need import Need
from directory.models.taxonomy import TaxonomyTerm

OWN = uuid.UUID("5f0f3c64-6a3c-5c0a-9d0e-2b5d0a7d2b11")
"""Namespace of the ids of Relais's own terms: the same everywhere, so that exports meet."""

TAXONOMY = uuid.uuid5(OWN, "taxonomy")
FOCUS_TAXONOMY = uuid.uuid5(OWN, "taxonomy/focus")
NEEDS, FOCUS = "relais", "relais_focus"
"""Names of the two taxonomies: what is done, and for whom."""

WORDS = ("name", "name_fr", "description", "description_fr", "hint", "hint_fr")
FOCUS_WORDS = WORDS[:4]
LOADED = "loaded_words"
"""Key in `written` of an own term: the digest of the words that were loaded into it; `BY_STEWARD` if none were."""

BY_STEWARD = "steward"
RETIRED = "code:retired"
"""Flag of a term that is kept with all its ties and offered to searchers no longer."""


def term_id(slug: str) -> uuid.UUID:
    """The id of the taxonomy term of a need."""
    return uuid.uuid5(OWN, f"need/{slug}")


def focus_id(slug: str) -> uuid.UUID:
    """The id of the taxonomy term that says for whom a service is made."""
    return uuid.uuid5(OWN, f"focus/{slug}")


def words_of(term: TaxonomyTerm) -> dict[str, str]:
    """What a reader sees of a term, by field name."""
    return {name: getattr(term, name) for name in WORDS}


def digest_of(words: Mapping[str, str]) -> str:
    """Sixteen hex digits that change with any of the words."""
    told = "\x1f".join(words.get(name, "") for name in WORDS)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def is_stewards(term: TaxonomyTerm) -> bool:
    """True if a steward wrote or changed its words since they were loaded."""
    loaded = term.written.get(LOADED)
    return loaded is not None and loaded != digest_of(words_of(term))


def _numbers(model: type[Need] | type[Focus], slugs: list[str]) -> dict[str, int]:
    """A number for each slug; one that has a number keeps it for ever."""
    numbers = dict(model.objects.values_list("slug", "number"))
    following = (model.objects.aggregate(most=Max("number"))["most"] or 0) + 1
    for slug in slugs:
        if slug not in numbers:
            numbers[slug] = following
            following += 1
    return numbers


def _terms_of(taxonomy: uuid.UUID) -> list[TaxonomyTerm]:
    return list(TaxonomyTerm.objects.filter(taxonomy_detail_id=taxonomy).order_by("position", "code"))


def _show_needs() -> int:
    terms = _terms_of(TAXONOMY)
    slugs = {term.pk: term.code for term in terms}
    numbers = _numbers(Need, [term.code for term in terms])
    needs = [
        Need(
            slug=term.code,
            number=numbers[term.code],
            parent=slugs.get(term.parent_id, ""),
            position=term.position,
            is_offered=RETIRED not in term.flags,
            **words_of(term),
        )
        for term in terms
    ]
    fields = ["parent", "position", "is_offered", *WORDS]
    Need.objects.bulk_create(needs, update_conflicts=True, unique_fields=["slug"], update_fields=fields)
    return len(needs)


def _show_focuses() -> None:
    terms = _terms_of(FOCUS_TAXONOMY)
    numbers = _numbers(Focus, [term.code for term in terms])
    focuses = [
        Focus(
            slug=term.code,
            number=numbers[term.code],
            position=term.position,
            is_offered=RETIRED not in term.flags,
            **{name: getattr(term, name) for name in FOCUS_WORDS},
        )
        for term in terms
    ]
    fields = ["position", "is_offered", *FOCUS_WORDS]
    Focus.objects.bulk_create(focuses, update_conflicts=True, unique_fields=["slug"], update_fields=fields)


def show_vocabulary() -> int:
    """Write the searchers' vocabulary (`need`, `focus`) from our own terms, in their transaction; how many needs."""
    shown = _show_needs()
    _show_focuses()
    transaction.on_commit(forget_vocabulary)
    return shown
