"""Somebody was not safe at an organization: the report is kept for stewards alone, and judged within a day."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.sealed_text import open_words, seal_words
from directory.actions.tell_people import tell_stewards
from directory.actions.vet_organization import Proposal, decide_vetting
from directory.models.safety_report import SafetyReport
from directory.models.vetting import VettingDecision
from directory.policies import refuse_unless_steward
from directory.rules.safety_reports import REMINDED_AFTER, Channel, Judgement, suspends
from directory.rules.standing import Kind, Standing, in_force, last_day, standing_on
from directory.rules.vetting import LONGEST
from safety import audit
from safety.owner_keys import SITE
from safety.viewer import VISITOR, Viewer

TABLE, WHY = "safety_report", "sealed_why"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told: of which place, and what happened. Nobody is asked who they are."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a steward makes of it, of which organization it tells, and why. The organization is told none of it."""

    judgement: Judgement
    why: str
    organization: UUID | None = None


def _record(viewer: Viewer, action: str, report: SafetyReport, **details: str) -> None:
    audit.record(viewer, action=action, subject_type="safety_report", subject_id=report.pk, details=details)


def _keep(told: Told, channel: Channel, recorded_by: UUID | None, now: datetime) -> SafetyReport:
    words = Told(told.place.strip()[:LONGEST], told.words.strip()[:LONGEST])
    if not words.place or not words.words:
        raise Refused(_("Tell us which place, and what happened."))
    made = SafetyReport(channel=channel, received_at=now, recorded_by_id=recorded_by)
    made.sealed = seal_words(asdict(words), owner=SITE, table=TABLE, row=made.pk)
    made.save()
    tell_stewards(now)
    return made


@transaction.atomic
def receive_report(*, told: Told, now: datetime) -> SafetyReport:
    """Keep what came by the public form. Runs as the role of the desk. Raises Refused for an empty one."""
    made = _keep(told, Channel.FORM, None, now)
    _record(VISITOR, "receive_safety_report", made)
    return made


@transaction.atomic
def write_report_down(*, told: Told, channel: Channel, viewer: Viewer, now: datetime) -> SafetyReport:
    """Keep what a steward was told otherwise. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    if channel is Channel.FORM:
        raise Refused(_("Say how it was told."))
    made = _keep(told, channel, viewer.user, now)
    _record(viewer, "write_safety_report_down", made, channel=channel)
    return made


@transaction.atomic
def read_report(*, report: UUID, viewer: Viewer) -> tuple[Told, str] | None:
    """What was told, and why it was judged so; each reading is recorded. None where there is none.

    Raises PermissionDenied.
    """
    refuse_unless_steward(viewer)
    found = SafetyReport.objects.filter(pk=report).first()
    if found is None:
        return None
    _record(viewer, "read_safety_report", found)
    told = Told(**open_words(found.sealed, owner=SITE, table=TABLE, row=found.pk))
    if not found.sealed_why:
        return told, ""
    return told, str(open_words(found.sealed_why, owner=SITE, table=TABLE, row=found.pk, column=WHY))


@transaction.atomic
def judge_report(*, report: UUID, judged: Judged, viewer: Viewer, now: datetime) -> SafetyReport:
    """Say what it comes to; a credible one suspends at once. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    found = SafetyReport.objects.select_for_update().filter(pk=report).first()
    if found is None or found.judged_at is not None:
        raise Refused(_("This report was judged already."))
    why = judged.why.strip()[:LONGEST]
    if not why:
        raise Refused(_("Write why."))
    if suspends([judged.judgement]):
        found.decision = _suspend(judged.organization, viewer, now)
    found.organization_id, found.judgement = judged.organization, judged.judgement
    found.sealed_why = seal_words(why, owner=SITE, table=TABLE, row=found.pk, column=WHY)
    found.judged_by_id, found.judged_at = viewer.user, now
    found.save(
        update_fields=["organization", "judgement", "sealed_why", "judged_by", "judged_at", "decision"]
    )
    _record(viewer, "judge_safety_report", found, judgement=judged.judgement)
    return found


def _suspend(organization: UUID | None, viewer: Viewer, now: datetime) -> VettingDecision | None:
    """What the organization is told says nothing of who told what. None if it is suspended already."""
    if organization is None:
        raise Refused(_("Say which organization it is."))
    hold_organization(organization)
    decisions = VettingDecision.objects.told_of(organization)
    if standing_on(last_day(now), decisions) is Standing.SUSPENDED:
        return None
    latest = in_force(decisions)
    proposal = Proposal(
        outcome=Standing.SUSPENDED,
        kind=latest.kind if latest else Kind.COMMUNITY,
        reason=_("A question of safety is being looked into."),
        appeal=_(
            "Write to us that you object. A steward who did not decide this looks at it within 30 days."
        ),
    )
    return decide_vetting(organization=organization, proposal=proposal, viewer=viewer, now=now)


@transaction.atomic
def remind_of_reports(*, now: datetime) -> bool:
    """Tell stewards once more while one waits that is half a day old. True if one does."""
    waits = SafetyReport.objects.open().filter(received_at__lte=now - REMINDED_AFTER).exists()
    if waits:
        tell_stewards(now)
    return waits
