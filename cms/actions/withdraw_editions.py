"""What was taken off is read by nobody any more, in any of its editions."""

from django.db import transaction

from cms.models.edition import Edition
from cms.models.guided import GuidedPage
from safety import audit
from safety.viewer import VISITOR


@transaction.atomic
def withdraw_editions(*, page: GuidedPage) -> int:
    """Returns how many editions were live. Wagtail's own log holds who did it."""
    found = Edition.objects.filter(key=page.translation_key, language=page.language, is_live=True)
    withdrawn = found.update(is_live=False)
    if withdrawn:
        details = {"editions": withdrawn, "language": page.language}
        audit.record(
            VISITOR,
            action="withdraw_editions",
            subject_type="edition",
            subject_id=page.translation_key,
            details=details,
        )
    return withdrawn
