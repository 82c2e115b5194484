"""Groups of synonyms: loaded from the project's own list, and added, changed and removed by stewards."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.own_terms import BY_STEWARD, OWN
from directory.actions.refused import Refused
from directory.finding.synonyms import forget_synonyms
from directory.models.synonym import SynonymGroup
from directory.rules.synonyms import MOST_PHRASES, is_little, phrase_key
from safety import audit
from safety.viewer import Viewer

MOST_LETTERS = 80
"""Letters of the longest phrase: more than that nobody types."""

Groups = Mapping[str, Sequence[str]]


def group_id(slug: str) -> uuid.UUID:
    """The id of a group of the project's own list."""
    return uuid.uuid5(OWN, f"synonyms/{slug}")


def _digest_of(words: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]


def _is_stewards(group: SynonymGroup) -> bool:
    return not group.is_used or group.loaded != _digest_of(group.words)


def _untouched() -> dict[uuid.UUID, SynonymGroup]:
    return {group.pk: group for group in SynonymGroup.objects.order_by("id") if not _is_stewards(group)}


def are_synonyms_loaded(groups: Groups) -> bool:
    """True if nothing would change by loading `groups`: words by slug."""
    given = {group_id(slug): list(words) for slug, words in groups.items()}
    untouched = {id_: group.words for id_, group in _untouched().items()}
    if any(given.get(id_) != words for id_, words in untouched.items()):
        return False
    edited = SynonymGroup.objects.filter(pk__in=given.keys() - untouched.keys())
    return edited.count() == len(given.keys() - untouched.keys())


@transaction.atomic
def load_synonyms(groups: Groups) -> int:
    """Make the groups that no steward touched be `groups`, words by slug; the others stay. Returns how many are given.

    Called where an audit row is left: by `load_vocabulary`.
    """
    untouched = set(_untouched())
    given = {
        group_id(slug): SynonymGroup(id=group_id(slug), words=list(words), loaded=_digest_of(words))
        for slug, words in groups.items()
    }
    SynonymGroup.objects.filter(pk__in=untouched - given.keys()).delete()
    kept = set(SynonymGroup.objects.order_by("id").values_list("pk", flat=True)) - untouched
    SynonymGroup.objects.bulk_create(
        [group for id_, group in given.items() if id_ not in kept],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["words", "loaded"],
    )
    transaction.on_commit(forget_synonyms)
    return len(given)


def _checked(words: Iterable[str]) -> list[str]:
    """The words as they are kept: each once, in the order given. Raises Refused."""
    trimmed = [" ".join(word.split()) for word in words]
    kept = list({phrase_key(word): word for word in reversed(trimmed) if word}.values())[::-1]
    if any("\x00" in word for word in kept):
        raise Refused(_("The text holds a character that cannot be kept."))
    if any(is_little(word) for word in kept):
        raise Refused(_("Words that stand in every sentence can't be synonyms."))
    if any(len(word) > MOST_LETTERS for word in kept):
        raise Refused(_("A word or phrase is longer than people type."))
    if not 2 <= len(kept) <= MOST_PHRASES:
        told = _("A group has from two to %(most)s words or phrases.")
        raise Refused(told % {"most": MOST_PHRASES})
    return kept


def _own(id_: uuid.UUID) -> SynonymGroup:
    group = SynonymGroup.objects.select_for_update().filter(pk=id_, is_used=True).first()
    if group is None:
        raise Refused(_("This group of synonyms is not there any more."))
    return group


def _record(viewer: Viewer, action: str, group: SynonymGroup) -> None:
    transaction.on_commit(forget_synonyms)
    details = {"phrases": len(group.words)}
    audit.record(viewer, action=action, subject_type="synonym_group", subject_id=group.pk, details=details)


@transaction.atomic
def add_synonyms(*, words: Sequence[str], viewer: Viewer) -> SynonymGroup:
    """A new group: two to twelve words and phrases of any language. Raises Refused."""
    group = SynonymGroup.objects.create(words=_checked(words), loaded=BY_STEWARD)
    _record(viewer, "add_synonyms", group)
    return group


@transaction.atomic
def change_synonyms(*, group_id: uuid.UUID, words: Sequence[str], viewer: Viewer) -> SynonymGroup:
    """Give a group other words; it is never loaded over again. Raises Refused."""
    checked, group = _checked(words), _own(group_id)
    if checked == group.words:
        return group
    group.words = checked
    group.save(update_fields=["words"])
    _record(viewer, "change_synonyms", group)
    return group


@transaction.atomic
def remove_synonyms(*, group_id: uuid.UUID, viewer: Viewer) -> None:
    """A group that finds nothing any more and does not come back when the list is loaded again. Raises Refused."""
    group = _own(group_id)
    group.is_used = False
    group.save(update_fields=["is_used"])
    _record(viewer, "remove_synonyms", group)
