"""A steward edits a record by hand: words that lead elsewhere, and what is shown to more people, take two (promise 26).

One stolen steward's account can do no more with a notice than a keeper's: what waits there waits here, and another
steward decides, whether the organization has people here or not.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.apply_change import concerned
from directory.actions.edit_record import edit_record, tell_anew
from directory.actions.propose_change import (
    held_listing,
    listing_of_any,
    record_change,
    refuse_unreadable,
    store_change,
    try_change,
)
from directory.actions.refused import Refused
from directory.actions.services_concerned import model_of, services_concerned
from directory.finding.profile import profile_of
from directory.models.membership import Membership
from directory.models.organization import Organization
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import refuse_unless_steward
from directory.rules.holding import Hold, is_asked_of_stewards, parts_by_hold, redirects
from directory.rules.leading_away import leads_away
from directory.rules.publishing import widens
from safety.viewer import Viewer

TASK = "steward"
Values = Mapping[str, Any]
_ADDRESSES = frozenset({"address"})
_WHERE = frozenset({"latitude", "longitude", "community_id", "placed_by"})
"""What says where a place is: given to one that has none, and moved by two."""


@transaction.atomic
def edit_by_steward(
    *, entity: str, record_id: UUID, values: Values, viewer: Viewer, now: datetime
) -> list[ProposedChange]:
    """Write `values` into one record, as `edit_record` does; returns the changes that wait for another steward.

    Raises PermissionDenied, and Refused for what only the organization can ask for.
    """
    refuse_unless_steward(viewer)
    if entity == "organization":
        _refuse_wider(record_id, values)
    if entity not in ("service", "organization") or _is_nobodys(entity, record_id):
        _refuse_leading(entity, record_id, values)
        edit_record(entity=entity, record_id=record_id, values=values, viewer=viewer)
        return []
    return _edit_listing(entity, record_id, values, viewer, now)


def _has_people(entity: str, record_id: UUID) -> bool:
    owners = {record_id} if entity == "organization" else set()
    services = Service.objects.filter(pk__in=services_concerned(entity, [record_id]))
    owners |= set(services.exclude(organization=None).values_list("organization_id", flat=True))
    return Membership.objects.live().filter(organization_id__in=owners).exists()


def _is_nobodys(entity: str, record_id: UUID) -> bool:
    """True of a service without an organization: nothing of it can wait, since nobody could be called."""
    return (
        entity == "service" and not Service.objects.filter(pk=record_id, organization__isnull=False).exists()
    )


def _refuse_wider(record_id: UUID, values: Values) -> None:
    """Raises Refused: what shows all its listings to more people is read listing by listing."""
    before = Organization.objects.values_list("publish_to", flat=True).filter(pk=record_id).first()
    if "publish_to" in values and widens(before, values["publish_to"]):
        raise Refused(
            _(
                "This would show all its listings to more people. Say it of each listing: "
                "another steward then reads it."
            )
        )


def _moves(place: Any, name: str) -> bool:
    """True if another value of this field moves a place that stands somewhere: one without a point can be given one."""
    is_placed = place.latitude is not None
    return name in _WHERE and getattr(place, name) is not None and (is_placed or name != "placed_by")


def _leads(entity: str, record: Any, name: str, value: Any) -> bool:
    """True if another value of this field could lead people to somebody else, or to another place."""
    held = getattr(record, name)
    if held == value or (not held and not value):
        return False
    if entity in _ADDRESSES or (entity == "location" and _moves(record, name)):
        return True
    stands, told = str(held or ""), str(value or "")
    return redirects(entity, name, stands, told) or (isinstance(value, str) and leads_away(stands, told))


def _refuse_leading(entity: str, record_id: UUID, values: Values) -> None:
    """Raises Refused: beside a listing's own words, what leads somewhere is changed where two look at it."""
    record = model_of(entity)._default_manager.filter(pk=record_id).first()
    if record is None or not any(_leads(entity, record, name, value) for name, value in values.items()):
        return
    if _has_people(entity, record_id):
        raise Refused(
            _(
                "This could lead people to somebody else. Ask the organization to change it: you then call it back."
            )
        )
    if services_concerned(entity, [record_id]):
        raise Refused(
            _(
                "This could lead people to somebody else. Correct it on the listing’s page at your desk: "
                "another steward then decides."
            )
        )


def _edit_listing(
    entity: str, record_id: UUID, values: Values, viewer: Viewer, now: datetime
) -> list[ProposedChange]:
    owner, listing = _held(entity, record_id)
    before = profile_of(owner, listing)
    keys = {name: f"{entity}.{name}" for name in values}
    guarded = {
        key: values[name]
        for name, key in keys.items()
        if is_asked_of_stewards(key, before.get(key), values[name])
    }
    refuse_unreadable(guarded)
    about = replace(listing_of_any(owner, listing, now), is_let_in=True, is_akin=False)
    parts = parts_by_hold(before, guarded, about)
    waiting = {key for hold, named in parts.items() if hold is not Hold.NOTHING for key in named}
    plain = {name: value for name, value in values.items() if keys[name] not in waiting}
    edit_record(entity=entity, record_id=record_id, values=plain, viewer=viewer)
    made = []
    for hold, named in parts.items():
        if hold is not Hold.NOTHING:
            after = {key: guarded[key] for key in named}
            try_change(owner, listing, after, viewer)
            facts = {"before": {key: before.get(key) for key in named}, "after": after, "hold": hold}
            made.append(store_change(owner, listing.pk if listing else None, TASK, facts, viewer, now))
    for change in made:
        record_change(viewer, "propose_change", change)
    if made:
        tell_anew(concerned(owner, listing))
    return made


def _held(entity: str, record_id: UUID) -> tuple[Organization, Service | None]:
    """Whose record it is, and the listing, held."""
    if entity == "organization":
        return held_listing(record_id, None)
    owner = Service.objects.values_list("organization_id", flat=True).get(pk=record_id)
    return held_listing(owner, record_id)
