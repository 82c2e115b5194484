"""What was sent under each name of a search, read value by value; what is wrong with one is noted as a fault."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

LONGEST = 200
MOST_VALUES = 60
TOLD = 60
"""Characters of a faulty value that its fault repeats."""

_POSITION = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]*)?)(?:\s*[,;]\s*|\s+)([+-]?[0-9]{1,3}(?:\.[0-9]*)?)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the value of `name`; the doors put `code` into words."""

    name: str
    code: str
    value: str = ""


class Sent:
    """Values by name, without spaces around them. Every method takes what it reads as right, and keeps `faults`."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.values: dict[str, list[str]] = {}
        self.faults: list[Fault] = []
        for name, value in pairs:
            self.values.setdefault(name, []).append(value.strip())

    def fault(self, name: str, code: str, value: str = "") -> None:
        """Note that something is wrong."""
        self.faults.append(Fault(name, code, value[:TOLD]))

    def one(self, name: str) -> str:
        """The value of a name that is given once."""
        return self.values.get(name, [""])[0]

    def many(self, name: str, most: int = MOST_VALUES) -> list[str]:
        """Each value of a name that repeats, once; the first so many."""
        asked = list(dict.fromkeys(value for value in self.values.get(name, []) if value))
        if len(asked) > most:
            self.fault(name, "too_many", str(most))
        return asked[:most]

    def text(self, name: str) -> str:
        """One text; empty if it is too long or unreadable."""
        return self._text(name, self.one(name))

    def texts(self, name: str, most: int) -> tuple[str, ...]:
        """Several texts."""
        read = (self._text(name, value) for value in self.many(name, most))
        return tuple(value for value in read if value)

    def choice(self, name: str, known: Collection[str], code: str = "not_a_choice") -> str:
        """One of the known values."""
        value = self.one(name)
        if not value or value in known:
            return value
        self.fault(name, code, value)
        return ""

    def choices(self, name: str, known: Collection[str], code: str = "not_a_choice") -> tuple[str, ...]:
        """Those of a repeated name that are known; a fault for each other."""
        asked = self.many(name)
        for value in asked:
            if value not in known:
                self.fault(name, code, value)
        return tuple(value for value in asked if value in known)

    def whole(self, name: str, least: int, most: int, code: str) -> int | None:
        """A whole number between the two, told with the larger one if it is none."""
        value = self.one(name)
        if not value:
            return None
        number = whole(value, least, most)
        if number is None:
            self.fault(name, code, str(most))
        return number

    def _text(self, name: str, value: str) -> str:
        if len(value) > LONGEST:
            self.fault(name, "too_long", str(LONGEST))
        elif not _printable(value):
            self.fault(name, "unreadable")
        else:
            return value
        return ""


def whole(value: str, least: int, most: int) -> int | None:
    """The whole number that `value` writes, if it lies between the two."""
    if not (value.isascii() and value.isdigit() and len(value) <= 9):
        return None
    return int(value) if least <= int(value) <= most else None


def _printable(value: str) -> bool:
    return all(c.isprintable() or c in "\n\t\r" for c in value) and "\ufffd" not in value


def rounded(place: str) -> str:
    """A place as it was typed; degrees with two decimals, so that nobody's own door is kept even for an hour."""
    found = _POSITION.fullmatch(unicodedata.normalize("NFKC", place).replace("\u2212", "-").strip())
    return f"{float(found[1]):.2f},{float(found[2]):.2f}" if found else place
