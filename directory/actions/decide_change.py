"""Stewards decide about changes that wait: they read them, or call back on a number that was known before."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.apply_change import apply_values, concerned
from directory.actions.edit_record import tell_anew
from directory.actions.make_listing import make_listing
from directory.actions.place_to_come import forget_places_to_come
from directory.actions.propose_change import held_listing, record_change, refuse_if_changed_since
from directory.actions.refused import Refused
from directory.actions.shut_out import standing_of
from directory.actions.tell_of_changes import tell_of_decided
from directory.finding.profile import organization_phones, phones_of
from directory.finding.verified_numbers import is_told_newly, verified
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.phone_mark import PhoneMark
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import refuse_unless_steward
from directory.rules.change_states import State
from directory.rules.dead_phones import Heard, Mark, dead_numbers
from directory.rules.holding import Hold
from directory.rules.standing import SHUT_OUT
from safety.viewer import Viewer

NOT_TO_CALL = ("fax", "text", "sms")
LONGEST = 300


def numbers_to_call(organization: UUID, service: UUID | None) -> list[str]:
    """The numbers that are told: of the organization first, which a change of one listing can't touch."""
    return _shown_once(_to_call(organization, service))


def _to_call(organization: UUID, service: UUID | None) -> list[Phone]:
    known: list[Phone] = list(organization_phones(organization))
    if service:
        known += phones_of(service)
    else:
        others = Service.objects.filter(organization_id=organization).order_by("pk")
        known += [phone for other in others.values_list("pk", flat=True)[:20] for phone in phones_of(other)]
    return [phone for phone in known if phone.type not in NOT_TO_CALL]


def numbers_for(change: ProposedChange) -> list[str]:
    """Those to call about a change, that people told or confirmed; about a new listing any of its organization.

    About a correction, of whom nobody is here, all that are told; none where others than its author heard that each
    leads nowhere: then whoever decides finds a number elsewhere, or a listing whose one number is dead could never be
    mended.
    """
    phones = _to_call(change.organization_id, None if change.is_new_listing else change.service_id)
    known = _shown_once(phones, only_verified=not change.is_correction)
    return [] if change.is_correction and _all_dead(change, known) else known


def _all_dead(change: ProposedChange, known: list[str]) -> bool:
    theirs = Service.objects.filter(organization_id=change.organization_id).values("pk")
    marks = PhoneMark.objects.filter(service_id__in=theirs, cleared_at=None)
    heard = marks.exclude(marked_by_id=change.made_by_id).order_by("marked_at", "id")
    told = [Mark(row.number, Heard(row.heard), row.on) for row in heard]
    checked_on = change.service.assured_date if change.service else None
    return set(known) == dead_numbers(told, known, checked_on).keys()


def _shown_once(phones: list[Phone], *, only_verified: bool = False) -> list[str]:
    sure = verified(phones) if only_verified else {phone.pk for phone in phones}
    return list(dict.fromkeys(_shown(phone) for phone in phones if phone.pk in sure))


def _shown(phone: Phone) -> str:
    return f"{phone.number} +{phone.extension}" if phone.extension else phone.number


def _held(change: UUID, viewer: Viewer) -> tuple[ProposedChange, Organization, Service | None]:
    """A change that waits, with whom it is about, all held. Raises PermissionDenied and Refused."""
    refuse_unless_steward(viewer)
    asked = ProposedChange.objects.held().filter(pk=change).first()
    if asked is None:
        raise Refused(_("This is decided already."))
    is_there = not asked.is_new_listing
    owner, listing = held_listing(asked.organization_id, asked.service_id if is_there else None)
    found = ProposedChange.objects.held().select_for_update().filter(pk=change).first()
    if found is None:
        raise Refused(_("This is decided already."))
    if found.made_by_id == viewer.user:
        raise Refused(_("Another steward has to decide about what you wrote yourself."))
    return found, owner, listing


def _check_call(change: ProposedChange, called: str, spoke_with: str, found_at: str) -> None:
    known = numbers_for(change)
    if not called.strip() or not spoke_with.strip():
        raise Refused(_("Say which number you called, and whom you spoke with."))
    if known and called not in known:
        raise Refused(_("Call a number that was known before this change."))
    if not known and not change.is_correction and is_told_newly(called, change.before, change.after):
        raise Refused(_("Call another number than one of this change."))
    if not known and not found_at.strip():
        raise Refused(_("Say where you found the number: neither in this change nor in what a feed told."))
    if max(len(called), len(spoke_with), len(found_at)) > LONGEST:
        raise Refused(_("This is too long."))


@transaction.atomic
def publish_change(
    *,
    change: UUID,
    viewer: Viewer,
    now: datetime,
    called: str = "",
    spoke_with: str = "",
    found_at: str = "",
) -> ProposedChange:
    """Publish a change that waited. One that waits for a call needs the number called and whom one spoke with.

    Where no number is known that people told, it also needs where the number was found (`found_at`).

    Raises PermissionDenied, and Refused where the listing says something else by now.
    """
    found, owner, listing = _held(change, viewer)
    if found.hold == Hold.CALL:
        _check_call(found, called, spoke_with, found_at)
        found.called, found.spoke_with, found.found_at = called.strip(), spoke_with.strip(), found_at.strip()
    if not found.is_correction:
        _refuse_if_shut_out(owner, now)
    if not found.is_new_listing:
        refuse_if_changed_since(found, found.before)
    _decide(found, State.PUBLISHED, viewer, now)
    _apply(found, owner, listing, viewer)
    _close_undone(found)
    record_change(viewer, "publish_change", found)
    tell_of_decided(found, now)
    return found


def _apply(change: ProposedChange, owner: Organization, listing: Service | None, viewer: Viewer) -> None:
    if change.is_new_listing:
        make_listing(organization=owner, key=change.service_id, values=change.after, viewer=viewer)
    else:
        apply_values(organization=owner, service=listing, values=change.after, viewer=viewer)


def _refuse_if_shut_out(owner: Organization, now: datetime) -> None:
    if standing_of(owner.pk, now) in SHUT_OUT:
        raise Refused(_("This organization is shut out. Send the change back."))


def _decide(change: ProposedChange, state: State, viewer: Viewer, now: datetime) -> None:
    change.state, change.decided_by_id, change.decided_at = state, viewer.user, now
    change.save(
        update_fields=["state", "decided_by", "decided_at", "reason", "called", "spoke_with", "found_at"]
    )


def _close_undone(change: ProposedChange) -> None:
    """What this change undoes counts as undone once nothing of the undoing waits any more."""
    if change.undoes_id and not ProposedChange.objects.held().filter(undoes=change.undoes_id).exists():
        ProposedChange.objects.filter(pk=change.undoes_id, state=State.PUBLISHED).update(state=State.UNDONE)


@transaction.atomic
def send_back_change(*, change: UUID, reason: str, viewer: Viewer, now: datetime) -> ProposedChange:
    """Refuse a change that waits, and say why. Raises PermissionDenied and Refused."""
    found, owner, listing = _held(change, viewer)
    if not reason.strip():
        raise Refused(_("Say why: the organization reads it."))
    found.reason = reason.strip()[:2000]
    _decide(found, State.SENT_BACK, viewer, now)
    forget_places_to_come(found.after)
    if not found.is_new_listing and found.hold == Hold.CALL:
        tell_anew(concerned(owner, listing))
    record_change(viewer, "send_back_change", found)
    tell_of_decided(found, now)
    return found


@transaction.atomic
def look_at_changes(*, changes: Iterable[UUID], viewer: Viewer, now: datetime) -> int:
    """A steward has looked at changes that nobody had to decide about; how many. Raises PermissionDenied."""
    if viewer.user is None:
        raise PermissionDenied
    refuse_unless_steward(viewer)
    found = list(ProposedChange.objects.to_look_at().filter(pk__in=list(changes)))
    for change in found:
        change.looked_at = now
        change.save(update_fields=["looked_at"])
        record_change(viewer, "look_at_change", change)
    return len(found)
