"""A steward opens what only an organization itself sees: for a reason, half an hour, and told to it at once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.hold_organization import hold_organization
from directory.actions.keep_address import Street, read_protected_address
from directory.actions.refused import Refused
from directory.actions.sealed_text import open_words, seal_words
from directory.actions.tell_people import tell_organization
from directory.models.break_glass import BreakGlass
from directory.models.location import Location
from directory.models.service import Service
from directory.policies import is_steward, leads, refuse_unless_steward
from directory.rules.break_glass import LASTS, is_new_reason, is_reason
from safety import audit
from safety.crypto import Unreadable
from safety.viewer import Viewer

TABLE = "break_glass"


@dataclass(frozen=True, slots=True)
class Notes:
    """What is kept inside of one listing: who assured it, from where it came, where it may be published."""

    name: str
    name_fr: str
    assured_date: date | None
    assurer_email: str
    source_key: str
    publish_to: list[str] | None
    unlisted_on: date | None


def _record(viewer: Viewer, action: str, glass: BreakGlass) -> None:
    audit.record(
        viewer,
        action=action,
        subject_type="organization",
        subject_id=glass.organization_id,
        details={"glass": str(glass.pk)},
    )


def reason_of(glass: BreakGlass) -> str:
    """Why it was opened; empty where the organization's key is gone."""
    try:
        words = open_words(bytes(glass.sealed), owner=glass.organization_id, table=TABLE, row=glass.pk)
    except Unreadable:
        return ""
    return str(words)


def open_glass_of(viewer: Viewer, organization: UUID, now: datetime) -> BreakGlass | None:
    """The opening that this steward holds; none for anybody else."""
    mine = BreakGlass.objects.open_at(now).filter(opened_by_id=viewer.user, organization_id=organization)
    found = mine.last()
    return found if found is not None and is_steward(viewer) else None


@transaction.atomic
def open_break_glass(*, organization: UUID, reason: str, viewer: Viewer, now: datetime) -> BreakGlass:
    """Open what only this organization sees, for this steward and half an hour; its leads are written to at once.

    Raises PermissionDenied, and Refused for a reason that says nothing or was said the last time, or while one is open.
    Asking for fresh proof is the door's.
    """
    refuse_unless_steward(viewer)
    hold_organization(organization)
    if not is_reason(reason):
        raise Refused(_("Write in a sentence why you need to read it. The organization reads it too."))
    mine = BreakGlass.objects.filter(opened_by_id=viewer.user, organization_id=organization)
    if mine.open_at(now).exists():
        raise Refused(_("It is open already."))
    last = mine.last()
    if last is not None and not is_new_reason(reason, reason_of(last)):
        raise Refused(_("This was the reason the last time. Write why you need to read it again."))
    made = BreakGlass(
        organization_id=organization, opened_by_id=viewer.user, opened_at=now, until=now + LASTS
    )
    words = " ".join(reason.split())
    made.sealed = seal_words(words, owner=organization, table=TABLE, row=made.pk)
    made.save(force_insert=True)
    _record(viewer, "open_break_glass", made)
    tell_organization(organization, now)
    return made


@transaction.atomic
def end_break_glass(*, glass: UUID, viewer: Viewer, now: datetime) -> bool:
    """End it at once: by the steward who opened it, or whoever leads the organization. False where it was over.

    Raises PermissionDenied; what is another's is answered so as well.
    """
    found = BreakGlass.objects.select_for_update(no_key=True).filter(pk=glass).first()
    is_own = found is not None and is_steward(viewer) and found.opened_by_id == viewer.user
    if found is None or not (is_own or leads(viewer, found.organization_id)):
        raise PermissionDenied
    if found.ended_at is not None or found.until <= now:
        return False
    found.ended_at, found.ended_by_id = now, viewer.user
    found.save(update_fields=["ended_at", "ended_by"])
    _record(viewer, "end_break_glass", found)
    return True


def _refuse_unless_open(viewer: Viewer, organization: UUID | None, now: datetime) -> BreakGlass:
    found = open_glass_of(viewer, organization, now) if organization else None
    if found is None:
        raise PermissionDenied
    return found


@transaction.atomic
def read_street_by_glass(*, location: UUID, viewer: Viewer, now: datetime) -> Street | None:
    """The street that this organization keeps of a protected place; None where it keeps none. Each reading is a row.

    Raises PermissionDenied unless it is open for this steward, `crypto.Unreadable` where the key is gone.
    """
    place = Location.objects.filter(pk=location, is_protected=True).first()
    _refuse_unless_open(viewer, place.organization_id if place else None, now)
    return read_protected_address(location_id=location, viewer=viewer)


@transaction.atomic
def note_reading_by_glass(*, organization: UUID, viewer: Viewer, now: datetime) -> None:
    """What is kept inside of its listings is being read: a row, and its leads are told. Raises PermissionDenied."""
    glass = _refuse_unless_open(viewer, organization, now)
    _record(viewer, "read_internal_notes", glass)
    tell_organization(organization, now)


@transaction.atomic
def read_notes_by_glass(*, organization: UUID, viewer: Viewer, now: datetime) -> list[Notes]:
    """What is kept inside of its listings, by name. Each reading is a row. Raises PermissionDenied."""
    note_reading_by_glass(organization=organization, viewer=viewer, now=now)
    fields = tuple(Notes.__dataclass_fields__)
    found = Service.objects.filter(organization_id=organization).order_by("name", "pk")
    return [Notes(*row) for row in found.values_list(*fields)]
