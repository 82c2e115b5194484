"""What one has to know of a page before following it, wherever its title stands alone."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models.edition import Edition
from cms.rules.standing import Standing


def mark(edition: Edition) -> str:
    """That nobody reviewed it, or that its review is overdue; "" of what is current."""
    match edition.standing(timezone.localdate()):
        case Standing.UNREVIEWED:
            return _("Needs review by a qualified person")
        case Standing.OVERDUE:
            return _("Review is overdue: it may be out of date")
    return ""
