"""Letting in by the book: an application, its checklist, a memorandum that lasts, and a sponsor where one answers."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.apply_for_vetting import answers_of
from directory.actions.hold_organization import hold_organization
from directory.actions.look_at_application import may_sponsor
from directory.actions.refused import Refused
from directory.actions.vet_organization import Proposal, agree_to_vetting, decide_vetting
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_check import POINT_NAMES, VettingCheck
from directory.models.vetting_paper import Paper, VettingPaper
from directory.policies import refuse_unless_steward
from directory.rules.standing import Standing, last_day, needs_two
from directory.rules.vetting import Way, still_to_do
from safety.viewer import Viewer


@transaction.atomic
def decide_by_the_book(
    *, organization: UUID, proposal: Proposal, viewer: Viewer, now: datetime
) -> VettingDecision:
    """Propose to let in what an application bears out, or decide to shut out. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    hold_organization(organization)
    if needs_two(proposal.outcome):
        _refuse_what_is_not_borne_out(organization, proposal.outcome, proposal.until, last_day(now))
    return decide_vetting(organization=organization, proposal=proposal, viewer=viewer, now=now)


@transaction.atomic
def agree_by_the_book(*, decision: UUID, viewer: Viewer, now: datetime) -> VettingDecision:
    """Agree to a proposal that its application still bears out. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = VettingDecision.objects.filter(pk=decision).first()
    if found is not None and found.agreed_at is None and needs_two(Standing(found.outcome)):
        hold_organization(found.organization_id)
        _refuse_what_is_not_borne_out(
            found.organization_id, Standing(found.outcome), found.until, last_day(now)
        )
    return agree_to_vetting(decision=decision, viewer=viewer, now=now)


def _refuse_what_is_not_borne_out(
    organization: UUID, outcome: Standing, until: date | None, day: date
) -> None:
    application = VettingApplication.objects.waiting().filter(organization_id=organization).last()
    if application is None:
        raise Refused(_("There is no application of this organization to answer."))
    looked = VettingCheck.objects.latest(application.pk)
    missing = still_to_do(outcome, [point for point, look in looked.items() if look.is_done])
    if missing:
        names = "; ".join(str(POINT_NAMES[point]) for point in missing)
        raise Refused(_("Not done on the checklist yet: %(names)s.") % {"names": names})
    _refuse_without_sponsor(application, day)
    _refuse_beyond_memorandum(organization, until)


def _refuse_without_sponsor(application: VettingApplication, day: date) -> None:
    is_sponsored = answers_of(application).way == Way.SPONSOR
    if is_sponsored and (application.sponsor_id is None or not may_sponsor(application.sponsor_id, day)):
        raise Refused(_("It comes by a sponsor: name one that is approved itself."))


def _refuse_beyond_memorandum(organization: UUID, until: date | None) -> None:
    mou = VettingPaper.objects.latest(organization).get(Paper.MOU)
    if mou is None or (until is not None and until > mou.until):
        raise Refused(_("Nobody is let in beyond the last day of the memorandum of understanding."))
