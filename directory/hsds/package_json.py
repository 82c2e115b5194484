"""Reading HSDS as JSON in a stream: items, pages, lists, ndjson, and the tabular form with rows by file."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import ijson

from directory.hsds.package_json_halves import LONGEST_ESCAPE, Halves
from directory.hsds.package_source import Careful
from directory.rules.hsds_package import Broken, PackageError, Part, Records, Refusal, Told, entity_of
from directory.rules.hsds_package_items import kind_of, take_apart
from directory.rules.hsds_shape import ENTITIES

LARGEST_ITEM = 32 * 1024**2
"""Bytes of one item; a longer one is refused before it is in memory."""

LONGEST_LINE = 16 * 1024**2
"""Bytes of one line of ndjson."""

DEEPEST = 40
"""Levels of lists and objects; the standard needs half as many. The reader's memory grows with their square."""

MOST_DIGITS = 1000
"""Digits of one number. The reader's C gives way beneath Python where an integer has more than 4,300."""

SLICE = 1024
_DIGITS = re.compile(rb"[0-9]{%d}" % (MOST_DIGITS + 1))
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)

Unit = tuple[int, Records | Broken]


class _Outline:
    """How deep the JSON nests that went through, and how long its numbers are, strings left out."""

    def __init__(self) -> None:
        self._open = b""
        self._digits = b""
        self._depth = 0

    def fault(self, chunk: bytes) -> str:
        """Take more bytes in: what is too deep (to within a slice) or too long in them, "" if nothing."""
        rest = _STRINGS.sub(b" ", self._open + chunk)
        begin = rest.find(b'"')
        self._open = b""
        if begin >= 0:
            tail = rest[begin:]
            is_escaped = (len(tail) - len(tail.rstrip(b"\\"))) % 2
            self._open = b'"\\' if is_escaped else b'"'
            rest = rest[:begin]
        return self._long_number(rest) or self._deep(rest)

    def _long_number(self, rest: bytes) -> str:
        rest = self._digits + rest
        self._digits = rest[len(rest.rstrip(b"0123456789")) :]
        return f"a number has more than {MOST_DIGITS} digits" if _DIGITS.search(rest) else ""

    def _deep(self, rest: bytes) -> str:
        for start in range(0, len(rest), SLICE):
            part = rest[start : start + SLICE]
            self._depth += part.count(b"[") + part.count(b"{") - part.count(b"]") - part.count(b"}")
            if self._depth > DEEPEST:
                return f"lists and objects nest more than {DEEPEST} levels deep"
        return ""


class _Watched:
    """A file that gives up where one item goes on and on, or is no UTF-8 text."""

    def __init__(self, name: str, file: Careful) -> None:
        self._name, self._file = name, file
        self._since = 0
        self._outline = _Outline()
        self._halves = Halves()
        self.restored = self._halves.restored
        self.read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, `size` at most. Raises PackageError for an item beyond LARGEST_ITEM."""
        chunk = self._whole_escapes(min(size, 65536) if size >= 0 else 65536)
        if self.read_so_far == 0:
            chunk = chunk.removeprefix(b"\xef\xbb\xbf")
        self._since += len(chunk)
        self.read_so_far += len(chunk)
        if self._since > LARGEST_ITEM:
            raise PackageError(
                f"{self._name}: an item before byte {self.read_so_far} is larger than"
                f" {LARGEST_ITEM // 1024**2} MB; nothing of the file is taken."
            )
        if fault := self._outline.fault(chunk):
            raise PackageError(
                f"{self._name}, before byte {self.read_so_far}: {fault}; nothing of the file is taken."
            )
        return self._halves.marked(chunk)

    def _whole_escapes(self, size: int) -> bytes:
        """`size` bytes, or as many more as it takes until no escape is open at the end."""
        chunk = self._file.read(size)
        while (
            b"\\" in chunk[-LONGEST_ESCAPE:]
            and len(chunk) <= LARGEST_ITEM
            and (more := self._file.read(len(chunk)))
        ):
            chunk += more
        return chunk

    def next_item(self) -> None:
        """An item is through."""
        self._since = 0


def read_json(name: str, open_file: Any, told: Told) -> Iterator[Part]:
    """The parts of a JSON file; `open_file()` gives its bytes from the beginning, each time it is called.

    Raises PackageError where the file is cut off or no JSON, since nobody knows what its end says.
    """
    if name.lower().endswith((".ndjson", ".jsonl")):
        form = "lines"
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
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise PackageError(f"{name}, byte 1: this is no UTF-8 text; save the file as UTF-8.")
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise PackageError(f"{name} is empty.")
    if head[:1] == b"[":
        return "list"
    if head[:1] != b"{":
        raise PackageError(f"{name} is no JSON: it begins with neither {{ nor [.")
    first, newline, rest = head.partition(b"\n")
    if newline and rest.strip() and _is_object(first):
        return "lines"
    file.seek(0)
    return _form_of_object(name, _Watched(name, file))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _form_of_object(name: str, file: _Watched) -> str:
    with _telling(name, file):
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


class _telling:  # noqa: N801  # reads as a word in `with _telling(...)`
    """Turns what the reader complains of into one sentence with the byte."""

    def __init__(self, name: str, file: _Watched) -> None:
        self._name, self._file = name, file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _trace: object) -> None:
        if fault is None or isinstance(fault, PackageError):
            return
        near = f"{self._name}, before byte {self._file.read_so_far}"
        if isinstance(fault, ijson.IncompleteJSONError) and "premature" in str(fault).lower():
            raise PackageError(f"{near}: the file is cut off; nothing of it is taken.") from None
        if isinstance(fault, UnicodeDecodeError) or "UTF-8" in str(fault) or "utf8" in str(fault).lower():
            raise PackageError(f"{near}: this is no UTF-8 text; save the file as UTF-8.") from None
        if isinstance(fault, ijson.JSONError | ValueError | RecursionError | OverflowError | ArithmeticError):
            raise PackageError(f"{near}: {_reason(fault)}; nothing of the file is taken.") from None


def _reason(fault: BaseException) -> str:
    if isinstance(fault, ArithmeticError):
        return "a number is larger than any that can be kept"
    # The reader's further lines show what stands there, which may be a person's.
    first = str(fault).strip().partition("\n")[0]
    return f"this is no JSON ({first[:120]})"


def _items(name: str, open_file: Any, prefix: str, told: Told) -> Iterator[Unit]:
    with open_file() as raw:
        file = _Watched(name, raw)
        number = 0
        with _telling(name, file):
            for number, item in enumerate(ijson.items(file, prefix), 1):
                file.next_item()
                path = (
                    f"contents[{number - 1}]"
                    if prefix.startswith("contents")
                    else (f"[{number - 1}]" if prefix else "")
                )
                yield number, _taken(name, file.restored(item), told, path)
        if not number:
            told.notes.append(f"{name} holds no items")


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
        while raw := file.readline(LONGEST_LINE):
            number += 1
            if len(raw) == LONGEST_LINE and raw[-1:] != b"\n":
                _skip(file)
                yield number, Broken(f"the line is longer than {LONGEST_LINE // 1024**2} MB")
            elif raw.removeprefix(b"\xef\xbb\xbf").strip():
                yield number, _line(name, number, raw, told)
        if not number:
            told.faults.append(Refusal(name, 0, "", "", "the file is empty"))


def _line(name: str, number: int, raw: bytes, told: Told) -> Records | Broken:
    line = raw.removeprefix(b"\xef\xbb\xbf").strip()
    if fault := _Outline().fault(line):
        return Broken(fault, tuple(_guessed(line)))
    try:
        item = json.loads(line.decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as fault:
        return Broken(f"byte {fault.start + 1} of the line is no UTF-8 text: save the file as UTF-8")
    except (ValueError, RecursionError, ArithmeticError) as fault:
        if raw[-1:] != b"\n":
            raise PackageError(
                f"{name}, row {number}: the file is cut off; nothing of it is taken."
            ) from None
        return Broken(_reason(fault), tuple(_guessed(line)))
    return _taken(name, item, told)


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
        file = _Watched(name, raw)
        rows = _Rows(name, told)
        number = 0
        with _telling(name, file):
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

    def take(self, prefix: str, event: str, value: Any) -> Records | Broken | None:
        """A row that is through with this event, or None."""
        if not prefix and event == "map_key":
            self._begin(value)
            return None
        entity = entity_of(self._csv)
        if not entity:
            return None
        if prefix == f"{self._csv}.item":
            return self._at_row(entity, event)
        if self._row is not None and event not in ("map_key", "end_map", "end_array"):
            key = prefix.removeprefix(f"{self._csv}.item.")
            is_plain = event not in ("start_map", "start_array")
            if "." not in key:
                self._row.setdefault(key, value if is_plain else [])
        return None

    def _begin(self, csv: str) -> None:
        self._csv, self._number, self._row = csv, 0, None
        if not entity_of(csv):
            self._told.notes.append(
                f"{self._name}: {csv[:60]!r} is no file of an HSDS package and is left out"
            )

    def _at_row(self, entity: str, event: str) -> Records | Broken | None:
        if event == "start_map":
            self._row = {}
        if event in ("start_map", "map_key"):
            return None
        path = f"{self._csv}[{self._number}]"
        self._number += 1
        row, self._row = self._row, None
        if event != "end_map":
            return Broken(f"{path}: an object belongs here")
        return _row(self._name, entity, path, row or {}, self._told)


def _row(name: str, entity: str, path: str, row: dict[str, Any], told: Told) -> Records | Broken:
    fields = ENTITIES[entity].fields
    names = {field.name for field in fields}
    _note_unknown(name, (f"{entity}.{key}" for key in row if key not in names), told)
    given = row.get("id")
    if any(isinstance(value, list) for key, value in row.items() if key in names):
        ids = ((entity, given),) if isinstance(given, str) and given else ()
        return Broken(f"{path}: a list or an object stands where a plain value belongs", ids)
    return [(entity, path, [row.get(field.name) for field in fields])]
