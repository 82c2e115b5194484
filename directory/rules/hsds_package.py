"""What an HSDS package is, before any value is read: its files, its ids, and how a refusal is told."""

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from directory.rules.hsds_shape import ENTITIES, FILES

PUBLISHED = uuid.UUID("5d0f6a52-7c0e-5b8a-9d7e-2f6b1f1a4c11")
"""Namespace (RFC 9562, name-based ids) of records whose publisher's own id could not become ours."""

CORE = ("organizations.csv", "services.csv")
"""Without any of these a package tells of nobody's help (a taxonomy by itself may come alone)."""

FLAGS = {
    "not_a_uri": "is no web address",
    "not_an_email": "is no e-mail address",
    "not_a_number": "is no number",
    "not_a_date": "is no date",
    "not_a_moment": "is no moment",
    "not_a_time": "is no time of day",
    "not_a_day": "is no day",
    "not_weekdays": "is no list of weekdays",
    "not_a_weekday": "is no weekday",
    "not_a_count": "is no number from 1 on",
    "zone_name": "names a zone, where an offset in hours belongs: it is used as a zone",
    "out_of_range": "is out of range",
    "negative": "is less than nothing",
    "above_maximum": "is above the maximum",
    "above_maximum_age": "is above the maximum age",
    "beside_until": "stands beside an end, which says otherwise",
    "unreadable": "is no outline that can be read",
    "unknown": "is no province or territory of Canada",
}
"""What is wrong with a value that is kept, by the flag behind the field's name ("latitude:out_of_range")."""

DESCRIPTOR = "datapackage.json"
"""Says which files a tabular package has; it holds no records."""

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class PackageError(Exception):
    """Nothing can be done with this package: one sentence with the file, the place in it and the reason."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken. `line` is that of a CSV record's beginning, or a JSON item's number; 0: the file."""

    file: str
    line: int
    path: str
    key: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, row {self.line}" if self.line else self.file
        path = f", {self.path}" if self.path else ""
        return f"{where}{path} ({self.key or 'no id'}): {self.reason}"


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in place of a row that can't be taken apart; `ids` are (entity, given id) as far as known."""

    reason: str
    ids: tuple[tuple[str, str], ...] = ()


Cells = Sequence[object]
"""The values of one record in the order of its entity's fields, "" or None where nothing is said."""

Records = list[tuple[str, str, Cells]]
"""(entity, JSON path, cells) of one row, or of all that one JSON item says."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a package. `units` gives (line or item, what stands there); `is_nested`: items of nested JSON."""

    file: str
    units: Iterator[tuple[int, Records | Broken]]
    entity: str = ""
    is_nested: bool = False


@dataclass(slots=True)
class Told:
    """What is worth telling about a package beside its rows: `faults` count as refused, `notes` don't.

    `absent` are columns, by entity, that its CSV file doesn't have: of them it says nothing. `missing` are files
    that are known not to be there; `faults` say so.
    """

    faults: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: dict[str, frozenset[str]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)


class Piece(Protocol):
    """One file of a package, of `size` bytes, all of one entity: another process can read it (it can be pickled)."""

    @property
    def name(self) -> str:
        """The file's."""
        ...

    @property
    def entity(self) -> str:
        """What its rows are."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    def parts(self, told: Told) -> Iterator[Part]:
        """The file, or nothing where there is none to read. Raises PackageError where the rest can't be known."""
        ...


class Package(Protocol):
    """A package that is ready to be read once."""

    digest: str
    told: Told

    def pieces(self) -> Sequence[Piece]:
        """Its files in writing order, if each can be read by itself; else none."""
        ...

    def parts(self) -> Iterator[Part]:
        """Every file that holds records. Raises PackageError where the rest can't be known."""
        ...


def entity_of(file: str) -> str:
    """The entity of a file of the tabular package, "" for any other."""
    return FILES.get(file.lower(), "")


def canonical(given: str) -> str:
    """A UUID in lower case with its four dashes, or "" for anything else."""
    if _UUID.fullmatch(given):
        return given
    low = given.strip().lower()
    return low if _UUID.fullmatch(low) else ""


def derived_id(publisher: str, entity: str, given: str) -> str:
    """The lasting id of a record whose given id can't be ours: the same for the same three, on every machine."""
    return str(uuid.uuid5(PUBLISHED, json.dumps([publisher, entity, given.strip()])))


def staged_id(publisher: str, entity: str, given: str) -> str:
    """The id that a record has unless another publisher has it already."""
    return canonical(given) or derived_id(publisher, entity, given)


def lacking(files: Sequence[str]) -> str:
    """The sentence for a package that lacks its core, "" where it has enough to begin with."""
    entities = {entity_of(name) for name in files}
    if entities & {"organization", "service", "taxonomy", "taxonomy_term"}:
        return ""
    if not entities - {""}:
        return "holds no file of an HSDS package: services.csv, organizations.csv or HSDS as JSON is missing"
    return "lacks its core: neither services.csv nor organizations.csv is there"


def in_writing_order(names: Sequence[str]) -> list[str]:
    """Files in the order in which records are written, so that what is named comes before what names it."""
    order = {name: number for number, name in enumerate(ENTITIES)}
    return sorted(names, key=lambda name: (order.get(entity_of(name.rpartition("/")[2]), -1), name))
