"""Reading one record of an HSDS package into the texts that its staging table takes. Compiled once for an entity."""

import json
import re
from collections.abc import Sequence

from directory.rules.hsds_formats import flag_of
from directory.rules.hsds_package import Cells, canonical, derived_id
from directory.rules.hsds_package_outlines import outline_of
from directory.rules.hsds_package_provinces import is_no_province
from directory.rules.hsds_package_words import is_correctional_lodge
from directory.rules.hsds_shape import ENTITIES, Entity, Field, Kind
from directory.rules.hsds_values import (
    BOUNDS,
    NEVER_NEGATIVE,
    TEXTUAL,
    WITHHELD,
    Unusable,
    column_text,
    flags_of_record,
    read_value,
    written_form,
)
from directory.rules.schedule_values import FLAGGED, flags_of_hours

BOOKKEEPING = ("_file", "_line", "_path", "_nested", "position", "_given", "_loose", "id", "written", "flags")
"""Columns of a staging table that come before the entity's own fields."""

LONGEST_TEXT = 200_000
"""Characters of one value; outlines of areas may be longer."""

LODGE = "this is a correctional healing lodge, which is a prison and is never listed"
DOOR = ("address_1", "city", "postal_code", "address_2", "attention")
"""Fields of an address that tell where its door is."""
PROVINCE = ("state_province", "country")
_KIND_OF_ANY = {"link_id": "link_entity", "resource_id": "resource_type"}
_NAMED = ("name", "alternate_name", "description")
_LODGES = frozenset({"organization", "service", "location"})
_PAIRED = {
    "service": ("minimum_age", "maximum_age"),
    "service_capacity": ("available", "maximum"),
    "schedule": ("count", "until"),
}

Staged = tuple[str | None, ...]
"""The values of `RowReader.columns` from `_given` on, as PostgreSQL reads them in text."""


MOST_KEPT = 20_000
"""Values of one field that are remembered as read."""

Known = tuple[str | None, str | None, str]
"""Of one value: what the column takes, what was written where that differs, the flag."""


# At most fifteen digits, as a double tells them again: hardly any coordinates are written otherwise.
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,2})\.[0-9]{0,11}[1-9]", re.ASCII)


_HALF = re.compile("[\ud800-\udfff]")


class _Field:
    """One field whose values are read, each different short value once."""

    __slots__ = ("_bound", "_kept", "field", "nothing")

    def __init__(self, field: Field) -> None:
        self.field = field
        self._bound = BOUNDS.get(field.name) if field.kind is Kind.NUMBER else None
        self._kept: dict[str, Known] = {}
        # What an empty cell means, if it may be empty and there is nothing to say about it.
        is_free = not (field.required or field.essential or field.kind is Kind.MOMENT)
        self.nothing = ("" if field.kind in TEXTUAL else None) if is_free else _ASK

    def read(self, text: str) -> Known:
        """Raises Unusable."""
        known = self._kept.get(text)
        if known is None:
            if self._bound and _PLAIN.fullmatch(text) and abs(float(text)) <= self._bound:
                return text, None, ""
            read = read_value(self.field, text)
            value = None if read.value is None else column_text(read.value)
            known = (value, read.written, read.flag)
            if len(text) < 60 and len(self._kept) < MOST_KEPT:
                self._kept[text] = known
        return known


_ASK = "\x00"
"""Stands for: an empty value has to be read like any other."""


class RowReader:
    """Reads records of one entity of one publisher."""

    def __init__(self, publisher: str, entity: str) -> None:
        self.entity: Entity = ENTITIES[entity]
        self._publisher = publisher
        fields = self.entity.fields
        self._index = {field.name: number for number, field in enumerate(fields)}
        self._refs = tuple((n, field) for n, field in enumerate(fields) if field.kind is Kind.REF)
        self._read = tuple((n, _Field(field)) for n, field in enumerate(fields) if n and _is_read(field))
        self._kept = tuple(n for n, field in enumerate(fields) if n and field.name not in WITHHELD)
        self._lodge = tuple(self._index[n] for n in _NAMED) if entity in _LODGES else ()
        self._province = tuple(self._index[name] for name in PROVINCE) if entity == "address" else ()
        self._paired = tuple(self._index[name] for name in _PAIRED.get(entity, ()))
        self._hours = tuple((self._index[n], n) for n in FLAGGED) if entity == "schedule" else ()
        self._whole = tuple((self._index[n], n) for n in NEVER_NEGATIVE.get(entity, ()))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a staged row fills, in its order."""
        return BOOKKEEPING + tuple(self.entity.fields[n].name for n in self._kept)

    def read(self, cells: Cells) -> Staged:
        """(given id, loose, id, written, flags, own fields...). Raises Unusable with the reason."""
        # A tuple comes from CSV, where every cell is text, is sound and has an end.
        is_sound = isinstance(cells, tuple)
        values: list[str] = list(cells) if isinstance(cells, tuple) else [written_form(v) for v in cells]
        given = values[0].strip()
        if not given:
            raise Unusable("id is missing")
        if not is_sound:
            self._check_sound(values)
        self._check(values)
        written: dict[str, str] = {}
        flags: list[str] = []
        id_ = canonical(given)
        if id_ and id_ != values[0]:
            written["id"] = values[0]
        loose = self._loose(values, flags)
        if self._paired and all(values[n] for n in self._paired):
            flags += self._pair(values)
        if self._province and is_no_province(*(values[n] for n in self._province)):
            flags.append(f"{PROVINCE[0]}:unknown")
        if self._hours:
            flags += flags_of_hours({name: values[n] for n, name in self._hours})
        staged = self._stage(values, written, flags)
        flags += [f"{name}:negative" for n, name in self._whole if (staged[n] or "").startswith("-")]
        told = json.dumps(written, ensure_ascii=False) if written else "{}"
        kept = [staged[n] for n in self._kept]
        name = "" if id_ else given
        return (
            name,
            loose,
            id_ or derived_id(self._publisher, self.entity.name, given),
            told,
            _array(flags),
            *kept,
        )

    def _stage(self, values: list[str], written: dict[str, str], flags: list[str]) -> list[str | None]:
        """The values as their columns take them."""
        staged: list[str | None] = list(values)
        for number, field in self._refs:
            text = values[number]
            staged[number] = self._ref(field, text, values, written) if text else None
        for number, known in self._read:
            text = values[number]
            if not text and known.nothing != _ASK:
                staged[number] = known.nothing
                continue
            staged[number], as_written, flag = known.read(text)
            if as_written is not None:
                written[known.field.name] = as_written
            if flag:
                flags.append(flag)
        return staged

    def given(self, cells: Cells) -> str:
        """The id as it was given, "" where there is none that can be told."""
        given = cells[0] if cells else ""
        return given.strip()[:200] if isinstance(given, str) else ""

    def door(self, cells: Cells) -> tuple[str | None, ...]:
        """Of an address that can't be taken: our id of its place, and the fields of DOOR as far as they are text."""
        texts = [
            value.encode("utf-8", "replace").decode() if isinstance(value, str) else "" for value in cells
        ]
        (number, field), *_ = (each for each in self._refs if each[1].name == "location_id")
        place = self._ref(field, texts[number], texts, {}) if texts[number] else None
        return (place, *(texts[self._index[name]] for name in DOOR))

    def _check(self, values: Sequence[str]) -> None:
        if len(values[0]) > 200:
            raise Unusable("its id is longer than 200 characters")
        if self._lodge and is_correctional_lodge([values[n] for n in self._lodge]):
            raise Unusable(LODGE)

    def _check_sound(self, values: Sequence[str]) -> None:
        """What the reader of CSV has looked at by line."""
        whole = "".join(values)
        if "\x00" in whole:
            raise Unusable("it holds a NUL character")
        if not whole.isascii():
            for field, value in zip(self.entity.fields, values, strict=True):
                if _HALF.search(value):
                    raise Unusable(f"{field.name} holds half a character (a lone surrogate)")
        if len(whole) > LONGEST_TEXT:
            self._check_length(values)

    def _check_length(self, values: Sequence[str]) -> None:
        for field, value in zip(self.entity.fields, values, strict=True):
            if len(value) > LONGEST_TEXT and field.name != "extent":
                raise Unusable(f"{field.name} is longer than {LONGEST_TEXT} characters")

    def _loose(self, values: Sequence[str], flags: list[str]) -> str:
        """What SQL needs beside the columns: the outline of an area, or the id of a thing of unknown kind."""
        if self.entity.name == "service_area":
            extent, form = values[self._index["extent"]], values[self._index["extent_type"]]
            if not extent.strip() or form.strip().lower() not in ("geojson", ""):
                return ""
            outline = outline_of(extent)
            if not outline and form:
                flags.append("extent:unreadable")
            return outline
        return ""

    def _pair(self, values: Sequence[str]) -> list[str]:
        fields = [self.entity.fields[n] for n in self._paired]
        told = {field.name: read_value(field, values[self._index[field.name]]).value for field in fields}
        return [f for f in flags_of_record(self.entity.name, told) if not f.endswith(":negative")]

    def _ref(self, field: Field, text: str, values: Sequence[str], written: dict[str, str]) -> str | None:
        """Our id of the record that is named; None where a thing of unknown kind has no UUID."""
        if not (given := text.strip()):
            return None
        id_ = canonical(given)
        if id_ != text:
            written[field.name] = text
        if id_:
            return id_
        target = field.target or values[self._index[_KIND_OF_ANY[field.name]]]
        return derived_id(self._publisher, target, given) if target in ENTITIES else None


def _is_read(field: Field) -> bool:
    """False for text that stands as it is, and for links, which are read by themselves."""
    is_plain = field.kind is Kind.TEXT and not flag_of(field)
    return field.kind is not Kind.REF and not (
        is_plain and not (field.choices or field.required or field.essential)
    )


def _array(flags: Sequence[str]) -> str:
    """A PostgreSQL array; flags are words without quotes or commas."""
    return "{" + ",".join(flags) + "}"
