"""Reading papers: whether an edition has one, and the one that says what its page says today."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from cms.models.edition import Edition
from cms.models.paper import Paper
from cms.papers.page import digest_of_page, page_of


def with_papers(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Each with `paper_size`: the bytes of its newest PDF, None where there is none yet. No further statement."""
    newest = Paper.objects.filter(edition=OuterRef("pk")).order_by("-made_at").values("size")[:1]
    return editions.annotate(paper_size=Subquery(newest))


def paper_of(edition: Edition, today: date, using: str) -> Paper | None:
    """The PDF of what the page says today; None while it is being made.

    One that was made before a review, or before it was overdue, is none: it would look otherwise than its page.
    """
    digest = digest_of_page(page_of(edition, today))
    return Paper.objects.using(using).filter(edition=edition, digest=digest).first()
