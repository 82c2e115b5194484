"""Starting content, from files in both languages: live pages that nobody has reviewed yet, and that say so.

Assessment tools alone come as drafts.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cms.actions.keep_home import home, keep_home
from cms.models.assessment import AssessmentPage
from cms.models.fields import ROW
from cms.models.instructed import LISTS, InstructedPage
from cms.models.protocol import ProtocolPage
from cms.models.training import TrainingPage
from cms.rules.content import SLUGS, ContentFault, read_content
from cms.words import known_words
from safety import audit
from safety.viewer import Viewer

LANGUAGES = ("en", "fr")
MODELS: dict[str, type[InstructedPage]] = {
    "protocol": ProtocolPage,
    "training": TrainingPage,
    "assessment": AssessmentPage,
}
SAME = ("kind", "evidence", "review_by", "is_urgent", *SLUGS)
"""What a file has to say like the one in the other language."""
COUNTED = ("steps", "questions", "do_not_say", "risks", "law", "roles", "sources")
"""Rows of which both languages need as many."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many pages came, were renewed, and were left alone because somebody edited them here."""

    added: int = 0
    renewed: int = 0
    left: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.renewed)

    def __str__(self) -> str:
        told = f"{self.added} pages added, {self.renewed} renewed"
        return f"{told}, {self.left} edited here and left alone" if self.left else told


def _read(path: Path, known: dict[str, frozenset[str]]) -> dict[str, Any]:
    try:
        told = read_content(tomllib.loads(path.read_text(encoding="utf-8")), known)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ContentFault) as fault:
        raise ContentFault(f"{path.name}: {fault}") from None
    name = told["slug"] if told["language"] == "en" else path.name.split(".")[0]
    if path.name != f"{name}.{told['language']}.toml":
        raise ContentFault(f"{path.name}: its slug and language say {name}.{told['language']}.")
    return told


def _refuse_unlike(pair: dict[str, dict[str, Any]]) -> None:
    english, french = pair["en"], pair["fr"]
    for name in SAME:
        if english[name] != french[name]:
            raise ContentFault(f"{english['slug']}: {name} differs between the languages.")
    for name in COUNTED:
        if len(english[name]) != len(french[name]):
            raise ContentFault(f"{english['slug']}: {name}: not as many in both languages.")


def _refuse_taken(pairs: list[dict[str, dict[str, Any]]]) -> None:
    """English files are named by their slugs; French ones could share an address."""
    times = Counter(pair["fr"]["slug"] for pair in pairs)
    for slug in (slug for slug, count in times.items() if count > 1):
        raise ContentFault(f"{slug}: two French pages have this slug.")


def read_folder(folder: Path) -> list[dict[str, dict[str, Any]]]:
    """The content of all files, by language, in the order of their names. Raises ContentFault for any that is bad."""
    known = known_words()
    names = sorted({path.name.split(".")[0] for path in folder.glob("*.toml")})
    pairs = [{la: _read(folder / f"{name}.{la}.toml", known) for la in LANGUAGES} for name in names]
    for pair in pairs:
        _refuse_unlike(pair)
    _refuse_taken(pairs)
    return pairs


def _fields(content: dict[str, Any]) -> dict[str, Any]:
    """The fields of a page, as the file says."""
    rows = {
        name: json.dumps([{"type": ROW, "value": row} for row in content[name]])
        for name in (*LISTS, "sources", *(["questions"] if content["questions"] else []))
    }
    plain = ("title", "summary", "evidence", "review_by", "is_urgent", "when_to_use", *SLUGS)
    return {name: content[name] for name in plain} | rows


def _is_draft(page: InstructedPage) -> bool:
    """True for what comes as a draft: an assessment tool is read by nobody before its groups have reviewed it."""
    return isinstance(page, AssessmentPage)


def _save(page: InstructedPage) -> None:
    revision = page.save_revision(log_action=False)
    if not _is_draft(page):
        revision.publish(log_action=False)


def _keep_page(content: dict[str, Any], key: UUID) -> str:
    """ "added", "renewed", "left" or "same"."""
    model, above = MODELS[content["kind"]], home(content["language"])
    page = model.objects.child_of(above).filter(translation_key=key).first()
    if page is None:
        page = model(
            slug=content["slug"], locale=above.locale, translation_key=key, live=False, **_fields(content)
        )
        above.add_child(instance=page)
        _save(page)
        return "added"
    if page.revisions.exclude(user=None).exists() or page.live is _is_draft(page):
        return "left"
    before = (page.slug, page.facts())
    for name, value in (_fields(content) | {"slug": content["slug"]}).items():
        setattr(page, name, value)
    if (page.slug, page.facts()) == before:
        return "same"
    if _is_draft(page):
        page.save()  # the row is the draft's too, as long as nothing of it is live
    _save(page)
    return "renewed"


def _key_of(pair: dict[str, dict[str, Any]]) -> UUID:
    """The key that both languages share: of a page that is there, else a new one."""
    model = MODELS[pair["en"]["kind"]]
    found = (
        model.objects.filter(slug=pair["en"]["slug"]).order_by("pk").values_list("translation_key", flat=True)
    )
    return found.first() or uuid4()


def _keep(pairs: Iterable[dict[str, dict[str, Any]]]) -> Loaded:
    done: list[str] = []
    for pair in pairs:
        key = _key_of(pair)
        done += [_keep_page(pair[language], key) for language in LANGUAGES]
    return Loaded(*(done.count(what) for what in ("added", "renewed", "left")))


@transaction.atomic
def load_protocols(*, folder: Path, viewer: Viewer) -> Loaded:
    """Add and renew the pages of all files in `folder`; both languages or none. Raises ContentFault: nothing is kept.

    Can be run again: what is the same stays, what somebody edited or took off in the CMS is left alone.
    """
    keep_home()
    loaded = _keep(read_folder(folder))
    if loaded:
        details = {"added": loaded.added, "renewed": loaded.renewed}
        audit.record(viewer, action="load_protocols", subject_type="edition", details=details)
    return loaded
