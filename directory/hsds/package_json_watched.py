"""The bytes of a JSON file on their way to its reader: given up where they never end, nest too deep or are no text."""

import re

import ijson

from directory.hsds.package_json_halves import LONGEST_ESCAPE, Halves
from directory.hsds.package_source import Careful
from directory.rules.hsds_package import PackageError

LARGEST_ITEM = 32 * 1024**2
"""Bytes of one item; a longer one is refused before it is in memory."""

DEEPEST = 40
"""Levels of lists and objects; the standard needs half as many. The reader's memory grows with their square."""

MOST_DIGITS = 1000
"""Digits of one number. The reader's C gives way beneath Python where an integer has more than 4,300."""

SLICE = 1024
_DIGITS = re.compile(rb"[0-9]{%d}" % (MOST_DIGITS + 1))
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


class Outline:
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


class Watched:
    """A file that gives up where one item goes on and on, or is no UTF-8 text."""

    def __init__(self, name: str, file: Careful) -> None:
        self._name, self._file = name, file
        self._since = 0
        self._outline = Outline()
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


class telling:  # noqa: N801  # reads as a word in `with telling(...)`
    """Turns what the reader complains of into one sentence with the byte."""

    def __init__(self, name: str, file: Watched) -> None:
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
            raise PackageError(f"{near}: {reason_of(fault)}; nothing of the file is taken.") from None


def reason_of(fault: BaseException) -> str:
    if isinstance(fault, ArithmeticError):
        return "a number is larger than any that can be kept"
    # The reader's further lines show what stands there, which may be a person's.
    first = str(fault).strip().partition("\n")[0]
    return f"this is no JSON ({first[:120]})"
