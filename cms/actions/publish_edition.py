"""A published page becomes an edition, in the transaction that publishes it."""

import hashlib
import json
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.actions.make_papers import papers_wanted
from cms.models.edition import FACETS, Edition
from cms.models.guided import GuidedPage
from cms.rules.marks import Marks, missing_marks
from cms.rules.standing import shown_until
from directory.rules.text import fold
from safety import audit
from safety.viewer import Viewer

HEAVY, LIGHT = (
    ("title", "summary", "when_to_use"),
    ("steps", "questions", "risks", "roles", "sections", "law", "say"),
)
"""What a search looks in: the words of the first count for more."""

NO_MARKS: Marks = MappingProxyType({})


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for row in value or [] for text in row.values() if isinstance(text, str)]


def _text(facts: dict[str, Any], parts: tuple[str, ...]) -> str:
    return "\n".join(line for part in parts for line in _lines(facts.get(part)))


def _vector(facts: dict[str, Any]) -> Any:
    config = f"relais_{facts['language']}"
    heavy = SearchVector(Value(_text(facts, HEAVY)), config=config, weight="A")
    return heavy + SearchVector(Value(_text(facts, LIGHT)), config=config, weight="C")


def digest_of(facts: dict[str, Any]) -> str:
    """What an edition says, in 64 hex digits: two that say the same have the same."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _alone(page: GuidedPage) -> None:
    """Two who publish one page at once do it one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"edition {page.pk}"])


def _marked(marks: Marks) -> dict[str, Any]:
    """The columns of an edition that hold its marks."""
    by = {f"{led}_by": mark.by for led, mark in marks.items()}
    return by | {f"{led}_on": mark.on for led, mark in marks.items()}


def refuse_unmarked(page: GuidedPage, marks: Marks) -> None:
    """An assessment tool is read by nobody before those whom such tools have harmed have reviewed it."""
    if page.kind == "assessment" and missing_marks(marks):
        raise ValidationError(
            _(
                "A group led by sex workers and one led by migrants have to review an assessment tool first. Submit it"
                " to its workflow."
            )
        )


def _make(
    page: GuidedPage, facts: dict[str, Any], number: int, by: UUID | None, reviewer: UUID | None, marks: Marks
) -> Edition:
    until = shown_until(review_by=page.review_by, is_urgent=page.is_urgent, consent_until=page.consent_until)
    return Edition.objects.create(
        page_id=page.pk,
        key=page.translation_key,
        language=facts["language"],
        number=number,
        slug=page.slug,
        kind=page.kind,
        title=page.title,
        facts=facts,
        digest=digest_of(facts),
        needs=facts["needs"],
        files=[UUID(row["file"]) for row in facts["attachments"]],
        **{facet: facts.get(facet, []) for facet in FACETS},
        **{f"search_{facts['language']}": _vector(facts)},
        words=fold(_text(facts, HEAVY + LIGHT)),
        tier=page.tier,
        published_at=timezone.now(),
        published_by=by,
        reviewed_by=reviewer,
        reviewed_on=timezone.localdate() if reviewer else None,
        review_by=page.review_by,
        shown_until=until,
        **_marked(marks),
    )


@transaction.atomic
def publish_edition(
    *, page: GuidedPage, by: UUID | None, reviewer: UUID | None = None, marks: Marks = NO_MARKS
) -> Edition:
    """The edition that readers get from now on; the newest one itself where nothing was changed.

    `by` wrote it last; `reviewer`, who is somebody else, reviewed it on the way, and `marks` tell for which groups.

    Older ones stay to be cited, at the tier that the page has now. Raises ValidationError, and nothing is published.
    """
    page.refuse_unpublishable()
    _alone(page)
    facts = page.facts()
    editions = Edition.objects.filter(key=page.translation_key, language=page.language)
    newest = editions.current().first()
    if newest and newest.digest == digest_of(facts) and newest.slug == page.slug:
        editions.update(is_live=True, tier=page.tier, page_id=page.pk)
        papers_wanted()
        return newest
    refuse_unmarked(page, marks)
    editions.update(is_current=False, is_live=True, tier=page.tier)
    last = editions.aggregate(last=Max("number"))["last"] or 0
    made = _make(page, facts, last + 1, by, reviewer, marks)
    details = {"number": made.number, "language": made.language, "tier": made.tier}
    details |= {"reviewed": reviewer is not None} | dict.fromkeys(marks, True)
    audit.record(
        Viewer(user=by), action="publish_edition", subject_type="edition", subject_id=made.pk, details=details
    )
    papers_wanted()
    return made
