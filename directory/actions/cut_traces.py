"""Looks through all that an organization tells for traces of a door that is being protected, and cuts them out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, TextField

from directory.actions.looked_through import LookedThrough
from directory.actions.refused import Refused
from directory.actions.scrub_places import these
from directory.models.address import Address
from directory.models.field_source import FieldSource
from directory.models.import_conflict import ImportConflict
from directory.models.metadata import Metadata
from directory.models.organization import Organization
from directory.models.record import HsdsRecord
from directory.models.service import Service
from directory.rules.door_traces import Traces, tells, without
from directory.rules.hsds_shape import ENTITIES


class Cut(NamedTuple):
    """A text that told the door: its keeper has to read what is left of it."""

    entity: str
    record_id: UUID
    field: str


OWN_STREET = frozenset({"address_1", "city", "state_province", "postal_code", "country"})
"""Where another place stands is its own: one at this very door is reported, and somebody decides about it."""
NAMELESS = "…"
"""Stands for a name, or a street, of which nothing is left."""
NEVER_EMPTY = ("name", "address_1")
AREA = "service_area"
"""The name of an area is no name of anybody: it may be that of a small community, and then all of it goes."""
NAMES_NO_PLACE = OWN_STREET | frozenset(
    ["name", "region", "zone", "province", "given_id", "source_url", "source_key", "email", "assurer_email"]
)
"""Fields in which a town, or a house, may be named: where an open place stands, codes, what is never public there."""


def says_nothing_without(entity: str) -> list[str]:
    """The texts of an entity that can neither be empty nor be stood for: a web address, a number, an identifier."""
    fields = ENTITIES[entity].fields if entity in ENTITIES else ()
    found = [f.name for f in fields if f.essential and not f.choices and f.name not in NEVER_EMPTY]
    return [*found, "name"] if entity == AREA else found


def asked_of(entity: str, name: str, traces: Traces) -> Traces:
    """What to look for in a field."""
    if entity == AREA and name == "name":
        return traces
    if name in NEVER_EMPTY:
        return traces.for_names
    return traces.nameless if name in NAMES_NO_PLACE else traces


def refuse_telling_names(rows: Iterable[HsdsRecord], traces: Traces) -> None:
    """Raise Refused if a name tells the door: no name can be cut, somebody has to give another one."""
    for row in rows:
        if tells(str(getattr(row, "name", "")), traces) and isinstance(row, Organization | Service):
            entity = row._meta.db_table
            raise Refused(
                f"The name of {entity} {row.pk} tells where the place is: give it another one first."
            )


def cut_traces(rows: Iterable[HsdsRecord], traces: Traces) -> list[Cut]:
    """Cut what tells out of every text of `rows`; history, conflicts, web addresses and identifiers that tell go whole.

    A name that tells the street without its number stays, and stands among those to read over.
    """
    found: list[Cut] = []
    keys: list[UUID] = []
    rows = list(rows)
    traces = traces.in_own_texts(row.address_1 for row in rows if isinstance(row, Address))
    to_read_over = replace(traces, names=replace(traces.names, own=frozenset()))
    keys += [row.pk for row in rows]
    for row in sifted(rows, to_read_over):
        told = cut_unsaved(row, traces, keeps=OWN_STREET if isinstance(row, Address) else frozenset())
        found += [Cut(row._meta.db_table, row.pk, name) for name in told if name != "written"]
        if isinstance(row, Organization | Service) and "name" not in told and tells(row.name, to_read_over):
            found.append(Cut(row._meta.db_table, row.pk, "name"))
        if not told:
            continue
        if isinstance(row, Metadata) or _is_void(row):
            row.delete()
        else:
            row.save(update_fields=told)
    _cut_sources(keys, traces)
    return found


def sifted(rows: Iterable[HsdsRecord], traces: Traces) -> list[HsdsRecord]:
    """Those of these rows that may tell, and all addresses: most texts stand in many rows, and are asked about once."""
    looked = LookedThrough(replace(traces, open_streets=frozenset()))
    return [row for row in rows if isinstance(row, Address) or any(map(looked, _texts_of(row)))]


def sourced(rows: Iterable[HsdsRecord]) -> set[UUID]:
    """Ids of those of these rows of which a source or a conflict tells something."""
    keys = these([row.pk for row in rows])
    conflicts = ImportConflict.objects.filter(record_id__in=keys).order_by()
    sources = FieldSource.objects.filter(record_id__in=keys).exclude(source_url="").order_by()
    return {*conflicts.values_list("record_id", flat=True), *sources.values_list("record_id", flat=True)}


def _texts_of(row: HsdsRecord) -> Iterator[str]:
    for name in _text_columns(type(row)):
        if isinstance(text := getattr(row, name), str) and text:
            yield text
    yield from map(str, row.written.values())


@cache
def _text_columns(model: type[HsdsRecord]) -> list[str]:
    fields = model._meta.concrete_fields
    return [f.attname for f in fields if isinstance(f, TextField | CharField) and not f.choices]


def _is_void(row: HsdsRecord) -> bool:
    """True for what says nothing any more, and would make open data invalid."""
    return not all(getattr(row, name) for name in says_nothing_without(row._meta.db_table))


def cut_unsaved(row: HsdsRecord, traces: Traces, keeps: frozenset[str] = frozenset()) -> list[str]:
    """Cut the texts of a row and save nothing; returns the names of the fields that changed.

    `keeps` are fields that may say where a place stands (`tells_beside`).
    """
    told = []
    entity = row._meta.db_table
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname)
        is_text = isinstance(field, TextField | CharField) and not field.choices
        if not (is_text and isinstance(text, str) and _is_told(entity, field.attname, text, traces, keeps)):
            continue
        if (left := what_is_left(entity, field.attname, text, traces)) != text:
            setattr(row, field.attname, left)
            told.append(field.name)
    kept = {n: raw for n, raw in row.written.items() if not _is_told(entity, n, str(raw), traces, keeps)}
    if kept != row.written:
        row.written = kept
        told.append("written")
    return told


def _is_told(entity: str, name: str, text: str, traces: Traces, keeps: frozenset[str]) -> bool:
    if name in keeps:
        return tells_beside(name, text, lambda part: tells(part, traces.for_names))
    asked = asked_of(entity, name, traces)
    return tells(text, traces.nameless if asked is traces.for_names else asked)


def tells_beside(name: str, text: str, is_told: Callable[[str], bool]) -> bool:
    """Whether a field of `OWN_STREET` tells a door beside its own: a street that begins otherwise and goes on with it.

    "12 Main Street" may be another town's, "Behind 12 Main Street" is the way to this one. A street's name alone tells
    nothing there: every street has one.
    """
    return name == "address_1" and any(map(is_told, text.split(maxsplit=1)[1:]))


def what_is_left(entity: str, name: str, text: str, traces: Traces) -> str:
    """The text of a field without what tells; something stands for what can't be empty, such as a name.

    A name may tell a street without its number, and a town: by it people know the house.
    """
    left = without(text, asked_of(entity, name, traces))
    return left or NAMELESS if name in NEVER_EMPTY and entity != AREA else left


def _cut_sources(keys: list[UUID], traces: Traces) -> None:
    given = these(keys)
    for conflict in ImportConflict.objects.filter(record_id__in=given).order_by("pk"):
        if tells(conflict.offered, asked_of(conflict.entity, conflict.field, traces)):
            conflict.delete()
    for source in FieldSource.objects.filter(record_id__in=given).exclude(source_url="").order_by("pk"):
        if tells(source.source_url, traces):
            source.source_url = ""
            source.save(update_fields=["source_url"])
