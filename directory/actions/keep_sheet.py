"""A keeper's sheet: what it would change is kept sealed for an hour, and done when its person says so (promise 26).

Each listing passes `propose_change`, as from every other door: what could redirect a survivor waits for a call-back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.confirm_tells_nothing import refuse_unasked
from directory.actions.edit_record import telling_together
from directory.actions.hold_organization import hold_organization
from directory.actions.propose_change import (
    MOST_HELD,
    held_listing,
    listing_of,
    propose_change,
    without_ids,
)
from directory.actions.refused import Refused
from directory.actions.sealed_text import open_words, seal_words
from directory.actions.shut_out import refuse_if_shut_out, standing_of
from directory.finding.profile import needs_by_service, profile_of
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.models.sheet_draft import SheetDraft
from directory.policies import refuse_unless_keeper
from directory.rules.holding import Hold, parts_by_hold
from directory.rules.sheet_rows import Looked, Offer, RowFault
from safety import audit
from safety.crypto import Unreadable
from safety.viewer import VISITOR, Viewer

GOOD_FOR = timedelta(hours=1)
TABLE, TASK = "sheet_draft", "sheet"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a draft holds: offers, faults, rows that change nothing, and where the columns stand in the file."""

    offers: Sequence[Offer]
    faults: Sequence[RowFault]
    same: int
    letters: Mapping[str, str]
    unknown: Sequence[str]


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was not taken when all were confirmed, and why."""

    row: int
    listing: str
    reason: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The changes that were made, and the rows that were left."""

    made: Sequence[ProposedChange]
    left: Sequence[Left]


def _record(viewer: Viewer, action: str, organization: UUID, **counts: int) -> None:
    """In numbers: what was changed has an audit row for each listing."""
    audit.record(viewer, action=action, subject_type="organization", subject_id=organization, details=counts)


def owners_of(offers: Sequence[Offer]) -> dict[str, UUID]:
    """By listing, its organization; without those that are gone."""
    keys = [UUID(offer.listing) for offer in offers]
    rows = Service.objects.filter(pk__in=keys, organization__isnull=False).order_by("pk")
    return {str(key): owner for key, owner in rows.values_list("pk", "organization_id")}


def holds_of(offers: Sequence[Offer], viewer: Viewer, now: datetime) -> list[set[Hold] | None]:
    """For each offer, for what its parts would wait; None: its organization is shut out, or it is gone.

    Raises PermissionDenied where that is the organization acted for.
    """
    owners = owners_of(offers)
    held = {key: hold_organization(key) for key in sorted(set(owners.values()))}
    shut = {key for key, owner in held.items() if not _is_open(owner, viewer, now)}
    needs = needs_by_service(UUID(offer.listing) for offer in offers)
    plain = {key: listing_of(owner, None, now) for key, owner in held.items() if key not in shut}
    found: list[set[Hold] | None] = []
    for offer in offers:
        whose = owners.get(offer.listing)
        if whose is None or whose in shut:
            found.append(None)
            continue
        about = replace(plain[whose], needs=needs.get(UUID(offer.listing), []))
        found.append(set(parts_by_hold(offer.before, offer.values, about)))
    return found


def _is_open(owner: Organization, viewer: Viewer, now: datetime) -> bool:
    try:
        listing_of(owner, None, now)
    except PermissionDenied:
        if owner.pk == viewer.organization:
            raise
        return False
    return True


def _within_limit(looked: Looked, viewer: Viewer, now: datetime) -> Looked:
    """No more may wait than stewards can call back, and nobody changes what is shut out: told now, not after a yes."""
    owners = owners_of(looked.offers)
    waiting = ProposedChange.objects.held().of_people()
    room = {key: MOST_HELD - waiting.filter(organization_id=key).count() for key in set(owners.values())}
    offers: list[Offer] = []
    beyond: list[RowFault] = []
    for offer, holds in zip(looked.offers, holds_of(looked.offers, viewer, now), strict=True):
        if holds is None:
            beyond.append(RowFault(offer.row, "", "refused", _("This organization may change nothing now.")))
            continue
        waits = holds - {Hold.NOTHING}
        room[owners[offer.listing]] -= len(waits)
        if waits and room[owners[offer.listing]] < 0:
            beyond.append(RowFault(offer.row, "", "too_many_wait", str(MOST_HELD)))
        else:
            offers.append(offer)
    faults = sorted([*looked.faults, *beyond], key=lambda fault: fault.row)
    return Looked(offers, faults, looked.same)


class _Tried(Exception):
    """All was done to see whether it can be; nothing of it stays."""


def _that_can_be_done(looked: Looked, viewer: Viewer, now: datetime) -> Looked:
    """What an action would refuse - a text that tells a protected place - is told now, and not after a yes."""
    offers: list[Offer] = []
    refused: list[RowFault] = []
    try:
        with transaction.atomic(), telling_together():
            for offer in looked.offers:
                try:
                    _propose(offer, viewer, now)
                    offers.append(offer)
                except Refused as fault:
                    refused.append(RowFault(offer.row, "", "refused", str(fault)))
            raise _Tried
    except _Tried:
        faults = sorted([*looked.faults, *refused], key=lambda fault: fault.row)
        return Looked(offers, faults, looked.same)


@transaction.atomic
def keep_sheet(
    *,
    organization: UUID,
    looked: Looked,
    letters: Mapping[str, str],
    unknown: Sequence[str],
    viewer: Viewer,
    now: datetime,
) -> SheetDraft:
    """Keep what a sheet would change until its person says yes, for an hour; an older one of theirs is forgotten.

    Raises PermissionDenied, and Refused where the organization's key was destroyed.
    """
    refuse_unless_keeper(viewer, organization)
    looked = _within_limit(looked, viewer, now)
    looked = _that_can_be_done(looked, viewer, now)
    SheetDraft.objects.filter(organization_id=organization, made_by_id=viewer.user).delete()
    made = SheetDraft(
        pk=uuid4(),
        organization_id=organization,
        made_by_id=viewer.user,
        made_at=now,
        expires_at=now + GOOD_FOR,
    )
    words = asdict(Kept(looked.offers, looked.faults, looked.same, letters, unknown))
    try:
        made.sealed = seal_words(words, owner=organization, table=TABLE, row=made.pk)
    except Unreadable:
        raise Refused(_("Nothing can be kept for this organization any more.")) from None
    made.save()
    _record(viewer, "keep_sheet", organization, offers=len(looked.offers), faults=len(looked.faults))
    return made


def open_sheet(*, draft: UUID, viewer: Viewer, now: datetime) -> Kept | None:
    """What a draft holds; nothing where it is over, confirmed, or another person's."""
    mine = SheetDraft.objects.open_at(now).filter(made_by_id=viewer.user)
    found = mine.filter(pk=draft, organization_id=viewer.organization).first()
    if found is None:
        return None
    try:
        told = open_words(found.sealed, owner=found.organization_id, table=TABLE, row=found.pk)
    except Unreadable:
        return None
    return Kept(
        [Offer(**offer) for offer in told["offers"]],
        [RowFault(**fault) for fault in told["faults"]],
        told["same"],
        told["letters"],
        told["unknown"],
    )


def _take(draft: UUID, viewer: Viewer) -> None:
    """Of two who confirm at once, one takes it away; the other waits, and finds nothing."""
    taken, _tables = SheetDraft.objects.filter(pk=draft, made_by_id=viewer.user).delete()
    if not taken:
        raise Refused(_("This upload is not there any more: it was confirmed, dropped, or an hour is over."))


@transaction.atomic
def confirm_sheet(*, draft: UUID, viewer: Viewer, now: datetime) -> Confirmed:
    """Do what a draft says, listing by listing. What was changed since the upload is left, and told.

    Raises PermissionDenied and Refused.
    """
    kept = open_sheet(draft=draft, viewer=viewer, now=now)
    _take(draft, viewer)
    organization = viewer.organization
    refuse_unless_keeper(viewer, organization)
    if kept is None or organization is None:
        raise Refused(_("This upload is not there any more: it was confirmed, dropped, or an hour is over."))
    refuse_if_shut_out(standing_of(organization, now))
    made: list[ProposedChange] = []
    left: list[Left] = []
    with telling_together():
        for offer in kept.offers:
            try:
                made += _confirm(offer, viewer, now)
            except Refused as fault:
                left.append(Left(offer.row, offer.listing, str(fault)))
    _record(viewer, "confirm_sheet", organization, made=len(made), left=len(left))
    return Confirmed(made, left)


@transaction.atomic
def _confirm(offer: Offer, viewer: Viewer, now: datetime) -> list[ProposedChange]:
    owner, listing = held_listing(_owner(offer), UUID(offer.listing))
    told = profile_of(owner, listing)
    if any(without_ids(told.get(key)) != without_ids(was) for key, was in offer.before.items()):
        raise Refused(_("It was changed again since. Look at it anew."))
    return _propose(offer, viewer, now)


def _owner(offer: Offer) -> UUID:
    found = owners_of([offer]).get(offer.listing)
    if found is None:
        raise Refused(_("This is not there any more."))
    return found


def _propose(offer: Offer, viewer: Viewer, now: datetime) -> list[ProposedChange]:
    """As somebody who acts for the listing's own organization, if the person may: asked of every row by itself."""
    organization = _owner(offer)
    asked = replace(viewer, organization=organization)
    refuse_unasked(organization, UUID(offer.listing), offer.before, offer.values)
    try:
        return propose_change(
            organization=organization,
            service=UUID(offer.listing),
            task=TASK,
            values=offer.values,
            viewer=asked,
            now=now,
        )
    except PermissionDenied:
        if organization == viewer.organization:
            raise
        # Whoever keeps it no longer learns nothing of it.
        raise Refused(_("This is not there any more.")) from None


@transaction.atomic
def drop_sheet(*, draft: UUID, viewer: Viewer) -> None:
    """Forget an upload. Raises PermissionDenied, and Refused where it is not there."""
    organization = viewer.organization
    refuse_unless_keeper(viewer, organization)
    _take(draft, viewer)
    assert organization is not None
    _record(viewer, "drop_sheet", organization)


@transaction.atomic
def forget_sheets(*, now: datetime) -> int:
    """Each upload whose hour is over is taken away; how many."""
    gone, _tables = SheetDraft.objects.filter(expires_at__lte=now).delete()
    if gone:
        details: dict[str, Any] = {"sheets": gone}
        audit.record(VISITOR, action="forget_sheets", subject_type="organization", details=details)
    return gone
