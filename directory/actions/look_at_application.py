"""What stewards do with an application: read it, go through the checklist, note papers, make out the sponsor."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.apply_for_vetting import answers_of
from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.sealed_text import open_words, seal_words
from directory.models.organization import Organization
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_check import VettingCheck
from directory.models.vetting_paper import Paper, VettingPaper
from directory.policies import refuse_unless_adviser, refuse_unless_reviewer, refuse_unless_steward
from directory.rules.standing import Standing, last_day, standing_on
from directory.rules.vetting import LONGEST, SIGNED_FOR, Answers, Point, for_advisers
from safety import audit
from safety.audit import Fact
from safety.viewer import Viewer

CHECKS = "vetting_check"


@dataclass(frozen=True, slots=True)
class Signed:
    """What is noted of a paper. `version` of its text; none for training."""

    paper: Paper
    on: date
    version: str = ""


def _record(viewer: Viewer, action: str, organization: UUID, **details: Fact) -> None:
    audit.record(viewer, action=action, subject_type="organization", subject_id=organization, details=details)


def _waiting(application: UUID) -> VettingApplication:
    """An application that was neither withdrawn nor answered, held to the end of the transaction."""
    found = VettingApplication.objects.filter(pk=application).first()
    if found is not None:
        hold_organization(found.organization_id)
    found = VettingApplication.objects.waiting().filter(pk=application).first()
    if found is None:
        raise Refused(_("This application was answered or withdrawn already."))
    return found


@transaction.atomic
def open_vetting_file(*, organization: UUID, viewer: Viewer) -> None:
    """Note that a steward or an adviser opened the file of an organization. Raises PermissionDenied."""
    refuse_unless_reviewer(viewer)
    _record(viewer, "open_vetting_file", organization)


@transaction.atomic
def read_application(*, application: UUID, viewer: Viewer) -> Answers | None:
    """What was answered in an application that was sent, for stewards; each reading is recorded.

    None where there is none, or a draft. Raises PermissionDenied, and `crypto.Unreadable` where the key is gone.
    """
    refuse_unless_steward(viewer)
    found = VettingApplication.objects.filter(pk=application, sent_at__isnull=False).first()
    if found is None:
        return None
    _record(viewer, "read_vetting_application", found.organization_id, application=str(found.pk))
    return answers_of(found)


@transaction.atomic
def read_as_adviser(*, organization: UUID, viewer: Viewer) -> Answers | None:
    """What an organization that waits to be let in answered, as far as advisers read it; each reading is recorded.

    None where nothing waits. Raises PermissionDenied for everybody else, stewards included, who read all of it.
    """
    refuse_unless_adviser(viewer)
    found = VettingApplication.objects.waiting().filter(organization_id=organization).last()
    if found is None:
        return None
    _record(viewer, "read_vetting_application", found.organization_id, application=str(found.pk))
    return for_advisers(answers_of(found))


@transaction.atomic
def check_point(
    *, application: UUID, point: Point, is_done: bool, note: str, viewer: Viewer, now: datetime
) -> VettingCheck:
    """Say that a point is done, or not, and by what evidence. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    if is_done and not note.strip():
        raise Refused(_("Write how you know: the second steward relies on it."))
    found = _waiting(application)
    made = VettingCheck(
        application=found,
        point=Point(point),
        is_done=is_done,
        checked_by_id=viewer.user,
        checked_at=now,
    )
    words = note.strip()[:LONGEST]
    owner = found.organization_id
    made.sealed = seal_words(words, owner=owner, table=CHECKS, row=made.pk) if words else b""
    made.save()
    _record(viewer, "check_vetting_point", owner, point=made.point, done=is_done)
    return made


def note_of(check: VettingCheck, organization: UUID) -> str:
    """The note of a point, opened for a page of stewards."""
    if not check.sealed:
        return ""
    return str(open_words(check.sealed, owner=organization, table=CHECKS, row=check.pk))


@transaction.atomic
def record_paper(*, organization: UUID, signed: Signed, viewer: Viewer, now: datetime) -> VettingPaper:
    """Note what was signed on paper, or a training. Good for a year. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    hold_organization(organization)
    if signed.on > last_day(now):
        raise Refused(_("This day is still to come."))
    if signed.paper != Paper.TRAINING and not signed.version.strip():
        raise Refused(_("Say which version was signed."))
    made = VettingPaper.objects.create(
        organization_id=organization,
        paper=signed.paper,
        version="" if signed.paper == Paper.TRAINING else signed.version.strip(),
        on=signed.on,
        until=signed.on + SIGNED_FOR,
        recorded_by_id=viewer.user,
        recorded_at=now,
    )
    _record(viewer, "record_vetting_paper", organization, paper=made.paper, until=str(made.until))
    return made


def may_sponsor(organization: UUID, day: date) -> bool:
    """True for an organization that is approved itself on `day`, without conditions."""
    return standing_on(day, VettingDecision.objects.told_of(organization)) is Standing.APPROVED


@transaction.atomic
def name_sponsor(*, application: UUID, sponsor: UUID, viewer: Viewer, now: datetime) -> VettingApplication:
    """Say which organization answers for the one that applies. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = _waiting(application)
    is_another = sponsor != found.organization_id and Organization.objects.filter(pk=sponsor).exists()
    if not is_another or not may_sponsor(sponsor, last_day(now)):
        raise Refused(_("A sponsor is another organization, and approved itself."))
    found.sponsor_id = sponsor
    found.save(update_fields=["sponsor"])
    _record(viewer, "name_sponsor", found.organization_id, sponsor=str(sponsor))
    return found
