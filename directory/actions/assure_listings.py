"""People of an organization say that what is told of their listings is true: one press for one, or for all."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions.hold_organization import hold_organization
from directory.actions.project_listings import project_services
from directory.actions.refuse_unseen import refuse_unseen
from directory.actions.refused import Refused
from directory.actions.shut_out import refuse_if_shut_out, standing_of
from directory.finding.profile import organization_phones
from directory.finding.whole import Seen
from directory.models.field_source import FieldSource
from directory.models.phone import Phone
from directory.models.service import Service
from directory.policies import refuse_unless_keeper
from directory.rules.standing import GOOD, Standing
from safety import audit
from safety.viewer import Viewer

OF_ORGANIZATION = ("name", "name_fr", "email", "website")
OF_SERVICE = ("name", "name_fr", "email", "url")
OF_PHONE = ("number", "extension", "type")
"""What leads to an organization, and could lead elsewhere."""

STATED = ("assured_date", "assurer_email", "unlisted_on")
"""Of a service, what a "still true" sets."""

MAY = GOOD | {Standing.EXPIRED}
"""Where an organization's word counts: one that nobody ever knew can't vouch for itself."""


@transaction.atomic
def assure_listings(
    *,
    organization: UUID,
    services: Collection[UUID] | None,
    viewer: Viewer,
    now: datetime,
    seen: Seen | None = None,
) -> int:
    """From today on these listings count as checked; None: all that the organization has running. How many.

    `seen`: the marks of what was shown of each, which every page gives; without, the caller vouches for them.
    Raises PermissionDenied, and Refused for an organization that is not known yet, another's listing, or one that was
    changed since it was shown (Unseen).
    """
    refuse_unless_keeper(viewer, organization)
    hold_organization(organization)
    _refuse_unless_known(organization, now)
    mine = Service.objects.listable().filter(organization_id=organization)
    wanted = mine if services is None else mine.filter(pk__in=list(services))
    found = list(wanted.select_for_update().order_by("pk"))
    if services is not None and len(found) < len(set(services)):
        raise Refused(_("This is not there any more."))
    if seen is not None:
        refuse_unseen(found, seen)
    email = User.objects.get(pk=viewer.user).email
    _confirm_ways(organization, [service.pk for service in found], viewer, now)
    for service in found:
        _assure(service, email, now)
        _record(service, viewer)
    project_services([service.pk for service in found])
    return len(found)


def _refuse_unless_known(organization: UUID, now: datetime) -> None:
    standing = standing_of(organization, now)
    refuse_if_shut_out(standing)
    if standing not in MAY:
        raise Refused(_("Your organization has to be vetted before it can confirm its own listings."))


def _confirm_ways(organization: UUID, services: list[UUID], viewer: Viewer, now: datetime) -> None:
    """A person stands behind what leads to them: from now on no feed changes these fields, it disagrees (ADR 0028)."""
    if not services:
        return
    facts = {"confirmed_on": timezone.localtime(now).date(), "confirmed_by": viewer.user, "publisher": None}
    numbers = [*organization_phones(organization)]
    numbers += Phone.objects.filter(
        Q(service_id__in=services) | Q(service_at_location__service_id__in=services), contact=None
    )
    told = [("organization", organization, OF_ORGANIZATION)]
    told += [("service", service, OF_SERVICE) for service in services]
    told += [("phone", phone.pk, OF_PHONE) for phone in numbers]
    FieldSource.objects.bulk_create(
        [
            FieldSource(entity=entity, record_id=key, field=field, stated_on=facts["confirmed_on"], **facts)
            for entity, key, fields in told
            for field in fields
        ],
        update_conflicts=True,
        unique_fields=["entity", "record_id", "field"],
        update_fields=["stated_on", *facts],
    )


def _assure(service: Service, email: str, now: datetime) -> None:
    service.assured_date, service.assurer_email = timezone.localtime(now).date(), email
    service.unlisted_on = None
    for name in ("assured_date", "assurer_email", "last_modified"):
        service.written.pop(name, None)
    service.flags = [f for f in service.flags if not f.startswith(("assured_date:", "assurer_email:"))]
    service.save(update_fields=[*STATED, "written", "flags", "last_modified"])


def _record(service: Service, viewer: Viewer) -> None:
    audit.record(viewer, action="assure_listing", subject_type="service", subject_id=service.pk)
