"""A publisher's program pushes changes of its own listings: each accepted, waiting for a steward, or refused with why.

Each passes `propose_change`, as from every other door: what could redirect a survivor waits for a call (promise 26).
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from directory.actions.confirm_tells_nothing import refuse_unasked
from directory.actions.edit_record import telling_together
from directory.actions.keep_push_tokens import use_token, viewer_of_token
from directory.actions.propose_change import held_listing, listing_of, propose_change
from directory.actions.refused import Refused
from directory.finding.profile import profile_of
from directory.finding.sheet import language_words, profiles_of
from directory.models.organization import Organization
from directory.models.push_token import PushToken, Scope
from directory.models.service import Service
from directory.rules.holding import Hold
from directory.rules.pushed import Pushed, read_pushed
from directory.rules.sheet_text import NotRead
from safety import audit
from safety.viewer import Viewer

TASK = "push"
VERSION_SALT = "directory.push.version"


class Done(StrEnum):
    """What became of a record."""

    ACCEPTED = "accepted"
    WAITS = "waits"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one record: parts by what they wait for, faults by field, words of a refusal, and the version now."""

    id: str
    done: Done
    parts: Mapping[Hold, Sequence[str]] = field(default_factory=dict)
    faults: Mapping[str, NotRead] = field(default_factory=dict)
    reason: str = ""
    not_taken: Sequence[str] = ()
    version: str = ""


class _Tried(Exception):
    """Nothing of what was done stays."""


def version_of(listing: str, profile: Mapping[str, Any]) -> str:
    """A name of what a listing says now. Keyed: nobody finds out what it says by guessing."""
    text = json.dumps([listing, profile], sort_keys=True, ensure_ascii=False)
    return salted_hmac(VERSION_SALT, text, algorithm="sha256").hexdigest()[:24]


def versions_of(organization: UUID) -> dict[str, str]:
    """By id, the version of each listing of an organization."""
    services = list(Service.objects.filter(organization_id=organization).order_by("pk"))
    return {str(key): version_of(str(key), told) for key, told in profiles_of(services).items()}


def _keys_of(organization: UUID) -> dict[str, UUID]:
    """Its listings by our id, and by the publisher's own where that is another."""
    rows = Service.objects.filter(organization_id=organization).order_by("pk").values_list("pk", "given_id")
    found = {given: key for key, given in rows if given}
    return found | {str(key): key for key, _given in rows}


def _field(key: str) -> str:
    return "schedules" if key.startswith("hours/") else key.removeprefix("service.")


@transaction.atomic
def push_listings(*, token: PushToken, records: Sequence[Any], now: datetime) -> list[Outcome]:
    """Do what the records say, each by itself. With a token of the scope `try` all is judged and nothing stays.

    Raises PermissionDenied where the token's maker leads no more, or the organization is not let in now.
    """
    viewer = viewer_of_token(token, now)
    owner = Organization.objects.get(pk=token.organization_id)
    listing_of(owner, None, now)
    use_token(token, now)
    keys = _keys_of(owner.pk)
    named = [keys.get(_id_of(record)) for record in records]
    often = Counter(named)
    found: list[Outcome] = []
    try:
        with transaction.atomic(), telling_together():
            for record, key in zip(records, named, strict=True):
                found.append(_pushed(record, key, often[key] > 1, viewer, now))
            if token.scope != Scope.CHANGE:
                raise _Tried
    except _Tried:
        pass
    counts = Counter(str(outcome.done) for outcome in found)
    audit.record(
        viewer,
        action="push_listings",
        subject_type="organization",
        subject_id=owner.pk,
        details={"token": str(token.pk), "scope": token.scope} | dict(counts),
    )
    return found


def _id_of(record: Any) -> str:
    told = record.get("id") if isinstance(record, dict) else None
    return told.strip().casefold() if isinstance(told, str) and _is_uuid(told) else str(told or "")


def _is_uuid(text: str) -> bool:
    try:
        UUID(text.strip())
    except ValueError:
        return False
    return True


def _pushed(record: Any, key: UUID | None, is_twice: bool, viewer: Viewer, now: datetime) -> Outcome:  # noqa: FBT001
    told = _id_of(record)[:60]
    if not isinstance(record, dict):
        return _refused(told, "", "not_a_service")
    if key is None:
        # Another organization's listing is answered as one that is not there.
        return _refused(told, "id", "not_yours")
    if is_twice:
        return _refused(told, "id", "pushed_twice")
    try:
        return _changed(record, key, viewer, now)
    except Refused as fault:
        return Outcome(told, Done.REFUSED, reason=str(fault))


def _refused(told: str, name: str, code: str) -> Outcome:
    return Outcome(told, Done.REFUSED, faults={name: NotRead(code)})


@transaction.atomic
def _changed(record: Mapping[str, Any], key: UUID, viewer: Viewer, now: datetime) -> Outcome:
    assert viewer.organization is not None
    owner, service = held_listing(viewer.organization, key)
    profile, told = profile_of(owner, service), str(key)
    read = read_pushed(record, profile, told, language_words().names["en"])
    version = version_of(told, profile)
    values = {name: value for name, value in read.values.items() if value != profile.get(name)}
    if faults := dict(read.faults) | (_stale(record, version) if values else {}):
        return Outcome(told, Done.REFUSED, faults=faults, not_taken=read.not_taken, version=version)
    if not values:
        return Outcome(told, Done.UNCHANGED, not_taken=read.not_taken, version=version)
    refuse_unasked(owner.pk, key, profile, values)
    made = propose_change(
        organization=owner.pk, service=key, task=TASK, values=values, viewer=viewer, now=now
    )
    parts = {Hold(change.hold): sorted({_field(name) for name in change.after}) for change in made}
    return _outcome(told, owner, key, parts, read)


def _outcome(
    told: str, owner: Organization, key: UUID, parts: Mapping[Hold, Sequence[str]], read: Pushed
) -> Outcome:
    done = Done.ACCEPTED if set(parts) <= {Hold.NOTHING} else Done.WAITS
    now_told = profile_of(owner, Service.objects.get(pk=key))
    return Outcome(told, done, parts, not_taken=read.not_taken, version=version_of(told, now_told))


def _stale(record: Mapping[str, Any], version: str) -> dict[str, NotRead]:
    """Nobody writes over what they have not seen."""
    if not record.get("version"):
        return {"version": NotRead("no_version")}
    return {} if record["version"] == version else {"version": NotRead("changed_since")}
