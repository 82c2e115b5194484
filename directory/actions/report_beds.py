"""Beds today: a member of the provider says how many, or its night desk by a link that can say nothing else."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.refused import Refused
from directory.models.bed_report import BedReport, NightLink
from directory.models.membership import Role
from directory.models.organization import Organization
from directory.models.service import Service
from directory.models.vetting import VettingDecision
from directory.policies import refuse_unless_works_for
from directory.rules.beds import BANDS, Report
from directory.rules.standing import last_day, sees_vetted
from safety import audit
from safety.viewer import Viewer

REPORTERS = (Role.KEEPER, Role.WORKER, Role.LEAD)
"""A lead may do what the others may."""
LINKERS = (Role.KEEPER, Role.LEAD)
GOOD_FOR = timedelta(days=30)
MOST_LINKS = 5
"""Open links of one service: nobody keeps account of more."""
SIGNER = Signer(salt="directory.night_link")


def _is_let_in(organization: UUID, now: datetime) -> bool:
    return sees_vetted(last_day(now), VettingDecision.objects.told_of(organization))


def _hold(organization: UUID | None) -> None:
    """Whoever decides about the organization waits for this, or this for them, and finds what was decided."""
    Organization.objects.select_for_update(no_key=True).filter(pk=organization).first()


def _own_service(service: UUID, viewer: Viewer, roles: Collection[Role], now: datetime) -> Service:
    """A service of the organization that one acts for. What is another's is answered as what is not there."""
    organization = viewer.organization or UUID(int=0)
    _hold(organization)
    refuse_unless_works_for(viewer, organization, roles)
    if not _is_let_in(organization, now):
        raise PermissionDenied
    found = Service.objects.filter(pk=service, organization_id=organization).first()
    if found is None:
        raise Refused(_("This service is not there any more."))
    return found


def _write(service: Service, band: str, now: datetime, viewer: Viewer, *, link: UUID | None = None) -> Report:
    if band not in BANDS:
        raise Refused(_("Choose one of the answers."))
    told = {"band": band, "reported_at": now}
    BedReport.objects.update_or_create(service_id=service.pk, defaults=told)
    details = {"band": band} | ({"link": str(link)} if link else {})
    audit.record(viewer, action="report_beds", subject_type="service", subject_id=service.pk, details=details)
    return Report(band, now)


@transaction.atomic
def report_beds(*, service: UUID, band: str, viewer: Viewer, now: datetime) -> Report:
    """Say how many beds a service of one's own organization has now. Raises PermissionDenied and Refused."""
    return _write(_own_service(service, viewer, REPORTERS, now), band, now, viewer)


def token_of(link: NightLink) -> str:
    """What stands in the link: its id, signed."""
    return SIGNER.sign(link.pk.hex)


def open_link(token: str, now: datetime) -> tuple[NightLink, Service] | None:
    """The link and its service, if it still works: signed, not over, not taken back, its organization let in."""
    try:
        key = UUID(hex=SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    link = NightLink.objects.open_at(now).filter(pk=key).first()
    if link is None or not _is_let_in(link.organization_id, now):
        return None
    service = Service.objects.filter(pk=link.service_id, organization_id=link.organization_id).first()
    return (link, service) if service else None


@transaction.atomic
def report_beds_by_link(*, token: str, band: str, now: datetime) -> Report:
    """Say how many beds the service of a link has. Raises Refused, also for a link that does not work any more."""
    found = open_link(token, now)
    if found is None:
        raise Refused(_("This link does not work any more."))
    link, service = found
    _hold(link.organization_id)
    NightLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if open_link(token, now) is None:  # taken back, or shut out, while this waited
        raise Refused(_("This link does not work any more."))
    return _write(service, band, now, Viewer(organization=link.organization_id), link=link.pk)


def _record(viewer: Viewer, action: str, link: NightLink) -> None:
    details = {"link": str(link.pk)}
    audit.record(viewer, action=action, subject_type="service", subject_id=link.service_id, details=details)


@transaction.atomic
def make_night_link(*, service: UUID, viewer: Viewer, now: datetime) -> NightLink:
    """A link for the night desk of a service, good for thirty days. Raises PermissionDenied and Refused."""
    found = _own_service(service, viewer, LINKERS, now)
    if NightLink.objects.open_at(now).filter(service_id=service).count() >= MOST_LINKS:
        raise Refused(_("There are many links for this service already. Take one back first."))
    made = NightLink.objects.create(
        service_id=service,
        organization_id=found.organization_id,
        made_by_id=viewer.user,
        made_at=now,
        expires_at=now + GOOD_FOR,
    )
    _record(viewer, "make_night_link", made)
    return made


@transaction.atomic
def revoke_night_link(*, link: UUID, viewer: Viewer, now: datetime) -> NightLink:
    """Take a link back: it works no more. Raises PermissionDenied and Refused."""
    refuse_unless_works_for(viewer, viewer.organization or UUID(int=0), LINKERS)
    links = NightLink.objects.select_for_update(no_key=True).filter(organization_id=viewer.organization)
    found = links.filter(pk=link, revoked_at=None).first()
    if found is None:
        raise Refused(_("This link does not work any more."))
    found.revoked_at = now
    found.save(update_fields=["revoked_at"])
    _record(viewer, "revoke_night_link", found)
    return found


def withdraw_beds(organization: UUID) -> None:
    """What an organization reported counts no more: it was shut out. Whoever decides that writes the audit row."""
    services = Service.objects.filter(organization_id=organization).values("pk")
    BedReport.objects.filter(service_id__in=services).delete()
