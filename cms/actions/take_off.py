"""A page that does harm goes at once: who may review may take it off, without anybody's approval."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction

from accounts.models import User
from cms.actions.review_edition import RIGHT
from cms.models.edition import Edition
from safety import audit
from safety.viewer import Viewer


@transaction.atomic
def take_off(*, edition: UUID, viewer: Viewer) -> None:
    """Unpublish the page of a live edition: all its editions in this language go. It comes back through the workflow.

    Raises PermissionDenied without the right, and Edition.DoesNotExist.
    """
    found = Edition.objects.select_related("page").get(pk=edition, is_current=True, is_live=True)
    person = User.objects.filter(pk=viewer.user, is_active=True).first()
    if person is None or not person.has_perm(RIGHT) or found.page is None:
        raise PermissionDenied
    UnpublishPageAction(found.page.specific, user=person).execute(skip_permission_checks=True)
    details = {"number": found.number, "language": found.language}
    audit.record(
        viewer, action="take_off_protocol", subject_type="edition", subject_id=found.pk, details=details
    )
