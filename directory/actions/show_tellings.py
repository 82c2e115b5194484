"""What an organization tells police, immigration and child protection stands on its listings while it is let in."""

from datetime import date
from uuid import UUID

from django.db import transaction

from directory.actions.apply_for_vetting import answers_of
from directory.actions.project_listings import project_services
from directory.models.organization_telling import OrganizationTelling
from directory.models.service import Service
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_paper import Paper, VettingPaper
from directory.rules.tellings import WARNING
from directory.rules.vetting import TELLS
from directory.rules.vetting import TOLD as TERMS
from safety import audit
from safety.viewer import VISITOR


def show_tellings(organization: UUID, let_in_until: date) -> None:
    """In the transaction that lets it in: show what its last application signed, no longer than either is good.

    Nothing where it signed nothing.
    """
    signed = VettingPaper.objects.latest(organization).get(Paper.TELLS)
    sent = VettingApplication.objects.filter(organization_id=organization, withdrawn_at=None)
    latest = sent.exclude(sent_at=None).order_by("sent_at").last()
    if signed is None or latest is None:
        return
    answers = answers_of(latest)
    OrganizationTelling.objects.filter(organization_id=organization).delete()
    OrganizationTelling.objects.bulk_create(
        OrganizationTelling(
            organization_id=organization,
            dimension=name,
            term=getattr(answers, name),
            signed_on=signed.on,
            until=min(signed.until, let_in_until),
        )
        for name in TELLS
        if getattr(answers, name) in TERMS
    )
    _show(organization)


def end_tellings(organization: UUID) -> bool:
    """Its word is not good any more: no assurance of it is shown. A warning stays. True if anything was taken off."""
    assured = OrganizationTelling.objects.filter(organization_id=organization).exclude(term=WARNING)
    is_any = bool(assured.delete()[0])
    if is_any:
        _show(organization)
    return is_any


def end_old_tellings(day: date) -> int:
    """What was signed for a year that is over is not shown any more. Of how many organizations."""
    over = OrganizationTelling.objects.filter(until__lt=day).exclude(term=WARNING).order_by("organization_id")
    return sum(_end(key) for key in over.values_list("organization_id", flat=True).distinct())


@transaction.atomic
def _end(organization: UUID) -> bool:
    is_any = end_tellings(organization)
    if is_any:
        audit.record(VISITOR, action="end_tellings", subject_type="organization", subject_id=organization)
    return is_any


def _show(organization: UUID) -> None:
    services = Service.objects.filter(organization_id=organization).order_by("pk")
    project_services(services.values_list("pk", flat=True))
