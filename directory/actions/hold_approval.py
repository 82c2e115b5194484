"""A survivors' adviser holds an approval by a question; a steward answers it, or the adviser takes it back."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.refused import Refused
from directory.actions.sealed_text import open_words, seal_words
from directory.actions.tell_people import tell_person, tell_stewards
from directory.models.vetting import VettingDecision
from directory.models.vetting_application import VettingApplication
from directory.models.vetting_hold import VettingHold
from directory.policies import is_adviser, is_steward, refuse_unless_adviser, refuse_unless_reviewer
from directory.rules.standing import last_day
from directory.rules.vetting import LONGEST
from safety import audit
from safety.viewer import Viewer

TABLE, ANSWER = "vetting_hold", "sealed_answer"


def refuse_while_held(organization: UUID) -> None:
    """Raise Refused while a question of an adviser about this organization is open."""
    if VettingHold.objects.open().filter(organization_id=organization).exists():
        raise Refused(_("A survivors' adviser holds this until a question is answered."))


def _record(viewer: Viewer, action: str, hold: VettingHold) -> None:
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=hold.organization_id,
        details={"hold": str(hold.pk)},
    )


def _words(text: str) -> str:
    told = text.strip()[:LONGEST]
    if not told:
        raise Refused(_("Write a few words."))
    return told


def _is_something_to_hold(organization: UUID, now: datetime) -> bool:
    waiting = VettingApplication.objects.waiting().filter(organization_id=organization)
    proposed = VettingDecision.objects.proposed(last_day(now)).filter(organization_id=organization)
    return waiting.exists() or proposed.exists()


@transaction.atomic
def hold_approval(*, organization: UUID, question: str, viewer: Viewer, now: datetime) -> VettingHold:
    """Ask, and hold whatever approval waits or comes. Raises PermissionDenied and Refused."""
    refuse_unless_adviser(viewer)
    words = _words(question)
    hold_organization(organization)
    if not _is_something_to_hold(organization, now):
        raise Refused(_("Nothing waits to be approved here."))
    if VettingHold.objects.open().filter(organization_id=organization, placed_by_id=viewer.user).exists():
        raise Refused(_("You asked already. Wait for the answer, or take your question back."))
    made = VettingHold(organization_id=organization, placed_by_id=viewer.user, placed_at=now)
    made.sealed = seal_words(words, owner=organization, table=TABLE, row=made.pk)
    made.save()
    tell_stewards(now)
    _record(viewer, "hold_approval", made)
    return made


@transaction.atomic
def answer_hold(*, hold: UUID, answer: str, viewer: Viewer, now: datetime) -> VettingHold:
    """Answer as a steward, which lets go; or take one's own question back, with no words.

    Raises PermissionDenied and Refused.
    """
    refuse_unless_reviewer(viewer)
    found = VettingHold.objects.filter(pk=hold).first()
    if found is None:
        raise Refused(_("This question is not there any more."))
    hold_organization(found.organization_id)
    found.refresh_from_db()
    is_own = found.placed_by_id == viewer.user and is_adviser(viewer)
    if not is_own and not is_steward(viewer):
        raise PermissionDenied
    if found.answered_at is not None:
        raise Refused(_("This question was answered already."))
    words = "" if is_own else _words(answer)
    owner = found.organization_id
    if words:
        found.sealed_answer = seal_words(words, owner=owner, table=TABLE, row=found.pk, column=ANSWER)
    found.answered_by_id, found.answered_at = viewer.user, now
    found.save(update_fields=["sealed_answer", "answered_by", "answered_at"])
    if not is_own:
        tell_person(found.placed_by_id, now)
    _record(viewer, "take_hold_back" if is_own else "answer_hold", found)
    return found


def question_of(hold: VettingHold) -> str:
    """What was asked."""
    return str(open_words(hold.sealed, owner=hold.organization_id, table=TABLE, row=hold.pk))


def answer_of(hold: VettingHold) -> str:
    """What was answered; empty if nothing was, or the question was taken back."""
    if not hold.sealed_answer:
        return ""
    owner = hold.organization_id
    return str(open_words(hold.sealed_answer, owner=owner, table=TABLE, row=hold.pk, column=ANSWER))
