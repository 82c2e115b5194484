"""People of an organization ask for a new listing. Until a steward has read it, or called back, it is nowhere public.

What it asks for stands in one change (docs/adr/0051). Of a protected place that holds the published area alone: names
of its small community are kept as digests under the id that the place will have.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.count_tries import counted
from directory.actions.hold_organization import hold_organization
from directory.actions.make_listing import make_listing
from directory.actions.place_to_come import forget_places_to_come, keep_town_to_come, place_as_stored
from directory.actions.propose_change import (
    listing_of,
    record_change,
    refuse_unreadable,
    store_change,
    store_draft,
)
from directory.actions.redact_changes import refuse_telling_values
from directory.actions.refuse_telling import of_own_places_alone
from directory.actions.refused import Refused
from directory.finding.profile import PHONE_FIELDS, organization_phones
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import refuse_unless_keeper
from directory.rules.change_states import State
from directory.rules.new_listings import NEW, TEXTS, digits_of, hold_of_listing
from safety.viewer import Viewer

Values = Mapping[str, Any]
MOST = 20
"""Drafts of new listings that one organization keeps."""
OPEN_STATES = (State.DRAFT, State.HELD)


class _Tried(Exception):
    """A listing was made to see whether it can be; nothing of it stays."""


@counted
@transaction.atomic
def propose_listing(
    *, organization: UUID, values: Values, viewer: Viewer, now: datetime, key: UUID | None = None
) -> ProposedChange:
    """Ask for a listing; `key` is that of one which was asked for before, and is written anew. It waits, always.

    `values` are its texts, "needs", "phones" and "place" (docs/adr/0051). Raises PermissionDenied and Refused.
    """
    owner, key = _begun(organization, values, viewer, now, key)
    after = as_stored(values)
    _replace(key, now)
    keep_town_to_come(values["place"], after["place"])
    _try(owner, key, after, viewer)
    facts = {"before": {}, "after": after, "hold": hold_of_listing(after, _known_numbers(organization))}
    change = store_change(owner, key, NEW, facts, viewer, now)
    record_change(viewer, "propose_change", change)
    return change


@counted
@transaction.atomic
def keep_listing_draft(
    *, organization: UUID, values: Values, viewer: Viewer, now: datetime, key: UUID | None = None
) -> ProposedChange:
    """Keep what was typed of a new listing, and ask for nothing. Raises as above."""
    owner, key = _begun(organization, values, viewer, now, key)
    after = as_stored(values)
    refuse_telling_values(organization, [], after)
    if (
        ProposedChange.objects.drafts().filter(organization=owner, task=NEW).exclude(service_id=key).count()
        >= MOST
    ):
        raise Refused(_("You keep too many drafts of listings. Take one back first."))
    _replace(key, now)
    keep_town_to_come(values["place"], after["place"])
    return store_draft(owner, key, NEW, {}, after, viewer, now)


@transaction.atomic
def take_back_listing(*, change: UUID, viewer: Viewer, now: datetime) -> None:
    """Take back what waits, or a draft. Raises PermissionDenied, and Refused where it is decided already."""
    found = ProposedChange.objects.select_for_update().filter(pk=change, task=NEW).first()
    if found is None or found.state not in OPEN_STATES:
        raise Refused(_("This is decided already."))
    refuse_unless_keeper(viewer, found.organization_id)
    _replace(found.service_id, now)
    record_change(viewer, "take_back_change", found)


def _begun(
    organization: UUID, values: Values, viewer: Viewer, now: datetime, key: UUID | None
) -> tuple[Organization, UUID]:
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(values)
    owner = hold_organization(organization)
    listing_of(owner, None, now)
    if key is None:
        return owner, uuid.uuid4()
    mine = ProposedChange.objects.filter(organization=owner, service_id=key, task=NEW)
    if not mine.exists() or Service.objects.filter(pk=key).exists():
        raise Refused(_("This is decided already."))
    return owner, key


def _replace(key: UUID, now: datetime) -> None:
    for change in ProposedChange.objects.filter(service_id=key, task=NEW, state__in=OPEN_STATES):
        change.state, change.decided_at = State.REPLACED, now
        change.save(update_fields=["state", "decided_at"])
        forget_places_to_come(change.after)


def as_stored(values: Values) -> dict[str, Any]:
    """As it is kept: nothing else than what a listing has, and no street of a place that is to be protected.

    Raises Refused where a street was typed for one.
    """
    texts = {name: values.get(name, "") for name in TEXTS}
    phones = [{name: row[name] for name in PHONE_FIELDS} for row in values["phones"]]
    found = {**texts, "needs": list(values["needs"]), "phones": phones}
    return found | {"place": place_as_stored(values["place"], found)}


def _try(owner: Organization, key: UUID, after: Values, viewer: Viewer) -> None:
    """Raises Refused where it could not be made: better now than after a call."""
    try:
        with transaction.atomic(), of_own_places_alone():
            make_listing(organization=owner, key=key, values=after, viewer=viewer)
            raise _Tried
    except _Tried:
        return


def _known_numbers(organization: UUID) -> frozenset[str]:
    """The digits of the numbers that its listings show already."""
    here = Phone.objects.filter(service__organization_id=organization)
    there = Phone.objects.filter(service_at_location__service__organization_id=organization)
    found = (organization_phones(organization), here, there)
    return digits_of(number for phones in found for number in phones.values_list("number", flat=True))
