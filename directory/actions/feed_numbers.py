"""Numbers that a feed newly tells of what a person confirmed land nowhere before a steward called back (promise 26).

They wait as a change that came with a feed, beside those that somebody typed.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from directory.actions.apply_change import concerned
from directory.actions.hold_organization import hold_organization
from directory.actions.propose_change import MOST_HELD, record_change, without_ids
from directory.actions.tell_of_changes import tell_of_held
from directory.finding.profile import PHONE_FIELDS, organization_phones, phones_of, rows_of
from directory.models.field_source import FieldSource
from directory.models.organization import Organization
from directory.models.phone import Phone
from directory.models.proposed_change import ProposedChange
from directory.models.service import Service
from directory.rules.change_states import State
from directory.rules.feed_numbers import Number, is_there, leads_elsewhere
from directory.rules.holding import Hold
from directory.rules.publishing import RESERVED_PUBLISHERS
from safety.viewer import Viewer

TASK = "feed"
Whose = tuple[UUID, UUID | None]
"""An organization and its service; None: the number is the organization's own."""


@dataclass(frozen=True, slots=True)
class Said:
    """A row of a feed. `was`: what stands under its id until now; `type` as HSDS has it."""

    row: UUID
    number: Number
    type: str = ""
    was: Number | None = None


@dataclass(slots=True)
class Waiting:
    """What is not taken: ids of rows, and by whose it is what a steward asks about."""

    rows: set[UUID] = field(default_factory=set)
    asked: dict[Whose, list[Said]] = field(default_factory=lambda: defaultdict(list))


class Numbers:
    """What is told of listings now, looked up once."""

    def __init__(self) -> None:
        self._known: dict[Whose, list[Number]] = {}

    def of(self, whose: Whose) -> list[Number]:
        """The numbers of a service, or of an organization."""
        if whose not in self._known:
            rows = _stored(whose)
            behind = set(
                FieldSource.objects.filter(
                    entity="phone",
                    field="number",
                    record_id__in=[row.pk for row in rows],
                    confirmed_on__isnull=False,
                ).values_list("record_id", flat=True)
            )
            self._known[whose] = [
                Number(
                    row.number,
                    row.extension,
                    row.description,
                    stays=row.pk in behind or row.publisher_id in RESERVED_PUBLISHERS,
                )
                for row in rows
            ]
        return self._known[whose]


def _stored(whose: Whose) -> list[Phone]:
    organization, service = whose
    return list(phones_of(service) if service else organization_phones(organization))


def sort_out(said: Iterable[tuple[Whose, Said]]) -> Waiting:
    """Which rows of a feed, each told with whose it would be, wait; the same number once more just lands nowhere."""
    found, numbers = Waiting(), Numbers()
    for whose, row in said:
        known = numbers.of(whose)
        if leads_elsewhere(row.number, row.was, known):
            found.rows.add(row.row)
            found.asked[whose].append(row)
        elif row.was is None and is_there(row.number, known):
            found.rows.add(row.row)
    return found


def ask_about_numbers(*, publisher: str, waiting: Waiting, viewer: Viewer, now: datetime) -> set[UUID]:
    """Let a steward call back about each listing once. Returns the services whose pages say that something is checked.

    To be called in the transaction of the import, once its other rows are in.
    """
    told: set[UUID] = set()
    for (organization, service), rows in sorted(waiting.asked.items(), key=str):
        owner = hold_organization(organization)
        listing = Service.objects.filter(pk=service).first() if service else None
        if service is None or listing is not None:
            told |= _ask(owner, listing, publisher, rows, viewer, now)
    return told


def _ask(
    owner: Organization,
    listing: Service | None,
    publisher: str,
    rows: Sequence[Said],
    viewer: Viewer,
    now: datetime,
) -> set[UUID]:
    key = "phones" if listing else "organization.phones"
    before = rows_of(_stored((owner.pk, listing.pk if listing else None)), PHONE_FIELDS)
    changes = ProposedChange.objects.filter(organization=owner, service=listing, feed_id=publisher)
    refused = _refused(changes, key)
    after = _with(before, [row for row in rows if row.number.dialled not in refused])
    held = list(changes.held())
    if any(_says(change, key, before, after) for change in held):
        return set()
    for change in held:
        change.state, change.decided_at = State.REPLACED, now
        change.save(update_fields=["state", "decided_at"])
    room = ProposedChange.objects.held().filter(organization=owner, made_by=None).count() < MOST_HELD
    if after != before and room:
        made = ProposedChange.objects.create(
            organization=owner,
            service=listing,
            task=TASK,
            before={key: before},
            after={key: after},
            hold=Hold.CALL,
            state=State.HELD,
            feed_id=publisher,
            made_at=now,
        )
        record_change(viewer, "propose_change", made)
        tell_of_held(made, now)
    return concerned(owner, listing)


def _says(change: ProposedChange, key: str, before: Any, after: Any) -> bool:
    stands = without_ids(change.before.get(key)), without_ids(change.after.get(key))
    return stands == (without_ids(before), without_ids(after))


def _refused(changes: Any, key: str) -> set[tuple[str, str]]:
    """Numbers of this feed that a steward sent back: nobody is asked about them again."""
    found: set[tuple[str, str]] = set()
    for change in changes.filter(state=State.SENT_BACK):
        stood = {_number(row).dialled for row in change.before.get(key) or []}
        found |= {_number(row).dialled for row in change.after.get(key) or []} - stood
    return found


def _number(row: dict[str, str]) -> Number:
    return Number(row["number"], row["extension"])


def _with(before: list[dict[str, str]], rows: Sequence[Said]) -> list[dict[str, str]]:
    """The numbers as the feed would have them: a row that stands is changed, what is new stands behind the others."""
    after = [dict(row) for row in before]
    places = {row["id"]: place for place, row in enumerate(after)}
    for said in rows:
        number, extension, description, _stays = said.number
        told = {"number": number, "extension": extension, "type": said.type, "description": description}
        if str(said.row) in places:
            after[places[str(said.row)]] |= told
        else:
            after.append({"id": "", **told, "description_fr": ""})
    return after
