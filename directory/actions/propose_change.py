"""People of an organization change what it says: at once, or once a steward has read it, or called back (promise 26).

What waits for what is asked of one rule (directory/rules/holding.py), here, so that no door can pass it by.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.apply_change import apply_values, concerned
from directory.actions.count_tries import counted
from directory.actions.edit_record import tell_anew
from directory.actions.hold_organization import hold_organization
from directory.actions.place_to_come import forget_places_to_come
from directory.actions.redact_changes import refuse_telling_values
from directory.actions.refuse_telling import TellsAnother, is_akin, of_own_places_alone
from directory.actions.refused import Refused
from directory.actions.shut_out import refuse_if_shut_out, standing_of
from directory.actions.tell_of_changes import tell_of_held
from directory.finding.profile import needs_anywhere, needs_of, profile_of
from directory.finding.profile_places import PLACE
from directory.models.organization import Organization
from directory.models.organization_telling import OrganizationTelling
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.policies import refuse_unless_keeper
from directory.rules.change_states import State
from directory.rules.holding import Hold, Listing, parts_by_hold
from directory.rules.standing import GOOD, Standing, last_day
from safety import audit
from safety.viewer import Viewer

MOST_HELD = 50
"""Changes of one organization that wait: a stolen account must not bury the others."""

Values = Mapping[str, Any]


class _Tried(Exception):
    """A change was written to see whether it can be; nothing of it stays."""


def record_change(viewer: Viewer, action: str, change: ProposedChange) -> None:
    """In ids and the names of parts: what they say stands in the change."""
    audit.record(
        viewer,
        action=action,
        subject_type="service" if change.service_id else "organization",
        subject_id=change.service_id or change.organization_id,
        details={
            "change": str(change.pk),
            "task": change.task,
            "hold": change.hold,
            "parts": " ".join(sorted(change.after))[:200],
        },
    )


def refuse_unreadable(values: Values) -> None:
    """Raise Refused: no database can hold these characters; a person who typed them can't see them."""
    text = json.dumps(values, ensure_ascii=False)
    if "\\u0000" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise Refused(_("The text holds a character that cannot be kept."))


def listing_of(organization: Organization, service: Service | None, now: datetime) -> Listing:
    """What the rule asks about a listing. Raises ShutOut where nobody of the organization changes anything."""
    standing = standing_of(organization.pk, now)
    refuse_if_shut_out(standing)
    return _about(organization, service, now, standing)


def listing_of_any(organization: Organization, service: Service | None, now: datetime) -> Listing:
    """The same, for stewards: of whom is shut out too."""
    return _about(organization, service, now, standing_of(organization.pk, now))


def _about(organization: Organization, service: Service | None, now: datetime, standing: Standing) -> Listing:
    needs = needs_of(service.pk) if service else needs_anywhere(organization.pk)
    signed = OrganizationTelling.objects.filter(organization=organization, until__gte=last_day(now))
    told = dict(signed.values_list("dimension", "term"))
    return Listing(needs, standing in GOOD, told, is_akin(organization.pk, service.pk if service else None))


def held_listing(organization: UUID, service: UUID | None) -> tuple[Organization, Service | None]:
    """Both, held to the end of the transaction. Raises Refused for what is gone or is another organization's."""
    found = hold_organization(organization)
    if service is None:
        return found, None
    listing = Service.objects.select_for_update().filter(pk=service, organization_id=organization).first()
    if listing is None:
        raise Refused(_("This is not there any more."))
    return found, listing


@counted
@transaction.atomic
def propose_change(
    *,
    organization: UUID,
    service: UUID | None,
    task: str,
    values: Values,
    viewer: Viewer,
    now: datetime,
    undoes: ProposedChange | None = None,
) -> list[ProposedChange]:
    """Change parts (key -> value) of a listing, or of the organization itself where `service` is None.

    Returns one row for each thing that parts wait for; none where nothing differs. Each is published, or held.
    What waits of these parts is replaced, and of other parts waits on: give only what somebody changed.
    Raises PermissionDenied, and Refused for what can't be right.
    """
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(values)
    owner, listing = held_listing(organization, service)
    about = listing_of(owner, listing, now)
    return write_change((owner, listing, about), task, values, viewer, now, undoes)


@transaction.atomic
def write_change(
    subject: tuple[Organization, Service | None, Listing],
    task: str,
    values: Values,
    viewer: Viewer,
    now: datetime,
    undoes: ProposedChange | None = None,
    told: Values | None = None,
) -> list[ProposedChange]:
    """The same of what is held, once it is known that `viewer` may. Within the act that it belongs to.

    `told`: who told it, of a steward's correction (the columns of `proposed_change`).
    """
    owner, listing, about = subject
    service = listing.pk if listing else None
    before = profile_of(owner, listing)
    parts = parts_by_hold(before, values, about)
    replaced = _replace(owner, listing, task, set(values), viewer, now)
    made = []
    for hold, keys in parts.items():
        after = {key: values[key] for key in keys}
        is_done = hold is Hold.NOTHING and _is_published(owner, listing, after, viewer)
        waits_for = Hold.REVIEW if hold is Hold.NOTHING and not is_done else hold
        facts = {"before": {key: before.get(key) for key in keys}, "after": after, "hold": waits_for}
        facts |= told or {}
        made.append(store_change(owner, service, task, facts, viewer, now, undoes))
        if not is_done:
            with of_own_places_alone():
                try_change(owner, listing, after, viewer)
    _close_undone(undoes, made, now)
    for change in made:
        record_change(viewer, "correct_listing" if told else "propose_change", change)
    if any(hold is Hold.CALL for hold in (*parts, *replaced)):
        tell_anew(concerned(owner, listing))
    return made


def _is_published(owner: Organization, listing: Service | None, after: Values, viewer: Viewer) -> bool:
    """False where it tells somebody else's protected place, of which nobody who wrote it may be told: it is read."""
    try:
        with transaction.atomic():
            apply_values(organization=owner, service=listing, values=after, viewer=viewer)
    except TellsAnother:
        _fresh(owner, listing)
        return False
    return True


def store_change(
    owner: Organization,
    service: UUID | None,
    task: str,
    facts: Values,
    viewer: Viewer,
    now: datetime,
    undoes: ProposedChange | None = None,
) -> ProposedChange:
    """Keep a change with its hold, before and after (`facts`): held, or published, and tell its people what waits.

    Raises Refused for one too many.
    """
    state = State.PUBLISHED if facts["hold"] is Hold.NOTHING else State.HELD
    waiting = ProposedChange.objects.held().of_people().filter(organization=owner)
    if state is State.HELD and waiting.count() >= MOST_HELD:
        raise Refused(_("Too many of your changes wait to be checked already. Please wait for a call."))
    made = ProposedChange.objects.create(
        organization=owner,
        service_id=service,
        task=task,
        state=state,
        made_by_id=viewer.user,
        made_at=now,
        undoes=undoes,
        **facts,
    )
    tell_of_held(made, now)
    return made


def try_change(owner: Organization, listing: Service | None, after: Values, viewer: Viewer) -> None:
    """Raises Refused where it could not be published: better now than after a call."""
    try:
        with transaction.atomic():
            apply_values(organization=owner, service=listing, values=after, viewer=viewer)
            raise _Tried
    except _Tried:
        _fresh(owner, listing)


def _fresh(owner: Organization, listing: Service | None) -> None:
    for record in (owner, listing):
        if record:
            record.refresh_from_db()


def _replace(
    owner: Organization, listing: Service | None, task: str, keys: set[str], viewer: Viewer, now: datetime
) -> list[Hold]:
    """Whoever writes anew takes back what waits of the same parts, a feed's too, and the draft of the task.

    Returns for what that waited.
    """
    mine = ProposedChange.objects.filter(organization=owner, service=listing)
    mine.drafts().filter(task=task).update(state=State.REPLACED, decided_at=now)
    touched = [change for change in mine.held() if not keys.isdisjoint(change.after)]
    for change in touched:
        change.state, change.decided_at = State.REPLACED, now
        change.save(update_fields=["state", "decided_at"])
        forget_places_to_come({key: change.after[key] for key in keys & set(change.after)})
        _keep_waiting(change, set(change.after) - keys, viewer)
    return [Hold(change.hold) for change in touched]


def _keep_waiting(change: ProposedChange, keys: set[str], viewer: Viewer) -> None:
    """Of a change that is replaced in part, the rest waits on, as its author's."""
    if not keys:
        return
    rest = ProposedChange.objects.create(
        organization_id=change.organization_id,
        service_id=change.service_id,
        task=change.task,
        before={key: change.before.get(key) for key in keys},
        after={key: change.after[key] for key in keys},
        hold=change.hold,
        state=State.HELD,
        made_by_id=change.made_by_id,
        feed_id=change.feed_id,
        made_at=change.made_at,
        undoes_id=change.undoes_id,
        told_by=change.told_by,
        told_via=change.told_via,
        told_on=change.told_on,
    )
    record_change(viewer, "propose_change", rest)


def _close_undone(undoes: ProposedChange | None, made: list[ProposedChange], now: datetime) -> None:
    """What is undone at once is marked; what waits is marked when that is decided."""
    if undoes and made and all(change.state == State.PUBLISHED for change in made):
        ProposedChange.objects.filter(pk=undoes.pk, state=State.PUBLISHED).update(state=State.UNDONE)


def store_draft(
    owner: Organization,
    service: UUID | None,
    task: str,
    before: Values,
    after: Values,
    viewer: Viewer,
    now: datetime,
) -> ProposedChange:
    """Keep what nobody asks for yet; `service` may be one that is not there yet. Within the act that it belongs to."""
    draft = ProposedChange.objects.create(
        organization=owner,
        service_id=service,
        task=task,
        before=before,
        after=after,
        hold=Hold.NOTHING,
        state=State.DRAFT,
        made_by_id=viewer.user,
        made_at=now,
    )
    record_change(viewer, "keep_draft", draft)
    return draft


@counted
@transaction.atomic
def keep_draft(
    *, organization: UUID, service: UUID | None, task: str, values: Values, viewer: Viewer, now: datetime
) -> ProposedChange | None:
    """Keep what was typed, and publish nothing. One draft a task; None where nothing differs. Raises as above."""
    refuse_unless_keeper(viewer, organization)
    refuse_unreadable(values)
    owner, listing = held_listing(organization, service)
    listing_of(owner, listing, now)
    before = profile_of(owner, listing)
    after = {key: value for key, value in values.items() if value != before.get(key)}
    mine = ProposedChange.objects.filter(organization=owner, service=listing)
    mine.drafts().filter(task=task).update(state=State.REPLACED, decided_at=now)
    if not after:
        return None
    refuse_telling_values(organization, [service] if service else [], after)
    told = {key: before.get(key) for key in after}
    return store_draft(owner, service, task, told, after, viewer, now)


@transaction.atomic
def undo_change(*, change: UUID, viewer: Viewer, now: datetime) -> list[ProposedChange]:
    """Bring back what was said before a published change, as a change of its own that may be held.

    A listing that was made is taken off the site; its record stays.
    Raises PermissionDenied, and Refused where what it changed was changed again since, or words of it were erased.
    """
    found = held_to_undo(change)
    refuse_unless_keeper(viewer, found.organization_id)
    task, values = undoing(found)
    return propose_change(
        organization=found.organization_id,
        service=found.service_id,
        task=task,
        values=values,
        viewer=viewer,
        now=now,
        undoes=found,
    )


def held_to_undo(change: UUID) -> ProposedChange:
    """A published change, held. Raises Refused where there is none, or words of it were erased."""
    found = ProposedChange.objects.select_for_update().filter(pk=change, state=State.PUBLISHED).first()
    if found is None or (found.redacted_at and not found.is_new_listing):
        raise Refused(_("This is not there any more."))
    return found


def undoing(change: ProposedChange) -> tuple[str, Values]:
    """The task and the values that bring back what was said before. Raises Refused where it was changed since."""
    if change.is_new_listing:
        return "closing", {"service.status": "inactive"}
    refuse_if_changed_since(change, change.after)
    return change.task, change.before


def refuse_if_changed_since(change: ProposedChange, expected: Values) -> None:
    """Raise Refused unless the listing still says `expected`: nobody decides about what they were not shown."""
    now_told = profile_of(change.organization, change.service)
    if any(_said(key, now_told.get(key)) != _said(key, value) for key, value in expected.items()):
        raise Refused(_("It was changed again since. Look at it anew."))


def _said(key: str, value: Any) -> Any:
    """What is compared: rows without their ids, and of a place only whether the listing is given there."""
    return bool(value) if key.startswith(PLACE) else without_ids(value)


def without_ids(value: Any) -> Any:
    """Rows without the ids that they got when they were written."""
    if isinstance(value, list):
        return [
            {k: v for k, v in one.items() if k != "id"} if isinstance(one, dict) else one for one in value
        ]
    return value
