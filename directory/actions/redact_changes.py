"""What was once asked of listings forgets the doors of protected places: the words go, that something was asked stays.

Nobody who serves can rewrite a change: the database erases texts of it and says so in the trail (migration 0041).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.actions.cut_traces import Cut, asked_of
from directory.actions.keep_names import names_by_owner, with_names
from directory.actions.keep_traces import is_any_kept
from directory.actions.records_around import organizations_telling
from directory.actions.refuse_telling import of_own_places_alone, open_streets_of, refuse_if_told
from directory.actions.scrub_places import around, these
from directory.models.location import Location
from directory.models.proposed_change import ProposedChange
from directory.rules.change_states import State
from directory.rules.door_traces import Traces, tells

Way = list[str]
"""To a text of a change: "before", the key of a part, and on."""


def redact_changes(places: Sequence[UUID], traces: Traces, *, is_again: bool = False) -> list[Cut]:
    """Erase what tells these protected places out of all changes of whoever runs or knows them.

    What nobody decided about yet is sent back, a draft is taken away: either would tell the door once it is published.
    `is_again`: they were protected before. Then what people of others only asked for stays as they wrote it, or they
    would learn by it where a place is; it can't be published.
    """
    if not ProposedChange.objects.exists():
        return []
    owners = organizations_telling(around(places))
    names, runs = names_by_owner(places), _runs(places) if is_again else set()
    found: list[Cut] = []
    for change in ProposedChange.objects.filter(organization_id__in=these(sorted(owners))).order_by("pk"):
        owner = change.organization_id
        if is_again and owner not in runs and _was_only_asked(change):
            continue
        own = with_names(traces, {owner: names[owner]} if owner in names else {})
        if told := _told(change, own.in_own_texts(open_streets_of([owner]))):
            _give_back(change)
            _erase(change, told)
            entity = "service" if change.service_id else "organization"
            found.append(Cut(entity, change.service_id or owner, "proposed_change"))
    return found


def _runs(places: Sequence[UUID]) -> set[UUID]:
    rows = Location.objects.filter(pk__in=these(sorted(places)))
    return {
        owner
        for pair in rows.values_list("organization_id", "services__service__organization_id")
        for owner in pair
        if owner
    }


def _was_only_asked(change: ProposedChange) -> bool:
    return change.feed_id is None and change.state in (
        State.DRAFT,
        State.HELD,
        State.SENT_BACK,
        State.REPLACED,
    )


def tells_in(value: Any, traces: Traces) -> bool:
    """True if any text of a change's parts tells these traces."""
    return bool(_telling(_texts(value, ["after"]), traces))


def refuse_telling_values(organization: UUID, services: Sequence[UUID], values: Mapping[str, Any]) -> None:
    """`values` are parts that somebody wants to keep and publish later. Raises Refused where they tell a door.

    It is one of their own: what tells anybody else's is kept like what tells none, and can't be published.
    """
    if is_any_kept():
        told = dict(values)
        with of_own_places_alone():
            refuse_if_told(lambda traces: tells_in(told, traces), [organization], services)


def _told(change: ProposedChange, traces: Traces) -> list[Way]:
    """The ways to all texts of a change that tell."""
    asked = chain(_texts(change.before, ["before"]), _texts(change.after, ["after"]))
    return _telling(chain(asked, [(["reason"], change.reason)]), traces)


def _telling(texts: Iterable[tuple[Way, str]], traces: Traces) -> list[Way]:
    return [way for way, text in texts if tells(text, _asked(way, traces))] if traces else []


def _texts(value: Any, way: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(value, str):
        yield way, value
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(part, [*way, str(key)])


def _asked(way: Way, traces: Traces) -> Traces:
    """A name may tell its street without a number, as the listing's own may (`cut_traces`)."""
    entity, _dot, name = way[-1].partition(".")
    return asked_of(entity, name, traces)


def _give_back(change: ProposedChange) -> None:
    if change.state == State.DRAFT:
        change.state = State.REPLACED
    elif change.state == State.HELD:
        change.state, change.reason = State.SENT_BACK, _why()
    else:
        return
    change.decided_at = timezone.now()
    change.save(update_fields=["state", "reason", "decided_at"])


def _why() -> str:
    """In both languages: who reads it isn't known here."""
    said = []
    for language in ("en", "fr"):
        with override(language):
            said.append(_("This tells where a protected place is."))
    return " / ".join(said)


def _erase(change: ProposedChange, told: list[Way]) -> None:
    with connection.cursor() as cursor:
        cursor.callproc("redact_change", [change.pk, json.dumps(told)])
