"""What was taken off is read by nobody any more, in any of its editions."""

from uuid import UUID

from django.db import transaction

from cms.models.edition import Edition
from cms.models.guided import GuidedPage
from safety import audit
from safety.viewer import VISITOR


def withdraw_editions(*, page: GuidedPage) -> int:
    """Those of a page. Returns how many editions were live. Wagtail's own log holds who did it."""
    return withdraw_editions_of(key=page.translation_key, language=page.language)


@transaction.atomic
def withdraw_editions_of(*, key: UUID, language: str) -> int:
    """The same, of a page that may not be there any more."""
    found = Edition.objects.filter(key=key, language=language, is_live=True)
    withdrawn = found.update(is_live=False)
    if withdrawn:
        details = {"editions": withdrawn, "language": language}
        audit.record(
            VISITOR, action="withdraw_editions", subject_type="edition", subject_id=key, details=details
        )
    return withdrawn
