"""A steward's changes to Relais's own vocabulary: other words, a new term, one that is offered no longer."""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.own_terms import (
    BY_STEWARD,
    FOCUS,
    FOCUS_TAXONOMY,
    LOADED,
    NEEDS,
    RETIRED,
    TAXONOMY,
    WORDS,
    digest_of,
    focus_id,
    show_vocabulary,
    term_id,
    words_of,
)
from directory.actions.project_listings import project_terms
from directory.actions.refused import Refused
from directory.models.taxonomy import TaxonomyTerm
from safety import audit
from safety.viewer import Viewer

SLUG = re.compile(r"[a-z0-9][a-z0-9_]{1,59}")
OURS = {NEEDS: (TAXONOMY, term_id), FOCUS: (FOCUS_TAXONOMY, focus_id)}


def _own(id_: UUID) -> TaxonomyTerm:
    term = TaxonomyTerm.objects.select_for_update().filter(pk=id_, publisher_id="relais").first()
    if term is None:
        raise Refused(_("Only Relais's own terms can be changed: others come from their publishers."))
    return term


def _check_words(words: dict[str, str]) -> None:
    if unknown := sorted(set(words) - set(WORDS)):
        raise ValueError(f"no words of a term: {', '.join(unknown)}")
    for name in ("name", "name_fr"):
        if name in words and not words[name].strip():
            raise Refused(_("A term needs a name in English and in French."))
    if any("\x00" in text for text in words.values()):
        raise Refused(_("The text holds a character that cannot be kept."))


def _show(term: TaxonomyTerm) -> None:
    show_vocabulary()
    project_terms([term.pk], filter(None, [term.taxonomy_detail_id]))


@transaction.atomic
def edit_term(*, term_id: UUID, viewer: Viewer, **words: str) -> TaxonomyTerm:
    """Give an own term other words (names of `WORDS`); listings that show it tell them at once. Raises Refused."""
    _check_words(words)
    term = _own(term_id)
    before = words_of(term)
    changed = sorted(name for name, text in words.items() if before[name] != text)
    if not changed:
        return term
    for name in changed:
        setattr(term, name, words[name])
    # Loaded before digests were kept: what was there until now is what was loaded.
    term.written.setdefault(LOADED, digest_of(before))
    term.save(update_fields=[*changed, "written"])
    _show(term)
    details = {"fields": " ".join(changed)}
    audit.record(
        viewer, action="edit_term", subject_type="taxonomy_term", subject_id=term.pk, details=details
    )
    return term


def _parent(slug: str) -> TaxonomyTerm | None:
    if not slug:
        return None
    found = TaxonomyTerm.objects.filter(pk=term_id(slug), parent=None).first()
    if found is None:
        raise Refused(_("There is no group of this name."))
    return found


def _following(taxonomy: UUID, parent: TaxonomyTerm | None) -> int:
    """The position after the last one of the group, or after all groups."""
    terms = TaxonomyTerm.objects.filter(taxonomy_detail_id=taxonomy)
    if taxonomy == TAXONOMY and parent is None:
        last = terms.filter(parent=None).order_by("-position").first()
        return last.position + 1000 if last else 1000
    last = terms.filter(parent=parent).order_by("-position").first()
    start = parent.position if parent else 0
    return (last.position if last else start) + 1


@transaction.atomic
def add_term(
    *, slug: str, parent: str = "", taxonomy: str = NEEDS, viewer: Viewer, **words: str
) -> TaxonomyTerm:
    """A new term: a kind in the group `parent`, a group, or a focus. Raises Refused for a slug taken or malformed."""
    _check_words({"name": "", "name_fr": ""} | words)
    if not SLUG.fullmatch(slug):
        raise Refused(_("A slug is lower case letters, digits and underscores, two to sixty of them."))
    detail, id_of = OURS[taxonomy]
    if TaxonomyTerm.objects.filter(pk=id_of(slug)).exists():
        raise Refused(_("There is a term of this slug already."))
    group = _parent(parent) if taxonomy == NEEDS else None
    term = TaxonomyTerm.objects.create(
        id=id_of(slug),
        publisher_id="relais",
        position=_following(detail, group),
        code=slug,
        parent=group,
        taxonomy=taxonomy,
        taxonomy_detail_id=detail,
        language="en",
        written={LOADED: BY_STEWARD},
        **words,
    )
    show_vocabulary()
    audit.record(viewer, action="add_term", subject_type="taxonomy_term", subject_id=term.pk)
    return term


@transaction.atomic
def retire_term(*, term_id: UUID, viewer: Viewer, is_offered: bool = False) -> TaxonomyTerm:
    """Offer a term to searchers no longer (or again). It is kept: services that have it still tell it."""
    term = _own(term_id)
    flags = [flag for flag in term.flags if flag != RETIRED]
    term.flags = flags if is_offered else [*flags, RETIRED]
    term.save(update_fields=["flags"])
    show_vocabulary()
    action = "offer_term" if is_offered else "retire_term"
    audit.record(viewer, action=action, subject_type="taxonomy_term", subject_id=term.pk)
    return term
