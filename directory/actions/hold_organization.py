"""Whoever changes who belongs to an organization, or whether it is let in, holds it: one change at a time."""

from uuid import UUID

from django.utils.translation import gettext as _

from directory.actions.refused import Refused
from directory.models.organization import Organization


def hold_organization(organization: UUID) -> Organization:
    """The organization, held to the end of the transaction. Raises Refused where it is gone.

    Of two last leads who leave at once, one has to stay; two decisions at once would not see each other.
    """
    found = Organization.objects.select_for_update().filter(pk=organization).first()
    if found is None:
        raise Refused(_("This organization is not there any more."))
    return found
