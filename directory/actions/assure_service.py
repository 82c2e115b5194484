"""A steward spoke to the people of a service, and all that is told of it is true: the only hand that sets the day."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions.assure_listings import STATED
from directory.actions.project_listings import project_services
from directory.actions.refused import Refused
from directory.models.service import Service
from safety import audit
from safety.viewer import Viewer

BY_TELEPHONE = "telephone"
"""Written beside the act where the talk was a call from the stewards' list."""


@transaction.atomic
def assure_service(
    *, service_id: UUID, on: date, assurer_email: str = "", method: str = "", viewer: Viewer
) -> None:
    """Set `assured_date` to the day of the talk and who assures it. Raises Refused for a day to come.

    `method`: how they were spoken with, where the door knows it.
    """
    if on > timezone.localdate():
        raise Refused(_("Nobody can have spoken to them on a day that is still to come."))
    service = Service.objects.select_for_update().get(pk=service_id)
    service.assured_date, service.assurer_email, service.unlisted_on = on, assurer_email, None
    for name in ("assured_date", "assurer_email", "last_modified"):
        service.written.pop(name, None)
    service.flags = [f for f in service.flags if not f.startswith(("assured_date:", "assurer_email:"))]
    service.save(update_fields=[*STATED, "written", "flags", "last_modified"])
    project_services([service_id])
    details = {"on": on.isoformat()} | ({"method": method} if method else {})
    audit.record(
        viewer, action="assure_service", subject_type="service", subject_id=service_id, details=details
    )
