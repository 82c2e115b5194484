"""What one row of somebody's list says, as plain facts under HSDS's own field names.

Nothing here knows the database or the gazetteer. `assured_date` is missing on purpose: no list can say that a
person asked the service (safety.md), so no list may fill it.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from directory.rules.eligibility_terms import Fact

Reach = Literal["place", "province", "country"]


class NumberedRow(NamedTuple):
    """A row and its number as a reader of the file counts: sheets from their header, JSON from 1."""

    number: int
    row: object


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row whose cells don't fit the header, so that none of them can be trusted; `reason` says what to mend."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken. `is_closed` says that its service has closed for good."""

    row: int
    key: str
    reason: str
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """`key` tells organizations of one list apart; rows with one key share the organization."""

    key: str
    name: str
    name_fr: str = ""
    alternate_name: str = ""
    description: str = ""
    description_fr: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """An HSDS service, as far as a list may state it."""

    name: str
    name_fr: str = ""
    alternate_name: str = ""
    description: str = ""
    description_fr: str = ""
    url: str = ""
    email: str = ""
    status: str = "active"
    interpretation_services: str = ""
    application_process: str = ""
    application_process_fr: str = ""
    fees_description: str = ""
    fees_description_fr: str = ""
    wait_time: str = ""
    accreditations: str = ""
    licenses: str = ""
    eligibility_description: str = ""
    eligibility_description_fr: str = ""
    alert: str = ""
    alert_fr: str = ""
    source_url: str = ""
    copied_on: date | None = None
    minimum_age: Decimal | None = None
    maximum_age: Decimal | None = None
    reach: Reach = "place"
    province: str = ""


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """A street address in Canada; `note` is what stood in brackets behind it."""

    address_1: str
    city: str
    state_province: str
    address_2: str = ""
    postal_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LocationFacts:
    """A place as stated. A protected one has neither address nor coordinates, only its city (may be "").

    `doors` (table_telling.doors_at) finds the door of a protected place in other rows of the list, `cells` are the
    cells with its street, to be looked for in texts, `hidden_point` is where it stands: all are kept in memory and
    never written anywhere. So is `line`: the words of a place whose town could not be read; `has_no_door` says that
    they are known to be of no door.
    """

    location_type: str = "physical"
    description: str = ""
    is_protected: bool = False
    address: AddressFacts | None = None
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    doors: frozenset[tuple[str, str, str]] = field(default=frozenset(), repr=False)
    cells: tuple[str, ...] = field(default=(), repr=False)
    line: str = field(default="", repr=False)
    hidden_point: tuple[float | None, float | None] = field(default=(None, None), repr=False)
    has_no_door: bool = False


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """A number as written; `type` is a word of HSDS ("text", "fax", "textphone") where the list says so."""

    number: str
    extension: str = ""
    type: str = ""
    description: str = ""
    description_fr: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleFacts:
    """One weekly recurrence ("MO,TU", "09:00", "17:00"), or free text in `description` alone.

    `hours_of`, `on_holidays` and `zone` are the words of the model; `valid_from` and `valid_to` stand together.
    """

    freq: str = ""
    byday: str = ""
    opens_at: str = ""
    closes_at: str = ""
    valid_from: str = ""
    valid_to: str = ""
    description: str = ""
    description_fr: str = ""
    hours_of: str = ""
    zone: str = ""
    on_holidays: str = "not_stated"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Papers that a service asks for, in the list's words."""

    document: str


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """`name` as written; `code` is ISO 639-3, or "" where the name is unknown to us."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one row says. `needs` are slugs of the vocabulary, the main one first.

    `facts` is what it states of eligibility; `warnings` tell what was kept as words or left out, one sentence each.
    """

    key: str
    organization: OrganizationFacts
    service: ServiceFacts
    location: LocationFacts | None
    phones: tuple[PhoneFacts, ...]
    schedules: tuple[ScheduleFacts, ...]
    languages: tuple[LanguageFacts, ...]
    needs: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()
    warnings: tuple[str, ...] = ()
