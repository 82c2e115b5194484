"""Somebody with that right says that the edition which readers get now was reviewed."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cms.actions.make_papers import papers_wanted
from cms.models.edition import Edition
from safety import audit
from safety.viewer import Viewer

RIGHT = "cms.review_edition"


@transaction.atomic
def review_edition(*, edition: UUID, viewer: Viewer, today: date) -> Edition:
    """The mark "needs review" goes from this edition; the next one bears it again.

    Raises PermissionDenied for whoever lacks the right or published it, and Edition.DoesNotExist.
    """
    found = Edition.objects.select_for_update().get(pk=edition, is_current=True, is_live=True)
    person = User.objects.filter(pk=viewer.user, is_active=True).first()
    if person is None or not person.has_perm(RIGHT) or found.published_by == person.pk:
        raise PermissionDenied
    if found.reviewed_by is None:
        found.reviewed_on, found.reviewed_by = today, person.pk
        found.save(update_fields=["reviewed_on", "reviewed_by"])
        details = {"number": found.number, "language": found.language}
        audit.record(
            viewer, action="review_edition", subject_type="edition", subject_id=found.pk, details=details
        )
        papers_wanted()
    return found
