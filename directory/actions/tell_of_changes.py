"""An organization hears of what waits in its name and what became of it: a stolen session is seen (promise 26)."""

from datetime import datetime
from uuid import UUID

from directory.actions.tell_people import (
    alarm_organization,
    tell_organization,
    tell_person,
    those_who_look_after,
)
from directory.models.membership import Membership
from directory.models.proposed_change import ProposedChange
from directory.rules.change_states import State
from directory.rules.holding import Hold

FROM_PROGRAMS = frozenset({"push"})
"""Tasks of which nobody sat at the desk, whosever token it was."""


def tell_of_held(change: ProposedChange, now: datetime) -> None:
    """Say that a change waits which could lead people elsewhere; whoever leads is alarmed if it was not one of them.

    In the transaction that keeps the change. Nothing is told of what is only read.
    """
    if change.state != State.HELD or change.hold != Hold.CALL:
        return
    if _is_by_a_lead(change) or change.feed_id:
        tell_organization(change.organization_id, now)
    else:
        alarm_organization(change.organization_id, now)
    _tell_author(change, now)


def tell_of_decided(change: ProposedChange, now: datetime) -> None:
    """Say that a change which waited was published or sent back."""
    tell_organization(change.organization_id, now)
    _tell_author(change, now)


def _is_by_a_lead(change: ProposedChange) -> bool:
    looking_after = {member.user_id for member in those_who_look_after(change.organization_id)}
    return change.made_by_id in looking_after and change.task not in FROM_PROGRAMS


def _tell_author(change: ProposedChange, now: datetime) -> None:
    """Of its people: a steward sees it at their own desk, and who left is told nothing any more."""
    author: UUID | None = change.made_by_id
    mine = Membership.objects.live().filter(organization=change.organization_id, user=author)
    if author and mine.exists():
        tell_person(author, now)
