"""Reading HSDS as JSON in a stream: items, pages, lists, ndjson, and the tabular form with rows by file."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import ijson

from directory.hsds.package_json_watched import Outline, Watched, reason_of, telling
from directory.hsds.package_source import Careful
from directory.rules.hsds_package import Broken, PackageError, Part, Records, Refusal, Told, entity_of
from directory.rules.hsds_package_items import ids_in, kind_of, take_apart
from directory.rules.hsds_shape import ENTITIES
from directory.rules.json_once import Keys, read_once, twice_in

LONGEST_LINE = 16 * 1024**2
"""Bytes of one line of ndjson."""

_LINE_END = re.compile(rb"\r\n?|\n")
# How UTF-16 and UTF-32 begin where they have no mark.
_BESIDE_NULS = re.compile(rb"\0+[\[{\s]|[\[{\s]\0")

Unit = tuple[int, Records | Broken]


def read_json(name: str, open_file: Any, told: Told) -> Iterator[Part]:
    """The parts of a JSON file; `open_file()` gives its bytes from the beginning, each time it is called.

    Raises PackageError where the file is cut off or no JSON, since nobody knows what its end says.
    """
    if name.lower().endswith((".ndjson", ".jsonl")):
        form = "lines"
        with open_file() as file:
            _check_coding(name, file.read(4))
    else:
        with open_file() as file:
            form = _form(name, file)
    if form == "lines":
        yield Part(name, _lines(name, open_file, told), is_nested=True)
    elif form == "tabular":
        yield Part(name, _tabular(name, open_file, told))
    else:
        prefix = {"list": "item", "page": "contents.item", "item": ""}[form]
        yield Part(name, _items(name, open_file, prefix, told), is_nested=True)


def _form(name: str, file: Careful) -> str:
    """What the file is: "lines", "list", "page", "item" or "tabular"."""
    start = file.read(1024**2)
    _check_coding(name, start)
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise PackageError(f"{name} is empty.")
    if head[:1] == b"[":
        return "list"
    if head[:1] != b"{":
        raise PackageError(f"{name} is no JSON: it begins with neither {{ nor [.")
    first, *rest = _LINE_END.split(head, maxsplit=1)
    if rest and rest[0].strip() and _is_object(first):
        return "lines"
    file.seek(0)
    return _form_of_object(name, Watched(name, file))


def _check_coding(name: str, start: bytes) -> None:
    """Raises PackageError for UTF-16 and UTF-32, with or without a mark: JSON begins with no NUL."""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or _BESIDE_NULS.match(start):
        raise PackageError(f"{name}, byte 1: this is no UTF-8 text; save the file as UTF-8.")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _form_of_object(name: str, file: Watched) -> str:
    with telling(name, file):
        for prefix, event, value in ijson.parse(file):
            if prefix or event != "map_key":
                if prefix == "contents" and event == "start_array":
                    return "page"
                continue
            if value in ("contents", "total_items", "total_pages"):
                continue
            if value.lower().endswith(".csv"):
                return "tabular"
            if value in _OF_ITEMS:
                return "item"
    return "item"


_OF_ITEMS = frozenset(
    {field.name for entity in ENTITIES.values() for field in entity.fields}
    | {many.key for entity in ENTITIES.values() for many in entity.many}
)


def _items(name: str, open_file: Any, prefix: str, told: Told) -> Iterator[Unit]:
    if prefix.startswith("contents"):
        _check_page(name, open_file)
    with open_file() as raw:
        file, keys = Watched(name, raw), Keys()
        number = 0
        with telling(name, file):
            for number, item in enumerate(ijson.items(file, prefix, map_type=keys.empty), 1):
                file.next_item()
                path = f"{prefix.removesuffix('item').rstrip('.')}[{number - 1}]" if prefix else ""
                # The reader is some items ahead of what it gives.
                broken = _told_twice(item, path) if keys.are_any_twice else None
                yield number, broken or _taken(name, file.restored(item), told, path)
        if not number:
            told.notes.append(f"{name} holds no items")


def _check_page(name: str, open_file: Any) -> None:
    """Raise PackageError where a key of the page itself stands twice: there may be other items under the second."""
    with open_file() as raw:
        file, seen = Watched(name, raw), set[str]()
        with telling(name, file):
            for prefix, event, value in ijson.parse(file):
                if prefix == "contents.item" and event == "end_map":
                    file.next_item()
                if prefix or event != "map_key":
                    continue
                if value in seen:
                    raise PackageError(f"{name}: {_twice(value)}; nothing of the file is taken.")
                seen.add(value)


def _twice(place: str) -> str:
    # Of a path the end tells most.
    return f"key {place[-200:]!r} stands twice in one object: which one counts?"


def _told_twice(item: object, path: str) -> Broken | None:
    """An item of which an object tells a key twice; with its ids, unless one of them is what is told twice."""
    places = list(twice_in(item, path))
    if not places or not isinstance(item, dict):
        return None
    kind = "" if any(_is_id(place) for place in places) else kind_of(item)
    return Broken(_twice(places[0]), tuple(ids_in(kind, item)) if kind else ())


def _is_id(place: str) -> bool:
    return place.rpartition(".")[2] == "id"


def _taken(name: str, item: object, told: Told, path: str = "") -> Records | Broken:
    if not isinstance(item, dict):
        return Broken(f"{path or 'the item'}: an object belongs here")
    entity = kind_of(item)
    if not entity:
        return Broken(
            f"{path or 'the item'}: its keys tell of no service, organization, location, taxonomy or term"
        )
    taken = take_apart(entity, item)
    if isinstance(taken, Broken):
        return Broken(f"{path}: {taken.reason}" if path else taken.reason, taken.ids)
    _note_unknown(name, taken.unknown, told)
    for key in taken.wordy:
        _note(told, f"{name}: key {key!r} holds a plain value where records belong, and it is left out")
    if path:
        return [(e, f"{path}.{p}" if p else path, cells) for e, p, cells in taken.records]
    return taken.records


def _note_unknown(name: str, keys: Iterable[str], told: Told) -> None:
    for key in keys:
        _note(told, f"{name}: key {key[:60]!r} is none of HSDS and is left out")


def _note(told: Told, note: str) -> None:
    if len(told.notes) < 200 and note not in told.notes:
        told.notes.append(note)


def _lines(name: str, open_file: Any, told: Told) -> Iterator[Unit]:
    """One item a line; a broken line is refused, unless it is the last one and cut off."""
    with open_file() as file:
        number = 0
        for number, raw in enumerate(_read_lines(file), 1):
            if len(raw) >= LONGEST_LINE and raw[-1:] != b"\n":
                _skip(file)
                yield number, Broken(f"the line is longer than {LONGEST_LINE // 1024**2} MB")
            elif raw.removeprefix(b"\xef\xbb\xbf").strip():
                yield number, _line(name, number, raw, told)
        if not number:
            told.faults.append(Refusal(name, 0, "", "", "the file is empty"))


def _read_lines(file: Any) -> Iterator[bytes]:
    """The lines as far as they are read at once, each ended by LF, CRLF or, as some programs write, by CR alone.

    No JSON holds a CR within a text: it has to be escaped there.
    """
    left = b""
    while read := file.readline(LONGEST_LINE):
        *whole, left = (left + read.replace(b"\r\n", b"\n")).split(b"\r")
        yield from (line + b"\n" for line in whole)
        if left[-1:] == b"\n" or len(left) >= LONGEST_LINE:
            yield left
            left = b""
    if left:
        yield left


def _line(name: str, number: int, raw: bytes, told: Told) -> Records | Broken:
    line = raw.removeprefix(b"\xef\xbb\xbf").strip()
    if fault := Outline().fault(line):
        return Broken(fault, tuple(_guessed(line)))
    try:
        item, twice = read_once(line.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number)
    except UnicodeDecodeError as fault:
        return Broken(f"byte {fault.start + 1} of the line is no UTF-8 text: save the file as UTF-8")
    except (ValueError, RecursionError, ArithmeticError) as fault:
        if raw[-1:] != b"\n":
            raise PackageError(
                f"{name}, row {number}: the file is cut off; nothing of it is taken."
            ) from None
        return Broken(reason_of(fault), tuple(_guessed(line)))
    return (_told_twice(item, "") if twice else None) or _taken(name, item, told)


def _no_number(constant: str) -> None:
    """NaN and the infinities are words of Python's, not of JSON."""
    raise ValueError(constant)


def _guessed(line: bytes) -> Iterator[tuple[str, str]]:
    """The first id of a broken line: what is stored under it must not be thought missing."""
    if found := re.search(rb'"id"\s*:\s*"([^"\\]{1,200})"', line):
        for entity in (
            "service",
            "organization",
            "location",
            "service_at_location",
            "taxonomy",
            "taxonomy_term",
        ):
            yield entity, found[1].decode("utf-8", "replace")


def _skip(file: Careful) -> None:
    while chunk := file.readline(LONGEST_LINE):
        if chunk[-1:] == b"\n":
            return


def _tabular(name: str, open_file: Any, told: Told) -> Iterator[Unit]:
    """Rows by file: {"services.csv": [{...}]}."""
    with open_file() as raw:
        file = Watched(name, raw)
        rows = _Rows(name, told)
        number = 0
        with telling(name, file):
            for prefix, event, value in ijson.parse(file):
                if (found := rows.take(prefix, event, file.restored(value))) is not None:
                    file.next_item()
                    number += 1
                    yield number, found


class _Rows:
    """Puts rows together from what the reader tells of a tabular file, one event after another."""

    def __init__(self, name: str, told: Told) -> None:
        self._name, self._told = name, told
        self._csv, self._number = "", 0
        self._row: dict[str, Any] | None = None
        self._begun: set[str] = set()
        self._keys: list[str] = []

    def take(self, prefix: str, event: str, value: Any) -> Records | Broken | None:
        """A row that is through with this event, or None."""
        if not prefix and event == "map_key":
            self._begin(value)
            return None
        entity = entity_of(self._csv)
        if not entity:
            return None
        if prefix == self._csv and event not in ("start_array", "end_array", "map_key", "end_map"):
            return Broken(f"{self._csv}: a list of rows belongs here")
        if prefix == f"{self._csv}.item":
            return self._at_row(entity, event, value)
        if self._row is not None and event not in ("map_key", "end_map", "end_array"):
            key = prefix.removeprefix(f"{self._csv}.item.")
            is_plain = event not in ("start_map", "start_array")
            if "." not in key:
                self._row.setdefault(key, value if is_plain else [])
        return None

    def _begin(self, csv: str) -> None:
        """Raises PackageError where a file stands twice."""
        if csv in self._begun:
            raise PackageError(f"{self._name}: {_twice(csv)}; nothing of the file is taken.")
        self._begun.add(csv)
        self._csv, self._number, self._row = csv, 0, None
        if not entity_of(csv):
            self._told.notes.append(
                f"{self._name}: {csv[:60]!r} is no file of an HSDS package and is left out"
            )

    def _at_row(self, entity: str, event: str, value: Any) -> Records | Broken | None:
        if event == "start_map":
            self._row, self._keys = {}, []
        if event == "map_key":
            self._keys.append(value)
        if event in ("start_map", "map_key"):
            return None
        path = f"{self._csv}[{self._number}]"
        self._number += 1
        row, self._row = self._row, None
        if event != "end_map":
            return Broken(f"{path}: an object belongs here")
        if again := next((key for n, key in enumerate(self._keys) if key in self._keys[:n]), ""):
            ids = () if self._keys.count("id") > 1 else tuple(ids_in(entity, row or {}))
            return Broken(_twice(f"{path}.{again}"), ids)
        # The reader joins keys by points: one that has a point in it is told apart here alone.
        pointed = {key: "" for key in self._keys if "." in key}
        return _row(self._name, entity, path, {**(row or {}), **pointed}, self._told)


def _row(name: str, entity: str, path: str, row: dict[str, Any], told: Told) -> Records | Broken:
    fields = ENTITIES[entity].fields
    names = {field.name for field in fields}
    _note_unknown(name, (f"{entity}.{key}" for key in row if key not in names), told)
    given = row.get("id")
    if any(isinstance(value, list) for key, value in row.items() if key in names):
        ids = ((entity, given),) if isinstance(given, str) and given else ()
        return Broken(f"{path}: a list or an object stands where a plain value belongs", ids)
    return [(entity, path, [row.get(field.name) for field in fields])]
