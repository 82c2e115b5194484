"""A mapping file: how the columns of somebody's list become records of the directory.

docs/import-table.md explains every key, fixtures/mappings/kingston.toml shows them at work. `parse_mapping` in
table_mapping_read.py makes a TableMapping of the TOML or says what to mend; `read_row` in table_rows.py uses it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from directory.rules.table_records import OrganizationFacts, Reach, ServiceFacts

Columns = tuple[str, ...]
Patterns = tuple[re.Pattern[str], ...]

CLOSED = "closed for good"
STATUSES = ("active", "inactive", "temporarily closed", "defunct")
NEVER_TAKEN = frozenset({"assured_date", "assurer_email", "last_modified"})
"""Facts that only a person who asked the service, or the site itself, may set."""
_SET_ELSEWHERE = {"reach", "province", "minimum_age", "maximum_age"}
SERVICE_FIELDS = frozenset(f.name for f in fields(ServiceFacts)) - _SET_ELSEWHERE
ORGANIZATION_FIELDS = frozenset(f.name for f in fields(OrganizationFacts)) - {"key"}
USUAL_COLUMNS = ("name", "description")
"""Where a condition looks if it names no columns."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a mapping may name: needs with their parents ("" for groups), kinds that are protected, languages.

    `languages` goes from folded names and codes to ISO 639-3 codes. `housing` are the kinds
    that people stay for.
    """

    parents: Mapping[str, str]
    protected: frozenset[str]
    languages: Mapping[str, str]
    housing: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PublisherFacts:
    """Whose list it is. `is_demo` marks records that describe nothing real."""

    slug: str
    name: str
    name_fr: str = ""
    url: str = ""
    licence: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class FileShape:
    """Where the rows stand: `records` is the path of a list inside JSON, `sheet` a sheet ("": the first).

    An empty `delimiter` or `encoding` is found out. `header_row` counts from 1. `may_lack` are columns that need not
    be there.
    """

    records: str = ""
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    header_row: int = 1
    may_lack: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds if a column has one of the folded `words`, or a match of `matches`, and none of `unless`.

    `values` limits it to rows of these folded categories. Without words and matches, the category decides.
    """

    columns: Columns
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    matches: Patterns = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedsRule:
    """Adds needs where its condition holds."""

    when: Condition
    add: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a service reaches; `province` has two letters where `reach` is "province"."""

    reach: Reach
    province: str = ""


@dataclass(frozen=True, slots=True)
class French:
    """Which French to take. Where nobody read it, only `take`, and nothing that `broken` finds."""

    trust: bool
    take: frozenset[str]
    broken: Patterns


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Where a row says its place; `default_community` ("Kingston, ON") stands where it names no city."""

    address: Columns
    address_1: Columns
    address_2: Columns
    city: Columns
    state_province: Columns
    postal_code: Columns
    latitude: str
    longitude: str
    virtual: str
    confidential: tuple[str, ...]
    default_community: str


@dataclass(frozen=True, slots=True)
class HoursColumns:
    """`weekly` holds hours by weekday, `days` has a column for each of them, `text` words, `text_fr` French ones.

    Rows with a key in `text_only` keep the words alone. `of` and `zone` say what all hours of the list are of and in
    which IANA zone they are told; `valid_from` and `valid_to` are columns of days.
    """

    weekly: str
    days: Mapping[str, str]
    text: Columns
    text_fr: Columns
    text_only: frozenset[str]
    of: str
    zone: str
    valid_from: str
    valid_to: str


@dataclass(frozen=True, slots=True)
class EligibilityColumns:
    """Where a row says whom it takes: `ages` and `notes` in words, bounds in numbers, `claims` by yes or no.

    `claims` goes from "dimension:term" to a column.
    """

    ages: Columns
    minimum_age: str
    maximum_age: str
    notes: Columns
    claims: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Everything that a mapping file says, checked."""

    publisher: PublisherFacts
    file: FileShape
    key: str
    service: Mapping[str, Columns]
    organization: Mapping[str, Columns]
    constants: Mapping[str, str]
    defaults: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    is_day_first: bool | None
    cut_from: Patterns
    remove: Patterns
    empty: frozenset[str]
    drop: Mapping[str, Patterns]
    french: French
    status: Mapping[str, str]
    category: str
    has_many_categories: bool
    categories: Mapping[str, tuple[str, ...]]
    needs_when: tuple[NeedsRule, ...]
    scope: str
    scopes: Mapping[str, Scope]
    reach_when: tuple[tuple[Condition, Scope], ...]
    refuse_when: tuple[tuple[Condition, str], ...]
    place: PlaceColumns
    phones: Columns
    phone_label: str
    phone_words: Mapping[str, str]
    hours: HoursColumns
    eligibility: EligibilityColumns
    documents: Columns
    languages: str
    words: Words

    def columns(self) -> frozenset[str]:
        """Every column that the mapping names, but for those that need not be there."""
        place, hours, stated = self.place, self.hours, self.eligibility
        named = {self.key, self.category, self.scope, self.phone_label, self.languages, *self.phones}
        named |= {place.latitude, place.longitude, place.virtual}
        named |= {hours.weekly, hours.valid_from, hours.valid_to, *hours.days.values()}
        named |= {*hours.text, *hours.text_fr, *self.documents}
        named |= {
            *stated.ages,
            *stated.notes,
            stated.minimum_age,
            stated.maximum_age,
            *stated.claims.values(),
        }
        named |= {*place.address, *place.address_1, *place.address_2, *place.city}
        named |= {*place.postal_code, *place.state_province}
        conditions = [rule.when for rule in self.needs_when]
        conditions += [when for when, _ in (*self.reach_when, *self.refuse_when)]
        asked = [when.columns for when in conditions if when.columns != USUAL_COLUMNS]
        for columns in (*self.service.values(), *self.organization.values(), *asked):
            named |= {*columns}
        return frozenset(named - {""} - self.file.may_lack)
