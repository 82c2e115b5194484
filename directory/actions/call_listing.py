"""A steward called the people of a listing that was silent for long: all is true, or nobody answered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.assure_service import BY_TELEPHONE, assure_service
from directory.actions.mark_phone import mark_phone
from directory.actions.refuse_unseen import refuse_unseen
from directory.actions.refused import Refused
from directory.models.service import Service
from directory.policies import refuse_unless_steward
from directory.rules.dead_phones import Heard
from safety.viewer import Viewer


@transaction.atomic
def reached_by_telephone(*, service: UUID, viewer: Viewer, now: datetime, seen: str | None = None) -> None:
    """They say that all is true: checked today, by this steward. What was taken off for silence is shown again.

    `seen`: the marks of what was read to them. Raises PermissionDenied, and Refused for what is not running any more
    or was changed since (Unseen).
    """
    refuse_unless_steward(viewer)
    found = Service.objects.listable().select_for_update().filter(pk=service).first()
    if found is None:
        raise Refused(_("This is not there any more."))
    if seen is not None:
        refuse_unseen([found], {service: seen})
    email = User.objects.get(pk=viewer.user).email
    day = timezone.localtime(now).date()
    assure_service(service_id=service, on=day, assurer_email=email, method=BY_TELEPHONE, viewer=viewer)


@transaction.atomic
def nobody_answered(*, service: UUID, number: str, viewer: Viewer, now: datetime) -> bool:
    """Kept with its day, and called again some days later. False if it was noted today already.

    Raises PermissionDenied, and Refused for a number that the listing does not show.
    """
    refuse_unless_steward(viewer)
    return mark_phone(service=service, number=number, heard=Heard.NO_ANSWER, viewer=viewer, now=now)
