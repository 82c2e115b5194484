"""Which changes of a listing wait, and for what: the one rule behind promise 26, asked by every door.

A part of a listing has a key: "service.description", "organization.website", "phones", "facts", "languages",
"needs", "hours/OWNER/KIND", "place/PLACE", "where/PLACE", "tier/PLACE", "area/PLACE" (ids in keys say nothing here).
Its value is JSON.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from directory.rules.closing import closes
from directory.rules.eligibility_terms import Fact
from directory.rules.leading_away import is_plain_closing, leads_away, says_otherwise
from directory.rules.lures import draws_in
from directory.rules.narrowing import narrows
from directory.rules.publishing import may_be_on_site, widens
from directory.rules.redirecting import tells_a_new_way
from directory.rules.tellings import assures_unsigned


class Hold(StrEnum):
    """For what a change waits: for nothing, for a steward who reads it, for a steward's call-back."""

    NOTHING = ""
    REVIEW = "review"
    CALL = "call"


REDIRECTING = frozenset(
    {
        "phones",
        "organization.phones",
        *(f"service.{name}" for name in ("name", "name_fr", "alternate_name", "email", "url")),
        *(f"organization.{name}" for name in ("name", "name_fr", "alternate_name", "email", "website")),
    }
)
"""What could send a survivor to somebody else."""

TEXTS = frozenset(
    {
        *(f"{owner}.description{end}" for owner in ("service", "organization") for end in ("", "_fr")),
        *(
            f"service.{name}{end}"
            for name in ("eligibility_description", "application_process", "fees_description")
            for end in ("", "_fr")
        ),
        "service.interpretation_services",
    }
)
"""What publishes at once where nobody is drawn in, unless it leads somebody away."""

NOTICES = frozenset({"service.alert", "service.alert_fr"})
"""What stands above the button to call: always read by somebody else first, unless it only says "closed today"."""

RUNNING = frozenset({"active", "temporarily closed"})
PROTECTED, OPEN = "protected", "open"
"""What the tier of a place may be: its published area is told, or its street."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the rule has to know of whom a change is about: slugs of what it offers, and whether it is let in.

    `signed`: what its organization signed that it tells others, by dimension. `is_akin`: it is kin to somebody else's
    protected place. What it writes is read then, whatever it says: or what waits would tell which words lead there.
    """

    needs: Collection[str] = ()
    is_let_in: bool = True
    signed: Mapping[str, str] = field(default_factory=dict)
    is_akin: bool = False

    @property
    def draws_in(self) -> bool:
        """True where somebody who changes a few words could draw people in."""
        return draws_in(self.needs)

    @property
    def is_read(self) -> bool:
        """True where every new text is read before it shows."""
        return self.draws_in or self.is_akin


def is_asked_of_stewards(key: str, before: Any, after: Any) -> bool:
    """True if a steward's own edit of this part is asked for what it waits. Less told, or told to fewer, is at once."""
    if key == "service.status":
        return begins_again(before, after)
    if key == "service.publish_to":
        return widens(before, after)
    return key in TEXTS | NOTICES | REDIRECTING


def begins_again(before: Any, after: Any) -> bool:
    """True of what was over and is shown again."""
    return after in RUNNING and before not in RUNNING


def hold_of_new(listing: Listing) -> Hold:
    """For what a new listing waits, or one that begins again."""
    return Hold.CALL if listing.draws_in else Hold.REVIEW


def hold_of(key: str, before: Any, after: Any, listing: Listing) -> Hold:
    """For what the change of one part waits. What this rule does not know waits for a call."""
    if key.startswith("tier/") and after == PROTECTED:
        return Hold.NOTHING  # whoever asks: what is told less of a place harms nobody
    found = _hold_of(key, before, after, listing)
    return Hold.REVIEW if found is Hold.NOTHING and not listing.is_let_in else found


def _hold_of(key: str, before: Any, after: Any, listing: Listing) -> Hold:
    kind = key.partition("/")[0]
    if kind in TEXTS:
        return of_text(before or "", after or "", listing)
    if kind in NOTICES:
        return _of_notice(before or "", after or "")
    if kind == "service.status":
        return _of_status(before, after, listing)
    if kind == "facts":
        return _of_facts(facts_of(before), facts_of(after), listing)
    if kind == "hours":
        return _of_hours(before, after, listing)
    if kind == "languages":
        return of_text(_written(before), _written(after), listing)
    if kind == "needs":
        return _of_needs(before or [], after or [])
    return _of_place(kind, before, after, listing)


def of_text(before: str, after: str, listing: Listing) -> Hold:
    """A text that leads somebody away waits for a call; one of a listing that draws people in, or is akin, is read."""
    if leads_away(before, after):
        return Hold.CALL
    return Hold.REVIEW if listing.is_read and says_otherwise(before, after) else Hold.NOTHING


def _of_notice(before: str, after: str) -> Hold:
    """Taking a notice away is at once, and so is "We are closed today."; anything else is read, or called about."""
    if leads_away(before, after, is_notice=True):
        return Hold.CALL
    is_nothing_new = not after.strip() or not says_otherwise(before, after)
    return Hold.NOTHING if is_nothing_new or is_plain_closing(after) else Hold.REVIEW


def _of_facts(before: list[Fact], after: list[Fact], listing: Listing) -> Hold:
    """Taking fewer people is read, and so is a promise of silence that nobody signed."""
    is_read = narrows(before, after) or assures_unsigned(before, after, listing.signed)
    return Hold.REVIEW if is_read else Hold.NOTHING


def _of_needs(before: list[str], after: list[str]) -> Hold:
    """What is offered brings people there: always read. What draws them in from now on is like a new listing."""
    return hold_of_new(Listing(set(after) - set(before)))


def _of_place(kind: str, before: Any, after: Any, listing: Listing) -> Hold:
    """Where it is, and who may find that. Another place is like a new listing; one that is taken off is read."""
    if kind == "place":
        is_away = leads_away("", _beside_street(after), is_street=True)
        return Hold.REVIEW if not after else Hold.CALL if is_away else hold_of_new(listing)
    if kind == "where":
        is_away = leads_away(_beside_street(before), _beside_street(after), is_street=True)
        return Hold.CALL if is_away else Hold.REVIEW
    if kind in ("tier", "area"):
        return Hold.REVIEW
    if kind == "service.publish_to":
        is_new = may_be_on_site(after) and not may_be_on_site(before)
        return hold_of_new(listing) if is_new else Hold.REVIEW
    return Hold.CALL


def _beside_street(where: Any) -> str:
    """What is told beside the street, which has a number that nobody calls."""
    told = where or {}
    return "\n".join(str(told.get(name, "")) for name in ("address_2", "directions"))


def _written(rows: Any) -> str:
    """All that rows say."""
    return "\n".join(str(value) for row in rows or [] for name, value in row.items() if name != "id")


def _of_status(before: str, after: str, listing: Listing) -> Hold:
    """Closing waits for a reader; what was over and begins again is like a new listing."""
    if begins_again(before, after):
        return hold_of_new(listing)
    return Hold.NOTHING if after == "active" else Hold.REVIEW


def _of_hours(before: Any, after: Any, listing: Listing) -> Hold:
    """Hours of which none is left, or that rest for long, close a service; a note is a text."""
    noted = of_text(_notes(before), _notes(after), listing)
    return Hold.REVIEW if noted is Hold.NOTHING and closes(before, after) else noted


def _notes(hours: Any) -> str:
    told = hours or {}
    own = [day.get(name, "") for day in told.get("own_days", []) for name in ("note", "note_fr")]
    return "\n".join([told.get("note", ""), told.get("note_fr", ""), *own])


def facts_of(stored: Any) -> list[Fact]:
    """Facts from their JSON: dimension, term, stated, bounds as texts or None."""

    def number(bound: object) -> Decimal | None:
        return None if bound is None else Decimal(str(bound))

    return [Fact(d, term, stated, number(low), number(high)) for d, term, stated, low, high in stored or []]


WAYS = frozenset({"phone", "url"})
"""Records that are nothing but a way to reach somebody."""


def redirects(entity: str, field: str, before: str, after: str) -> bool:
    """True if another value of a record's field could send a survivor to somebody else: what feeds may not decide."""
    key = f"{entity}.{field}"
    is_way = entity in WAYS or key in REDIRECTING or key in ("contact.email", "location.url")
    is_away = key in TEXTS | NOTICES and leads_away(before, after, is_notice=key in NOTICES)
    return is_way or is_away or tells_a_new_way(before, after)


def parts_by_hold(
    before: Mapping[str, Any], after: Mapping[str, Any], listing: Listing
) -> dict[Hold, list[str]]:
    """The keys of what differs, by what each waits for. One number among ten corrections holds back only itself."""
    found: dict[Hold, list[str]] = {}
    for key in sorted(after):
        if after[key] != before.get(key):
            found.setdefault(hold_of(key, before.get(key), after[key], listing), []).append(key)
    return found
