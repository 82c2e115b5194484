"""What stewards decide about letting an organization in: one proposes, another agrees; shutting out needs one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_approval import refuse_while_held
from directory.actions.hold_organization import hold_organization
from directory.actions.project_listings import project_organizations
from directory.actions.refused import Refused
from directory.actions.report_beds import withdraw_beds
from directory.actions.show_tellings import end_tellings, show_tellings
from directory.actions.tell_people import tell_advisers, tell_organization, tell_stewards
from directory.actions.wait_for_advisers import refuse_too_early
from directory.models.membership import Membership
from directory.models.vetting import VettingDecision
from directory.policies import refuse_unless_steward
from directory.rules.standing import Kind, Standing, is_looked_into, last_day, needs_two
from safety import audit
from safety.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is decided: the outcome, what the organization is, why, how it can object, and until when it is let in."""

    outcome: Standing
    kind: Kind
    reason: str
    appeal: str = ""
    until: date | None = None


def _check(proposal: Proposal, now: datetime) -> None:
    if not proposal.reason.strip():
        raise Refused(_("Say why: the organization is told."))
    if needs_two(proposal.outcome) and (proposal.until is None or proposal.until < last_day(now)):
        raise Refused(_("Say until which day, from today on, the organization is let in."))
    if proposal.outcome is Standing.UNVETTED:
        raise Refused(_("This is not something to decide."))


def _refuse_own(organization: UUID, outcome: Standing, viewer: Viewer) -> None:
    """Nobody helps to let in an organization that they work for: two people have to have looked from outside."""
    mine = Membership.objects.live().filter(organization_id=organization, user_id=viewer.user)
    if needs_two(outcome) and mine.exists():
        raise Refused(_("You work for this organization: two other stewards have to let it in."))


@transaction.atomic
def decide_vetting(
    *, organization: UUID, proposal: Proposal, viewer: Viewer, now: datetime
) -> VettingDecision:
    """Decide at once, or propose what a second steward has to agree to. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    _check(proposal, now)
    _refuse_own(organization, proposal.outcome, viewer)
    held = hold_organization(organization)
    before = _is_looked_into(organization)
    made = VettingDecision.objects.create(
        organization=held,
        outcome=proposal.outcome,
        kind=proposal.kind,
        until=proposal.until if needs_two(proposal.outcome) else None,
        reason=proposal.reason.strip(),
        appeal=proposal.appeal.strip(),
        decided_by_id=viewer.user,
        decided_at=now,
    )
    if needs_two(proposal.outcome):
        tell_stewards(now, but=viewer.user)
        tell_advisers(now)
    else:
        tell_organization(organization, now)
        withdraw_beds(organization)
        end_tellings(organization)
    _project_if(organization, before)
    _record(viewer, "decide_vetting", made)
    return made


@transaction.atomic
def agree_to_vetting(*, decision: UUID, viewer: Viewer, now: datetime) -> VettingDecision:
    """Put in force what another steward proposed. Raises PermissionDenied and Refused.

    Refused once anything was decided since: whoever proposed did not know of it; and before survivors' advisers had
    their days to look at it.
    """
    refuse_unless_steward(viewer)
    found = VettingDecision.objects.filter(pk=decision).first()
    if found is None:
        raise Refused(_("This proposal is not there any more."))
    hold_organization(found.organization_id)
    found.refresh_from_db()
    if not needs_two(Standing(found.outcome)) or found.agreed_at is not None:
        raise Refused(_("This is in force already."))
    if found.decided_by_id == viewer.user:
        raise Refused(_("Somebody else than who proposed it has to agree."))
    _refuse_own(found.organization_id, Standing(found.outcome), viewer)
    if VettingDecision.objects.filter(
        organization_id=found.organization_id, decided_at__gt=found.decided_at
    ).exists():
        raise Refused(_("Something was decided since. Look at it, and propose anew."))
    refuse_while_held(found.organization_id)
    refuse_too_early(found, now)
    if found.until is None or found.until < last_day(now):
        raise Refused(_("The day until which it was proposed is over. Propose anew."))
    before = _is_looked_into(found.organization_id)
    found.agreed_by_id, found.agreed_at = viewer.user, now
    found.save(update_fields=["agreed_by", "agreed_at"])
    tell_organization(found.organization_id, now)
    show_tellings(found.organization_id, found.until)
    _project_if(found.organization_id, before)
    _record(viewer, "agree_to_vetting", found)
    return found


def _is_looked_into(organization: UUID) -> bool:
    return is_looked_into(VettingDecision.objects.told_of(organization))


def _project_if(organization: UUID, before: bool) -> None:  # noqa: FBT001  # what it was
    """What everybody reads warns with the decision and no later, and stops with the one that ends it."""
    if _is_looked_into(organization) is not before:
        project_organizations([organization])


def _record(viewer: Viewer, action: str, decision: VettingDecision) -> None:
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=decision.organization_id,
        details={"decision": str(decision.pk), "outcome": decision.outcome, "kind": decision.kind},
    )
